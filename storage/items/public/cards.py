"""Stores the cards of items: which are ordered, what each shows, and which are to be posted or edited.

A trigger of the database counts a card's `revision` up with every change of what it may show (migrations 0012 and
0032), whoever makes it; a card is due until `shown_revision` has reached it.
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
    """An item that has no cards yet where its community's ideas live."""

    feedback_id: int
    nameless: bool


def boards(session: Session) -> list[Place]:
    """The places where communities' ideas live, also those that the bot was removed from.

    With those where they lived, the bot is and cards are left to be taken away.
    """
    return _boards.all(session, {})


# Looked for again and again: built once, since building a statement takes longer than running it.
@loaded(Place)
def _boards(_: str) -> Select[Place]:
    rest = sa_select(col(Card.id)).where(col(Card.place_id) == col(Place.id), col(Card.message) != "").exists()
    there = or_(col(Place.ideas_since).is_not(None), and_(rest, col(Place.left_at).is_(None)))
    return sa_select(Place).where(there).order_by(col(Place.id))


def without(
    session: Session, community_id: int, since: datetime, nameless_since: datetime, most: int
) -> list[Cardless]:
    """Open items for everyone that have no cards yet, the ones changed longest ago first.

    Args:
        since: only those changed from this instant on.
        nameless_since: and nameless ones from this instant on, no later: they have the beginning of their day.
    """
    given = {"community_id": community_id, "since": since, "nameless_since": nameless_since, "most": most}
    return [Cardless(own, nameless) for own, nameless in _without.rows(session, given)]


@prepared()
def _without(_: str) -> Executable:
    return (
        sa_select(col(Feedback.id), col(Feedback.nameless))
        .where(col(Feedback.community_id) == bindparam("community_id"), *conditions.shown(), _uncarded())
        .where(col(Feedback.changed_at) >= bindparam("nameless_since"))
        .where(conditions.changed_since(bindparam("since"), bindparam("nameless_since")))
        .order_by(col(Feedback.changed_at))
        .limit(at_most("most"))
    )


def order(session: Session, feedback_id: int, place_ids: Collection[int], now: datetime) -> None:
    """Cardless an item's cards in places; those that are there stay."""
    session.exec(update(Feedback).where(col(Feedback.id) == feedback_id, _uncarded()).values(carded=True))
    for place_id in place_ids:
        insert_once(session, Card(feedback_id=feedback_id, place_id=place_id, next_at=now))


def unkept(session: Session, now: datetime, place_ids: Collection[int]) -> list[int]:
    """Those of these places that have a card which is due, as for `due`."""
    return [own for (own,) in _unkept.rows(session, {"now": now, "places": listed(place_ids)})]


@prepared()
def _unkept(dialect: str) -> Select[int]:
    here = among(dialect, col(Card.place_id), "places")
    return sa_select(col(Card.place_id)).where(_changed(), col(Card.next_at) <= bindparam("now"), here).distinct()


def due(session: Session, now: datetime, place_id: int) -> Card | None:
    """The card of a place that does not show the newest revision and is to be posted or edited next; None for none.

    Those that may show what is not to be seen any more, or a name that was taken off, come before all others; then
    the longest due one.
    """
    return _due.first(session, {"now": now, "place": place_id})


@loaded(Card)
def _due(_: str) -> Select[Card]:
    hurried = case((and_(col(Card.message) != "", _shows_less()), 0), else_=1)
    query = sa_select(Card).join(Feedback, col(Feedback.id) == col(Card.feedback_id))
    query = query.where(_changed(), col(Card.next_at) <= bindparam("now"), col(Card.place_id) == bindparam("place"))
    return query.order_by(hurried, col(Card.next_at), col(Card.id)).limit(literal_column("1"))


def get(session: Session, card_id: int) -> Card | None:
    """A card, as it is stored now."""
    return _get.first(session, {"id": card_id})


@loaded(Card, anew=True)
def _get(_: str) -> Select[Card]:
    return sa_select(Card).where(col(Card.id) == bindparam("id"))


def begin(session: Session, card_id: int, key: str) -> str:
    """Note that posting a card begins.

    Returns:
        The key of the attempt: that of the first one since it was posted last, whatever came of it.
    """
    session.exec(update(Card).where(col(Card.id) == card_id, col(Card.attempt) == "").values(attempt=key))
    return session.exec(select(Card.attempt).where(Card.id == card_id)).first() or key


def show(session: Session, card_id: int, message: str, shown: str, revision: int, next_at: datetime) -> None:
    """Note what a card shows now.

    Args:
        message: its id on the platform; empty when it was taken away.
        shown: a digest of what it shows.
        revision: the revision this was made from.
        next_at: when it may be edited next.
    """
    values = {"message": message, "shown": shown, "shown_revision": revision, "next_at": next_at}
    session.exec(update(Card).where(col(Card.id) == card_id).values(attempt="", failures=0, **values))


