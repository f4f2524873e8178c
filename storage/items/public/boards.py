"""Stores in which places communities' cards are posted: one for each community on each platform."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from storage.engine.loading import by_id
from storage.engine.unique import insert_once
from storage.items.public import cards
from storage.models import Place


def show_ideas(session: Session, community_id: int, platform: str, external_id: str, now: datetime) -> Place:
    """Make a chat the place of a community's cards, beside its other roles; replaces the platform's former one."""
    theirs = (col(Place.community_id) == community_id, col(Place.platform) == platform)
    before = session.exec(select(Place.id).where(*theirs, col(Place.ideas_since).is_not(None))).all()
    session.exec(update(Place).where(col(Place.id).in_(before)).values(ideas_since=None, trouble=""))
    insert_once(session, Place(community_id=community_id, platform=platform, external_id=external_id))
    query = select(Place).where(Place.platform == platform, Place.external_id == external_id)
    place = session.exec(query.execution_options(populate_existing=True)).one()
    place.community_id, place.ideas_since, place.trouble, place.left_at = community_id, now, "", None
    session.add(place)
    session.flush()
    cards.mark_due(session, [*before, place.id])
    return place


def belongs(session: Session, place_id: int, community_id: int) -> bool:
    """Whether a community's cards are posted in a place."""
    place = by_id(session, Place, place_id)
    return place is not None and place.community_id == community_id and place.ideas_since is not None
