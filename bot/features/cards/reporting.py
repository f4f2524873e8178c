"""Tells the staff, once each, that cards cannot be posted in a place, can be again, or were deleted there."""

import structlog
from sqlmodel import Session

from bot.core import Core
from bot.ports.reply import say
from storage.items.public import cards
from storage.models import Community, Place
from storage.people import communities
from storage.traffic import outbox

LEFT = "the bot was removed from the place, or it was deleted"


async def report_trouble(core: Core, community: Community, place: Place, why: str) -> None:
    """Log, and tell the staff once, that cards cannot be posted in a place; posting is retried anyway."""

    def job(session: Session) -> bool:
        if not cards.trouble(session, place.id, why):
            return False
        speech = core.speech(community)
        words = speech.say("The ideas cannot be shown on {platform}: {why}", platform=_name(place), why=why)
        mend = speech.say("Once that is mended, they are shown by themselves; or /setup chooses another place.")
        _tell_staff(core, session, community, f"cards-trouble:{place.id}", words, mend)
        return True

    if await core.store.write(job):
        structlog.get_logger().error("cards", place=place.id, platform=place.platform, trouble=why)


async def report_left(core: Core, community: Community, place: Place) -> None:
    """Log, and tell the staff, that the bot was removed from the place for ideas, unless they were told."""

    def job(session: Session) -> bool:
        if not cards.trouble(session, place.id, LEFT):
            return False
        speech = core.speech(community)
        words = speech.say(
            "The ideas are not shown on {platform} any more: the bot was removed from their place, or it was deleted.",
            platform=_name(place),
        )
        mend = speech.say("Once the bot is back there, they are shown by themselves; or /setup chooses another place.")
        _tell_staff(core, session, community, f"cards-left:{place.id}", words, mend)
        return True

    if await core.store.write(job):
        structlog.get_logger().error("cards", place=place.id, platform=place.platform, trouble=LEFT)


async def report_mended(core: Core, community: Community, place: Place) -> None:
    """Log, and tell the staff, that cards can be posted in a place again, if they were told of the trouble."""

    def job(session: Session) -> bool:
        if not cards.trouble(session, place.id, ""):
            return False
        speech = core.speech(community)
        words = speech.say("The ideas are shown in their place on {platform} again.", platform=_name(place))
        _tell_staff(core, session, community, f"cards-mended:{place.id}", words)
        return True

    if await core.store.write(job):
        structlog.get_logger().info("cards", place=place.id, platform=place.platform, trouble="none any more")


async def report_deleted(core: Core, community: Community, place: Place, number: int) -> None:
    """Log, and tell the staff, once a day for a place, that a card was deleted there and is posted again."""
    today = core.clock.now().date()

    def job(session: Session) -> bool:
        speech = core.speech(community)
        words = speech.say("The card of #{number} was deleted in its place, and is posted again.", number=number)
        mend = speech.say("To take something from view everywhere, use /remove.")
        return _tell_staff(core, session, community, f"card-deleted:{place.id}:{today}", words, mend, once=True)

    if await core.store.write(job):
        structlog.get_logger().warning("cards", place=place.id, platform=place.platform, trouble="a card was deleted")


async def report_stray(core: Core, community: Community, place: Place, number: int) -> None:
    """Tell the staff that a card that must not be shown any more may be posted where the bot cannot find it."""

    def job(session: Session) -> bool:
        speech = core.speech(community)
        words = speech.say(
            "#{number} is not to be seen any more, but its card may stand in its place: an answer of {platform} was "
            "lost. If it is there, please delete it.",
            number=number,
            platform=_name(place),
        )
        return _tell_staff(core, session, community, f"card-stray:{place.id}:{number}", words, once=True)

    await core.store.write(job)


def _tell_staff(core: Core, session: Session, community: Community, key: str, *lines: str, once: bool = False) -> bool:
    """Queue a message to the staff.

    Args:
        key: the unique key of the delivery.
        once: whether it is sent only once ever; otherwise once an hour at most.

    Returns:
        Whether it is queued; without a staff place, True for what may be told again.
    """
    staff, now = communities.staff_place(session, community.id), core.clock.now()
    if staff is None:
        return not once
    key = key if once else f"{key}:{now:%Y-%m-%dT%H}"
    return outbox.owe(session, key, core.codec.dump(say(*lines)), now, place_id=staff.id) is not None


def _name(place: Place) -> str:
    return place.platform.capitalize()
