"""Draws the ids of rows by chance, where their order would tell when a nameless author acted."""

import secrets

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel

from storage.engine.unique import table_of

FIRST_HALF = range(-(2**31), -(2**30))
SECOND_HALF = range(-(2**30), -(2**16))
"""Drawn ids are negative: a database counts its own upwards from 1, or on SQLite from the highest there is."""

_DREW = "drew"
"""The key in `Session.info` that marks a session in which an id was drawn."""


def draw(among: range) -> int:
    """A number drawn by chance."""
    return among[secrets.randbelow(len(among))]


def draw_id(session: Session, model: type[SQLModel], among: range = SECOND_HALF) -> int:
    """An id that no row of a table has.

    Args:
        among: the ids to draw from.
    """
    key, session.info[_DREW] = table_of(model).c.id, True
    while True:
        drawn = draw(among)
        if not session.execute(sa_select(func.count()).where(key == drawn)).scalar_one():
            return drawn


def drew(session: Session) -> bool:
    """Whether an id was drawn in this session: something nameless was written."""
    return _DREW in session.info
