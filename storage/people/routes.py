"""Stores what moderators set in chat for each area: who takes care of it, where, and in how many days."""

from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, update

from storage.engine.loading import loaded
from storage.engine.unique import insert_once
from storage.models import Place, Route
from storage.people import communities


def of_community(session: Session, community_id: int) -> list[Route]:
    """What was set for the areas of a community, by area."""
    return _of_community.all(session, {"community_id": community_id})


def set_place(session: Session, community_id: int, area: str, place_id: int) -> None:
    """Set where the team of an area reads."""
    _change(session, community_id, area, place_id=place_id)


def set_team(session: Session, community_id: int, area: str, team: str) -> None:
    """Set what the team of an area is called."""
    _change(session, community_id, area, team=team)


def set_answer_days(session: Session, community_id: int, area: str, days: int) -> None:
    """Set in how many days the team of an area aims to answer."""
    _change(session, community_id, area, answer_days=days)


def set_at_once(session: Session, community_id: int, area: str, at_once: bool) -> None:
    """Set whether what is filed in an area is posted to its team at once."""
    _change(session, community_id, area, at_once=at_once)


def drop(session: Session, community_id: int, area: str) -> None:
    """Forget what was set for an area."""
    session.exec(delete(Route).where(col(Route.community_id) == community_id, col(Route.area) == area))


def team_place(session: Session, community_id: int, platform: str, external_id: str) -> Place | None:
    """The place where the team of an area reads; a new one is added to the community.

    Returns:
        The place, or None when it belongs to another community.
    """
    insert_once(session, Place(community_id=community_id, platform=platform, external_id=external_id, team=True))
    return place_of(session, community_id, platform, external_id)


def place_of(session: Session, community_id: int, platform: str, external_id: str) -> Place | None:
    """A place of a community by its id on the platform; None when there is none, or it is another community's."""
    found = communities.place(session, platform, external_id)
    return found if found is not None and found.community_id == community_id else None


def _change(session: Session, community_id: int, area: str, **values: Any) -> None:
    """Set columns of an area's row, which is made if there is none."""
    insert_once(session, Route(community_id=community_id, area=area))
    own = update(Route).where(col(Route.community_id) == community_id, col(Route.area) == area)
    session.exec(own.values(**values))


# Asked with every filing: built once, since building a statement takes longer than running it.
@loaded(Route)
def _of_community(_: str) -> Select[Route]:
    here = col(Route.community_id) == bindparam("community_id")
    return sa_select(Route).where(here).order_by(col(Route.area))
