"""Callers who meet: threads of one process, and processes on one database."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, SQLModel, func, select

from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.engine.errors import StoreBusy, StoreClosed, StoreLost
from storage.engine.store import Store
from storage.items import feedback
from storage.items.importing import walking
from storage.items.support import supports
from storage.models import Community, Digest, Feedback, Identity, Member, Outbox, Support
from storage.people import communities, members
from storage.reports import digests
from storage.schema.opening import Location, open_store
from storage.traffic import inbox, outbox
from storage.traffic.inbox import AlreadyHandled
from tests.storage import rows
from tests.storage.conftest import DATABASE
from tests.storage.rows import NOON

T = TypeVar("T")
CALLERS = 50
TODAY = NOON.date()


@pytest.fixture
def other(location: Location) -> Iterator[Store]:
    """The same database as another process has it."""
    opened = open_store(location)
    yield opened
    opened.close()


async def everybody(job: Callable[[Session], T], *stores: Store, times: int = CALLERS) -> list[T | BaseException]:
    calls = (stores[number % len(stores)].write(job) for number in range(times))
    return await asyncio.gather(*calls, return_exceptions=True)


async def count(store: Store, table: type[SQLModel]) -> int:
    return await store.read(lambda session: session.exec(select(func.count()).select_from(table)).one())


async def test_a_closed_store_refuses_every_call_at_once_and_is_not_opened_again_by_a_late_reader(
    store: Store,
) -> None:
    assert await store.glance(communities.every) == []
    store.close()
    for call in (store.glance, store.read, store.write):
        with pytest.raises(StoreClosed):
            await asyncio.wait_for(call(communities.every), 60)
    assert not store._lines._idle


async def test_a_line_is_kept_after_a_refusal_and_not_after_an_error_of_the_database(file: Location) -> None:
    store, used = open_store(file), list[Session]()

    def refuse(session: Session) -> None:
        used.append(session)
        communities.every(session)
        raise LookupError

    def fail(session: Session) -> None:
        session.connection().exec_driver_sql("SELECT nothing")

    for ask in (store.read, store.glance):
        with pytest.raises(LookupError):
            await ask(refuse)
    assert used[0].get_bind() is used[1].get_bind(), "of the same line"
    with pytest.raises(OperationalError):
        await store.read(fail)
    with pytest.raises(LookupError):
        await store.read(refuse)
    assert used[2].get_bind() is not used[0].get_bind()
    store.close()


async def test_who_reads_while_another_holds_the_database_waits_and_is_answered(file: Location) -> None:
    store = open_store(file)
    asked = threading.Event()

    def busy(session: Session) -> int:
        if not asked.is_set():
            asked.set()
            raise StoreBusy("another program holds it")
        return len(communities.every(session))

    assert await store.glance(busy) == 0
    asked.clear()
    assert await store.read(busy) == 0
    store.close()


async def test_numbers_are_unique_and_without_gaps_also_when_some_filings_fail(store: Store, other: Store) -> None:
    community = await store.write(rows.community)
    turns = iter(range(10_000))

    def file(session: Session) -> int:
        number = rows.item(session, community).number
        if next(turns) % 5 == 0:
            raise ValueError("this filing fails")
        return number

    answers = await everybody(file, store, other)
    numbers = sorted(answer for answer in answers if isinstance(answer, int))
    assert len(numbers) == CALLERS * 4 // 5
    assert numbers == list(range(1, len(numbers) + 1))
    assert {str(answer) for answer in answers if isinstance(answer, BaseException)} == {"this filing fails"}
    assert await count(store, Feedback) == len(numbers)


async def test_of_many_who_handle_one_event_owe_one_message_or_claim_one_period_one_does(
    store: Store, other: Store
) -> None:
    community = await store.write(rows.community)

    def handle(session: Session) -> None:
        inbox.close(session, "bare", "event", NOON)
        rows.item(session, community)

    answers = await everybody(handle, store, other, times=20)
    assert sum(answer is None for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyHandled) for answer in answers) == 19, answers
    assert await count(store, Feedback) == 1

    owing = await everybody(lambda session: outbox.owe(session, "key", {}, NOON), store, other, times=20)
    assert [answer for answer in owing if isinstance(answer, BaseException)] == []
    assert sum(answer is not None for answer in owing) == 1
    assert await count(store, Outbox) == 1

    def post(session: Session) -> bool:
        if digests.claim(session, community.id, "weekly", "2026-03-09", {}, late=False, now=NOON) is None:
            return False
        outbox.owe(session, "digest", {}, NOON)
        return True

    posting = await everybody(post, store, other, times=20)
    assert sorted(map(str, posting)) == ["False"] * 19 + ["True"]
    assert (await count(store, Digest), await count(store, Outbox)) == (1, 2)


async def test_an_event_whose_handler_fails_is_handled_by_the_next(store: Store, other: Store) -> None:
    first_holds, second_waits = threading.Event(), threading.Event()

    def fail(session: Session) -> None:
        inbox.close(session, "bare", "event", NOON)
        first_holds.set()
        second_waits.wait(0.05)
        raise ValueError("this handler fails")

    failing = asyncio.create_task(store.write(fail))
    await asyncio.to_thread(first_holds.wait, 5)
    await other.write(lambda session: inbox.close(session, "bare", "event", NOON))
    with pytest.raises(ValueError, match="this handler fails"):
        await failing


async def test_a_newcomer_who_does_many_things_at_once_is_one_person(store: Store, other: Store) -> None:
    answers = await everybody(lambda session: members.resolve(session, "bare", "1", "Camille", TODAY).id, store, other)
    assert len(set(answers)) == 1, answers
    assert (await count(store, Member), await count(store, Identity)) == (1, 1)


async def test_one_person_who_presses_at_once_counts_once_and_fifty_count_fifty(store: Store, other: Store) -> None:
    community = await store.write(rows.community)
    item = await store.write(lambda session: rows.item(session, community))
    people = [
        (await store.write(lambda session, n=n: members.resolve(session, "bare", f"{n}", "", TODAY))).id  # type: ignore[misc]
        for n in range(CALLERS)
    ]
    pressing = iter([people[0]] * 9 + people[1:])

    def press(session: Session) -> bool:
        return supports.toggle(session, item, next(pressing), NOON)

    answers = await everybody(press, store, other, times=9 + CALLERS - 1)
    assert [answer for answer in answers if isinstance(answer, BaseException)] == []
    kept = await count(store, Support)
    assert await store.read(lambda session: supports.total(session, item)) == kept
    assert kept in {CALLERS - 1, CALLERS}, "one person is there once or took it back, never twice"


async def test_a_community_and_its_places_are_made_once(store: Store, other: Store) -> None:
    def start(session: Session) -> int:
        community = rows.community(session)
        return communities.join_place(session, community.id, "bare", "staff", staff=True).id

    answers = await everybody(start, store, other, times=10)
    assert len(set(answers)) == 1, answers
    assert await count(store, Community) == 1


async def test_knowledge_added_twice_at_once_is_there_once(store: Store, other: Store) -> None:
    community = await store.write(rows.community)
    entries = [Entry(f"answer {n}", (f"phrasing {n}", f"other {n}"), "words", "en") for n in range(5)]
    await everybody(lambda session: knowledge.add(session, community.id, entries), store, other, times=6)
    assert await store.read(lambda session: knowledge.total(session, community.id)) == 5
    assert len(await store.read(lambda session: knowledge.phrasings(session, community.id))) == 10


async def test_what_was_written_is_read_at_once_and_a_failing_job_changes_nothing(store: Store) -> None:
    def half(session: Session) -> None:
        rows.community(session)
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        await store.write(half)
    assert await count(store, Community) == 0
    for number in range(10):
        await store.write(lambda session, key=f"c{number}": rows.community(session, key))  # type: ignore[misc]
        assert await count(store, Community) == number + 1

    def twice(session: Session) -> None:
        for _ in range(2):
            session.add(Community(key="disk is full", name="", language="", timezone="", created_at=NOON))
            session.flush()

    # A value that reads like an error of the database is not taken for one.
    with pytest.raises(IntegrityError):
        await store.write(twice)
    assert await store.write(lambda session: rows.community(session, "another"))


class TestPostgres:
    """What only a server can do to us."""

    @pytest.fixture
    def place(self, server: Any) -> Location:
        place: Location = server.location(DATABASE)
        return place

    async def test_a_connection_the_server_ends_is_one_line_and_the_next_call_gets_another(
        self, place: Location
    ) -> None:
        store = open_store(place)

        def end(session: Session) -> None:
            (pid,) = session.connection().exec_driver_sql("SELECT pg_backend_pid()").one()
            killer = create_engine(place.server)
            with killer.connect() as connection:
                connection.exec_driver_sql("SELECT pg_terminate_backend(%(pid)s, 1000)", {"pid": pid})
            killer.dispose()
            session.connection().exec_driver_sql("SELECT 1")

        with pytest.raises(StoreLost, match="does not answer"):
            await store.write(end)
        assert await store.read(communities.every) == []
        store.close()


async def test_items_filed_at_once_each_have_their_history(store: Store) -> None:
    community = await store.write(rows.community)
    await everybody(lambda session: rows.item(session, community), store)
    items = await store.read(lambda session: [item.id for item, _ in walking.walk(session, community.id, 7)])
    assert len(items) == CALLERS
    histories = [await store.read(lambda session, n=n: feedback.history(session, n)) for n in items]  # type: ignore[misc]
    assert {len(entries) for entries in histories} == {1}
