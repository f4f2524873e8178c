"""Locks that last until a transaction ends and leave nothing in a table, by PostgreSQL's advisory locks.

A lock on a row would be seen: PostgreSQL stores with it which transaction locked it (`xmax`), as it stores with a
nameless item which one wrote it (`xmin`). SQLite has one writer at a time, and needs none.
"""

from sqlalchemy import ColumnElement, Select, String, bindparam, func
from sqlalchemy import select as sa_select
from sqlmodel import Session

from storage.engine.prepared import prepared

ACCOUNT = 0x6163
"""The first number of the locks on accounts; the second is a hash of the account."""


FILING = 0x6669
"""The first number of the locks on what a person files; the second is their member id."""


def hold_filing(session: Session, member_id: int) -> None:
    """Keep other processes from counting what this person has open, and filing more, until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa_select(func.pg_advisory_xact_lock(FILING, member_id)))


def hold_account(session: Session, platform: str, external_id: str, *, exclusive: bool = False) -> None:
    """Lock an account until the transaction ends: together with others who do so, or alone.

    Args:
        alone: whether to wait until nobody else has locked it, and to keep all others waiting.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    (_exclusive if exclusive else _shared).rows(session, {"account": f"{platform}:{external_id}"})


@prepared()
def _exclusive(_: str) -> Select[None]:
    return sa_select(func.pg_advisory_xact_lock(ACCOUNT, _hashed()))


@prepared()
def _shared(_: str) -> Select[None]:
    return sa_select(func.pg_advisory_xact_lock_shared(ACCOUNT, _hashed()))


def _hashed() -> ColumnElement[int]:
    return func.hashtext(bindparam("account", type_=String))
