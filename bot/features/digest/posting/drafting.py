"""Drafts a digest: the edition to post, its figures as they are read, and its text with its picture."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.core import Core
from bot.features.digest import promotion
from bot.features.digest.data import PATIENCE, DigestData, Window
from bot.features.digest.gather import gather
from bot.features.digest.picture import drawing, picture
from bot.features.digest.words.render import render
from bot.feedback.items import areas_of
from bot.locales.speech import Speech
from bot.ports.reply import Buttons, Line, Reply
from bot.settings.community.digests import DigestSettings, Length
from bot.themes import NO_THEMES, Overview, read_overview
from storage.models import Community
from storage.reports import permission
from storage.values import frozen

MANUAL = DigestSettings(name="now")
MOST_PERMITTED = 20
"""How many items with permission to be quoted are read, some of which may be suppressed."""


@frozen
class Edition:
    """One digest to post.

    Attributes:
        digest: its settings: areas, place and language.
        period: the unique key it is posted for: a local date, or the id of a request.
        window: the span it covers.
        due: when it was due, if it is late; else None.
        rebuilt: whether its span is past, and what waited is shown as it was then.
    """

    digest: DigestSettings
    period: str
    window: Window
    due: datetime | None = None
    rebuilt: bool = False


@frozen
class Draft:
    """The figures and the text of an edition, as read before posting."""

    data: DigestData
    reply: Reply


async def prepare(core: Core, community: Community, edition: Edition) -> Draft:
    """Find the themes of an edition, read its figures and render it; nothing is posted.

    Raises:
        StoreError: the store cannot be read.
    """
    window, speech = edition.window, _speech(core, community, edition.digest)
    about = _areas(core, community, edition.digest)
    found = NO_THEMES
    if not edition.digest.promotion:
        found = await read_overview(core, community, window.since, window.until, about, speech)
    return await core.store.read(lambda session: draft(session, core, community, edition, found))


def draft(session: Session, core: Core, community: Community, edition: Edition, found: Overview = NO_THEMES) -> Draft:
    """Read the figures of an edition and render it; nothing is posted.

    Args:
        found: the themes of the edition's span.
    """
    about, own = _areas(core, community, edition.digest), core.settings_of(community)
    order, digest = areas_of(core, community).offered, edition.digest
    data = gather(
        session,
        community,
        edition.window,
        about,
        order,
        own.answer_days or PATIENCE,
        found,
        core.clock.now(),
        rebuilt=edition.rebuilt,
    )
    speech, late = _speech(core, community, digest), _late(core, community, edition)
    if not digest.promotion:
        return Draft(data, render(data, speech, late, digest.length))
    span = (community.id, edition.window.since, edition.window.until)
    data = promotion.reduced(data, permission.permitted(session, *span, about, most=MOST_PERMITTED))
    return Draft(data, promotion.render(data, speech, late))


async def illustrate(core: Core, community: Community, edition: Edition) -> Draft:
    """As `prepare`, with the picture before the buttons unless the digest is a short one.

    Raises:
        StoreError: the store cannot be read.
    """
    if edition.digest.length is Length.SHORT:
        return await prepare(core, community, edition)
    async with drawing(core) as draw:
        drafted = await prepare(core, community, edition)
        shown = await picture(drafted.data, _speech(core, community, edition.digest), draw)
    if shown is None:
        return drafted
    blocks = drafted.reply.blocks
    place = len(blocks) - isinstance(blocks[-1], Buttons)
    return replace(drafted, reply=replace(drafted.reply, blocks=(*blocks[:place], shown, *blocks[place:])))


def _areas(core: Core, community: Community, digest: DigestSettings) -> tuple[str, ...]:
    """The areas of the digest's settings, in the spelling stored with items."""
    known = areas_of(core, community)
    return tuple(known.find(area) or area for area in digest.areas)


def _speech(core: Core, community: Community, digest: DigestSettings) -> Speech:
    return core.speech(community, digest.language)


def staff_language(core: Core, key: str) -> str | None:
    """The language of a community's first digest in its staff place; None for the community's own language.

    Args:
        key: the community's key in the settings.
    """
    return next((one.language for one in core.settings.digests_of(key) if one.staff is None), None)


def _late(core: Core, community: Community, edition: Edition) -> Line:
    """The line that says when a late edition was due, in each reader's zone where the platform can show that."""
    if edition.due is None:
        return ""
    speech, zone = _speech(core, community, edition.digest), ZoneInfo(edition.digest.timezone or community.timezone)
    return speech.line("Late: it was due on {moment}.", moment=speech.instant(edition.due, zone))
