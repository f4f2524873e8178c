"""The store as the rest sees it: `read` and `write` take a job and run it in one short transaction."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from storage.engine.errors import StoreBusy, StoreClosed, explain
from storage.engine.keys import Keys
from storage.engine.line import Line
from storage.engine.writer import Writer

T = TypeVar("T")
READERS = 4
DEADLOCK = "40P01"
"""PostgreSQL's code for a transaction it ended so that another could go on."""
DEADLOCK_PAUSES = (0.05, 0.25, 1.0)
"""Seconds before a transaction that was ended so is tried again: at once it may meet the same one again."""


class Store:
    """Runs jobs against the database off the event loop.

    A job is a plain function from a session to a result: it cannot await, so no transaction is ever held
    across one. On SQLite every write goes through the one writer; PostgreSQL writes from a pool of threads.
    """

    def __init__(self, writing: Engine, reading: Engine, keys: Keys) -> None:
        self.keys = keys
        self._writing = writing
        self._reading = reading
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="portevoix-store")
        self._writer = Writer(writing) if writing.dialect.name == "sqlite" else None
        self._line: Line | None = None
        """The connection of `glance`, used by the event loop alone."""

    @property
    def shared(self) -> bool:
        """Whether other processes may be running on the same database."""
        return self._writer is None

    async def read(self, job: Callable[[Session], T]) -> T:
        """Run a job that only reads: the database refuses what it tries to write.

        Raises:
            StoreError: the database is busy, lost or not to be opened.
        """
        return await _answer(asyncio.wrap_future(self._submit(self._query, job)))

    async def glance(self, job: Callable[[Session], T]) -> T:
        """Run a job that reads a few rows by their keys.

        On SQLite it runs in the event loop: that takes less time than handing it to a thread. What holds the
        database up for longer, such as another program's lock, is waited for in a thread.

        Raises:
            StoreError: the database is busy, lost or not to be opened.
        """
        if self._writer is None:
            return await self.read(job)
        try:
            return self._look(job)
        except StoreBusy:
            return await self.read(job)

    async def write(self, job: Callable[[Session], T]) -> T:
        """Run a job and return once what it wrote is durable.

        Raises:
            StoreError: nothing was stored, because the database is full, busy, read-only or lost.
        """
        if self._writer:
            return await _answer(self._writer.soon(job))
        return await _answer(asyncio.wrap_future(self._submit(self._commit, job)))

    def close(self) -> None:
        """Finish what waits and let the database go."""
        if self._writer:
            self._writer.close()
        self._threads.shutdown()
        self._hang_up()
        self._writing.dispose()
        self._reading.dispose()

    def _submit(self, run: Callable[[Callable[[Session], T]], T], job: Callable[[Session], T]) -> "Future[T]":
        try:
            return self._threads.submit(run, job)
        except RuntimeError as error:
            raise StoreClosed("The store is closed: start the bot again.") from error

    def _look(self, job: Callable[[Session], T]) -> T:
        try:
            line = self._line = self._line or Line(self._reading, waits=False)
            with line.transaction("BEGIN"), line.session() as session:
                return job(session)
        except (DBAPIError, OSError) as error:
            self._hang_up()
            raise explain(error) or error from error

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _query(self, job: Callable[[Session], T]) -> T:
        with Session(self._reading, expire_on_commit=False) as session:
            return job(session)

    def _commit(self, job: Callable[[Session], T]) -> T:
        """Run a job; of two that waited for each other one was ended, and is run again once the other had time."""
        for pause in DEADLOCK_PAUSES:
            try:
                return self._transact(job)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", "") != DEADLOCK:
                    raise
            time.sleep(pause)
        return self._transact(job)

    def _transact(self, job: Callable[[Session], T]) -> T:
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            return job(session)


async def _answer(future: "asyncio.Future[T]") -> T:
    """Wait for a job; a driver's error becomes a line the operator can act on."""
    try:
        return await future
    except (DBAPIError, OSError) as error:
        known = explain(error)
        if known is None:
            raise
        raise known from error
