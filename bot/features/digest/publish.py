"""Claims a period and owes its digest to the staff place, in one transaction; and the moderators' command."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.context import Context, Core, pressable
from bot.errors import UserError
from bot.features.digest.gather import Window, gather, week_until
from bot.features.digest.render import render
from bot.reply import Reply, say
from bot.words import DigestAction
from storage import communities, digests, outbox
from storage.models import Community

MANUAL = "now"


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest to post.

    Attributes:
        name: the digest's name.
        period: what it is posted once for: a local date, or one request.
        window: what it covers.
        due: when it should have been posted, if it comes late.
    """

    name: str
    period: str
    window: Window
    due: datetime | None = None


class NoStaffPlace(Exception):
    """The community has nowhere to post its digest."""


async def digest(ctx: Context, action: DigestAction = DigestAction.PREVIEW) -> Reply:
    """See the digest as it stands, or post it to the staff now."""
    window = week_until(ctx.now + timedelta(seconds=1), ctx.zone)
    if action is DigestAction.PREVIEW:
        return replace(await preview(ctx.core, ctx.community, window), private=True)
    edition = Edition(MANUAL, ctx.event, window)
    reply = await preview(ctx.core, ctx.community, window)

    def job(session: Session) -> Reply:
        try:
            _post(session, ctx.core, ctx.community, edition, reply, ctx.now)
        except NoStaffPlace:
            raise UserError(ctx.speech.say("There is no staff place yet to post it to.")) from None
        return say(ctx.speech.say("The digest is on its way to the staff."))

    return await ctx.settle(job)


async def preview(core: Core, community: Community, window: Window, late: str = "") -> Reply:
    """The digest of a window, not posted."""
    data = await core.store.read(lambda session: gather(session, community, window))
    return render(data, core.languages.speech(community.language), late)


async def publish(core: Core, community: Community, edition: Edition) -> bool:
    """Post an edition, once whatever happens.

    Returns:
        Whether this call posted it; False when its period was claimed before.

    Raises:
        NoStaffPlace: there is nowhere to post it.
    """
    now = core.clock.now()
    reply = await preview(core, community, edition.window, _late(core, community, edition))
    posted = await core.store.write(lambda session: _post(session, core, community, edition, reply, now))
    core.owed.set()
    return posted


def _post(session: Session, core: Core, community: Community, edition: Edition, reply: Reply, now: datetime) -> bool:
    """The claim and the outbox row, together: a crash leaves both or neither."""
    place = communities.staff_place(session, community.id)
    if place is None:
        raise NoStaffPlace(community.key)
    payload = core.wire.dump(pressable(session, reply, None, now))
    late = edition.due is not None
    if digests.claim(session, community.id, edition.name, edition.period, payload, late, now) is None:
        return False
    key = f"digest:{community.id}:{edition.name}:{edition.period}"
    outbox.owe(session, key, payload, now, place_id=place.id)
    return True


def _late(core: Core, community: Community, edition: Edition) -> str:
    if edition.due is None:
        return ""
    speech, zone = core.languages.speech(community.language), ZoneInfo(community.timezone)
    day, time = speech.day(edition.due.astimezone(zone).date()), speech.clock(edition.due, zone)
    return speech.say("Late: it was due on {day} at {time}.", day=day, time=time)
