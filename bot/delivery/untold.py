"""Takes the author's name off an item that was passed on to the team, when the author cannot be told of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import start_of_day
from bot.core import Core
from bot.delivery import destinations
from bot.delivery.envelope import seal_words, unseal
from bot.ports.reply import Strong, say
from storage.items import feedback
from storage.items.support import supports
from storage.models import Community, Feedback, Outbox
from storage.people import communities, marks
from storage.people.situation import AnyCommunity
from storage.privacy.blending import blend_beside
from storage.traffic import deliveries, news, outbox, screens
from storage.vocabulary import Action, Audience, Naming, Status

PASSED = "passed:"
"""Prefix of the delivery keys of messages that tell authors that their words were passed on."""


def give_up(session: Session, core: Core, row_id: int, why: str) -> None:
    """Mark a row as failed; if it was to tell an author that their words were passed on, take their name off."""
    row = deliveries.get(session, row_id)
    item = session.get(Feedback, row.feedback_id) if row and _tells_of_passing(row) else None
    if row is None or item is None or item.author_id is None or item.audience is Audience.TRUSTED:
        return deliveries.unreachable(session, row_id, why)
    community = session.get_one(Community, item.community_id)
    platform, address = unseal(core.store.keys, row.sealed or b"")
    now = core.clock.now()
    take_name_off(session, core, community, item, now)
    item.link = None
    destinations.seal_address(session, core.store.keys, item, platform, address.id)
    feedback.change_visibility(session, item, item.audience, Naming.NAMELESS, None, start_of_day(now, _zone(community)))
    deliveries.failed(session, row_id, why)
    _tell_team(session, core, community, item, now)
    blend_beside(session, start_of_day(now, _zone(community)))
    return None


def take_name_off(session: Session, core: Core, community: AnyCommunity, item: Feedback, now: datetime) -> None:
    """Replace an item's author by a keyed mark, in its history too, and let its news go to its sealed address.

    The caller seals the address.
    """
    if (person := item.author_id) is None:
        return
    zone = _zone(community)
    item.author_id, item.author_hash = None, marks.mark(core.store.keys, community.id, person, now)
    item.created_at = start_of_day(item.created_at, zone)
    for entry in feedback.history(session, item.id):
        if entry.actor_id == person and (entry.action is not Action.STATUS or entry.after == Status.WITHDRAWN):
            entry.actor_id, entry.at = None, start_of_day(entry.at, zone)
    outbox.readdress(session, item.id, person, None)
    news.scatter(session, item.id, person)
    screens.forget_author(session, item.id)
    seal_words(session, core.codec, item.id)
    supports.forget_follower(session, item, person)


def _tells_of_passing(row: Outbox) -> bool:
    return row.dedupe_key.startswith(PASSED) and row.sealed is not None


def _zone(community: AnyCommunity) -> ZoneInfo:
    return ZoneInfo(community.timezone)


def _tell_team(session: Session, core: Core, community: Community, item: Feedback, now: datetime) -> None:
    """Queue a message to the team's place that the author could not be told."""
    place = communities.staff_place(session, community.id)
    if place is None:
        return
    line = core.speech(community).line(
        "{number} was passed on, and its author could not be told: the words are kept without the name.",
        number=Strong(f"#{item.number}"),
    )
    outbox.owe(session, f"untold:{item.id}", core.codec.dump(say(line)), now, place_id=place.id, feedback_id=item.id)
