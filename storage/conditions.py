"""The conditions of partial indexes, to be stated by the queries that use these indexes.

Values are literals, not parameters: the planner does not know a parameter's value, so it cannot match it with an
index's condition. SQLite also prepares a statement again at each run when a parameter is compared with a column of
such a condition, which takes 0.08 ms in the query run with every message.

Each condition is built once (cached), since building it takes longer than a query of few rows.
"""

from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, exists, literal_column, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from storage.engine.unique import table_of
from storage.models import Feedback, History, Question
from storage.vocabulary import Action, Audience, Decision, Kind, Publication, Status

Conditions = tuple[ColumnElement[bool], ...]
ASIDE = (Decision.SET_ASIDE, Decision.FILED)
"""The decisions that close a question without an answer."""
NO_WORDS: ColumnElement[str] = literal_column("''")


def literal(word: StrEnum) -> ColumnElement[Any]:
    """A value of an enumeration as an SQL literal."""
    return literal_column(f"'{word.value}'")


@cache
def to_decide() -> Conditions:
    """Undecided items: received, visible to moderators, not erased, and not praise, which needs no decision."""
    return (*_received(), col(Feedback.kind) != literal(Kind.PRAISE))


@cache
def to_read() -> Conditions:
    """Unread praise that was not erased."""
    return (*_received(), col(Feedback.kind) == literal(Kind.PRAISE))


@cache
def to_publish() -> Conditions:
    """Held items with another status than received: decided on before publication, or edited by the author since."""
    return (
        col(Feedback.publication) == literal(Publication.HELD),
        col(Feedback.audience) == literal(Audience.EVERYONE),
        col(Feedback.status).not_in([literal(Status.RECEIVED), literal(Status.WITHDRAWN)]),
        col(Feedback.text) != NO_WORDS,
    )


def unasked(since: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Items without an unanswered question of the team to the author that was asked after an instant."""
    unanswered, asked_at = _unanswered()
    return col(Feedback.id).not_in(unanswered.where(asked_at > since))


@cache
def _unanswered() -> tuple[Any, ColumnElement[datetime]]:
    """A query of the ids of items whose author has not answered the team's question, and the column of its time."""
    asked, replied = table_of(History).alias("asked"), table_of(History).alias("replied")
    answered = exists().where(
        replied.c.feedback_id == asked.c.feedback_id,
        replied.c.action == literal(Action.REPLIED),
        replied.c.before > asked.c.before,
    )
    return sa_select(asked.c.feedback_id).where(asked.c.action == literal(Action.ASKED), ~answered), asked.c.at


@cache
def team_sees() -> Conditions:
    """Items the team sees: not withdrawn, not for the trusted contacts alone, not removed from view, not erased."""
    return (
        col(Feedback.status) != literal(Status.WITHDRAWN),
        col(Feedback.audience) != literal(Audience.TRUSTED),
        col(Feedback.publication) != literal(Publication.REMOVED),
        col(Feedback.text) != NO_WORDS,
    )


def decided(status: StrEnum) -> Conditions:
    """Items with a status other than received; together with `team_sees`, the condition of an index."""
    return (col(Feedback.status) != literal(Status.RECEIVED), col(Feedback.status) == literal(status))


@cache
def public_open() -> Conditions:
    """Open items that all members may see and support."""
    return (
        col(Feedback.closed_at).is_(None),
        col(Feedback.kind) != literal(Kind.PRAISE),
        col(Feedback.audience) == literal(Audience.EVERYONE),
        col(Feedback.publication) == literal(Publication.SHOWN),
        col(Feedback.text) != NO_WORDS,
    )


@cache
def public_done() -> Conditions:
    """Items that all members may see and that were done or resolved."""
    return (
        col(Feedback.closed_at).is_not(None),
        col(Feedback.status).in_([literal(Status.DONE), literal(Status.RESOLVED)]),
        col(Feedback.audience) == literal(Audience.EVERYONE),
        col(Feedback.publication) == literal(Publication.SHOWN),
        col(Feedback.text) != NO_WORDS,
    )


@cache
def open_questions() -> Conditions:
    """Unanswered questions: without an answer, or with one marked as not useful. Not erased, not set aside by the team.

    The indexes also contain those set aside: a query with a further condition still uses them.
    """
    useful, decision = col(Question.useful), col(Question.decision)
    return (
        (decision != literal(Decision.ANSWER)) | useful.is_(literal_column("FALSE")),
        decision.not_in([literal(one) for one in ASIDE]),
        useful.is_not(literal_column("TRUE")),
        col(Question.plain) != NO_WORDS,
    )


@cache
def _received() -> Conditions:
    return (
        col(Feedback.status) == literal(Status.RECEIVED),
        col(Feedback.audience) != literal(Audience.TRUSTED),
        col(Feedback.publication) != literal(Publication.REMOVED),
        col(Feedback.text) != NO_WORDS,
    )


def changed_since(
    since: datetime | BindParameter[datetime], nameless_since: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    """The condition for items changed at an instant or later, with another instant for nameless ones."""
    nameless, changed = col(Feedback.nameless), col(Feedback.changed_at)
    return or_(and_(nameless.is_(False), changed >= since), and_(nameless.is_(True), changed >= nameless_since))


@cache
def team_sees_or_erased() -> tuple[ColumnElement[bool], ...]:
    """As `team_sees` with erased items, and with parameters instead of literals: for no partial index."""
    return (
        col(Feedback.status) != Status.WITHDRAWN,
        col(Feedback.publication) != Publication.REMOVED,
        col(Feedback.audience) != Audience.TRUSTED,
    )


@cache
def quotable() -> tuple[ColumnElement[bool], ...]:
    """Items that may be quoted in public: the author allows it, and they are not held for a moderator."""
    return col(Feedback.quotable).is_(True), col(Feedback.text) != "", col(Feedback.publication) != Publication.HELD


@cache
def without_author() -> tuple[ColumnElement[bool], ...]:
    """Items without a known author, as imported ones often are."""
    return col(Feedback.author_id).is_(None), col(Feedback.author_hash).is_(None)
