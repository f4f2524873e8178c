"""The one thread that writes to SQLite: waiting jobs commit together, each in its own savepoint."""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from storage.engine.errors import StoreClosed, StoreLost, explain
from storage.engine.line import Line

Job = Callable[[Session], Any]
Waiter = Future[Any] | asyncio.Future[Any]
"""Who waits for a job: another thread, or an event loop."""
Entry = tuple[Job, Waiter]
T = TypeVar("T")
BATCH = 128


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: its result, or the error it ended with."""

    waiter: Waiter
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs jobs one after another and commits the ones that wait in one transaction.

    A commit costs a disk flush, so fifty callers who wait together pay for one. A job that fails is
    rolled back to its savepoint and leaves its neighbours intact. Every job is answered, also when the
    commit itself fails.
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
        """Queue a job of another thread; its future is answered once the job is durable.

        Raises:
            StoreClosed: nobody would ever answer it.
        """
        future: Future[T] = Future()
        self._queue(job, future)
        return future

    def soon(self, job: Callable[[Session], T]) -> "asyncio.Future[T]":
        """Queue a job of the running event loop: those that commit together wake the loop once.

        Raises:
            StoreClosed: nobody would ever answer it.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue(job, future)
        return future

    def close(self) -> None:
        """Finish what waits, then stop. Closing twice is closing once."""
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
                _tell(self._write(batch))
        self._let_go()

    def _collect(self) -> tuple[list[Entry], bool]:
        """Wait for one job, then take the others that wait, up to a batch."""
        batch = []
        entry = self._jobs.get()
        while entry is not None:
            if _wanted(entry[1]):
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
            attempt = _attempt_alone if len(batch) == 1 else _attempt
            answers = [attempt(line, job, waiter) for job, waiter in batch]
            line.execute("ROLLBACK" if all(answer.error for answer in answers) else "COMMIT")
        except BaseException as error:
            # The transaction is gone: say so to all, and start from a new connection.
            self._let_go()
            return [Answer(waiter, error=error) for _, waiter in batch]
        return answers

    def _let_go(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _attempt(line: Line, job: Job, waiter: Waiter) -> Answer:
    """Run one job of several; what it did is undone when it fails."""
    line.execute("SAVEPOINT job")
    answer = _attempt_alone(line, job, waiter)
    if answer.error:
        line.execute("ROLLBACK TO job")
    line.execute("RELEASE job")
    return answer


def _attempt_alone(line: Line, job: Job, waiter: Waiter) -> Answer:
    """Run the only job of a transaction, which needs no savepoint of its own.

    Raises:
        StoreError: the transaction is gone, with all that was to be committed with it.
    """
    try:
        with line.session() as session:
            return Answer(waiter, job(session))
    except BaseException as error:
        if not line.in_transaction:
            # A full disk or a dead connection takes the whole transaction with it: nothing of it may be confirmed.
            raise explain(error) or StoreLost("The database let go of what was being stored: try again.") from error
        return Answer(waiter, error=error)


def _wanted(waiter: Waiter) -> bool:
    """Whether anybody still waits for a job that was not begun."""
    if isinstance(waiter, asyncio.Future):
        return not waiter.cancelled()
    return waiter.set_running_or_notify_cancel()


def _tell(answers: list[Answer]) -> None:
    """Answer everybody; those of one event loop are woken together."""
    loops: dict[asyncio.AbstractEventLoop | None, list[Answer]] = {}
    for answer in answers:
        loop = answer.waiter.get_loop() if isinstance(answer.waiter, asyncio.Future) else None
        loops.setdefault(loop, []).append(answer)
    for loop, theirs in loops.items():
        if loop is None:
            _settle(theirs)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(_settle, theirs)


def _settle(answers: list[Answer]) -> None:
    for answer in answers:
        if answer.waiter.cancelled():
            continue
        if answer.error is None:
            answer.waiter.set_result(answer.result)
        else:
            answer.waiter.set_exception(answer.error)
