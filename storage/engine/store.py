"""The interface to the database: `read`, `glance` and `write` each run a job in one short transaction."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.engine.changes import Changed, Notes
from storage.engine.errors import StoreBusy, StoreClosed, StoreError, explain, store_error
from storage.engine.keys import Keys
from storage.engine.leases import PROCESS, Leases
from storage.engine.line import Lines, run_to_read
from storage.engine.sqlite import BUSY_SECONDS
from storage.engine.writer import Writer

T = TypeVar("T")
Given = TypeVar("Given")
READERS = 4
"""The number of threads for reads; on PostgreSQL also for writes."""
CLOSED = "The store is closed: start the bot again."
DISTURBED = frozenset({"40P01", "23503"})
"""The SQLSTATEs of failures caused by another transaction: a deadlock, and a foreign key to a row erased meanwhile."""
PAUSES = (0.05, 0.25, 1.0)
"""Seconds before each retry: without a pause the same two transactions may collide again."""


class Store:
    """Runs jobs against the database off the event loop.

    A job is a synchronous function from a session to a result: it cannot await, so no transaction stays open during
    an await. On SQLite one thread runs all writes (`Writer`); on PostgreSQL a pool of threads does.

    Args:
        writing: the engine for writes.
        reading: the engine for reads, which refuses writes.

    Attributes:
        leases: the leases of this process, where several share the database; else None.
        listeners: called in the event loop with the items this process has filed or changed, after each commit.
    """

    def __init__(self, writing: Engine, reading: Engine, keys: Keys) -> None:
        self.keys = keys
        self._writing = writing
        self._reading = reading
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="portevoix-store")
        self._writer = Writer(writing) if writing.dialect.name == "sqlite" else None
        self.leases = None if self._writer else Leases(writing)
        self.listeners: list[Callable[[Sequence[Changed]], None]] = []
        self._closed = False
        self._lines = Lines(reading)

    @property
    def shared(self) -> bool:
        """Whether other processes may be running on the same database."""
        return self._writer is None

    @property
    def has_others(self) -> bool:
        """Whether other processes do run on the same database."""
        return self.leases is not None and self.leases.others

    async def read(self, job: Callable[[Session], T]) -> T:
        """Run a job that only reads; the database refuses its writes.

        Raises:
            StoreError: the database is busy, lost or cannot be opened.
        """
        return await _result_of(asyncio.wrap_future(self._submit(self._query, job)))

    async def glance(self, job: Callable[[Session], T]) -> T:
        """Run a job that reads only a few rows by their keys.

        On SQLite it runs in the event loop, which is faster than passing it to a thread; when the database is
        locked, it is run again in a thread, where waiting does not block the loop.

        Raises:
            StoreError: the database is busy, lost or cannot be opened.
        """
        if self._writer is None:
            return await self.read(job)
        try:
            return self._run_in_loop(job)
        except StoreBusy:
            return await self.read(job)

    async def write(self, job: Callable[[Session], T]) -> T:
        """Run a job and return its result once its transaction is committed.

        Args:
            job: may be run more than once, when another job's failure rolled its transaction back; the last run counts.

        Raises:
            StoreError: nothing was stored, because the database is full, busy, read-only or lost.
        """
        notes = Notes()
        noted = notes.over(job)
        if self._writer:
            result = await _result_of(self._writer.soon(noted))
        else:
            result = await _result_of(asyncio.wrap_future(self._submit(self._commit, noted)))
        if notes.found:
            for tell in self.listeners:
                tell(notes.found)
        return result

    async def maintain(self, job: Callable[[Engine], T]) -> T:
        """Run a maintenance job, such as emptying the log, outside a transaction; it gets the engine for reads.

        Raises:
            StoreError: the database is busy, full or lost.
        """
        return await _result_of(asyncio.wrap_future(self._submit(job, self._reading)))

    def close(self) -> None:
        """Finish the queued jobs, then close every connection."""
        self._closed = True
        if self._writer:
            self._writer.close()
        self._threads.shutdown()
        self._lines.close()
        self._writing.dispose()
        self._reading.dispose()

    def _submit(self, run: Callable[[Given], T], given: Given) -> "Future[T]":
        try:
            return self._threads.submit(run, given)
        except RuntimeError as error:
            raise StoreClosed(CLOSED) from error

    def _run_in_loop(self, job: Callable[[Session], T]) -> T:
        if self._closed:
            raise StoreClosed(CLOSED)
        try:
            return self._lines.run(job)
        except Exception as error:
            known = _known(error)
            if known is None:
                raise
            raise known from error

    def _query(self, job: Callable[[Session], T]) -> T:
        if self._writer is None:
            with Session(self._reading, expire_on_commit=False) as session:
                return run_to_read(session, job)
        end = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                return self._lines.run(job)
            except Exception as error:
                if not isinstance(_known(error), StoreBusy) or time.monotonic() > end:
                    raise
            time.sleep(PAUSES[0])

    def _commit(self, job: Callable[[Session], T]) -> T:
        """Run a job in a transaction; after a deadlock or serialisation failure, run it again after a pause."""
        for pause in PAUSES:
            try:
                return self._transact(job)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") not in DISTURBED:
                    raise
            time.sleep(pause)
        return self._transact(job)

    def _transact(self, job: Callable[[Session], T]) -> T:
        process = {PROCESS: self.leases.process if self.leases else None}
        with Session(self._writing, expire_on_commit=False, info=process) as session, session.begin():
            return job(session)


async def _result_of(future: "asyncio.Future[T]") -> T:
    """Wait for a job's result; a driver's error is raised as the `StoreError` it maps to, if any."""
    try:
        return await future
    except Exception as error:
        known = _known(error)
        if known is None:
            raise
        raise known from error


def _known(error: Exception) -> StoreError | None:
    """The store error a job's exception maps to, if any; errors of the disk itself are `OSError`."""
    return explain(error) if isinstance(error, OSError) else store_error(error)
