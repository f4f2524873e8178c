"""Stores communities, their places and memberships, and finds the community of a place or a person."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, Update, bindparam, case, func, or_
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col, delete, select, update

from storage.engine.keys import Keys
from storage.engine.listing import among, listed
from storage.engine.loading import by_id, change, loaded
from storage.engine.prepared import prepared
from storage.engine.unique import insert_once, put_once, table_of
from storage.models import Community, Feedback, Follow, Identity, Member, Membership, Place, Question, Support
from storage.people import marks

DRAWN = (4, 6, 8)
"""The digits of public numbers that are drawn by chance, for nameless items: the others are counted."""


def ensure(
    session: Session, key: str, name: str, language: str, timezone: str, now: datetime, *, closed: bool = False
) -> Community:
    """The community with this key, created or updated with these settings, which replace the stored ones."""
    settings: dict[str, Any] = {"name": name, "language": language, "timezone": timezone, "closed": closed}
    found = by_key(session, key) or insert_once(session, Community(key=key, created_at=now, **settings))
    # Else a concurrent transaction has just created it.
    found = found or session.exec(select(Community).where(Community.key == key)).one()
    change(session, found, **settings)
    return found


def every(session: Session) -> list[Community]:
    """All communities, by id."""
    return _every.all(session, {})


def by_key(session: Session, key: str) -> Community | None:
    """The community with this key, or None."""
    return _by_key.first(session, {"key": key})


def of_place(session: Session, platform: str, external_id: str, within: str = "") -> Community | None:
    """The community of a chat: that it was set up for, else that of the chat it is within, else the only, open one."""
    return _of_place.first(session, {"platform": platform, "external_id": external_id, "within": within})


def id_of_place() -> ColumnElement[int]:
    """The id of what `of_place` finds, as an SQL expression with the parameters `platform`, `external_id`, `within`."""
    return func.coalesce(*_set_up(), _only())


def id_set_up() -> ColumnElement[int | None]:
    """The id of the community a chat, or that it is within, was set up for, as an SQL expression; likewise."""
    return func.coalesce(*_set_up())


def id_to_join() -> ColumnElement[int | None]:
    """The id of the query's `Community`, as an SQL expression; NULL when its `Identity` was seen in a place of it."""
    theirs = sa_select(col(Membership.member_id)).where(
        col(Membership.member_id) == col(Identity.member_id),
        col(Membership.community_id) == col(Community.id),
        ~col(Membership.invited),
    )
    return case((~theirs.exists(), col(Community.id)))


def is_set_up(session: Session, platform: str, external_id: str, within: str = "") -> bool:
    """Whether a chat, or the one it is within, was set up as a community's place, and the bot is still there."""
    return bool(_is_set_up.rows(session, {"platform": platform, "external_id": external_id, "within": within}))


def join(session: Session, member_id: int, community_id: int, *, invited: bool = False) -> None:
    """Store that a person takes part in a community; idempotent.

    Args:
        invited: whether they were not seen in a place of it; once they are, that counts.
    """
    new = put_once(session, Membership, member_id=member_id, community_id=community_id, invited=invited)
    if not (new or invited):
        _seen.rows(session, {"member_id": member_id, "community_id": community_id})


def leave(session: Session, member_id: int, community_id: int) -> bool:
    """Store that a person takes part in a community no more; return whether they did."""
    theirs = (col(Membership.member_id) == member_id, col(Membership.community_id) == community_id)
    return bool(session.exec(delete(Membership).where(*theirs)).rowcount)


def taking_part(session: Session, community_id: int, member_ids: Collection[int]) -> set[int]:
    """Those of these people who take part in a community."""
    given = {"community_id": community_id, "members": listed(member_ids)}
    return {own for (own,) in _taking_part.rows(session, given)}


