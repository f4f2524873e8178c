"""Stores what drafts and undelivered messages show of people other than their owner, and deletes them on erasure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, bindparam, false, func, insert, literal, literal_column, or_
from sqlalchemy import delete as sa_delete
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.listing import among, listed
from storage.engine.loading import Loaded
from storage.engine.prepared import Prepared, prepared
from storage.engine.unique import table_of
from storage.models import Feedback, Outbox, Prompt, Proposal, Question, Trace
from storage.vocabulary import Delivery

PAGE = 500
"""The most values in one statement."""


def on_draft(session: Session, prompt_id: int, mark: str | None = None, question_id: int | None = None) -> None:
    """Store that a draft shows words of the person with a keyed mark, or a question."""
    row = {"prompt_id": prompt_id, "mark": mark, "shown_question_id": question_id}
    session.connection().execute(insert(table_of(Trace)).values(row))


def on_messages(session: Session, dedupe_keys: Collection[str], mark: str) -> None:
    """Store that messages show words of the person with a keyed mark.

    Args:
        dedupe_keys: the unique keys of the messages.
    """
    for keys in _pages(list(dedupe_keys)):
        query = sa_select(col(Outbox.id), literal(mark)).where(col(Outbox.dedupe_key).in_(keys))
        _fill(session, ("outbox_id", "mark"), query)


def on_answer(
    session: Session,
    outbox_id: int,
    community_id: int,
    numbers: Collection[int],
    questions: Collection[int],
    drafts: Collection[int],
) -> None:
    """Store which items, questions and drafts an answer shows.

    Args:
        numbers: the public numbers of items of the community.
        questions: the ids of questions.
        drafts: the ids of drafts; their traces are copied.
    """
    row = literal(outbox_id)
    if numbers:
        shown = sa_select(row, col(Feedback.id)).where(
            col(Feedback.community_id) == community_id, col(Feedback.number).in_(numbers)
        )
        _fill(session, ("outbox_id", "shown_feedback_id"), shown)
    if questions:
        asked = sa_select(row, col(Question.id)).where(col(Question.id).in_(questions))
        _fill(session, ("outbox_id", "shown_question_id"), asked)
    if drafts:
        same = [table_of(Trace).c[name] for name in ("shown_feedback_id", "shown_question_id", "mark")]
        shown_there = sa_select(row, *same).where(col(Trace.prompt_id).in_(drafts))
        _fill(session, ("outbox_id", *(column.name for column in same)), shown_there)


def on_items(session: Session, outbox_id: int, feedback_ids: Collection[int]) -> None:
    """Store which items of any community a message shows."""
    shown = sa_select(literal(outbox_id), col(Feedback.id)).where(col(Feedback.id).in_(feedback_ids))
    _fill(session, ("outbox_id", "shown_feedback_id"), shown)


def on_news(session: Session, dedupe_key: str, feedback_id: int) -> None:
    """Store that the news of one item quotes another, such as the one it was joined to."""
    shown = sa_select(col(Outbox.id), literal(feedback_id)).where(col(Outbox.dedupe_key) == dedupe_key)
    _fill(session, ("outbox_id", "shown_feedback_id"), shown)


def items_of(session: Session, outbox_ids: Collection[int]) -> list[int]:
    """The ids of the items that messages show in addition to those they are about."""
    theirs = sa_select(col(Trace.shown_feedback_id)).where(col(Trace.outbox_id).in_(outbox_ids))
    return [own for (own,) in session.execute(theirs) if own is not None]


def on_proposals(session: Session, outbox_id: int, proposals: Collection[int]) -> bool:
    """Store which proposed answers an answer shows; return whether all of them still exist."""
    if not proposals:
        return True
    marks = sa_select(literal(outbox_id), col(Proposal.mark)).where(col(Proposal.id).in_(proposals))
    _fill(session, ("outbox_id", "mark"), marks)
    left = sa_select(func.count()).select_from(Proposal).where(col(Proposal.id).in_(proposals))
    return bool(session.execute(left).scalar_one() == len(proposals))


def shows_erased(session: Session, outbox_id: int, quoted: Collection[int]) -> bool:
    """Whether an item or question that an answer shows was erased; to be called after its traces were stored.

    Args:
        quoted: the public numbers of the items it quotes; other items may be listed without their text.
    """
    given = {"outbox_id": outbox_id, "quoted": listed(quoted)}
    return any(query.rows(session, given) for query in (_blank_items, _blank_questions))


@prepared()
def _blank_items(dialect: str) -> Select[int]:
    blank = (among(dialect, col(Feedback.number), "quoted"), col(Feedback.text) == "")
    items = sa_select(col(Feedback.id)).join(Trace, col(Trace.shown_feedback_id) == col(Feedback.id))
    return items.where(col(Trace.outbox_id) == bindparam("outbox_id"), *blank).limit(literal_column("1"))


@prepared()
def _blank_questions(_: str) -> Select[int]:
    asked = sa_select(col(Question.id)).join(Trace, col(Trace.shown_question_id) == col(Question.id))
    return asked.where(col(Trace.outbox_id) == bindparam("outbox_id"), col(Question.text) == "").limit(
        literal_column("1")
    )


def messages_of(session: Session, marks: Collection[str], prefix: str) -> list[Outbox]:
    """The undelivered messages that show words of the person with these keyed marks; locked until the transaction ends.

    Args:
        prefix: the prefix of the messages' unique keys.
    """
    return _messages("mark", (prefix,)).all(session, {"given": listed(marks)}) if marks else []


def messages_with(session: Session, feedback_ids: Collection[int], *prefixes: str) -> list[Outbox]:
    """The undelivered messages that show these items but are about others; locked until the transaction ends."""
    shown = _messages("shown_feedback_id", prefixes)
    return shown.all(session, {"given": listed(feedback_ids)}) if feedback_ids else []


def erase(session: Session, outbox_ids: Collection[int]) -> None:
    """Delete the traces of messages that no longer show anything of others."""
    if outbox_ids:
        _delete("outbox_id").rows(session, {"given": listed(outbox_ids)})


def withdraw(
    session: Session, marks: Collection[str] = (), items: Collection[int] = (), questions: Collection[int] = ()
) -> None:
    """Delete the drafts and undelivered messages that show a person's words.

    Args:
        marks: the person's keyed marks.
        items: the ids of items shown.
        questions: the ids of questions shown; drafts of answers to them stay, as they contain none of their words.
    """
    shown: Mapping[str, Collection[int | str]] = {
        "mark": marks,
        "shown_feedback_id": items,
        "shown_question_id": questions,
    }
    for name, values in shown.items():
        if values:
            _withdraw(session, name, listed(values), drafts=name != "shown_question_id")


def _withdraw(session: Session, name: str, given: str, *, drafts: bool) -> None:
    found = _shown_on(name).rows(session, {"given": given})
    if not found:
        return
    prompts, messages = ([row[place] for row in found if row[place] is not None] for place in (0, 1))
    if drafts:
        _delete_drafts.rows(session, {"ids": listed(prompts)})
    _delete_unsent.rows(session, {"ids": listed(messages)})
    _delete(name).rows(session, {"given": given})


def _fill(session: Session, columns: Sequence[str], query: Any) -> None:
    session.connection().execute(insert(table_of(Trace)).from_select(list(columns), query))


def _pages(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + PAGE] for start in range(0, len(values), PAGE))


# Run for everybody who is erased and everything that is: built once, since building a statement takes longer than
# running it.
@cache
def _messages(name: str, prefixes: tuple[str, ...]) -> Loaded[Outbox]:
    """The query of undelivered messages with one of these prefixes that have a trace with a given value in a column."""

    def build(dialect: str) -> Select[Outbox]:
        theirs = sa_select(col(Trace.outbox_id)).where(among(dialect, table_of(Trace).c[name], "given"))
        kinds = or_(false(), *(col(Outbox.dedupe_key).like(f"{one}%") for one in prefixes))
        query = sa_select(Outbox).where(col(Outbox.id).in_(theirs), col(Outbox.payload).is_not(None), kinds)
        return query.order_by(col(Outbox.id)).with_for_update()

    return Loaded(Outbox, build, anew=True)


@cache
def _shown_on(name: str) -> Prepared:
    """The query of drafts and messages that have a trace with a given value in a column."""
    query = sa_select(col(Trace.prompt_id), col(Trace.outbox_id))
    return Prepared(lambda dialect: query.where(among(dialect, table_of(Trace).c[name], "given")))


@cache
def _delete(name: str) -> Prepared:
    """Deletes the traces with a given value in a column."""
    return Prepared(lambda dialect: sa_delete(Trace).where(among(dialect, table_of(Trace).c[name], "given")))


@prepared()
def _delete_drafts(dialect: str) -> Executable:
    return sa_delete(Prompt).where(among(dialect, col(Prompt.id), "ids"))


@prepared()
def _delete_unsent(dialect: str) -> Executable:
    """Deletes messages that were not sent; sent ones have no text left, and digests count them."""
    return sa_delete(Outbox).where(among(dialect, col(Outbox.id), "ids"), col(Outbox.state) != Delivery.SENT)