def put_off(session: Session, card_id: int, until: datetime | None = None) -> None:
    """Note that a card could not be posted or edited.

    Args:
        until: when to try again; None to leave it at the head of what is due in its place.
    """
    at = {} if until is None else {"next_at": until}
    session.exec(update(Card).where(col(Card.id) == card_id).values(failures=col(Card.failures) + 1, **at))


def failed(session: Session, card_ids: Collection[int]) -> set[int]:
    """Those of these cards whose posting or editing failed last."""
    return {own for (own,) in _failed.rows(session, {"cards": listed(card_ids)})}


@prepared()
def _failed(dialect: str) -> Select[int]:
    return sa_select(col(Card.id)).where(among(dialect, col(Card.id), "cards"), col(Card.failures) > 0)


def retry(session: Session, place_ids: Collection[int]) -> None:
    """Note that places which refused cards may take them again: what failed there did not fail any more."""
    theirs = update(Card).where(col(Card.place_id).in_(place_ids), col(Card.failures) > 0)
    session.exec(theirs.values(failures=0))


def recheck(session: Session, place_ids: Collection[int]) -> None:
    """Make due all cards that stood in places where the bot is again, each to be edited even if it shows the same."""
    if not place_ids:
        return
    theirs = update(Card).where(col(Card.place_id).in_(place_ids), col(Card.message) != "")
    session.exec(theirs.values(revision=col(Card.revision) + 1, shown=""))
    retry(session, place_ids)


def is_double(session: Session, platform: str, external_id: str, feedback_id: int, message: str) -> bool:
    """Whether a message with an item's card in a place is another than the one that is kept there.

    It is not while one is being posted, whose id is not known yet.
    """
    here = select(Place.id).where(Place.platform == platform, Place.external_id == external_id)
    query = select(Card.message, Card.attempt).where(Card.feedback_id == feedback_id, col(Card.place_id).in_(here))
    found = session.exec(query).first()
    return found is not None and not found[1] and found[0] != message


def lose(session: Session, card_id: int) -> None:
    """Note that a card's message is not there any more; it is posted anew, as it is still due."""
    session.exec(update(Card).where(col(Card.id) == card_id).values(message="", shown="", attempt=""))


def lose_all(session: Session, platform: str) -> None:
    """Note that none of a platform's cards stands any more, as when it keeps them in memory alone and starts anew.

    They are due again, and are posted as new ones.
    """
    places = select(Place.id).where(Place.platform == platform)
    lost = update(Card).where(col(Card.place_id).in_(places), col(Card.message) != "")
    session.exec(lost.values(message="", shown="", attempt="", revision=col(Card.revision) + 1))


def refresh(session: Session, look: str, after: int, most: int) -> int | None:
    """Make due the cards that stand in their places and whose digest does not begin with this look.

    Args:
        after: begin after the card with this id.
        most: cards looked at, at most.

    Returns:
        The id of the last one looked at; None when there is none left.
    """
    query = select(Card.id, Card.message, Card.shown).where(col(Card.id) > after).order_by(col(Card.id)).limit(most)
    found = session.exec(query).all()
    stale = [own for own, message, shown in found if message and not shown.startswith(look)]
    session.exec(update(Card).where(col(Card.id).in_(stale)).values(revision=col(Card.revision) + 1))
    return found[-1][0] if found else None


def trouble(session: Session, place_id: int, why: str) -> bool:
    """Note why cards cannot be kept in a place, empty when they can; return whether there was, or is, another reason.

    Only whether there is one counts: the words of the same refusal may differ from one card to the next.
    """
    new = col(Place.trouble) == "" if why else col(Place.trouble) != ""
    return bool(session.exec(update(Place).where(col(Place.id) == place_id, new).values(trouble=why)).rowcount)


def expire(session: Session, place_ids: Collection[int]) -> None:
    """Make due all cards in places, such as those where the ideas live no more."""
    theirs = update(Card).where(col(Card.place_id).in_(place_ids))
    session.exec(theirs.values(revision=col(Card.revision) + 1))


def at(session: Session, place_id: int, feedback_id: int) -> Card | None:
    """The card of an item in a place, or None."""
    return session.exec(select(Card).where(Card.place_id == place_id, Card.feedback_id == feedback_id)).first()


def _changed() -> ColumnElement[bool]:
    return col(Card.revision) != col(Card.shown_revision)


def _shows_less() -> ColumnElement[bool]:
    """Whether an item is not to be seen by everybody, or its author's name is not."""
    return or_(
        col(Feedback.nameless),
        col(Feedback.status) == Status.WITHDRAWN,
        col(Feedback.audience) != Audience.EVERYONE,
        col(Feedback.publication) != Publication.SHOWN,
        col(Feedback.text) == "",
    )


def _uncarded() -> ColumnElement[bool]:
    return col(Feedback.carded).is_(literal_column("FALSE"))
