"""A database reused by one test after another: it is emptied between them, and its connections stay open.

Opening one takes as long as ten messages, since each connection reads the schema and prepares every statement.
"""

import functools
from collections.abc import Callable
from pathlib import Path

from sqlmodel import Session, SQLModel

from storage.engine.errors import StoreError
from storage.engine.store import Store

DATABASE, KEY = "pv.db", "pv.key"
OWN = frozenset({DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEY})


class Kept:
    """A folder with a database and its key, and the open store.

    Attributes:
        store: None until the first test has opened it.
        opened: how often the present test has opened the database.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store: Store | None = None
        self.opened = 0

    def open(self, make: Callable[[], Store]) -> Store:
        """The open store for the first call in a test; further calls get a store of their own."""
        self.opened += 1
        if self.opened > 1:
            return make()
        self.store = self.store or make()
        return self.store

    async def clear(self) -> bool:
        """Empty the database.

        Returns:
            Whether it can be used by another test: not if a test closed it, or opened it a second time.
        """
        if self.store is None or self.opened != 1:
            return False
        try:
            await self.store.write(_empty)
        except StoreError:
            return False
        for file in self.folder.iterdir():
            if file.name not in OWN:
                return False
        self.store.listeners.clear()
        self.opened = 0
        return True

    def close(self) -> None:
        """Close the store."""
        if self.store:
            self.store.close()


def _empty(session: Session) -> None:
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for name in connection.exec_driver_sql(_filled()).scalars().all():
        connection.exec_driver_sql(f'DELETE FROM "{name}"')  # noqa: S608 - our own tables
    connection.exec_driver_sql("DELETE FROM sqlite_sequence")
    connection.exec_driver_sql("UPDATE installation SET seen_at = NULL, low_since = NULL")


@functools.cache
def _filled() -> str:
    """A statement that lists the tables with rows, tables that refer to others first."""
    names = (table.name for table in reversed(SQLModel.metadata.sorted_tables) if table.name != "installation")
    return " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in names)  # noqa: S608
