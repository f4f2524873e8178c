"""Locks that last until a transaction ends and leave no trace in a table: PostgreSQL's advisory locks.

A row lock leaves a trace: PostgreSQL stores in the row which transaction locked it (`xmax`), and in a nameless item's
row which one wrote it (`xmin`), so the two could be linked. SQLite has one writer at a time, and needs no locks.
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
    """Lock a person's open items until the transaction ends, so that concurrent filings count one after another."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa_select(func.pg_advisory_xact_lock(FILING, member_id)))


def hold_account(session: Session, platform: str, external_id: str, *, exclusive: bool = False) -> None:
    """Lock an account until the transaction ends, shared by default.

    Args:
        exclusive: whether to wait until no other transaction holds the lock, and to block all others.
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
