"""The writer thread: one commit for those who wait together, an answer for everybody."""

import asyncio
import resource
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, func, select

from storage.engine.errors import StoreClosed, StoreError, StoreFull, StoreLost
from storage.engine.line import Line
from storage.engine.store import Store
from storage.engine.writer import BATCH, Writer
from storage.models import Community
from storage.schema.opening import Location, load_keys, open_engines, open_store
from tests.storage import rows

LONG = 10
"""Seconds after which an answer counts as never given."""


@pytest.fixture
def engine(file: Location) -> Iterator[Engine]:
    writing, reading = open_engines(file, load_keys(file))
    yield writing
    writing.dispose()
    reading.dispose()


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    writer = Writer(engine)
    yield writer
    writer.close()


@pytest.fixture
def sqlite_store(file: Location) -> Iterator[Store]:
    store = open_store(file)
    yield store
    store.close()


def keep(key: str) -> Callable[[Session], str]:
    """A job that stores a community of that key."""

    def job(session: Session) -> str:
        rows.community(session, key)
        return key

    return job


def kept(engine: Engine) -> set[str]:
    with Session(engine) as session:
        return set(session.exec(select(Community.key)))


@contextmanager
def all_waiting(writer: Writer) -> Iterator[None]:
    """What is submitted in here waits until the end, so that it meets in one batch."""
    started, go = threading.Event(), threading.Event()

    def hold(_: Session) -> None:
        started.set()
        go.wait(LONG)

    first = writer.submit(hold)
    started.wait(LONG)
    yield
    go.set()
    first.exception(LONG)


def submit(writer: Writer, *jobs: Callable[[Session], Any]) -> "list[Future[Any]]":
    with all_waiting(writer):
        return [writer.submit(job) for job in jobs]


def fail(_: Session) -> None:
    raise ValueError("this job fails")


def fail_in_the_database(session: Session) -> None:
    session.connection().exec_driver_sql("INSERT INTO nowhere VALUES (1)")


def cut(session: Session) -> None:
    """Close the connection under everybody's feet."""
    driver: Any = session.connection().connection.driver_connection
    driver.close()
    session.connection().exec_driver_sql("SELECT 1")


def test_those_who_wait_together_pay_for_one_commit(engine: Engine, writer: Writer) -> None:
    said: list[str] = []
    event.listen(engine, "connect", lambda driver, _: driver.set_trace_callback(said.append))
    futures = submit(writer, *(keep(f"c{number}") for number in range(50)))
    assert [future.result(LONG) for future in futures] == [f"c{number}" for number in range(50)]
    assert said.count("COMMIT") == 2, "one for the job that held the door, one for the fifty"


def test_more_than_a_batch_is_written_too(engine: Engine, writer: Writer) -> None:
    futures = submit(writer, *(keep(f"c{number}") for number in range(BATCH + 30)))
    assert len({future.result(LONG) for future in futures}) == BATCH + 30 == len(kept(engine))


@pytest.mark.parametrize("bad", [fail, fail_in_the_database])
def test_a_job_that_fails_leaves_its_neighbours_intact(
    engine: Engine, writer: Writer, bad: Callable[[Session], None]
) -> None:
    def half(session: Session) -> None:
        keep("half")(session)
        bad(session)

    before, failed, after = submit(writer, keep("before"), half, keep("after"))
    assert (before.result(LONG), after.result(LONG)) == ("before", "after")
    assert failed.exception(LONG) is not None
    assert kept(engine) == {"before", "after"}


def test_what_is_run_again_because_a_neighbour_failed_is_stored_once(engine: Engine, writer: Writer) -> None:
    runs: list[str] = []

    def counted(session: Session) -> str:
        runs.append("one")
        return keep("one")(session)

    one, failed = submit(writer, counted, fail)
    assert one.result(LONG) == "one"
    assert failed.exception(LONG) is not None
    assert runs == ["one", "one"]
    assert kept(engine) == {"one"}


def test_a_job_that_asks_the_thread_to_exit_does_not_end_the_writer(engine: Engine, writer: Writer) -> None:
    def leave(_: Session) -> None:
        raise SystemExit(1)

    left, after = submit(writer, leave, keep("after"))
    assert isinstance(left.exception(LONG), SystemExit)
    assert after.result(LONG) == "after"
    assert kept(engine) == {"after"}


