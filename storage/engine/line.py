"""One SQLite connection whose holder begins and ends transactions; sessions and prepared statements join them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

CURSOR = "cursor"
"""Where a session on a line keeps the line's cursor and dialect."""


class Line:
    """A connection taken out of an engine for good.

    Beginning and ending a transaction through SQLAlchemy, and a new session for each, takes longer than what a
    message needs of the database; here both are statements of the driver, and a session that no job used is kept.

    Args:
        waits: whether a lock of another program is waited for, as long as the engine's connections do.
    """

    def __init__(self, engine: Engine, *, waits: bool = True) -> None:
        self._held = engine.raw_connection()
        self._driver: Any = self._held.driver_connection
        self._cursor: Any = self._held.cursor()
        self._joined = create_engine(
            "sqlite://",
            module=engine.dialect.loaded_dbapi,
            creator=lambda: self._driver,
            poolclass=StaticPool,
            pool_reset_on_return=None,
            isolation_level="AUTOCOMMIT",
            skip_autocommit_rollback=True,
            hide_parameters=True,
        )
        # The first connection sets the driver up, which would end a transaction.
        self._joined.connect().close()
        self._session: Session | None = None
        if not waits:
            self.execute("PRAGMA busy_timeout = 0")

    @property
    def in_transaction(self) -> bool:
        """Whether the transaction begun last is still there: a full disk ends it by itself."""
        try:
            return bool(self._driver.in_transaction)
        except self._joined.dialect.loaded_dbapi.Error:
            return False

    def execute(self, statement: str) -> None:
        """Begin or end a transaction or a savepoint.

        Raises:
            DBAPIError: the driver's error, as SQLAlchemy wraps it.
        """
        driver = self._joined.dialect.loaded_dbapi
        try:
            self._cursor.execute(statement)
        except driver.Error as error:
            raise DBAPIError.instance(statement, None, error, driver.Error) from error

    @contextmanager
    def transaction(self, begin: str) -> Iterator[None]:
        """A transaction that only reads, begun by this statement."""
        self.execute(begin)
        try:
            yield
        finally:
            if self.in_transaction:
                self.execute("ROLLBACK")

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session in the present transaction, flushed at the end."""
        session = self._session or Session(
            self._joined, expire_on_commit=False, info={CURSOR: (self._cursor, self._joined.dialect)}
        )
        self._session = None
        try:
            yield session
            session.flush()
        finally:
            if session.in_transaction() or len(session.info) > 1:
                session.close()
            else:
                self._session = session

    def close(self) -> None:
        """Close the connection, with what it holds open."""
        self._held.invalidate()


def cursor_of(session: Session) -> tuple[Any, Dialect]:
    """The driver's cursor in a session's transaction, and the dialect it speaks."""
    held = session.info.get(CURSOR)
    if held is not None:
        return held  # type: ignore[no-any-return]
    connection = session.connection()
    return connection.connection.cursor(), connection.dialect
