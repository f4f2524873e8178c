"""What buttons do whose arguments do not fit into their token, and the buttons of earlier versions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Executable
from sqlmodel import Session, col, delete, select

from storage.engine.prepared import prepared
from storage.engine.unique import insert_in
from storage.models import Button

PAGE = 500
"""Ids named in one statement."""


def keep(session: Session, token: str, command: str, args: Mapping[str, str], now: datetime) -> None:
    """Store what a button does; one that does the same is the same row, whoever it is for.

    Args:
        token: a keyed mark of the command and its arguments.
        now: `retention.buttons` counts from the last time one was made.
    """
    _keep.rows(session, {"token": token, "command": command, "args": dict(args), "created_at": now})


def find(session: Session, token: str) -> Button | None:
    """What a button does."""
    return session.get(Button, token)


def holders(session: Session, after: str = "", most: int = 5000) -> list[tuple[str, str]]:
    """Buttons of earlier versions that one person alone may press, by id, each with that person's mark: a page."""
    query = select(Button.token, Button.holder).where(Button.token > after, col(Button.holder).is_not(None))
    return [(token, holder or "") for token, holder in session.exec(query.order_by(Button.token).limit(most))]


def drop(session: Session, tokens: Sequence[str]) -> None:
    """Forget buttons."""
    for start in range(0, len(tokens), PAGE):
        session.exec(delete(Button).where(col(Button.token).in_(tokens[start : start + PAGE])))


@prepared("token", "command", "args", "created_at")
def _keep(dialect: str) -> Executable:
    query = insert_in(dialect, Button)
    return query.on_conflict_do_update(index_elements=["token"], set_={"created_at": query.excluded.created_at})
