"""Questions the bot asked and still waits on.

Whose they are and where is kept as keyed marks: in plain they would tie a person to a nameless item.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Delete, Select, bindparam
from sqlalchemy import delete as sa_delete
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select

from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Prompt

PATIENCE = timedelta(days=1)
"""How long an unanswered question is kept: what was given so far is personal."""
MOST_DIGITS = 18
"""What an integer of a database holds."""
FRESH = timedelta(hours=1)
"""How long free text still counts as its answer; afterwards it is more likely about something else."""


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
    """Remember a question; the one this person left open in this chat is dropped."""
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
    """Keep what a person wrote until they confirm or cancel it.

    Args:
        community_id: whose team may go on with it in the person's place.
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
    session.exec(delete(Prompt).where(col(Prompt.created_at) < now - PATIENCE))
    prompt = Prompt(
        holder=holder,
        chat=chat,
        command=command,
        args=dict(args),
        asks=asks,
        community_id=community_id,
        created_at=now,
    )
    session.add(prompt)
    session.flush()
    return prompt


def pending(session: Session, holder: str, chat: str, now: datetime) -> Prompt | None:
    """The question this person was asked here of late: what they type next is its answer."""
    here = {"holder": holder, "chat": chat, "fresh": now - FRESH}
    return session.execute(_pending(), here).scalars().first()


def find(session: Session, prompt_id: int | str, holder: str, now: datetime | None = None) -> Prompt | None:
    """A question by id, also as a platform hands it back, if it was put to this person.

    Args:
        now: when it is asked for: what is older than `PATIENCE` is not found, be it swept away already or not.
    """
    number = str(prompt_id)
    if not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
        return None
    found = session.exec(select(Prompt).where(Prompt.id == int(number), Prompt.holder == holder)).first()
    return None if found and now and found.created_at < now - PATIENCE else found


def of_team(session: Session, prompt_id: int, community_id: int, command: str, now: datetime) -> Prompt | None:
    """A draft of a command that a community's team may go on with, whoever of them wrote it."""
    found = session.get(Prompt, prompt_id)
    if found is None or found.asks or (found.community_id, found.command) != (community_id, command):
        return None
    return found if found.created_at >= now - PATIENCE else None


def drop(session: Session, prompt: Prompt) -> None:
    """Forget a question or a draft."""
    session.delete(prompt)
    session.flush()


def take(session: Session, prompt_id: int) -> bool:
    """Forget a draft; False when somebody took it meanwhile."""
    return bool(session.exec(delete(Prompt).where(col(Prompt.id) == prompt_id)).rowcount)


def drop_open(session: Session, holder: str, chat: str) -> None:
    """Forget the question this person left open in this chat; drafts stay."""
    _drop_open.rows(session, {"holder": holder, "chat": chat})


def drop_drafts(session: Session, holder: str, chat: str) -> bool:
    """Forget what this person wrote in this chat and has not confirmed; whether there was any."""
    theirs = (col(Prompt.holder) == holder, col(Prompt.chat) == chat, col(Prompt.asks) == "")
    return bool(session.exec(delete(Prompt).where(*theirs)).rowcount)


# Run with every message: built once, since building a statement costs more than running it.
@cache
def _pending() -> Select[Prompt]:
    query = sa_select(Prompt).where(*open_here(), col(Prompt.created_at) >= bindparam("fresh"))
    return query.order_by(col(Prompt.id).desc())


@prepared()
def _drop_open(_: str) -> Delete:
    return sa_delete(table_of(Prompt)).where(*open_here())


def open_here() -> tuple[ColumnElement[bool], ...]:
    """A question left open for `holder` in `chat`, two parameters of the statement."""
    return (col(Prompt.holder) == bindparam("holder"), col(Prompt.chat) == bindparam("chat"), col(Prompt.asks) != "")
