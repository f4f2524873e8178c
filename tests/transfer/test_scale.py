"""An import of any length, on both databases: each row once, whoever else imports or dies meanwhile."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.core import Core
from bot.operations.assembly import location, open_core
from bot.settings.config import Settings
from bot.transfer.incoming import intake
from bot.transfer.incoming.intake import Summary, load
from bot.transfer.incoming.rows import Row
from storage.items import feedback
from storage.items.importing import loading
from storage.models import Community, Feedback, History, Identity, Member
from storage.schema.opening import Location, is_made
from storage.vocabulary import Audience, Kind, Status
from tests.clock import StillClock
from tests.postgres import Server
from tests.transfer.conftest import Items, take

MARCH = datetime(2026, 3, 1, 9, tzinfo=UTC)
DATABASES = count()


def rows(*numbers: int) -> list[Row]:
    return [Row(Kind.PRAISE, f"Thanks {n}", f"Person {n % 3}" if n % 2 else "", MARCH, None, 0) for n in numbers]


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield settings
        return
    server: Server = request.getfixturevalue("postgres")
    name = f"transfer_{next(DATABASES)}"
    place: Location = server.create(name)
    yield settings.model_copy(update={"database": place.url, "key_file": place.key_file})
    server.drop(name)


@pytest.fixture
async def other(core: Core, settings: Settings, clock: StillClock) -> AsyncIterator[Core]:
    """A second process on the same data."""
    other = await open_core(settings, clock)
    yield other
    other.store.close()


async def imports(core: Core, plaza: Community, given: list[Row]) -> Summary:
    return await load(core, plaza, given, lambda _: None, lambda _: None)


async def test_what_an_import_left_off_at_is_taken_up_there(
    core: Core, plaza: Community, items: Items, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(4, monkeypatch)
    whole = rows(*range(15))

    def dying() -> Iterator[Row]:
        yield from whole[:10]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await load(core, plaza, dying(), lambda _: None, lambda _: None)
    assert len(await items()) == 8
    summary = await imports(core, plaza, whole)
    assert (summary.imported, summary.known) == (7, 8)
    assert [item.text for item in await items()] == [row.text for row in whole]
    assert [item.number for item in await items()] == list(range(1, 16))


async def test_an_import_that_adds_nothing_never_asks_to_write(
    core: Core, plaza: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    await imports(core, plaza, rows(*range(9)))

    def written(*_: object) -> int:
        raise AssertionError

    monkeypatch.setattr(loading, "file_all", written)
    assert (await imports(core, plaza, rows(*range(9)))).known == 9


async def test_a_month_later_support_status_and_dates_are_the_file_s(
    core: Core, plaza: Community, items: Items
) -> None:
    months = [
        [Row(Kind.SUGGESTION, f"Idea {n}", "Ada", at, None, n * month, status=status) for n in range(7)]
        for month, at, status in ((1, MARCH, Status.PLANNED), (2, MARCH.replace(day=2), Status.DONE))
    ]
    assert (await imports(core, plaza, months[0])).imported == 7
    assert (await imports(core, plaza, months[1])).changed == 7
    assert (await imports(core, plaza, months[1])).known == 7
    found = await items()
    assert [(item.support, item.base_support) for item in found] == [(n * 2, n * 2) for n in range(7)]
    second = MARCH.replace(day=2)
    assert {(item.status, item.created_at, item.closed_at) for item in found} == {(Status.DONE, second, second)}
    entries = await core.store.read(lambda session: feedback.history(session, found[0].id))
    assert [entry.after for entry in entries] == ["received", "planned", "done"]
    assert {entry.at for entry in entries} == {second}


def test_a_database_is_there_once_it_was_made(settings: Settings, core: Core, tmp_path: Path) -> None:
    assert is_made(location(settings))
    assert not is_made(Location(settings.database, tmp_path / "none.key")) or location(settings).file


async def test_others_who_write_are_let_in_between_two_batches(
    core: Core, plaza: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(1, monkeypatch, pause=0.02)
    file_all, times = loading.file_all, list[float]()

    def timed(*given: Any) -> int:
        times.append(time.monotonic())
        return file_all(*given)

    monkeypatch.setattr(loading, "file_all", timed)
    await imports(core, plaza, rows(*range(4)))
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.02


async def test_two_imports_of_one_file_at_once_file_each_row_once(
    core: Core, other: Core, plaza: Community, items: Items, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without the pause the first would be done before the second is let in.
    take(5, monkeypatch, intake.PAUSE)
    whole = rows(*range(20))
    both = await asyncio.gather(imports(core, plaza, whole), imports(other, plaza, whole))
    assert sorted(item.text for item in await items()) == sorted(row.text for row in whole)
    assert sum(summary.imported for summary in both) == 20
    assert {summary.rows for summary in both} == {20}

    def people(session: Session) -> tuple[int, int, int]:
        return tuple(len(session.exec(select(table)).all()) for table in (Member, Identity, History))  # type: ignore[return-value]

    assert await core.store.read(people) == (3, 3, 20)


async def test_a_row_another_import_filed_this_moment_is_left_out(core: Core, plaza: Community) -> None:
    [first, second] = [
        loading.Item(Kind.PRAISE, text, None, Audience.TEAM, False, "en", "Ada", 2, f"csv:{text}", MARCH)
        for text in ("one", "two")
    ]

    def job(session: Session) -> tuple[int, int]:
        return (
            loading.file_all(session, plaza.id, "import", [first]),
            loading.file_all(session, plaza.id, "import", [first, second]),
        )

    assert await core.store.write(job) == (1, 1)

    def stored(session: Session) -> list[tuple[str, int, int]]:
        return [
            (item.text, item.support, len(feedback.history(session, item.id)))
            for item in session.exec(select(Feedback))
        ]

    assert await core.store.read(stored) == [("one", 2, 1), ("two", 2, 1)]


async def test_somebody_met_by_another_import_this_moment_is_met_once(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    def job(session: Session) -> dict[str, int]:
        return loading.resolve_all(session, "import", {"Ada": date(2026, 3, 1)})

    met = await core.store.write(job)
    look, looks = loading.known_members, count()

    def blind(session: Session, platform: str, accounts: list[str]) -> dict[str, int]:
        return look(session, platform, accounts) if next(looks) else {}

    monkeypatch.setattr(loading, "known_members", blind)
    assert await core.store.write(job) == met
    assert await core.store.read(lambda session: len(session.exec(select(Member)).all())) == 1


async def test_a_second_import_that_was_left_off_adds_what_is_missing_of_ideas_with_many_rows(
    core: Core, plaza: Community, items: Items, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(2, monkeypatch)
    voters = [Row(Kind.SUGGESTION, "Longer hours", "", MARCH, None, voter=f"Voter {n}") for n in range(5)]
    summary = await imports(core, plaza, [*voters[:3], *rows(1, 2), *voters[3:]])
    assert (summary.imported, [item.support for item in await items()]) == (3, [5, 0, 0])
    again = await imports(core, plaza, [*voters, *rows(1, 2, 3)])
    assert (again.imported, [item.support for item in await items()]) == (1, [5, 0, 0, 0])