def of_member(session: Session, keys: Keys, member_id: int, now: datetime) -> list[Community]:
    """The communities a person takes part in or has left something in, by id; with a single one, always that.

    Args:
        keys: to compute the keyed marks that find the person's nameless items; the result is not stored.
        now: until when there are marks, one a month.
    """
    known = every(session)
    if len(known) == 1:
        return known
    member = by_id(session, Member, member_id)
    theirs = [mark for one in known for mark in marks.of_person(keys, one, member_id, member, now)]
    found = set(session.execute(_used_by(), {"member_id": member_id, "marks": theirs}).scalars())
    return [one for one in known if one.id in found]


def choose(session: Session, member_id: int, community_id: int) -> None:
    """Store the community that a person's private messages are for."""
    # A row that need not change keeps its transaction's id on PostgreSQL, which tells when the person last acted.
    another = col(Member.community_id).is_distinct_from(community_id)
    session.exec(update(Member).where(col(Member.id) == member_id, another).values(community_id=community_id))


def join_place(session: Session, community_id: int, platform: str, external_id: str, staff: bool) -> Place:
    """Set a chat up as a place of a community, also if it was another's; a new staff place replaces the former one."""
    here = {"platform": platform, "external_id": external_id}
    place = _place.first(session, here)
    place = place or insert_once(session, Place(community_id=community_id, platform=platform, external_id=external_id))
    # Else a concurrent transaction has just set it up.
    place = place or session.exec(select(Place).filter_by(**here)).one()
    if staff:
        for former in _staff_places.all(session, {"community": community_id}):
            change(session, former, staff=former is place)
    change(session, place, community_id=community_id, staff=staff, left_at=None)
    return place


def place(session: Session, platform: str, external_id: str) -> Place | None:
    """The place with this id on a platform, or None."""
    return _place.first(session, {"platform": platform, "external_id": external_id})


def staff_place(session: Session, community_id: int) -> Place | None:
    """The staff place of a community, or None."""
    return _staff_places.first(session, {"community": community_id})


def use_code(session: Session, community: Community, staff: bool) -> bool:
    """Mark the current setup code of a community as used (compare and set).

    Args:
        staff: whether it is the code for the staff place.

    Returns:
        False when another transaction used it before.
    """
    column = col(Community.staff_codes if staff else Community.place_codes)
    used = community.staff_codes if staff else community.place_codes
    mine = update(Community).where(col(Community.id) == community.id, column == used)
    return bool(session.exec(mine.values({column: used + 1})).rowcount)


def move_place(session: Session, platform: str, old: str, new: str) -> None:
    """Change a place's platform id, as when a platform renumbers a chat; unless the new id is a place already."""
    taken = select(Place.id).where(Place.platform == platform, Place.external_id == new)
    if session.exec(taken).first() is None:
        here = update(Place).where(col(Place.platform) == platform, col(Place.external_id) == old)
        session.exec(here.values(external_id=new))


def places(session: Session, platform: str) -> list[Place]:
    """The places of all communities on a platform."""
    return _on_platform.all(session, {"platform": platform})


def places_of(session: Session, community_id: int) -> list[Place]:
    """The places of a community on all platforms."""
    return list(session.exec(select(Place).where(Place.community_id == community_id).order_by(col(Place.id))))


def take_number(session: Session, community_id: int) -> int:
    """A community's next public number; see `take_numbers`."""
    return take_numbers(session, community_id, 1)[0]


def take_numbers(session: Session, community_id: int, how_many: int) -> range:
    """A community's next public numbers, in a single update, so that no two items share one.

    Those with as many digits as numbers that are drawn by chance are left out.
    """
    last = int(_next_number.value(session, {"community_id": community_id, "how_many": how_many}))
    for digits in DRAWN:
        if last - how_many + 1 < 10**digits and last >= 10 ** (digits - 1):
            last = 10**digits + how_many - 1
            session.exec(update(Community).where(col(Community.id) == community_id).values(last_number=last))
    return range(last - how_many + 1, last + 1)


@loaded(Community)
def _every(_: str) -> Select[Community]:
    return sa_select(Community).order_by(col(Community.id))


@loaded(Place)
def _on_platform(_: str) -> Select[Place]:
    return sa_select(Place).where(col(Place.platform) == bindparam("platform")).order_by(col(Place.id))


