"""The one thread that writes to SQLite: waiting jobs commit together, each in its own savepoint."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

Job = Callable[[Session], Any]
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
        self._jobs: queue.SimpleQueue[tuple[Job, Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="portevoix-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Session], T]) -> "Future[T]":
        """Queue a job; its future is answered once the job is durable."""
        future: Future[T] = Future()
        self._jobs.put((job, future))
        return future

    def close(self) -> None:
        """Finish what waits, then stop."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        stopping = False
        while not stopping:
            batch, stopping = self._collect()
            if batch:
                self._write(batch)

    def _collect(self) -> tuple[list[tuple[Job, "Future[Any]"]], bool]:
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

    def _write(self, batch: list[tuple[Job, "Future[Any]"]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            with self._engine.begin() as connection:
                for job, future in batch:
                    self._attempt(connection, job, future, done)
        except Exception as error:
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
            with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
                result = job(session)
                session.commit()
            done.append((future, result))
        except Exception as error:
            future.set_exception(error)
            # A full disk rolls the whole transaction back, not the savepoint alone: nothing of it may be confirmed.
            if not connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
                raise