def test_everybody_is_told_when_the_commit_itself_fails(
    engine: Engine, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = Line.execute

    def refuse(line: Line, statement: str) -> None:
        if statement == "COMMIT":
            raise OSError(28, "No space left on device")
        execute(line, statement)

    with monkeypatch.context() as patch:
        with all_waiting(writer):
            patch.setattr(Line, "execute", refuse)
            futures = [writer.submit(keep(key)) for key in ("one", "two")]
        assert all(isinstance(future.exception(LONG), OSError) for future in futures)
    assert kept(engine) == set()
    assert writer.submit(keep("three")).result(LONG) == "three"


def test_a_dead_connection_confirms_nothing_and_the_next_job_gets_a_new_one(engine: Engine, writer: Writer) -> None:
    before, dead, after = submit(writer, keep("before"), cut, keep("after"))
    assert dead.exception(LONG) is not None
    assert all(isinstance(future.exception(LONG), StoreLost) for future in (before, after))
    assert kept(engine) == set()
    assert writer.submit(keep("later")).result(LONG) == "later"
    assert kept(engine) == {"later"}


def test_a_caller_who_left_before_the_turn_of_their_job_has_nothing_stored(engine: Engine, writer: Writer) -> None:
    with all_waiting(writer):
        gone, there = writer.submit(keep("gone")), writer.submit(keep("there"))
        assert gone.cancel()
    assert there.result(LONG) == "there"
    assert kept(engine) == {"there"}


def test_closing_finishes_what_waits(engine: Engine) -> None:
    writer = Writer(engine)
    futures = [writer.submit(keep(f"c{number}")) for number in range(BATCH * 2)]
    writer.close()
    writer.close()
    assert all(future.done() for future in futures)
    assert len(kept(engine)) == BATCH * 2


def test_a_job_after_closing_is_refused_rather_than_never_answered(engine: Engine) -> None:
    writer = Writer(engine)
    writer.close()
    with pytest.raises(StoreClosed, match="nothing was stored"):
        writer.submit(keep("late"))


def test_everyone_is_answered_while_the_writer_closes(engine: Engine) -> None:
    writer, answers = Writer(engine), []

    def hurry() -> None:
        for number in range(200):
            try:
                answers.append(writer.submit(keep(f"{threading.get_ident()}-{number}")))
            except StoreClosed:
                return

    threads = [threading.Thread(target=hurry) for _ in range(4)]
    for thread in threads:
        thread.start()
    writer.close()
    for thread in threads:
        thread.join(LONG)
    assert all(future.done() for future in answers)


async def test_fifty_callers_are_all_answered(sqlite_store: Store) -> None:
    answers = await asyncio.gather(*(sqlite_store.write(keep(f"c{number}")) for number in range(50)))
    assert await sqlite_store.read(lambda session: session.exec(select(func.count(Community.id))).one()) == len(answers)  # type: ignore[arg-type]


async def test_a_caller_who_leaves_while_waiting_harms_nobody(sqlite_store: Store) -> None:
    leaving = [asyncio.create_task(sqlite_store.write(keep(f"left{number}"))) for number in range(20)]
    staying = [asyncio.create_task(sqlite_store.write(keep(f"stays{number}"))) for number in range(20)]
    await asyncio.sleep(0)
    for task in leaving:
        task.cancel()
    await asyncio.gather(*leaving, return_exceptions=True)
    assert len(set(await asyncio.gather(*staying))) == 20
    assert await sqlite_store.write(keep("after")) == "after"


def fill(session: Session) -> None:
    """Leave the database no room for more than it has."""
    pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
    session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")


def too_much(session: Session) -> None:
    keep("x")(session)
    session.connection().exec_driver_sql("UPDATE community SET name = hex(zeroblob(100000))")


async def test_a_full_database_refuses_in_one_line_and_goes_on_when_there_is_room(sqlite_store: Store) -> None:
    await sqlite_store.write(fill)
    with pytest.raises(StoreFull, match="disk is full: make room"):
        await sqlite_store.write(too_much)
    assert await sqlite_store.read(lambda session: list(session.exec(select(Community)))) == []
    await sqlite_store.write(lambda session: session.connection().exec_driver_sql("PRAGMA max_page_count = 100000"))
    await sqlite_store.write(too_much)


def test_what_was_confirmed_beside_a_full_disk_is_stored(engine: Engine, writer: Writer) -> None:
    writer.submit(fill).result(LONG)
    futures = submit(writer, keep("small"), too_much, keep("other"))
    confirmed = {future.result() for future in futures if future.exception(LONG) is None}
    assert confirmed == kept(engine)


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file may grow beyond that many bytes: what a full disk looks like to a program."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_disk_that_takes_no_more_confirms_nothing_it_did_not_store(file: Location) -> None:
    store = open_store(file)
    await store.write(keep("first"))
    with room(200_000):
        answers = await asyncio.gather(
            *(store.write(too_much) for _ in range(5)),
            return_exceptions=True,
        )
    assert all(isinstance(answer, StoreError) for answer in answers), answers
    assert await store.write(keep("after")) == "after"
    store.close()
    again = open_store(file)
    assert await again.read(lambda session: set(session.exec(select(Community.key)))) == {"first", "after"}
    again.close()


def test_opening_on_a_full_disk_is_one_clear_line(
    file: Location, refusal: Callable[[Callable[[], object], type[Exception]], str]
) -> None:
    new = Location(f"{file.url}-new", file.key_file)
    with room(8_000):
        line = refusal(lambda: open_store(new), StoreFull)
    assert "room" in line
    open_store(new).close()
