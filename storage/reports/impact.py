"""Reads the rows of a span that impact figures are computed from: questions, items, decisions and deliveries."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as sa_select
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col, select

from storage import conditions
from storage.items.desk.decisions import NEWS
from storage.items.importing.revising import EARLIER, QUOTED, UNQUOTED
from storage.models import Feedback, History, Identity, Outbox, Question
from storage.people import members
from storage.reports import kept
from storage.reports.kept import ANSWERED
from storage.reports.spans import asked_in, filed_in
from storage.values import frozen
from storage.vocabulary import Action, Decision, Delivery, Kind, Status

IMPORTED = (UNQUOTED, QUOTED, EARLIER)
"""The prefixes of the marks of imported items; the last one is that of earlier versions."""
ACTIONS = (Action.STATUS, Action.ASKED)
"""The team's acts on an item of which its author is notified."""
PAGE = 500
"""The most ids in one statement."""
Whom = int | str | None
"""A member's id, or the keyed mark of a nameless person."""


@frozen
class Asked:
    """A question put to the bot.

    Attributes:
        by_bot: whether it was answered from the knowledge, by an answer that still exists.
        plain: its normalised text; empty if it was erased.
    """

    id: int
    who: Whom
    plain: str
    decision: Decision
    by_bot: bool
    useful: bool | None


@frozen
class Turn:
    """An act of the team on an item: a decision, or a question to its author.

    Attributes:
        by_hand: whether somebody here did it; False for a decision imported from a file.
    """

    at: datetime
    action: Action
    status: Status | None
    by_hand: bool


@frozen
class Course:
    """An item with the acts of the team on it, oldest first.

    Attributes:
        imported: whether it was imported from a file, so that its time of filing is not the time it reached the team.
    """

    item: Feedback
    imported: bool
    turns: tuple[Turn, ...]


def asked(session: Session, community_id: int, since: datetime, until: datetime) -> list[Asked]:
    """The questions of a span."""
    own = (Question.id, Question.asker_id, Question.holder, Question.plain, Question.decision, Question.answer_id)
    query = sa_select(*map(col, own), col(Question.useful)).where(*asked_in(community_id, since, until))
    return [
        Asked(one, asker if holder is None else holder, plain, Decision(decision), answer is not None, useful)
        for one, asker, holder, plain, decision, answer, useful in session.execute(query)
    ]


def answer_times(session: Session, community_id: int, since: datetime, until: datetime) -> list[float]:
    """For each question the team answered in the span, the seconds from the question to that first answer."""
    query = select(Outbox.dedupe_key, Outbox.created_at).where(
        Outbox.created_at >= since, Outbox.created_at < until, col(Outbox.dedupe_key).startswith(ANSWERED)
    )
    first: dict[int, datetime] = {}
    for key, at in session.exec(query):
        number = key.split(":")[1]
        if number.isdigit():
            first[int(number)] = min(at, first.get(int(number), at))
    times = {own: (first[own] - at).total_seconds() for own, at in _asked_at(session, community_id, sorted(first))}
    return list((times | kept.answer_times(session, community_id, since, until)).values())


def filed(session: Session, community_id: int, since: datetime, until: datetime) -> list[tuple[Kind, Status]]:
    """The kind and status of each item filed in a span; a joined item has the status of its target."""
    target = aliased(Feedback)
    status = func.coalesce(target.status, col(Feedback.status))
    query = sa_select(col(Feedback.kind), status).outerjoin(target, col(target.id) == col(Feedback.joined_to))
    rows = session.execute(query.where(*filed_in(community_id, since, until)))
    return [(Kind(kind), Status(found)) for kind, found in rows]


def courses(session: Session, community_id: int, since: datetime, until: datetime) -> Iterator[Course]:
    """The items the team sees, praise excepted, on which the team acted in a span, with all acts."""
    query = select(Feedback).join(History, col(History.feedback_id) == col(Feedback.id))
    query = query.where(
        Feedback.community_id == community_id, Feedback.kind != Kind.PRAISE, *conditions.team_sees_or_erased()
    )
    query = query.where(col(History.action).in_(ACTIONS), History.at >= since, History.at < until)
    found = {item.id: item for item in session.exec(query)}
    for item, turns in _turns(session, found):
        yield Course(item, is_imported(item), turns)


