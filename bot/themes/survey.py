"""Finds the themes of a period: its items are grouped, and the groups recognised; nothing is written."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlmodel import Session

from bot.core import Core
from bot.language.text.normalise import has_words
from bot.themes.history import Span
from storage.items.signals import themes
from storage.items.signals.themes import ThemeText
from storage.models import Theme
from storage.values import frozen

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder
    from bot.themes.space import Stored

MOST = 50_000
"""Items of a period at most; of more, so many are drawn, the same each time."""
SAMPLE = 2_500
"""Items that are grouped with each other; the others join the group that they are most alike, which bounds memory."""
LABELLED = 200
"""Items of a theme that its label is read from, the most central ones."""
MEMORY = timedelta(weeks=26)
"""How long a theme that no moderator touched is recognised after it was talked about last."""
KNOWN_BY = 30
"""The newest items of a stored theme, by which it is recognised."""


@frozen
class Group:
    """Items that say the same.

    Attributes:
        theme: the id of the stored theme that it counts as; 0 for none.
        own: the id of the stored theme that it is recognised as, before what was merged; 0 for none.
        items: the most central first.
        before: those of the period before.
    """

    theme: int
    own: int
    items: tuple[ThemeText, ...]
    before: tuple[ThemeText, ...] = ()


@frozen
class Material:
    """What was read of a period: its items, those of the period before, and what is known of themes.

    Attributes:
        total: how many items the period has; more than were read where it is sampled.
        known: by id of a stored theme, its newest items.
        latest: the id of the newest stored theme, by which later ones are noticed.
        span: the period it is of; None where nothing was read from a store.
    """

    items: tuple[ThemeText, ...]
    before: tuple[ThemeText, ...]
    total: int
    themes: tuple[Theme, ...] = ()
    known: Mapping[int, tuple[ThemeText, ...]] = field(default_factory=dict)
    latest: int = 0
    span: Span | None = None

    def every(self) -> dict[int, ThemeText]:
        """All items by id: the period's first, in an order that does not depend on when they were stored."""
        known = sorted((item for some in self.known.values() for item in some), key=lambda item: item.id)
        return {item.id: item for item in (*self.items, *self.before, *known)}


@frozen
class Survey:
    """The groups of a period.

    Attributes:
        made: the vectors that were computed, to be stored.
    """

    material: Material
    groups: tuple[Group, ...]
    made: "Stored" = field(default_factory=dict)
    encoder: str = ""


async def survey(
    core: Core, community_id: int, since: datetime, until: datetime, about: tuple[str, ...] = ()
) -> Survey:
    """The groups of a period, `until` excluded, of all or some areas.

    Raises:
        StoreError: the store cannot be read.
    """
    found = await core.store.read(lambda session: read(session, community_id, since, until, about))
    if not found.items:
        return Survey(found, ())
    encoder = await core.library.encoder()
    if encoder is None:
        return await asyncio.to_thread(_by_words, found, core.languages.codes)
    ids = list(found.every())
    stored = await core.store.read(partial(themes.vectors, encoder=encoder.id, ids=ids))
    return await asyncio.to_thread(_by_meaning, found, encoder, stored)


def _by_words(found: Material, languages: tuple[str, ...]) -> Survey:
    # Imported here, and in a thread of its own: it brings numpy and scipy.
    from bot.themes import grouping  # noqa: PLC0415

    return grouping.by_words(found, languages)


def _by_meaning(found: Material, encoder: "Encoder", stored: "Stored") -> Survey:
    from bot.themes import grouping  # noqa: PLC0415 - as above

    return grouping.by_meaning(found, encoder, stored)


def read(
    session: Session, community_id: int, since: datetime, until: datetime, about: tuple[str, ...] = ()
) -> Material:
    """Read what themes are found in."""
    earlier = since - (until - since)
    now = themes.item_ids(session, community_id, since, until, about)
    before = themes.item_ids(session, community_id, earlier, since, about)
    stored = themes.every(session, community_id, since - MEMORY)
    newest = themes.newest(session, [theme.id for theme in stored], KNOWN_BY)
    said = {item.id: item for item in themes.texts(session, [own for ids in newest.values() for own in ids])}
    items = tuple(sort(themes.texts(session, draw(now, MOST))))
    return Material(
        items,
        tuple(sort(themes.texts(session, draw(before, MOST)))),
        len(now) if len(now) > MOST else len(items),
        tuple(stored),
        {own: tuple(said[one] for one in ids if one in said) for own, ids in newest.items()},
        themes.latest(session, community_id),
        Span(community_id, since, until, about),
    )


def sort(items: Sequence[ThemeText]) -> list[ThemeText]:
    """Those items that have words, by their words, so that the order they were stored in does not matter."""
    return sorted((item for item in items if has_words(item.text)), key=lambda item: (item.text, item.id))


def resolve(themes: Sequence[Theme]) -> dict[int, int]:
    """By theme id, the theme that it counts as, which is another where it was merged."""
    into = {theme.id: theme.merged_into for theme in themes}

    def root(own: int) -> int:
        seen = {own}
        while (next_ := into.get(own)) is not None and next_ not in seen:
            seen.add(next_)
            own = next_
        return own

    return {own: root(own) for own in into}


def draw(ids: Sequence[int], most: int) -> list[int]:
    """So many of these ids at most, drawn by their digests: the same each time, and spread over the period."""
    if len(ids) <= most:
        return list(ids)
    return sorted(ids, key=lambda own: hashlib.sha256(str(own).encode()).digest())[:most]
