"""Stores what moderators set in chat for each area: who takes care of it, where, and in how many days."""

from typing import Any

from sqlmodel import Session, col, select, update

from storage.engine.unique import insert_once
from storage.models import Place, Route


def of_community(session: Session, community_id: int) -> list[Route]:
    """What was set for the areas of a community, by area."""
    query = select(Route).where(Route.community_id == community_id).order_by(col(Route.area))
    return list(session.exec(query))


def change(session: Session, community_id: int, area: str, **values: Any) -> None:
    """Set columns of an area's row, which is made if there is none; the others keep their value."""
    insert_once(session, Route(community_id=community_id, area=area))
    own = update(Route).where(col(Route.community_id) == community_id, col(Route.area) == area)
    session.exec(own.values(**values))


def team_place(session: Session, community_id: int, platform: str, external_id: str) -> Place | None:
    """The place where the team of an area reads; a new one is added to the community.

    Returns:
        The place, or None when it belongs to another community.
    """
    insert_once(session, Place(community_id=community_id, platform=platform, external_id=external_id, team=True))
    return place_of(session, community_id, platform, external_id)


def place_of(session: Session, community_id: int, platform: str, external_id: str) -> Place | None:
    """A place of a community by its id on the platform; None when there is none, or it is another community's."""
    query = select(Place).where(Place.platform == platform, Place.external_id == external_id)
    return session.exec(query.where(Place.community_id == community_id)).first()
