"""Notes that cards do not stand any more where they were posted, all at once."""

from sqlmodel import Session, col, select, update

from storage.models import Card, Place


def lose_all(session: Session, platform: str) -> None:
    """Note that none of a platform's cards stands any more, as when it keeps them in memory alone and starts anew.

    They are due again, and are posted as new ones.
    """
    places = select(Place.id).where(Place.platform == platform)
    lost = update(Card).where(col(Card.place_id).in_(places), col(Card.message) != "")
    session.exec(lost.values(message="", shown="", attempt="", revision=col(Card.revision) + 1))
