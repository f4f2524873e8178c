"""Stores to whom of those ready to help members' questions were sent, whose words answer one, and whether they helped.

The team is shown totals alone.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Select, and_, bindparam, func, literal_column, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select, update

from storage.conditions import Conditions
from storage.engine.prepared import prepared
from storage.engine.unique import insert
from storage.models import Answer, Feedback, Readiness, Referral
from storage.values import frozen

MOST = 200
"""Items looked at."""
DAY = timedelta(days=1)
"""How long nobody is sent another question."""


@frozen
class Subject:
    """What a question is about: items that say nearly the same, by their ids, and an area; None for an unknown one."""

    items: frozenset[int] = frozenset()
    area: str | None = None


def any_willing(session: Session, community_id: int, now: datetime) -> bool:
    """Whether somebody may be sent other members' questions."""
    return bool(_any_willing.rows(session, {"community_id": community_id, "now": now}))


@prepared()
def _any_willing(_: str) -> Select[int]:
    willing = _willing(bindparam("community_id"), bindparam("now"))
    return sa_select(col(Readiness.id)).where(*willing).limit(literal_column("1"))


def topics(session: Session, community_id: int, now: datetime) -> dict[int, str]:
    """The items on which somebody may be sent questions, the newest first, by id with their words."""
    about = select(Feedback.id, Feedback.text).join(Readiness, col(Readiness.feedback_id) == col(Feedback.id))
    query = about.where(*_willing(community_id, now), Feedback.text != "").order_by(col(Feedback.id).desc())
    return dict(session.exec(query.limit(MOST)).all())


def willing(session: Session, community_id: int, about: Subject, now: datetime) -> list[int]:
    """Who may be sent a question now, by member id, whom nothing was sent for longest first.

    Who was sent one within a day is left out.
    """
    anything = and_(col(Readiness.feedback_id).is_(None), col(Readiness.area).is_(None))
    here = [col(Readiness.area) == about.area] if about.area is not None else []
    fits = or_(anything, col(Readiness.feedback_id).in_(about.items), *here)
    ready = set(session.exec(select(Readiness.member_id).where(*_willing(community_id, now), fits)))
    query = sa_select(col(Referral.member_id), func.max(col(Referral.sent_at)))
    last = dict(
        session.execute(query.where(col(Referral.member_id).in_(ready)).group_by(col(Referral.member_id))).all()
    )
    free = [one for one in ready if one not in last or last[one] <= now - DAY]
    return sorted(free, key=lambda one: (one in last, last.get(one, now), one))


def add(session: Session, question_id: int, member_id: int, now: datetime) -> Referral:
    """Store that a question is sent to a person."""
    made = Referral(question_id=question_id, member_id=member_id, sent_at=now)
    session.add(made)
    session.flush()
    return made


def sent(session: Session, question_ids: Collection[int]) -> set[int]:
    """To whom any of these questions was sent, by member id."""
    return set(session.exec(select(Referral.member_id).where(col(Referral.question_id).in_(question_ids))))


def own(session: Session, member_id: int, referral_id: int) -> Referral | None:
    """What a person was sent, by its id; None when it is gone or another's."""
    return session.exec(select(Referral).where(Referral.id == referral_id, Referral.member_id == member_id)).first()


def decline(session: Session, community_id: int, member_id: int) -> None:
    """Store that a person is to be sent no more questions of other members; what else they are ready for stays."""
    theirs = (col(Readiness.member_id) == member_id, col(Readiness.community_id) == community_id)
    session.exec(update(Readiness).where(*theirs).values(questions=False))


def credit(session: Session, question_id: int, member_id: int, answer_id: int, now: datetime) -> None:
    """Store whose words an answer to a question is, instead of those it replaces, if any."""
    former = (col(Referral.answer_id) == answer_id, col(Referral.helped).is_(False))
    session.exec(update(Referral).where(*former).values(answer_id=None))
    row = {"question_id": question_id, "member_id": member_id, "answer_id": answer_id, "helped": False, "sent_at": now}
    query = insert(session, Referral).values(row)
    query = query.on_conflict_do_update(index_elements=["question_id", "member_id"], set_={"answer_id": answer_id})
    session.connection().execute(query)


def wrote(session: Session, answer_id: int, member_id: int) -> bool:
    """Whether an answer is a person's own words."""
    query = select(Referral.id).where(Referral.answer_id == answer_id, Referral.member_id == member_id)
    return session.exec(query.limit(1)).first() is not None


def note_help(session: Session, answer_id: int) -> list[Referral]:
    """Store that an answer helped; return whose words it is that had not helped before, locked."""
    query = select(Referral).where(Referral.answer_id == answer_id, col(Referral.helped).is_(False))
    found = list(session.exec(query.with_for_update().execution_options(populate_existing=True)))
    for one in found:
        one.helped = True
    session.flush()
    return found


def helped_count(session: Session, community_id: int) -> int:
    """How many answers of members helped, without whose they are."""
    return int(_helped_count.value(session, {"community_id": community_id}))


@prepared()
def _helped_count(_: str) -> Select[int]:
    query = sa_select(func.count(col(Referral.id))).join(Answer, col(Answer.id) == col(Referral.answer_id))
    return query.where(col(Answer.community_id) == bindparam("community_id"), col(Referral.helped).is_(True))


def _willing(community_id: int | BindParameter[int], now: datetime | BindParameter[datetime]) -> Conditions:
    here = col(Readiness.community_id) == community_id
    return here, col(Readiness.until) > now, col(Readiness.questions).is_(True)
