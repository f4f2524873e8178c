"""Stores prompts: questions the bot asked, and drafts that a person has not confirmed.

Person and chat are stored as keyed marks: their ids would link a person to a nameless item.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Delete, Select, bindparam
from sqlalchemy import delete as sa_delete
from sqlalchemy import select as sa_select
from sqlalchemy.sql.dml import ReturningDelete
from sqlmodel import Session, col

from storage.engine.loading import add, loaded
from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Prompt

PATIENCE = timedelta(days=1)
"""How long a prompt is kept; not longer, since the arguments given so far are personal data."""
MOST_DIGITS = 18
"""Digits of an id at most, so that it fits into an integer column."""
FRESH = timedelta(hours=1)
"""How long free text is taken as the answer to a question; later it is more likely about something else."""


class Overtaken(Exception):
    """The question that is answered was answered, cancelled or changed meanwhile; `str` is its id."""


def ask(
    session: Session,
    holder: str,
    chat: str,
    command: str,
    args: Mapping[str, str],
    asks: str,
    now: datetime,
    community_id: int | None = None,
) -> Prompt:
    """Store a question, in place of the one that is open for this person in this chat.

    Args:
        args: the arguments of the command given so far.
        asks: the argument that is asked for.
    """
    drop_open(session, holder, chat)
    return _add(session, holder, chat, command, args, asks, now, community_id)


def draft(
    session: Session,
    holder: str,
    chat: str,
    command: str,
    args: Mapping[str, str],
    now: datetime,
    community_id: int | None = None,
) -> Prompt:
    """Store a draft, which a person has yet to confirm or cancel.

    Args:
        community_id: the community whose team may confirm it, too.
    """
    return _add(session, holder, chat, command, args, "", now, community_id)


def _add(
    session: Session,
    holder: str,
    chat: str,
    command: str,
    args: Mapping[str, str],
    asks: str,
    now: datetime,
    community_id: int | None = None,
) -> Prompt:
    _drop_old.rows(session, {"before": now - PATIENCE})
    return add(
        session,
        Prompt,
        holder=holder,
        chat=chat,
        command=command,
        args=dict(args),
        asks=asks,
        community_id=community_id,
        created_at=now,
    )


def pending(session: Session, holder: str, chat: str, now: datetime) -> Prompt | None:
    """The newest question to this person in this chat, of the last hour (`FRESH`): their next text answers it."""
    here = {"holder": holder, "chat": chat, "fresh": now - FRESH}
    return _pending.first(session, here)


def find(session: Session, prompt_id: int | str, holder: str, now: datetime | None = None) -> Prompt | None:
    """A prompt of this person by id; None when there is none, or the id is not a number.

    Args:
        prompt_id: the id, which may be text from a platform.
        now: leave out a prompt that is older than `PATIENCE` at this instant; None for any age.
    """
    number = str(prompt_id)
    if not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
        return None
    found = _mine.first(session, {"id": int(number), "holder": holder})
    return None if found and now and found.created_at < now - PATIENCE else found


def of_team(
    session: Session, prompt_id: int, community_id: int, command: str, now: datetime, *, hold: bool = False
) -> Prompt | None:
    """A draft of a command that a community's team may confirm, whoever wrote it; None if there is none, or too old.

    Args:
        hold: lock it until the transaction ends, which must be one that writes.
    """
    found = session.get(Prompt, prompt_id, with_for_update=hold or None, populate_existing=True)
    if found is None or found.asks or (found.community_id, found.command) != (community_id, command):
        return None
    return found if found.created_at >= now - PATIENCE else None


def drop(session: Session, prompt: Prompt) -> None:
    """Delete a prompt."""
    take(session, prompt.id)
    session.expunge(prompt)


def take(session: Session, prompt_id: int) -> bool:
    """Delete a draft; False when another transaction did before."""
    return bool(_take.rows(session, {"id": prompt_id}))


def drop_open(session: Session, holder: str, chat: str) -> None:
    """Delete the open questions to this person in this chat; drafts stay."""
    _drop_open.rows(session, {"holder": holder, "chat": chat})


def drop_drafts(session: Session, holder: str, chat: str) -> bool:
    """Delete the drafts of this person in this chat; return whether there were any."""
    return bool(_drop_drafts.rows(session, {"holder": holder, "chat": chat}))


# Run with every message: built once, since building a statement takes longer than running it.
@loaded(Prompt)
def _pending(_: str) -> Select[Prompt]:
    query = sa_select(Prompt).where(*open_here(), col(Prompt.created_at) >= bindparam("fresh"))
    return query.order_by(col(Prompt.id).desc())


@loaded(Prompt)
def _mine(_: str) -> Select[Prompt]:
    return sa_select(Prompt).where(col(Prompt.id) == bindparam("id"), col(Prompt.holder) == bindparam("holder"))


@prepared()
def _take(_: str) -> ReturningDelete[int]:
    table = table_of(Prompt)
    return sa_delete(table).where(table.c.id == bindparam("id")).returning(table.c.id)


@prepared()
def _drop_old(_: str) -> Delete:
    return sa_delete(table_of(Prompt)).where(col(Prompt.created_at) < bindparam("before"))


@prepared()
def _drop_drafts(_: str) -> ReturningDelete[int]:
    table = table_of(Prompt)
    theirs = (table.c.holder == bindparam("holder"), table.c.chat == bindparam("chat"), table.c.asks == "")
    return sa_delete(table).where(*theirs).returning(table.c.id)


@prepared()
def _drop_open(_: str) -> Delete:
    return sa_delete(table_of(Prompt)).where(*open_here())


def open_here() -> tuple[ColumnElement[bool], ...]:
    """The condition for open questions, with the statement parameters `holder` and `chat`."""
    return (col(Prompt.holder) == bindparam("holder"), col(Prompt.chat) == bindparam("chat"), col(Prompt.asks) != "")
