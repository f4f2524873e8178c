"""Stores who is ready to talk about what, and whom the team asked; the team is shown numbers alone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, and_, bindparam, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select

from storage import conditions
from storage.conditions import Conditions
from storage.engine.listing import among, listed
from storage.engine.loading import Loaded, loaded, one_by_id
from storage.engine.prepared import Prepared
from storage.models import Feedback, Inquiry, Invitation, Readiness

MOST = 200
"""Items in one statement at most."""
MONTH = timedelta(days=30)
"""How long nobody is asked again."""


def find(session: Session, community_id: int, member_id: int, feedback_id: int | None, area: str | None) -> Readiness:
    """What a person said of a topic, or a new row of it that is not stored yet."""
    topic = {"community_id": community_id, "member_id": member_id, "feedback_id": feedback_id, "area": area}
    found = (_on_area if feedback_id is None else _on_item).first(session, topic)
    return found or Readiness(community_id=community_id, member_id=member_id, feedback_id=feedback_id, area=area)


@loaded(Readiness)
def _on_item(_: str) -> Select[Readiness]:
    return sa_select(Readiness).where(*_mine(), col(Readiness.feedback_id) == bindparam("feedback_id"))


@loaded(Readiness)
def _on_area(_: str) -> Select[Readiness]:
    of_area = col(Readiness.area).is_not_distinct_from(bindparam("area"))
    return sa_select(Readiness).where(*_mine(), col(Readiness.feedback_id).is_(None), of_area)


def _mine() -> Conditions:
    """What a person said in a community."""
    whose, here = col(Readiness.member_id), col(Readiness.community_id)
    return whose == bindparam("member_id"), here == bindparam("community_id")


def own(session: Session, member_id: int, ready_id: int) -> Readiness | None:
    """What a person said, by its id; None when it is gone or another's."""
    return session.exec(select(Readiness).where(Readiness.id == ready_id, Readiness.member_id == member_id)).first()


def of_member(session: Session, community_id: int, member_id: int, now: datetime) -> list[Readiness]:
    """What a person is ready to talk about now, in the order they said so."""
    return _of_member.all(session, {"community_id": community_id, "member_id": member_id, "now": now})


@loaded(Readiness)
def _of_member(_: str) -> Select[Readiness]:
    return sa_select(Readiness).where(*_mine(), col(Readiness.until) > bindparam("now")).order_by(col(Readiness.id))


def revoke(session: Session, member_id: int, ready_id: int) -> None:
    """Delete what a person said."""
    session.exec(delete(Readiness).where(col(Readiness.id) == ready_id, col(Readiness.member_id) == member_id))


def ready_count(session: Session, community_id: int, areas: Collection[str] = (), now: datetime | None = None) -> int:
    """How many people are ready to talk about these areas; about anything without areas.

    Args:
        now: who was ready until before is left out; without it, until the next daily clearing they are counted.
    """
    given = {"community_id": community_id, "areas": listed(areas), "now": now}
    return int(_ready_count(of_areas=bool(areas), still=now is not None).value(session, given))


@cache
def _ready_count(*, of_areas: bool, still: bool) -> Prepared:
    def build(dialect: str) -> Select[int]:
        here = col(Readiness.community_id) == bindparam("community_id")
        query = sa_select(func.count(func.distinct(col(Readiness.member_id)))).where(here)
        if of_areas:
            query = query.where(or_(among(dialect, col(Readiness.area), "areas"), col(Readiness.area).is_(None)))
        return query.where(col(Readiness.until) > bindparam("now")) if still else query

    return Prepared(build)


def askable(
    session: Session, community_id: int, area: str | None, item: Feedback | None, now: datetime
) -> dict[int, Readiness]:
    """Who may be asked now about an item, an area or (neither) anything: by member id, what they said.

    Who was asked within a month is left out.
    """
    about = item.area if item is not None else area
    given = {"community_id": community_id, "now": now, "area": about, "item": item.id if item is not None else None}
    ready = _ready(of_item=item is not None, of_area=about is not None)
    return _unasked(session, ready.all(session, given), now)


