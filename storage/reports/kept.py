"""Keeps figures of deliveries that are deleted: how many people were notified each month, and how long answers took."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage import conditions
from storage.engine.unique import insert, insert_once
from storage.items.desk.decisions import NEWS
from storage.models import AnswerTime, Community, Feedback, Outbox, Question, ToldMonth
from storage.vocabulary import Delivery

ANSWERED = "answered:"
"""The prefix of the outbox keys of the team's answers; the question's id follows."""


def keep(session: Session, ids: Sequence[int]) -> None:
    """Add these deliveries to the kept figures, in the transaction that deletes them.

    A person notified several times in a month is counted with the delivery that is deleted last.
    """
    last = Counter((community, month) for community, month in _last_of_month(session, ids))
    for (community, month), people in sorted(last.items()):
        new = insert(session, ToldMonth).values(community_id=community, month=month, people=people)
        more = {"people": col(ToldMonth.people) + people}
        session.execute(new.on_conflict_do_update(index_elements=["community_id", "month"], set_=more))
    for question, community, asked, at in _answers(session, ids):
        seconds = max(round((at - asked).total_seconds()), 0)
        insert_once(session, AnswerTime(question_id=question, community_id=community, at=at, seconds=seconds))


def told(session: Session, community_id: int, months: Sequence[date]) -> int:
    """How many people were notified in these months by deliveries deleted since, each counted once a month."""
    query = select(ToldMonth.people).where(ToldMonth.community_id == community_id, col(ToldMonth.month).in_(months))
    return sum(session.exec(query))


def answer_times(session: Session, community_id: int, since: datetime, until: datetime) -> dict[int, int]:
    """By question id, the seconds to its first answer, for answers of a span whose delivery was deleted since."""
    query = sa_select(col(AnswerTime.question_id), col(AnswerTime.seconds))
    here = (col(AnswerTime.community_id) == community_id, col(AnswerTime.at) >= since, col(AnswerTime.at) < until)
    return {row.question_id: row.seconds for row in session.execute(query.where(*here))}


def _last_of_month(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, date]]:
    """The community and month for each person who has no other delivery of news in that month than these."""
    query = sa_select(
        col(Outbox.recipient_id),
        col(Outbox.feedback_id),
        col(Outbox.sent_at),
        col(Community.id),
        col(Community.timezone),
    )
    query = query.join(Feedback, col(Feedback.id) == col(Outbox.feedback_id))
    query = query.join(Community, col(Community.id) == col(Feedback.community_id))
    seen = set[tuple[int, date, int | None, int | None]]()
    for whom, item, at, community, zone in session.execute(query.where(col(Outbox.id).in_(ids), *_news())):
        month = at.astimezone(ZoneInfo(zone)).date().replace(day=1)
        person = (community, month, whom, item if whom is None else None)
        if person not in seen and not _told_again(session, ids, person, ZoneInfo(zone)):
            yield community, month
        seen.add(person)


def _told_again(
    session: Session, ids: Sequence[int], person: tuple[int, date, int | None, int | None], zone: ZoneInfo
) -> bool:
    """Whether the person has another delivery of news in that month."""
    community, month, whom, item = person
    query = sa_select(col(Outbox.id)).join(Feedback, col(Feedback.id) == col(Outbox.feedback_id))
    query = query.where(col(Feedback.community_id) == community, *_news(), col(Outbox.id).not_in(ids))
    own = col(Outbox.recipient_id) == whom
    if whom is None:
        own = (col(Outbox.feedback_id) == item) & col(Outbox.recipient_id).is_(None)
    since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (month, after(month)))
    span = (col(Outbox.sent_at) >= since, col(Outbox.sent_at) < until)
    return session.execute(query.where(own, *span).limit(1)).first() is not None


def after(month: date) -> date:
    """The first day of the next month."""
    return (month + timedelta(days=31)).replace(day=1)


def _news() -> tuple[ColumnElement[bool], ...]:
    return col(Outbox.state) == conditions.literal(Delivery.SENT), col(Outbox.dedupe_key).startswith(NEWS)


def _answers(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, int, datetime, datetime]]:
    """For the answers among these deliveries: the question's id, its community's id, when it was asked and answered."""
    query = select(Outbox.dedupe_key, Outbox.created_at).where(
        col(Outbox.id).in_(ids), col(Outbox.dedupe_key).startswith(ANSWERED)
    )
    first: dict[int, datetime] = {}
    for key, at in session.exec(query):
        number = key.split(":")[1]
        if number.isdigit():
            first[int(number)] = min(at, first.get(int(number), at))
    asked = sa_select(col(Question.id), col(Question.community_id), col(Question.asked_at))
    for question, community, when in session.execute(asked.where(col(Question.id).in_(list(first)))):
        yield question, community, when, first[question]