@loaded(Community)
def _by_key(_: str) -> Select[Community]:
    return sa_select(Community).where(col(Community.key) == bindparam("key"))


@loaded(Place)
def _place(_: str) -> Select[Place]:
    here = (col(Place.platform) == bindparam("platform"), col(Place.external_id) == bindparam("external_id"))
    return sa_select(Place).where(*here)


@loaded(Place)
def _staff_places(_: str) -> Select[Place]:
    return sa_select(Place).where(col(Place.community_id) == bindparam("community"), col(Place.staff))


@loaded(Community)
def _of_place(_: str) -> Select[Community]:
    return sa_select(Community).where(col(Community.id) == id_of_place())


@prepared()
def _is_set_up(_: str) -> Select[int]:
    table = table_of(Place)
    chats = table.c.external_id.in_([bindparam("external_id"), bindparam("within")])
    return sa_select(table.c.id).where(table.c.platform == bindparam("platform"), chats, table.c.left_at.is_(None))


@prepared()
def _taking_part(dialect: str) -> Select[int]:
    query = sa_select(col(Membership.member_id)).where(among(dialect, col(Membership.member_id), "members"))
    return query.where(col(Membership.community_id) == bindparam("community_id"))


@prepared()
def _seen(_: str) -> Update:
    """Of an invited person that they were seen; a row that need not change keeps its transaction's id on PostgreSQL."""
    own = table_of(Membership)
    theirs = (own.c.member_id == bindparam("member_id"), own.c.community_id == bindparam("community_id"))
    return sa_update(own).where(*theirs, own.c.invited).values(invited=False)


@prepared()
def _next_number(_: str) -> ReturningUpdate[int]:
    table = table_of(Community)
    query = sa_update(table).where(table.c.id == bindparam("community_id"))
    return query.values(last_number=table.c.last_number + bindparam("how_many")).returning(table.c.last_number)


def _set_up() -> tuple[ScalarSelect[int], ...]:
    """Two subqueries: the id of the community a chat was set up for, and that of the chat it is within."""
    return tuple(
        sa_select(col(Place.community_id))
        .where(col(Place.platform) == bindparam("platform"), col(Place.external_id) == bindparam(name))
        .scalar_subquery()
        for name in ("external_id", "within")
    )


def _only() -> ScalarSelect[int]:
    """A subquery: the id of the only community, if there is just one, it is open, and has no place for members yet.

    Once a place was set up for members, another chat is a stranger's, who would let themselves in by it.
    """
    open_ones = func.count().filter(col(Community.closed).is_(False))
    set_up = sa_select(col(Place.id)).where(col(Place.staff).is_(False), col(Place.team).is_(False)).exists()
    only = sa_select(func.min(Community.id)).having(func.count() == 1, open_ones == 1)
    return only.where(~set_up).scalar_subquery()


@cache
def _used_by() -> Select[int]:
    """The ids of communities in which a person has a membership, an item, a question, support or a follow."""
    member: BindParameter[int] = bindparam("member_id")
    traces = (
        sa_select(col(Membership.community_id)).where(col(Membership.member_id) == member),
        sa_select(col(Feedback.community_id)).where(col(Feedback.author_id) == member),
        sa_select(col(Feedback.community_id)).where(col(Feedback.author_hash).in_(bindparam("marks", expanding=True))),
        sa_select(col(Question.community_id)).where(col(Question.asker_id) == member),
        sa_select(col(Question.community_id)).where(col(Question.holder).in_(bindparam("marks", expanding=True))),
        *(
            sa_select(col(Feedback.community_id)).where(col(Feedback.id).in_(theirs))
            for theirs in (
                sa_select(col(Support.feedback_id)).where(col(Support.member_id) == member),
                sa_select(col(Follow.feedback_id)).where(col(Follow.member_id) == member),
            )
        ),
    )
    return sa_select(col(Community.id)).where(or_(*(col(Community.id).in_(each) for each in traces)))