def heard(session: Session, community_id: int, since: datetime, until: datetime) -> list[Whom]:
    """The authors and askers of a span: a member id for each message, each keyed mark once.

    People known only from imports and messages without an author are left out.
    """
    wrote, asked_by = filed_in(community_id, since, until), asked_in(community_id, since, until)
    named = sa_select(col(Feedback.author_id)).where(*wrote, _with_account(col(Feedback.author_id)))
    askers = sa_select(col(Question.asker_id)).where(*asked_by, _with_account(col(Question.asker_id)))
    marked = sa_select(col(Feedback.author_hash)).where(*wrote)
    holders = sa_select(col(Question.holder)).where(*asked_by)
    people = [own for query in (named, askers) for own in session.execute(query).scalars()]
    # Rows without a mark are left out here: otherwise PostgreSQL would go through an index of all marks ever stored.
    marks = session.execute(marked.union(holders)).scalars()
    return [*people, *(one for one in marks if one is not None)]


def told(session: Session, community_id: int, since: datetime, until: datetime) -> list[Whom]:
    """The recipient of each notification of an outcome that was delivered in a span.

    A recipient reached through an item's sealed address is identified by the item.
    """
    here = select(Feedback.id).where(Feedback.id == Outbox.feedback_id, Feedback.community_id == community_id)
    query = sa_select(col(Outbox.recipient_id), col(Outbox.feedback_id)).where(
        col(Outbox.state) == conditions.literal(Delivery.SENT),
        col(Outbox.sent_at) >= since,
        col(Outbox.sent_at) < until,
        col(Outbox.dedupe_key).startswith(NEWS),
        here.exists(),
    )
    return [f"item {item}" if whom is None else whom for whom, item in session.execute(query)]


def praise(session: Session, community_id: int, since: datetime, until: datetime, most: int) -> list[Feedback]:
    """The praise of a span that may be quoted, newest first."""
    query = select(Feedback).where(*filed_in(community_id, since, until), Feedback.kind == Kind.PRAISE)
    query = query.where(*conditions.quotable())
    return list(session.exec(query.order_by(col(Feedback.created_at).desc(), col(Feedback.id)).limit(most)))


def is_imported(item: Feedback) -> bool:
    """Whether an item was imported from a file, with or without an author."""
    return (item.source or "").startswith(IMPORTED)


def _with_account(member_id: Mapped[int | None]) -> ColumnElement[bool]:
    """The condition for people with a platform account; others are known only from imports."""
    return (
        select(Identity.id).where(col(Identity.member_id) == member_id, Identity.platform != members.IMPORTED).exists()
    )


def _asked_at(session: Session, community_id: int, ids: Sequence[int]) -> Iterator[tuple[int, datetime]]:
    for page in _pages(ids):
        query = select(Question.id, Question.asked_at).where(
            col(Question.id).in_(page), Question.community_id == community_id
        )
        yield from session.exec(query)


def _turns(session: Session, items: dict[int, Feedback]) -> Iterator[tuple[Feedback, tuple[Turn, ...]]]:
    for page in _pages(sorted(items)):
        query = select(History).where(col(History.feedback_id).in_(page), col(History.action).in_(ACTIONS))
        entries: dict[int, list[History]] = {one: [] for one in page}
        for entry in sorted(session.exec(query), key=lambda entry: (entry.at, entry.id)):
            entries[entry.feedback_id].append(entry)
        yield from ((items[one], tuple(_turn(entry, items[one]) for entry in entries[one])) for one in page)


def _turn(entry: History, item: Feedback) -> Turn:
    status = Status(entry.after) if entry.action is Action.STATUS and entry.after else None
    # An imported act has no actor; neither has one by a person who was erased since.
    return Turn(entry.at, entry.action, status, entry.actor_id is not None or not is_imported(item))


def _pages(ids: Collection[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while page := list(islice(rest, PAGE)):
        yield page
