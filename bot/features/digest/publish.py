"""Claims a period and owes its digest to its place, in one transaction; and the moderators' command."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.context import Context
from bot.core import Core
from bot.errors import UserError
from bot.features.digest.gather import PATIENCE, QUESTIONS, DigestData, Window, gather, week_until
from bot.features.digest.render import render
from bot.language.normalise import question_key
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.locales.words import DigestAction
from bot.ports.reply import Reply, say
from bot.settings.digests import DigestSettings
from storage import communities, digests, outbox, questions, reporting
from storage.models import Community, Place

MANUAL = DigestSettings(name="now")


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest to post.

    Attributes:
        digest: what it is about, where it goes, and in which language.
        period: what it is posted once for: a local date, or one request.
        window: what it covers.
        due: when it should have been posted, if it comes late.
    """

    digest: DigestSettings
    period: str
    window: Window
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition as it stood when it was read."""

    data: DigestData
    reply: Reply


class NoStaffPlace(Exception):
    """A digest has nowhere to go; the message is the operator's mend."""


async def digest(ctx: Context, action: DigestAction = DigestAction.PREVIEW) -> Reply:
    """See the digest as it stands, or post it to the staff now."""
    edition = Edition(MANUAL, ctx.event, week_until(ctx.now + timedelta(seconds=1), ctx.zone))
    own = await ctx.read(lambda session: session.get_one(Community, ctx.community.id))
    drafted = await ctx.read(lambda session: draft(session, ctx.core, own, edition))
    if action is DigestAction.PREVIEW:
        return replace(drafted.reply, private=True)

    def job(session: Session) -> Reply:
        try:
            _post(session, ctx.core, own, edition, drafted, ctx.now)
        except NoStaffPlace:
            raise UserError(ctx.speech.say("There is no staff place yet to post it to.")) from None
        return say(ctx.speech.say("The digest is on its way to the staff."))

    return await ctx.settle(job)


def draft(session: Session, core: Core, community: Community, edition: Edition) -> Draft:
    """Read and word an edition; nothing is posted."""
    about, own = _areas(core, community, edition.digest), core.settings_of(community)
    order = Areas(own.areas, core.languages.all().values()).offered
    data = gather(session, community, edition.window, about, order, own.answer_days or PATIENCE)
    return Draft(data, render(data, _speech(core, community, edition.digest), _late(core, community, edition)))


async def publish(core: Core, community: Community, edition: Edition) -> bool:
    """Post an edition, once whatever happens.

    Returns:
        Whether this call posted it; False when its period was claimed before.

    Raises:
        NoStaffPlace: there is nowhere to post it.
    """
    now = core.clock.now()
    drafted = await core.store.read(lambda session: draft(session, core, community, edition))
    posted = await core.store.write(lambda session: _post(session, core, community, edition, drafted, now))
    core.debts.notify()
    return posted


def destination(session: Session, community: Community, digest: DigestSettings) -> Place:
    """Where a digest goes: its own place, else its community's staff place.

    Raises:
        NoStaffPlace: there is neither, or another community has its place.
    """
    if digest.staff is None:
        place = communities.staff_place(session, community.id)
        if place is None:
            raise NoStaffPlace("set communities.staff to post it")
        return place
    place = digests.destination(session, community.id, digest.staff.platform, digest.staff.place)
    if place is None:
        raise NoStaffPlace(f"set digests.staff to a place of {community.key}: this one is another community's")
    return place


def _post(session: Session, core: Core, community: Community, edition: Edition, drafted: Draft, now: datetime) -> bool:
    """The claim and the outbox row, together: a crash leaves both or neither."""
    digests.hold(session, community.id)
    place = destination(session, community, edition.digest)
    name, period = edition.digest.name, edition.period
    if digests.claimed(session, community.id, name, period):
        return False
    while (asked := _said_as_drafted(session, community, edition, drafted)) is None:
        # Somebody took words back since they were read: what is posted does not have them.
        session.expire_all()
        drafted = draft(session, core, community, edition)
    payload = core.codec.dump(with_tokens(session, core.store.keys, drafted.reply, None, now))
    items, late = {item.id for item in drafted.data.quoted}, edition.due is not None
    if digests.claim(session, community.id, name, period, payload, late, now, items, asked) is None:
        return False
    outbox.owe(session, digests.delivery_key(community.id, name, period), payload, now, place_id=place.id)
    return True


def _said_as_drafted(session: Session, community: Community, edition: Edition, drafted: Draft) -> set[int] | None:
    """The questions that may be quoted; None when what may be quoted says something else by now."""
    if not _still_holds(session, drafted.data):
        return None
    return _still_asked(session, community.id, edition.window, drafted.data)


def _still_holds(session: Session, data: DigestData) -> bool:
    """Whether every item that may be quoted says what it said when it was gathered.

    On PostgreSQL it cannot change until the transaction ends; SQLite has one writer at a time.
    """
    quoted = {item.id: (item.text, item.status, item.author_id) for item in data.quoted}
    return reporting.said(session, quoted) == quoted


def _still_asked(session: Session, community_id: int, window: Window, data: DigestData) -> set[int] | None:
    """The questions whose words may be shown, held likewise; None when one says something else by now."""
    texts = {one.text for one in data.unanswered[:QUESTIONS]}
    plain = {question_key(text)[: questions.MOST_PLAIN] for text in texts}
    found = reporting.asked(session, community_id, window.since, window.until, plain)
    same = {own for own, text in found.items() if text in texts}
    return same if texts <= set(found.values()) else None


def _areas(core: Core, community: Community, digest: DigestSettings) -> tuple[str, ...]:
    """The digest's areas as they are stored."""
    known = Areas(core.settings_of(community).areas, core.languages.all().values())
    return tuple(known.find(area) or area for area in digest.areas)


def _speech(core: Core, community: Community, digest: DigestSettings) -> Speech:
    return core.languages.speech(digest.language, community.language)


def _late(core: Core, community: Community, edition: Edition) -> str:
    if edition.due is None:
        return ""
    speech, zone = _speech(core, community, edition.digest), ZoneInfo(edition.digest.timezone or community.timezone)
    day, time = speech.day(edition.due.astimezone(zone).date()), speech.clock(edition.due, zone)
    return speech.say("Late: it was due on {day} at {time}.", day=day, time=time)
