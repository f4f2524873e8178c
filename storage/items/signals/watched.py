"""What alerts look at: feedback that the team sees, and questions that wait for an answer.

Both are items here. The id of a question is negative, so that it is not that of an item of feedback.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, bindparam, func, literal, null
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage import conditions
from storage.engine.listing import among, at_most, listed
from storage.engine.prepared import prepared
from storage.models import Feedback, Question
from storage.values import frozen
from storage.vocabulary import Kind

KINDS = (Kind.PROBLEM, Kind.SUGGESTION)
"""The feedback that alerts are about: nobody has to hurry because of praise."""


@frozen
class Filed:
    """An item as alerts see it.

    Attributes:
        kind: None for a question.
    """

    id: int
    number: int
    text: str
    kind: Kind | None
    language: str
    area: str | None
    urgency: int
    nameless: bool
    author_id: int | None
    author_hash: str | None
    source: str | None
    created_at: datetime

    @property
    def voice(self) -> int | str | None:
        """Whom it counts for: a member id, or the mark of a nameless author; None when no author is known."""
        return self.author_id if self.author_id is not None else self.author_hash


_FEEDBACK = (
    col(Feedback.id),
    col(Feedback.number),
    col(Feedback.text),
    col(Feedback.kind),
    col(Feedback.language),
    col(Feedback.area),
    col(Feedback.urgency),
    col(Feedback.nameless),
    col(Feedback.author_id),
    col(Feedback.author_hash),
    col(Feedback.source),
    col(Feedback.created_at),
)
_QUESTION = (
    -col(Question.id),
    literal(0),
    col(Question.text),
    null(),
    col(Question.language),
    null(),
    literal(0),
    col(Question.asker_id).is_(None),
    col(Question.asker_id),
    col(Question.holder),
    null(),
    col(Question.asked_at),
)


def sign(session: Session, community_id: int, since: datetime) -> tuple[int, ...]:
    """What changes with each new item since an instant: how many there are, and the highest ids."""
    given = {"community_id": community_id, "since": since}
    return tuple(one or 0 for statement in (_items_sign, _questions_sign) for one in statement.rows(session, given)[0])


def first_filed(session: Session, community_id: int, since: datetime) -> datetime | None:
    """When the first item since an instant was filed or asked; None when there is none."""
    items = sa_select(func.min(Feedback.created_at)).where(col(Feedback.community_id) == community_id)
    asked = sa_select(func.min(Question.asked_at)).where(col(Question.community_id) == community_id)
    found = (
        session.execute(items.where(col(Feedback.created_at) >= since)).scalar_one(),
        session.execute(asked.where(col(Question.asked_at) >= since)).scalar_one(),
    )
    return min((one for one in found if one is not None), default=None)


def lately(session: Session, community_id: int, since: datetime, most: int) -> list[Filed]:
    """The newest items since an instant, at most so many, the oldest first."""
    given = {"community_id": community_id, "since": since, "most": most}
    newest = [Filed(*row) for statement in (_lately, _asked_lately) for row in statement.rows(session, given)]
    return sorted(newest, key=lambda item: item.created_at)[-most:]


def ids_between(session: Session, community_id: int, since: datetime, until: datetime) -> list[int]:
    """The ids of the items of a span, `until` excluded; of the questions also those that were answered since."""
    at, asked_at = col(Feedback.created_at), col(Question.asked_at)
    items = sa_select(col(Feedback.id)).where(col(Feedback.community_id) == community_id, *seen())
    asked = sa_select(-col(Question.id)).where(col(Question.community_id) == community_id, col(Question.plain) != "")
    found = [*session.scalars(items.where(at >= since, at < until))]
    return [*found, *session.scalars(asked.where(asked_at >= since, asked_at < until))]


def filed(session: Session, ids: Collection[int], *, answered: bool = False) -> list[Filed]:
    """Those of these items that there still are, by id.

    Args:
        answered: whether also questions that wait for no answer.
    """
    items, asked = sorted(one for one in ids if one > 0), sorted(-one for one in ids if one < 0)
    found = _filed.rows(session, {"ids": listed(items)}) if items else []
    if asked:
        found += (_asked if answered else _left).rows(session, {"ids": listed(asked)})
    return [Filed(*row) for row in found]


def seen() -> tuple[ColumnElement[bool], ...]:
    """The conditions of feedback that alerts are about."""
    return (
        *conditions.in_view(),
        col(Feedback.text) != "",
        col(Feedback.kind).in_([conditions.said(one) for one in KINDS]),
    )


# Run with every look: built once, since building a statement takes longer than running it.
@prepared()
def _items_sign(_: str) -> Executable:
    here = (col(Feedback.community_id) == bindparam("community_id"), col(Feedback.created_at) >= bindparam("since"))
    return sa_select(func.count(), func.max(col(Feedback.id))).where(*here)


@prepared()
def _questions_sign(_: str) -> Executable:
    here = (col(Question.community_id) == bindparam("community_id"), col(Question.asked_at) >= bindparam("since"))
    return sa_select(func.count(), func.max(col(Question.id))).where(*here, *conditions.left_open())


@prepared()
def _lately(_: str) -> Executable:
    at, here = col(Feedback.created_at), col(Feedback.community_id) == bindparam("community_id")
    query = sa_select(*_FEEDBACK).where(here, *seen(), at >= bindparam("since"))
    return query.order_by(at.desc()).limit(at_most("most"))


@prepared()
def _asked_lately(_: str) -> Executable:
    at, here = col(Question.asked_at), col(Question.community_id) == bindparam("community_id")
    query = sa_select(*_QUESTION).where(here, *conditions.left_open(), at >= bindparam("since"))
    return query.order_by(at.desc()).limit(at_most("most"))


@prepared()
def _filed(dialect: str) -> Executable:
    return sa_select(*_FEEDBACK).where(*seen(), among(dialect, col(Feedback.id), "ids"))


@prepared()
def _asked(dialect: str) -> Executable:
    return sa_select(*_QUESTION).where(col(Question.plain) != "", among(dialect, col(Question.id), "ids"))


@prepared()
def _left(dialect: str) -> Executable:
    return sa_select(*_QUESTION).where(*conditions.left_open(), among(dialect, col(Question.id), "ids"))
