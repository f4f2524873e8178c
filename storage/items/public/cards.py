"""Stores the cards of items: where they are wanted, what each shows, and which are to be posted or edited.

A database trigger increments a card's `revision` with every change of what it may show (migrations 0012 and 0032),
whichever code makes the change; a card is due while `shown_revision` differs.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, Select, and_, bindparam, case, literal_column, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select, update

from storage import conditions
from storage.engine.listing import among, at_most, listed
from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.engine.unique import insert_once
from storage.models import Card, Feedback, Place
from storage.values import frozen
from storage.vocabulary import Audience, Publication, Status


@frozen
class Cardless:
    """An item that has no cards yet."""

    feedback_id: int
    nameless: bool


def boards(session: Session) -> list[Place]:
    """The places of communities' cards, and former ones where cards are left to be deleted.

    The former include places that the bot was removed from; of the latter only those that the bot is in.
    """
    return _boards.all(session, {})


# Run at short intervals: built once, since building a statement takes longer than running it.
@loaded(Place)
def _boards(_: str) -> Select[Place]:
    rest = sa_select(col(Card.id)).where(col(Card.place_id) == col(Place.id), col(Card.message) != "").exists()
    there = or_(col(Place.ideas_since).is_not(None), and_(rest, col(Place.left_at).is_(None)))
    return sa_select(Place).where(there).order_by(col(Place.id))


def without(
    session: Session, community_id: int, since: datetime, nameless_since: datetime, most: int
) -> list[Cardless]:
    """Open public items without cards, those changed longest ago first.

    Args:
        since: only those changed from this instant on.
        nameless_since: the same for nameless items; no later than `since`, as their times are the beginning of a day.
    """
    given = {"community_id": community_id, "since": since, "nameless_since": nameless_since, "most": most}
    return [Cardless(own, nameless) for own, nameless in _without.rows(session, given)]


@prepared()
def _without(_: str) -> Executable:
    return (
        sa_select(col(Feedback.id), col(Feedback.nameless))
        .where(col(Feedback.community_id) == bindparam("community_id"), *conditions.public_open(), _uncarded())
        .where(col(Feedback.changed_at) >= bindparam("nameless_since"))
        .where(conditions.changed_since(bindparam("since"), bindparam("nameless_since")))
        .order_by(col(Feedback.changed_at))
        .limit(at_most("most"))
    )


def order(session: Session, feedback_id: int, place_ids: Collection[int], now: datetime) -> None:
    """Order an item's cards in places; existing cards are kept."""
    session.exec(update(Feedback).where(col(Feedback.id) == feedback_id, _uncarded()).values(carded=True))
    for place_id in place_ids:
        insert_once(session, Card(feedback_id=feedback_id, place_id=place_id, next_at=now))


def places_due(session: Session, now: datetime, place_ids: Collection[int]) -> list[int]:
    """The places among these that have a due card."""
    return [own for (own,) in _unkept.rows(session, {"now": now, "places": listed(place_ids)})]


@prepared()
def _unkept(dialect: str) -> Select[int]:
    here = among(dialect, col(Card.place_id), "places")
    return sa_select(col(Card.place_id)).where(_changed(), col(Card.next_at) <= bindparam("now"), here).distinct()


def due(session: Session, now: datetime, place_id: int) -> Card | None:
    """The card of a place to be posted or edited next, since it does not show the newest revision; None for none.

    Cards that may show something withdrawn, or a name that was taken off, come first; then the one due longest.
    """
    return _due.first(session, {"now": now, "place": place_id})


@loaded(Card)
def _due(_: str) -> Select[Card]:
    hurried = case((and_(col(Card.message) != "", _shows_less()), 0), else_=1)
    query = sa_select(Card).join(Feedback, col(Feedback.id) == col(Card.feedback_id))
    query = query.where(_changed(), col(Card.next_at) <= bindparam("now"), col(Card.place_id) == bindparam("place"))
    return query.order_by(hurried, col(Card.next_at), col(Card.id)).limit(literal_column("1"))


def get(session: Session, card_id: int) -> Card | None:
    """A card as it is stored now, read again; None when there is none."""
    return _get.first(session, {"id": card_id})


@loaded(Card, anew=True)
def _get(_: str) -> Select[Card]:
    return sa_select(Card).where(col(Card.id) == bindparam("id"))


def begin(session: Session, card_id: int, key: str) -> str:
    """Record that posting a card begins.

    Returns:
        The attempt's key: this one, or that of an earlier attempt whose outcome was not recorded.
    """
    session.exec(update(Card).where(col(Card.id) == card_id, col(Card.attempt) == "").values(attempt=key))
    return session.exec(select(Card.attempt).where(Card.id == card_id)).first() or key


def mark_shown(session: Session, card_id: int, message: str, shown: str, revision: int, next_at: datetime) -> None:
    """Record what a card shows now.

    Args:
        message: its id on the platform; empty when it was deleted.
        shown: a digest of what it shows.
        revision: the card's revision when the item was read.
        next_at: when it may be edited next.
    """
    values = {"message": message, "shown": shown, "shown_revision": revision, "next_at": next_at}
    session.exec(update(Card).where(col(Card.id) == card_id).values(attempt="", failures=0, **values))


