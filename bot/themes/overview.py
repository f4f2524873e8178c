"""Reads the themes of a period for display: labelled, counted, compared with previous periods, and quoted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.core import Core
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.recognition.contacts import mask
from bot.themes import history, quoting, twins
from bot.themes.memory import keep
from bot.themes.survey import LABELLED, Group, Survey, resolve, survey
from bot.themes.theme import Theme
from bot.troubles import Troubles
from storage.items.signals import themes
from storage.items.signals.themes import Said
from storage.models import Feedback
from storage.models import Theme as Stored
from storage.people import members
from storage.people.situation import AnyCommunity
from storage.reports import reporting
from storage.values import frozen

MOST = 30
"""The most themes of a period."""


@frozen
class Overview:
    """The themes of a period, those with most people first.

    Attributes:
        read: the number of items they were found in; fewer than `total` where the period was sampled.
    """

    themes: tuple[Theme, ...] = ()
    read: int = 0
    total: int = 0

    @property
    def unmuted(self) -> tuple[Theme, ...]:
        """The themes without those a moderator muted."""
        return tuple(theme for theme in self.themes if not theme.muted)


NO_THEMES = Overview()
"""The overview of a period that was not surveyed."""


async def present(
    core: Core,
    community: AnyCommunity,
    since: datetime,
    until: datetime,
    about: tuple[str, ...] = (),
    speech: Speech | None = None,
) -> tuple[Theme, ...]:
    """The themes of a period, without muted ones; only vectors that had to be computed are written.

    Args:
        until: the first instant after it.
        about: the areas whose items are read; empty for everything.
        speech: the language of labels where a theme has texts in it; None for the community's.

    Raises:
        StoreError: the store cannot be read.
    """
    return (await read_overview(core, community, since, until, about, speech)).unmuted


async def read_overview(
    core: Core,
    community: AnyCommunity,
    since: datetime,
    until: datetime,
    about: tuple[str, ...] = (),
    speech: Speech | None = None,
) -> Overview:
    """The themes of a period with the muted ones, and how many items were read; arguments as for `present`."""
    found = await survey(core, community.id, since, until, about)
    with Troubles("themes").guard(part="vectors"):
        await keep(core, found)
    said = speech or core.speech(community)
    known = core.moderators.names(community.id)
    return await core.store.read(lambda session: show(session, found, said, known))


def show(session: Session, found: Survey, speech: Speech, known: Collection[str] = ()) -> Overview:
    """The overview of a survey.

    Args:
        speech: the language of labels where a theme has texts in it.
        known: names of people, besides the authors', that must not be in labels.
    """
    groups = sorted(_united(found.groups), key=_size)[:MOST]
    authors = {item.author_id for one in groups for item in one.items[:LABELLED] if item.author_id is not None}
    names = {*known, *members.names(session, authors).values()} if authors else set(known)
    # Imported here: it brings the stemmers.
    from bot.themes.naming.period import Naming  # noqa: PLC0415

    words = Naming(found, groups, names)
    stored = {theme.id: theme for theme in found.material.themes}
    past = _past(session, found, [stored[one.theme] for one in groups if one.theme in stored])
    labels = [words.label(one.items, speech.language) for one in groups]
    united = twins.unite(groups, labels, stored)
    quotes = _quotes(session, [one.group for one in united])
    shown = [_theme(one, stored, speech, past, quoted) for one, quoted in zip(united, quotes, strict=True)]
    ranked = sorted(shown, key=lambda one: (-one.voices, -one.people, -len(one.items), one.label, one.items))
    return Overview(tuple(ranked), len(found.material.items), found.material.total)


def _past(session: Session, found: Survey, themes: Sequence[Stored]) -> history.History:
    """The history of the themes that were recognised."""
    material = found.material
    return history.read(session, material.span, themes, resolve(material.themes)) if material.span else {}


def stands(session: Session, shown: Collection[Theme]) -> bool:
    """Whether the team still sees all items of these themes, and their quotes are unchanged.

    To be checked before posting: an item erased since they were read is still in their labels and counts. On PostgreSQL
    the quotes are locked until the transaction ends.
    """
    items = {own for theme in shown for own in theme.items}
    if sum(1 for _ in themes.seen(session, items)) < len(items):
        return False
    words = {quote.id: quote.text for theme in shown for quote in theme.quotes}
    return {own: text for own, (text, *_) in reporting.said(session, words).items()} == words


def _united(groups: Sequence[Group]) -> list[Group]:
    """Merge the groups that count as one theme, the items of the larger group first."""
    found: dict[int, Group] = {}
    for at, one in enumerate(groups):
        key = one.theme or -1 - at
        same = found.get(key)
        found[key] = Group(one.theme, one.own, same.items + one.items, same.before + one.before) if same else one
    return list(found.values())


def _size(one: Group) -> tuple[int, int, int, int]:
    """The sort key of a group: those with most people come first."""
    people, unsigned = _voices(one.items)
    return -people, -unsigned, -len(one.items), min(item.id for item in one.items)


def _quotes(session: Session, groups: Sequence[Group]) -> list[tuple[Feedback, ...]]:
    """By group, the items quoted from it."""
    chosen = [quoting.choose(one.items, *_voices(one.items)) for one in groups]
    found = quoting.read(session, [item for some in chosen for item in some])
    return [tuple(found[item.id] for item in some if item.id in found) for some in chosen]


def _theme(
    found: twins.Labelled,
    stored: Mapping[int, Stored],
    speech: Speech,
    past: history.History,
    quotes: tuple[Feedback, ...],
) -> Theme:
    one, known = found.group, stored.get(found.group.theme)
    people, unsigned = _voices(one.items)
    before, unsigned_before = _voices(one.before)
    judged = history.judge(people + unsigned, before + unsigned_before, twins.add(past, found.themes))
    left, reason = quoting.unquoted(one.items, people, unsigned)
    name = known.name if known else ""
    label = name or found.label
    if not label:
        label = excerpt(mask(quotes[0].text), 40) if quotes else speech.say("Said in different words")
    return Theme(
        id=one.theme,
        label=label,
        trend=judged.trend,
        usual=judged.usual,
        unusual=judged.unusual,
        also=found.themes[1:],
        people=people,
        people_before=before,
        unsigned=unsigned,
        items=tuple(item.id for item in one.items),
        quotes=quotes,
        unquoted=left,
        reason=reason,
        unsigned_before=unsigned_before,
        muted=bool(known and known.muted),
        named=bool(name),
    )


def _voices(items: Sequence[Said]) -> tuple[int, int]:
    """The number of distinct people, and of items without an author."""
    people = {item.voice for item in items if item.voice is not None}
    return len(people), sum(item.voice is None for item in items)
