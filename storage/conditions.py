"""The conditions of the partial indexes, for the queries that are to use them.

Values are literals of the statement: the planner cannot match a parameter, whose value it does not know, with an
index's condition. SQLite also prepares a statement again at each run when a parameter is compared with a column of
such a condition, which takes 0.08 ms in the query run with every message.

Each condition is built once, which takes longer than a query of few rows.
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
"""What the team decided on questions that wait for no answer, without answering them."""
NO_WORDS: ColumnElement[str] = literal_column("''")


def said(word: StrEnum) -> ColumnElement[Any]:
    """A value of the vocabulary as an SQL literal."""
    return literal_column(f"'{word.value}'")


@cache
def to_decide() -> Conditions:
    """Undecided items: received, in the moderators' view, not erased, and not praise, which needs no decision."""
    return (*_received(), col(Feedback.kind) != said(Kind.PRAISE))


@cache
def to_read() -> Conditions:
    """Unread praise that was not erased."""
    return (*_received(), col(Feedback.kind) == said(Kind.PRAISE))


@cache
def to_publish() -> Conditions:
    """Held items that are not undecided: decided on before they were published, or changed by their author since."""
    return (
        col(Feedback.publication) == said(Publication.HELD),
        col(Feedback.audience) == said(Audience.EVERYONE),
        col(Feedback.status).not_in([said(Status.RECEIVED), said(Status.WITHDRAWN)]),
        col(Feedback.text) != NO_WORDS,
    )


def unasked(since: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Items whose author was asked nothing after an instant that they have not answered: those need not wait."""
    unanswered, asked_at = _unanswered()
    return col(Feedback.id).not_in(unanswered.where(asked_at > since))


@cache
def _unanswered() -> tuple[Any, ColumnElement[datetime]]:
    """The ids of items whose author was asked something they have not answered, and when they were."""
    asked, replied = table_of(History).alias("asked"), table_of(History).alias("replied")
    answered = exists().where(
        replied.c.feedback_id == asked.c.feedback_id,
        replied.c.action == said(Action.REPLIED),
        replied.c.before > asked.c.before,
    )
    return sa_select(asked.c.feedback_id).where(asked.c.action == said(Action.ASKED), ~answered), asked.c.at


@cache
def teams() -> Conditions:
    """Items in the team's view: not withdrawn, not for the trusted contacts alone, not taken from view, not erased."""
    return (
        col(Feedback.status) != said(Status.WITHDRAWN),
        col(Feedback.audience) != said(Audience.TRUSTED),
        col(Feedback.publication) != said(Publication.REMOVED),
        col(Feedback.text) != NO_WORDS,
    )


def decided(status: StrEnum) -> Conditions:
    """Items with a status that is none of those not decided on: with `teams`, the condition of an index."""
    return (col(Feedback.status) != said(Status.RECEIVED), col(Feedback.status) == said(status))


@cache
def shown() -> Conditions:
    """Open items that all members may see and support."""
    return (
        col(Feedback.closed_at).is_(None),
        col(Feedback.kind) != said(Kind.PRAISE),
        col(Feedback.audience) == said(Audience.EVERYONE),
        col(Feedback.publication) == said(Publication.SHOWN),
        col(Feedback.text) != NO_WORDS,
    )


@cache
def done() -> Conditions:
    """Items that all members may see and that were done or resolved."""
    return (
        col(Feedback.closed_at).is_not(None),
        col(Feedback.status).in_([said(Status.DONE), said(Status.RESOLVED)]),
        col(Feedback.audience) == said(Audience.EVERYONE),
        col(Feedback.publication) == said(Publication.SHOWN),
        col(Feedback.text) != NO_WORDS,
    )


@cache
def left_open() -> Conditions:
    """Unanswered questions: without an answer, or with one marked as not useful; erased ones are left out.

    Those the team set aside are left out, too; the indexes contain them, since a condition more needs no new index.
    """
    useful, decision = col(Question.useful), col(Question.decision)
    return (
        (decision != said(Decision.ANSWER)) | useful.is_(literal_column("FALSE")),
        decision.not_in([said(one) for one in ASIDE]),
        useful.is_not(literal_column("TRUE")),
        col(Question.plain) != NO_WORDS,
    )


@cache
def _received() -> Conditions:
    return (
        col(Feedback.status) == said(Status.RECEIVED),
        col(Feedback.audience) != said(Audience.TRUSTED),
        col(Feedback.publication) != said(Publication.REMOVED),
        col(Feedback.text) != NO_WORDS,
    )


def changed_since(
    since: datetime | BindParameter[datetime], nameless_since: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    """The condition for items changed at an instant or later, with another instant for nameless ones."""
    nameless, changed = col(Feedback.nameless), col(Feedback.changed_at)
    return or_(and_(nameless.is_(False), changed >= since), and_(nameless.is_(True), changed >= nameless_since))


@cache
def in_view() -> tuple[ColumnElement[bool], ...]:
    """Items for the team: not withdrawn, not taken from view by a moderator, not for the trusted contacts alone."""
    return (
        col(Feedback.status) != Status.WITHDRAWN,
        col(Feedback.publication) != Publication.REMOVED,
        col(Feedback.audience) != Audience.TRUSTED,
    )


@cache
def permitted() -> tuple[ColumnElement[bool], ...]:
    """Items whose authors allow to quote them in public, and which wait for no moderator before others see them."""
    return col(Feedback.quotable).is_(True), col(Feedback.text) != "", col(Feedback.publication) != Publication.HELD


@cache
def unsigned() -> tuple[ColumnElement[bool], ...]:
    """Items of which no author is known, as those of files often are."""
    return col(Feedback.author_id).is_(None), col(Feedback.author_hash).is_(None)
