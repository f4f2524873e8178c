"""Checks that all that a benchmark sent was stored, since refusals are answered faster than suggestions are filed."""

from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage.engine.store import Store
from storage.models import Feedback
from storage.schema.opening import Location, open_store


async def check_stored(folder: Path, sent: int) -> None:
    """Check the database that a bot has left in a folder.

    Raises:
        RuntimeError: it does not have an item for each suggestion sent.
    """
    store = open_store(Location(f"sqlite:///{folder}/bench.db", folder / "keys" / "key"))
    try:
        await check(store, sent)
    finally:
        store.close()


async def check(store: Store, sent: int) -> None:
    """Check an open database.

    Raises:
        RuntimeError: as for `check_stored`.
    """
    stored = await store.read(_count)
    if stored != sent:
        raise RuntimeError(f"{sent:,} suggestions were sent, but {stored:,} are stored")


def _count(session: Session) -> int:
    return int(session.execute(select(func.count(col(Feedback.id)))).scalar_one())