# Asked with every card: built once, since building a statement takes longer than running it.
@cache
def _ready(*, of_item: bool, of_area: bool) -> Loaded[Readiness]:
    """Who is ready to talk about an item, about an area, or about anything."""
    item, area = col(Readiness.feedback_id), col(Readiness.area)
    query = sa_select(Readiness).where(
        col(Readiness.community_id) == bindparam("community_id"), col(Readiness.until) > bindparam("now")
    )
    own = item == bindparam("item")
    if of_area:
        fits = or_(area == bindparam("area"), area.is_(None))
        query = query.where(or_(own, fits) if of_item else fits)
    if of_item:
        query = query.where(or_(own, item.is_(None)))
    return Loaded(Readiness, lambda _: query)


def askable_on(session: Session, community_id: int, messages: Sequence[int], now: datetime) -> dict[int, Readiness]:
    """Who may be asked now about what several items say, as `askable`: on these items, their areas, or anything."""
    seen = sa_select(col(Feedback.id), col(Feedback.area)).where(col(Feedback.id).in_(messages[:MOST]))
    found = session.execute(seen.where(col(Feedback.community_id) == community_id, *conditions.in_view())).all()
    ids, areas = [own for own, _ in found], {area for _, area in found if area}
    query = select(Readiness).where(Readiness.community_id == community_id, col(Readiness.until) > now)
    wide = and_(
        col(Readiness.feedback_id).is_(None), or_(col(Readiness.area).in_(areas), col(Readiness.area).is_(None))
    )
    return _unasked(session, session.exec(query.where(or_(col(Readiness.feedback_id).in_(ids), wide))), now)


def _unasked(session: Session, ready: Iterable[Readiness], now: datetime) -> dict[int, Readiness]:
    """By member id, the narrowest of what each said; who was asked within a month is left out."""
    # What is said of the item itself counts before what is said of more.
    found = sorted(ready, key=lambda one: (one.feedback_id is not None, one.area is not None, one.id))
    said = {one.member_id: one for one in found}
    if not said:
        return {}
    asked = select(Invitation.member_id).where(
        col(Invitation.member_id).in_(list(said)), col(Invitation.asked_at) > now - MONTH
    )
    lately = set(session.exec(asked))
    return {member: one for member, one in said.items() if member not in lately}


def ask(
    session: Session,
    community_id: int,
    actor_id: int,
    area: str | None,
    number: int | None,
    text: str,
    now: datetime,
    ready_ids: Collection[int],
) -> tuple[Inquiry, list[Invitation]]:
    """Store a question of the team, and whom it goes to, by the ids of what they said."""
    inquiry = Inquiry(community_id=community_id, actor_id=actor_id, area=area, number=number, text=text, asked_at=now)
    session.add(inquiry)
    session.flush()
    ready = session.exec(select(Readiness).where(col(Readiness.id).in_(ready_ids)))
    made = [
        Invitation(inquiry_id=inquiry.id, member_id=one.member_id, named=one.named, wish=one.wish, asked_at=now)
        for one in ready
    ]
    session.add_all(made)
    session.flush()
    return inquiry, made


def invitation(session: Session, invitation_id: int) -> tuple[Invitation, Inquiry] | None:
    """Whom the team asked, locked, and what; None when it is gone."""
    found = session.get(Invitation, invitation_id, with_for_update=True, populate_existing=True)
    return (found, one_by_id(session, Inquiry, found.inquiry_id)) if found else None


def inquiry(session: Session, community_id: int, inquiry_id: int) -> Inquiry | None:
    """A question of a community's team, locked; None when there is none."""
    found = session.get(Inquiry, inquiry_id, with_for_update=True, populate_existing=True)
    return found if found is not None and found.community_id == community_id else None


def invited(session: Session, inquiry_id: int) -> list[Invitation]:
    """Whom the team asked a question."""
    return list(session.exec(select(Invitation).where(Invitation.inquiry_id == inquiry_id)))
