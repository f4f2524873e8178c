"""A SQLite connection with explicit transactions, in which sessions and prepared statements run."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from storage.engine.errors import store_error

T = TypeVar("T")
CURSOR = "cursor"
"""The key in `Session.info` of a line's cursor and dialect."""


class Line:
    """A connection taken from an engine's pool and never returned to it.

    Transactions begin and end with plain driver statements, and an unused session is reused: through SQLAlchemy, with
    a new session each time, this takes longer than a message's own statements.

    Args:
        waits: whether to wait for another program's lock, up to the engine's timeout; else to fail at once.
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
        # On its first connection SQLAlchemy initialises the dialect, which would end a transaction in progress.
        self._joined.connect().close()
        self._session: Session | None = None
        if not waits:
            self.execute("PRAGMA busy_timeout = 0")

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; SQLite itself rolls it back when the disk is full."""
        try:
            return bool(self._driver.in_transaction)
        except self._joined.dialect.loaded_dbapi.Error:
            return False

    def execute(self, statement: str) -> None:
        """Run a statement that begins or ends a transaction or a savepoint, or sets a pragma.

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
        """A read-only transaction, begun by this statement and always rolled back."""
        self.execute(begin)
        try:
            yield
        finally:
            if self.in_transaction:
                self.execute("ROLLBACK")

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session in the open transaction; the caller flushes it, and commits or rolls back."""
        session = self._session or Session(
            self._joined, expire_on_commit=False, info={CURSOR: (self._cursor, self._joined.dialect)}
        )
        self._session = None
        try:
            yield session
        finally:
            if session.in_transaction() or len(session.info) > 1:
                session.close()
            else:
                self._session = session

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back."""
        self._held.invalidate()


class Lines:
    """A pool of lines for jobs that read, each in its own transaction; it grows to as many as are in use at once.

    None waits for another program's lock: the job fails at once, and a caller that may wait runs it again.

    Args:
        engine: the engine for reads.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: deque[Line] = deque()

    def run(self, job: Callable[[Session], T]) -> T:
        """Run a job on an idle line, or a new one; a line on which the database failed is closed.

        Raises:
            DBAPIError: the driver's error, as SQLAlchemy wraps it.
        """
        try:
            line = self._idle.pop()
        except IndexError:
            line = Line(self._engine, waits=False)
        broken = False
        try:
            with line.transaction("BEGIN"), line.session() as session:
                return run_to_read(session, job)
        except Exception as error:
            broken = isinstance(error, SQLAlchemyError) or store_error(error) is not None
            raise
        finally:
            if broken:
                line.close()
            else:
                self._idle.append(line)

    def close(self) -> None:
        """Close all lines, none of which may be in use."""
        while self._idle:
            self._idle.pop().close()


def run_to_read(session: Session, job: Callable[[Session], T]) -> T:
    """Run a job that may only read, and flush its session, so that the database refuses any change.

    Raises:
        DBAPIError: the driver's error, as SQLAlchemy wraps it.
    """
    result = job(session)
    session.flush()
    return result


def cursor_of(session: Session) -> tuple[Any, Dialect]:
    """The driver's cursor in a session's transaction, and the SQL dialect."""
    held = session.info.get(CURSOR)
    if held is not None:
        return held  # type: ignore[no-any-return]
    connection = session.connection()
    return connection.connection.cursor(), connection.dialect
