"""Encrypted SQLite: what its connections are set to, and what reaches the disk."""

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from storage.engine import keys, sqlite
from storage.engine.errors import StoreError, StoreReadOnly, WrongKey
from storage.models import Community
from storage.people import communities
from storage.schema.opening import Location, load_keys, open_engines, open_store
from tests.storage import rows

WORDS = "The_pick_up_point_is_closed_since_January"


@pytest.fixture
def engines(file: Location) -> Iterator[tuple[Engine, Engine]]:
    writing, reading = open_engines(file, load_keys(file))
    yield writing, reading
    writing.dispose()
    reading.dispose()


def test_a_new_file_that_somebody_else_is_just_making_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Location(f"sqlite:///{tmp_path}/pv.db", tmp_path / "pv.key")
    other = sqlite.connect(tmp_path / "pv.db", keys.create(place.key_file))
    other.execute("PRAGMA user_version = 1")
    other.execute("BEGIN IMMEDIATE")
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            other.execute("ROLLBACK")

    monkeypatch.setattr(sqlite, "time", SimpleNamespace(monotonic=time.monotonic, sleep=sleep))
    open_store(place).close()
    assert waits == [0.01] * 3
    other.close()


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_every_connection_is_durable_and_strict(
    engines: tuple[Engine, Engine], which: int, pragma: str, value: object
) -> None:
    with engines[which].connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_the_cipher_logs_nothing(file: Location, capfd: pytest.CaptureFixture[str]) -> None:
    connection = sqlite.connect(_path(file), keys.Keys(b"x" * 32))
    level = connection.execute("PRAGMA cipher_log_level").fetchone()
    with pytest.raises(Exception, match="not a database"):
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()
    assert level == ("NONE",)
    assert capfd.readouterr() == ("", "")


def test_what_is_sorted_never_spills_to_an_unencrypted_file(file: Location) -> None:
    connection = sqlite.connect(_path(file), load_keys(file))
    options = {option for (option,) in connection.execute("PRAGMA compile_options")}
    connection.close()
    assert options & {"TEMP_STORE=2", "TEMP_STORE=3"}


@pytest.mark.usefixtures("quick")
def test_only_the_writer_takes_the_write_lock_at_once(file: Location) -> None:
    engines = [*open_engines(file, load_keys(file)), *open_engines(file, load_keys(file))]
    writing, reading, other_writing, _ = engines
    with writing.begin() as writer, reading.begin() as reader:
        writer.exec_driver_sql("INSERT INTO member (first_seen) VALUES ('2026-03-04')")
        assert reader.exec_driver_sql("SELECT count(*) FROM member").scalar_one() == 0, "a reader does not wait"
        with pytest.raises(DBAPIError, match="locked"), other_writing.begin() as other:
            other.exec_driver_sql("SELECT 1")
    for engine in engines:
        engine.dispose()


async def test_a_read_that_writes_is_refused(location: Location) -> None:
    store = open_store(location)
    with pytest.raises(StoreReadOnly):
        await store.read(rows.community)
    assert await store.write(rows.community)
    with pytest.raises(StoreReadOnly):
        await store.read(rows.person)

    def change(session: Session) -> None:
        session.exec(select(Community)).one().language = "fr"

    for run in (store.read, store.glance):
        with pytest.raises(StoreReadOnly):
            await run(change)
    store.close()


async def test_the_event_loop_is_never_blocked(location: Location) -> None:
    store = open_store(location)
    begun, turned = threading.Barrier(3), threading.Event()

    def slow(session: Session) -> bool:
        rows.person(session)
        return held(session)

    def held(_: Session) -> bool:
        begun.wait(60)
        return turned.wait(60)

    async def turn() -> None:
        await asyncio.to_thread(begun.wait, 60)
        turned.set()

    *answers, _ = await asyncio.gather(store.write(slow), store.read(held), turn())
    assert answers == [True, True]
    store.close()


async def test_nothing_readable_reaches_the_disk(file: Location) -> None:
    store = open_store(file)
    community = await store.write(rows.community)
    await store.write(lambda session: rows.item(session, community, rows.person(session, WORDS), text=WORDS))
    folder = file.key_file.parent
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    store.close()
    assert len(written["pv.db-wal"]) > 10_000, "the words are in the log"
    assert all(WORDS.encode() not in content for content in written.values())
    assert all(b"SQLite format 3" not in content for content in written.values())
    assert b"CREATE TABLE" not in _path(file).read_bytes()
    assert WORDS.encode() not in _path(file).read_bytes()


async def test_a_backup_is_whole_encrypted_and_opens_with_the_same_key(file: Location) -> None:
    store = open_store(file)
    await store.write(lambda session: rows.community(session, WORDS))
    target = _path(file).with_name("copy.db")
    sqlite.backup(_path(file), target, store.keys)
    store.close()
    assert WORDS.encode() not in target.read_bytes()
    copy = open_store(Location(f"sqlite:///{target}", file.key_file))
    assert [one.key for one in await copy.read(communities.every)] == [WORDS]
    copy.close()


def test_a_backup_never_overwrites(file: Location) -> None:
    target = _path(file).with_name("copy.db")
    target.write_text("precious")
    with pytest.raises(StoreError, match="exists already: nothing was overwritten"):
        sqlite.backup(_path(file), target, load_keys(file))
    assert target.read_text() == "precious"


def test_a_backup_that_fails_leaves_nothing_behind(file: Location) -> None:
    target = _path(file).with_name("copy.db")
    with pytest.raises(WrongKey):
        sqlite.backup(_path(file), target, keys.Keys(b"x" * 32))
    assert not target.exists()


def _path(file: Location) -> Path:
    assert file.file is not None
    return file.file
