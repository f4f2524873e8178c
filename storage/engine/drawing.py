"""Draws random ids for rows whose consecutive ids would reveal when a nameless author acted."""

import secrets
from functools import cache

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel

from storage.engine.prepared import Prepared
from storage.engine.unique import table_of

FIRST_HALF = range(-(2**31), -(2**30))
SECOND_HALF = range(-(2**30), -(2**16))
"""Random ids are negative: the database's own ids count up from 1, or on SQLite from the highest one there is."""

_DREW = "drew"
"""The key in `Session.info` that marks a session in which an id was drawn."""


def draw(among: range) -> int:
    """A random number of a range, uniform and from a secure source."""
    return among[secrets.randbelow(len(among))]


def draw_id(session: Session, model: type[SQLModel], among: range = SECOND_HALF) -> int:
    """A random id that no row of a table has; marks the session for `drew`.

    Args:
        among: the ids to draw from.
    """
    session.info[_DREW] = True
    while _taken(model).rows(session, {"id": (drawn := draw(among))}):
        continue
    return drawn


@cache
def _taken(model: type[SQLModel]) -> Prepared:
    key = table_of(model).c.id
    return Prepared(lambda _: sa_select(key).where(key == bindparam("id")))


def drew(session: Session) -> bool:
    """Whether an id was drawn in this session, that is, whether something nameless was written."""
    return _DREW in session.info