def postpone(session: Session, card_id: int, until: datetime | None = None) -> None:
    """Record that a card could not be posted or edited.

    Args:
        until: when to try again; None to leave it first among the due cards of its place.
    """
    at = {} if until is None else {"next_at": until}
    session.exec(update(Card).where(col(Card.id) == card_id).values(failures=col(Card.failures) + 1, **at))


def failed(session: Session, card_ids: Collection[int]) -> set[int]:
    """The cards among these whose last posting or edit failed."""
    return {own for (own,) in _failed.rows(session, {"cards": listed(card_ids)})}


@prepared()
def _failed(dialect: str) -> Select[int]:
    return sa_select(col(Card.id)).where(among(dialect, col(Card.id), "cards"), col(Card.failures) > 0)


def retry(session: Session, place_ids: Collection[int]) -> None:
    """Reset the failures of cards in places that refused cards and may accept them again."""
    theirs = update(Card).where(col(Card.place_id).in_(place_ids), col(Card.failures) > 0)
    session.exec(theirs.values(failures=0))


def recheck(session: Session, place_ids: Collection[int]) -> None:
    """Make due all posted cards in places the bot has returned to; each is edited even if its content is unchanged."""
    if not place_ids:
        return
    theirs = update(Card).where(col(Card.place_id).in_(place_ids), col(Card.message) != "")
    session.exec(theirs.values(revision=col(Card.revision) + 1, shown=""))
    retry(session, place_ids)


def is_duplicate(session: Session, platform: str, external_id: str, feedback_id: int, message: str) -> bool:
    """Whether a message that shows an item's card in a place is a duplicate: not the one stored.

    False while a card is being posted, since its id is not known yet.
    """
    here = select(Place.id).where(Place.platform == platform, Place.external_id == external_id)
    query = select(Card.message, Card.attempt).where(Card.feedback_id == feedback_id, col(Card.place_id).in_(here))
    found = session.exec(query).first()
    return found is not None and not found[1] and found[0] != message


def mark_lost(session: Session, card_id: int) -> None:
    """Record that a card's message was deleted; the card is still due, so it is posted again."""
    session.exec(update(Card).where(col(Card.id) == card_id).values(message="", shown="", attempt=""))


def mark_all_lost(session: Session, platform: str) -> None:
    """Record that all cards of a platform are gone, as after a restart of one that keeps them in memory.

    They become due, and are posted again.
    """
    places = select(Place.id).where(Place.platform == platform)
    lost = update(Card).where(col(Card.place_id).in_(places), col(Card.message) != "")
    session.exec(lost.values(message="", shown="", attempt="", revision=col(Card.revision) + 1))


def refresh(session: Session, look: str, after: int, most: int) -> int | None:
    """Make due the posted cards whose digest lacks this prefix: those drawn by another version or under another key.

    Args:
        after: begin after the card with this id (keyset pagination).
        most: the most cards to read.

    Returns:
        The id of the last card read; None when there are no more.
    """
    query = select(Card.id, Card.message, Card.shown).where(col(Card.id) > after).order_by(col(Card.id)).limit(most)
    found = session.exec(query).all()
    stale = [own for own, message, shown in found if message and not shown.startswith(look)]
    session.exec(update(Card).where(col(Card.id).in_(stale)).values(revision=col(Card.revision) + 1))
    return found[-1][0] if found else None


def set_trouble(session: Session, place_id: int, why: str) -> bool:
    """Store why cards cannot be posted in a place, empty when they can; return whether that changed.

    Only whether there is a reason counts: its wording may differ from card to card.
    """
    new = col(Place.trouble) == "" if why else col(Place.trouble) != ""
    return bool(session.exec(update(Place).where(col(Place.id) == place_id, new).values(trouble=why)).rowcount)


def mark_due(session: Session, place_ids: Collection[int]) -> None:
    """Make due all cards in places, as when a community's cards have moved elsewhere."""
    theirs = update(Card).where(col(Card.place_id).in_(place_ids))
    session.exec(theirs.values(revision=col(Card.revision) + 1))


def at(session: Session, place_id: int, feedback_id: int) -> Card | None:
    """The card of an item in a place, or None."""
    return session.exec(select(Card).where(Card.place_id == place_id, Card.feedback_id == feedback_id)).first()


def _changed() -> ColumnElement[bool]:
    return col(Card.revision) != col(Card.shown_revision)


def _shows_less() -> ColumnElement[bool]:
    """The condition for items that are not public (any more), or whose author is not named."""
    return or_(
        col(Feedback.nameless),
        col(Feedback.status) == Status.WITHDRAWN,
        col(Feedback.audience) != Audience.EVERYONE,
        col(Feedback.publication) != Publication.SHOWN,
        col(Feedback.text) == "",
    )


def _uncarded() -> ColumnElement[bool]:
    return col(Feedback.carded).is_(literal_column("FALSE"))
