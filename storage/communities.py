"""Communities, and the places that belong to them."""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col, select, update

from storage.models import Community, Place
from storage.unique import insert_once, table_of


def ensure(session: Session, key: str, name: str, language: str, timezone: str, now: datetime) -> Community:
    """The community of that key, created or brought to these settings: the file wins over the store."""
    insert_once(session, Community(key=key, name=name, language=language, timezone=timezone, created_at=now))
    found = session.exec(select(Community).where(Community.key == key)).one()
    found.name, found.language, found.timezone = name, language, timezone
    session.flush()
    return found


def every(session: Session) -> list[Community]:
    """All communities, the oldest first."""
    return list(session.exec(select(Community).order_by(col(Community.id))))


def by_key(session: Session, key: str) -> Community | None:
    """The community of that key."""
    return session.exec(select(Community).where(Community.key == key)).first()


def of_place(session: Session, platform: str, external_id: str, within: str = "") -> Community | None:
    """The community a chat belongs to: as set up, else that of the chat it is within, else the only one there is."""
    place = {"platform": platform, "external_id": external_id, "within": within}
    return session.execute(_of_place(), place).scalars().first()


def id_of_place() -> ColumnElement[int]:
    """The id `of_place` finds, as an expression with the parameters `platform`, `external_id` and `within`."""
    named, around = (
        sa_select(col(Place.community_id))
        .where(col(Place.platform) == bindparam("platform"), col(Place.external_id) == bindparam(name))
        .scalar_subquery()
        for name in ("external_id", "within")
    )
    only = sa_select(func.min(Community.id)).having(func.count() == 1).scalar_subquery()
    return func.coalesce(named, around, only)


def join_place(session: Session, community_id: int, platform: str, external_id: str, staff: bool) -> Place:
    """Make a chat a place of a community; a community has one staff place, the newest named."""
    if staff:
        session.exec(update(Place).where(col(Place.community_id) == community_id, col(Place.staff)).values(staff=False))
    insert_once(session, Place(community_id=community_id, platform=platform, external_id=external_id))
    query = select(Place).where(Place.platform == platform, Place.external_id == external_id)
    place = session.exec(query).one()
    place.community_id, place.staff = community_id, staff
    session.flush()
    return place


def staff_place(session: Session, community_id: int) -> Place | None:
    """Where a community's digests go."""
    return session.exec(select(Place).where(Place.community_id == community_id, Place.staff)).first()


def use_code(session: Session, community: Community, staff: bool) -> bool:
    """Use a code up.

    Returns:
        False when somebody used it meanwhile.
    """
    column = col(Community.staff_codes if staff else Community.place_codes)
    used = community.staff_codes if staff else community.place_codes
    mine = update(Community).where(col(Community.id) == community.id, column == used)
    return bool(session.exec(mine.values({column: used + 1})).rowcount)


def move_place(session: Session, platform: str, old: str, new: str) -> None:
    """Follow a chat to its new id."""
    taken = select(Place.id).where(Place.platform == platform, Place.external_id == new)
    if session.exec(taken).first() is None:
        here = update(Place).where(col(Place.platform) == platform, col(Place.external_id) == old)
        session.exec(here.values(external_id=new))


def places(session: Session, platform: str) -> list[Place]:
    """A platform's places, of all communities."""
    return list(session.exec(select(Place).where(Place.platform == platform).order_by(col(Place.id))))


def take_number(session: Session, community_id: int) -> int:
    """The community's next public number: taken by the update itself, so that no two items share one."""
    return int(session.execute(_next_number(), {"community_id": community_id}).scalar_one())


# Asked with every message: built once, since building a statement costs more than running it.
@cache
def _of_place() -> Select[Community]:
    return sa_select(Community).where(col(Community.id) == id_of_place())


@cache
def _next_number() -> ReturningUpdate[int]:
    table = table_of(Community)
    query = sa_update(table).where(table.c.id == bindparam("community_id"))
    return query.values(last_number=table.c.last_number + 1).returning(table.c.last_number)
