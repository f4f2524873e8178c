"""The one thread that writes to SQLite: waiting jobs commit together, each in its own savepoint."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from storage.engine.errors import StoreClosed, StoreLost, explain

Job = Callable[[Session], Any]
Entry = tuple[Job, "Future[Any]"]
T = TypeVar("T")
BATCH = 128


class Writer:
    """Runs jobs one after another and commits the ones that wait in one transaction.

    A commit costs a disk flush, so fifty callers who wait together pay for one. A job that fails is
    rolled back to its savepoint and leaves its neighbours intact. Every job is answered, also when the
    commit itself fails.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="portevoix-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Session], T]) -> "Future[T]":
        """Queue a job; its future is answered once the job is durable.

        Raises:
            StoreClosed: nobody would ever answer it.
        """
        future: Future[T] = Future()
        with self._gate:
            if self._closed:
                raise StoreClosed("The store is closed, so nothing was stored: start the bot again.")
            self._jobs.put((job, future))
        return future

    def close(self) -> None:
        """Finish what waits, then stop. Closing twice is closing once."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        stopping = False
        while not stopping:
            batch, stopping = self._collect()
            if batch:
                self._write(batch)

    def _collect(self) -> tuple[list[Entry], bool]:
        """Wait for one job, then take the others that wait, up to a batch."""
        batch = []
        entry = self._jobs.get()
        while entry is not None:
            if entry[1].set_running_or_notify_cancel():
                batch.append(entry)
            if len(batch) == BATCH:
                return batch, False
            try:
                entry = self._jobs.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _write(self, batch: list[Entry]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            with self._engine.begin() as connection:
                for job, future in batch:
                    self._attempt(connection, job, future, done)
        except BaseException as error:
            # The transaction is gone: say so to all who were not answered, and start from a new connection.
            self._engine.dispose()
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for future, result in done:
            future.set_result(result)

    @staticmethod
    def _attempt(connection: Connection, job: Job, future: "Future[Any]", done: list[tuple[Any, Any]]) -> None:
        try:
            with connection.begin_nested(), _joined(connection) as session:
                result = job(session)
                session.flush()
            done.append((future, result))
        except BaseException as error:
            future.set_exception(error)
            if not _goes_on(connection):
                # A full disk or a dead connection takes the whole transaction with it, not the savepoint
                # alone: nothing of it may be confirmed.
                raise explain(error) or StoreLost("The database let go of what was being stored: try again.") from error


def _joined(connection: Connection) -> Session:
    """A session that leaves commits to us: making a savepoint by itself, it takes twice as long."""
    return Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)


def _goes_on(connection: Connection) -> bool:
    """Whether the transaction around the savepoints is still there."""
    if connection.closed or connection.invalidated:
        return False
    try:
        return bool(connection.connection.driver_connection.in_transaction)  # type: ignore[union-attr]
    except connection.dialect.loaded_dbapi.Error:
        return False
