"""The single thread that writes to SQLite (group commit): queued jobs share a transaction."""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from storage.engine.errors import StoreClosed, StoreLost, explain
from storage.engine.line import Line
from storage.values import frozen

Job = Callable[[Session], Any]
Waiter = Future[Any] | asyncio.Future[Any]
"""The future of a job, for another thread or for an event loop."""
Entry = tuple[Job, Waiter]
T = TypeVar("T")
BATCH = 128
"""The most jobs in one transaction."""


@frozen
class Answer:
    """The outcome of a job: its result, or the exception it raised."""

    waiter: Waiter
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs jobs one after another, and commits all that are queued in one transaction.

    Each commit flushes the disk; jobs committed together share one flush. When a job fails, the
    batch is rolled back and run again with a savepoint for each job, so that the others are kept: a job may run twice.
    Every job's future is resolved, also when the commit fails.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._line: Line | None = None
        self._jobs: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="portevoix-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Session], T]) -> "Future[T]":
        """Queue a job from another thread; its future is resolved once the job is committed.

        Raises:
            StoreClosed: the writer was closed.
        """
        future: Future[T] = Future()
        self._queue(job, future)
        return future

    def soon(self, job: Callable[[Session], T]) -> "asyncio.Future[T]":
        """Queue a job from the running event loop; the futures of one transaction are resolved in one callback.

        Raises:
            StoreClosed: the writer was closed.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue(job, future)
        return future

    def close(self) -> None:
        """Run the queued jobs, then stop the thread. Idempotent."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _queue(self, job: Job, waiter: Waiter) -> None:
        with self._gate:
            if self._closed:
                raise StoreClosed("The store is closed, so nothing was stored: start the bot again.")
            self._jobs.put((job, waiter))

    def _run(self) -> None:
        stopping = False
        while not stopping:
            batch, stopping = self._collect()
            if batch:
                _resolve(self._write(batch))
        self._disconnect()

    def _collect(self) -> tuple[list[Entry], bool]:
        """Wait for a job and take the others in the queue, up to `BATCH`; and whether to stop after them."""
        batch = []
        entry = self._jobs.get()
        while entry is not None:
            if _is_pending(entry[1]):
                batch.append(entry)
            if len(batch) == BATCH:
                return batch, False
            try:
                entry = self._jobs.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _write(self, batch: list[Entry]) -> list[Answer]:
        try:
            line = self._line = self._line or Line(self._engine)
            line.execute("BEGIN IMMEDIATE")
            answers = [_attempt(line, job, waiter) for job, waiter in batch]
            if len(batch) > 1 and any(answer.error for answer in answers):
                # Rare: only then does each job get a savepoint, so that failed ones leave the others intact.
                line.execute("ROLLBACK")
                line.execute("BEGIN IMMEDIATE")
                answers = [_attempt_in_savepoint(line, job, waiter) for job, waiter in batch]
            line.execute("ROLLBACK" if all(answer.error for answer in answers) else "COMMIT")
        except BaseException as error:
            # The transaction is lost: every job gets the error, and the next batch a new connection.
            self._disconnect()
            return [Answer(waiter, error=error) for _, waiter in batch]
        return answers

    def _disconnect(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _attempt_in_savepoint(line: Line, job: Job, waiter: Waiter) -> Answer:
    """Run one of several jobs in a savepoint, rolled back when the job fails."""
    line.execute("SAVEPOINT job")
    answer = _attempt(line, job, waiter)
    if answer.error:
        line.execute("ROLLBACK TO job")
    line.execute("RELEASE job")
    return answer


def _attempt(line: Line, job: Job, waiter: Waiter) -> Answer:
    """Run a job in the present transaction.

    Raises:
        StoreError: the whole transaction is lost, with the jobs before this one.
    """
    try:
        with line.session() as session:
            result = job(session)
            session.flush()
            return Answer(waiter, result)
    except BaseException as error:
        if not line.in_transaction:
            # A full disk or a lost connection ends the whole transaction: no job of it may be confirmed.
            raise explain(error) or StoreLost("The database let go of what was being stored: try again.") from error
        return Answer(waiter, error=error)


def _is_pending(waiter: Waiter) -> bool:
    """Whether a job's future was not cancelled before the job began; afterwards a thread's cannot be cancelled."""
    if isinstance(waiter, asyncio.Future):
        return not waiter.cancelled()
    return waiter.set_running_or_notify_cancel()


def _resolve(answers: list[Answer]) -> None:
    """Resolve the futures of jobs; those of one event loop in a single callback, to wake it once."""
    loops: dict[asyncio.AbstractEventLoop | None, list[Answer]] = {}
    for answer in answers:
        loop = answer.waiter.get_loop() if isinstance(answer.waiter, asyncio.Future) else None
        loops.setdefault(loop, []).append(answer)
    for loop, theirs in loops.items():
        if loop is None:
            _set_outcomes(theirs)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(_set_outcomes, theirs)


def _set_outcomes(answers: list[Answer]) -> None:
    for answer in answers:
        if answer.waiter.cancelled():
            continue
        if answer.error is None:
            answer.waiter.set_result(answer.result)
        else:
            answer.waiter.set_exception(answer.error)
