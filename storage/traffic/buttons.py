"""Stores the actions of buttons whose arguments do not fit into the token, and of buttons of earlier versions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Executable, Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete

from storage.engine.listing import at_most
from storage.engine.loading import by_id
from storage.engine.prepared import prepared
from storage.engine.unique import insert_in
from storage.models import Button

PAGE = 500
"""The most tokens in one statement."""


def keep(session: Session, token: str, command: str, args: Mapping[str, str], now: datetime) -> None:
    """Store a button's action (upsert); buttons with the same action share a row, whoever they are for.

    Args:
        token: a keyed mark of the command and its arguments.
        now: the present, from which retention counts; updated each time.
    """
    _keep.rows(session, {"token": token, "command": command, "args": dict(args), "created_at": now})


def find(session: Session, token: str) -> Button | None:
    """The action of a button, or None when it is unknown or was deleted."""
    return by_id(session, Button, token)


def holders(session: Session, since: datetime, after: str = "", most: int = 5000) -> list[tuple[str, str]]:
    """A page of the buttons of earlier versions for a single person, by token: the token and the person's keyed mark.

    Args:
        since: only buttons made from this instant on.
        after: the last token of the previous page; empty for the first page.
    """
    found = _holders.rows(session, {"after": after, "since": since, "most": most})
    return [(token, holder) for token, holder in found]


def drop(session: Session, tokens: Sequence[str]) -> None:
    """Delete the buttons with these tokens."""
    for start in range(0, len(tokens), PAGE):
        session.exec(delete(Button).where(col(Button.token).in_(tokens[start : start + PAGE])))


@prepared("token", "command", "args", "created_at")
def _keep(dialect: str) -> Executable:
    query = insert_in(dialect, Button)
    return query.on_conflict_do_update(index_elements=["token"], set_={"created_at": query.excluded.created_at})


@prepared()
def _holders(_: str) -> Select[str, str | None]:
    since = (col(Button.token) > bindparam("after"), col(Button.created_at) >= bindparam("since"))
    query = sa_select(col(Button.token), col(Button.holder)).where(*since, col(Button.holder).is_not(None))
    return query.order_by(col(Button.token)).limit(at_most("most"))
