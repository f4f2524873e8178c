"""Opening: what cannot be opened is refused in one line that names the mend, and nothing is overwritten."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage import migrations
from storage.engine import keys, sqlite
from storage.engine.errors import NewerStore, StoreBusy, StoreError, StoreReadOnly, WrongKey
from storage.schema.opening import Location, hold, is_new, load_keys, open_engines, open_store
from tests.storage import rows
from tests.storage.ordinary import as_ordinary_user

Refusal = Callable[[Callable[[], object], type[Exception]], str]


@contextmanager
def untouched(folder: Path) -> Iterator[None]:
    """Check that no file of a folder changes, comes or goes."""
    before = content(folder)
    yield
    assert content(folder) == before


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def database(location: Location) -> Path:
    assert location.file is not None
    return location.file


def test_a_new_store_is_made_with_its_key_and_opens_again(tmp_path: Path) -> None:
    place = Location(f"sqlite:///{tmp_path}/pv.db", tmp_path / "apart" / "pv.key")
    assert is_new(place)
    open_store(place).close()
    assert not is_new(place)
    open_store(place).close()


def test_another_key_does_not_open_it(file: Location, refusal: Refusal) -> None:
    file.key_file.write_text("ab" * 32)
    with untouched(file.key_file.parent):
        line = refusal(lambda: open_store(file), WrongKey)
    assert "PORTEVOIX_KEY_FILE" in line
    assert "ab" * 16 not in line


def test_a_missing_key_is_never_made_anew_for_data_that_waits(file: Location, refusal: Refusal) -> None:
    file.key_file.unlink()
    with untouched(file.key_file.parent):
        line = refusal(lambda: open_store(file), WrongKey)
    assert "is missing: put it back" in line
    assert not file.key_file.exists()


def test_a_key_file_of_garbage_is_refused(file: Location, refusal: Refusal) -> None:
    file.key_file.write_bytes(os.urandom(77))
    with untouched(file.key_file.parent):
        assert "is not a key" in refusal(lambda: open_store(file), WrongKey)


def test_an_unencrypted_database_is_somebody_else_s(file: Location, refusal: Refusal) -> None:
    database(file).unlink()
    other = sqlite3.connect(database(file))
    other.execute("CREATE TABLE precious (thing TEXT)")
    other.commit()
    other.close()
    for _with_and_without_a_key in range(2):
        with untouched(file.key_file.parent):
            assert "unencrypted" in refusal(lambda: open_store(file), WrongKey)
        file.key_file.unlink(missing_ok=True)


def test_a_text_file_is_not_a_database(file: Location, refusal: Refusal) -> None:
    for size in (1, 20, 600, 5000, 100_000):
        database(file).write_text(("dear diary " * size)[:size])
        with untouched(file.key_file.parent):
            line = refusal(lambda: open_store(file), WrongKey)
        assert "not a Portevoix database" in line, size


def test_a_text_file_without_a_key_gets_none(tmp_path: Path, refusal: Refusal) -> None:
    place = Location(f"sqlite:///{tmp_path}/diary.txt", tmp_path / "pv.key")
    database(place).write_text("dear diary")
    with untouched(tmp_path):
        refusal(lambda: open_store(place), WrongKey)


def test_a_damaged_database_is_refused_as_it_is(file: Location, refusal: Refusal) -> None:
    whole = database(file).read_bytes()
    database(file).write_bytes(whole[:5000] + b"\0" * 300 + whole[5300:])
    with untouched(file.key_file.parent):
        refusal(lambda: open_store(file), StoreError)


def test_a_folder_is_not_a_file(tmp_path: Path, refusal: Refusal) -> None:
    place = Location(f"sqlite:///{tmp_path}", tmp_path / "pv.key")
    with untouched(tmp_path):
        assert "is a folder: set PORTEVOIX_DATABASE" in refusal(lambda: open_store(place), StoreError)


def test_a_path_through_a_file_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    (tmp_path / "note").write_text("a note")
    place = Location(f"sqlite:///{tmp_path}/note/pv.db", tmp_path / "pv.key")
    assert "PORTEVOIX_DATABASE" in refusal(lambda: open_store(place), StoreError)
    assert "PORTEVOIX_DATABASE" in refusal(lambda: hold(place), StoreError)


def test_an_empty_file_is_a_database_to_be(tmp_path: Path) -> None:
    place = Location(f"sqlite:///{tmp_path}/pv.db", tmp_path / "pv.key")
    database(place).touch()
    assert is_new(place)
    open_store(place).close()
    assert not is_new(place)


HOLD = """
import sys
import sqlcipher3.dbapi2 as sqlcipher
other = sqlcipher.connect(sys.argv[1], isolation_level=None)
other.execute(f"PRAGMA key = \\"x'{sys.argv[2]}'\\"")
other.execute("PRAGMA locking_mode = EXCLUSIVE")
other.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.usefixtures("quick")
def test_a_database_that_another_process_holds_is_refused(file: Location, refusal: Refusal) -> None:
    path, key = str(database(file)), load_keys(file).root.hex()
    command = [sys.executable, "-c", HOLD, path, key]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
    with subprocess.Popen(command, text=True, **pipes) as other:  # noqa: S603 - our own code
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        before = database(file).read_bytes()
        line = refusal(lambda: open_store(file), StoreBusy)
        assert database(file).read_bytes() == before
        other.communicate("")
    assert "Another program holds the database" in line
    open_store(file).close()


@pytest.mark.usefixtures("quick")
async def test_a_write_while_another_process_writes_is_refused_and_the_next_is_not(file: Location) -> None:
    store = open_store(file)
    other = sqlite.connect(database(file), load_keys(file))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        await store.write(rows.community)
    other.execute("ROLLBACK")
    other.close()
    assert (await store.write(rows.community)).id == 1
    store.close()


def test_a_read_only_folder_is_refused(file: Location, refusal: Refusal) -> None:
    folder = file.key_file.parent
    with read_only(folder), untouched(folder):
        line = refusal(lambda: as_ordinary_user(lambda: open_store(file)), StoreReadOnly)
    assert "folder" in line


def test_a_read_only_file_is_refused(file: Location, refusal: Refusal) -> None:
    database(file).chmod(0o400)
    before = database(file).read_bytes()
    refusal(lambda: as_ordinary_user(lambda: open_store(file)), StoreReadOnly)
    assert database(file).read_bytes() == before


def test_a_new_store_in_a_read_only_folder_is_refused(tmp_path: Path, refusal: Refusal) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    place = Location(f"sqlite:///{folder}/pv.db", tmp_path / "pv.key")
    beneath = Location(f"sqlite:///{folder}/deeper/pv.db", tmp_path / "pv.key")
    with read_only(folder):
        for where in (place, beneath):
            refusal(lambda where=where: as_ordinary_user(lambda: open_store(where)), StoreReadOnly)  # type: ignore[misc]
            refusal(lambda where=where: as_ordinary_user(lambda: hold(where)), StoreReadOnly)  # type: ignore[misc]
    assert list(folder.iterdir()) == []


def test_a_folder_that_may_not_be_entered_is_refused(file: Location, refusal: Refusal) -> None:
    for mode in (0o000, 0o600):
        with read_only(file.key_file.parent, mode):
            refusal(lambda: as_ordinary_user(lambda: open_store(file)), StoreError)
            refusal(lambda: as_ordinary_user(lambda: is_new(file)), StoreError)


@contextmanager
def read_only(folder: Path, mode: int = 0o500) -> Iterator[None]:
    folder.chmod(mode)
    try:
        yield
    finally:
        folder.chmod(0o700)


def test_a_newer_database_is_refused_as_it_is(location: Location, refusal: Refusal) -> None:
    writing, reading = open_engines(location, load_keys(location))
    with writing.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    writing.dispose()
    before = content(location.key_file.parent)
    line = refusal(lambda: open_store(location), NewerStore)
    assert "newer Portevoix (revision 9999): update the bot" in line
    after = content(location.key_file.parent)
    with writing.begin() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": migrations.head()})
    writing.dispose()
    reading.dispose()
    assert after == before


def test_a_second_run_on_the_same_file_is_refused_until_the_first_ends(file: Location, refusal: Refusal) -> None:
    first = hold(file)
    assert first is not None
    assert "already runs" in refusal(lambda: hold(file), StoreBusy)
    link = database(file).with_name("link.db")
    link.symlink_to(database(file))
    refusal(lambda: hold(Location(f"sqlite:///{link}", file.key_file)), StoreBusy)
    first.release()
    second = hold(file)
    assert second is not None
    second.release()


NO_ADDRESSES = (
    "",
    "portevoix.db",
    "sqlite://",
    "sqlite:///",
    "sqlite:///:memory:",
    "mysql://me:hunter2@host/db",
    "postgresql://me:hunter2@host:port/db",
    "://hunter2",
    "hunter2://@@@",
)


def test_an_address_that_is_none_is_refused_without_showing_it(tmp_path: Path, refusal: Refusal) -> None:
    for url in NO_ADDRESSES:
        place = Location(url, tmp_path / "pv.key")
        line = refusal(lambda place=place: open_store(place), StoreError)  # type: ignore[misc]
        assert line.startswith("PORTEVOIX_DATABASE must read sqlite:///FILE or postgresql://"), url
        assert "hunter2" not in line
        assert list(tmp_path.iterdir()) == []


def test_another_key_than_the_data_s_own_is_refused_on_each_engine(
    location: Location, tmp_path: Path, refusal: Refusal
) -> None:
    other = Location(location.url, tmp_path / "other.key")
    keys.create(other.key_file)
    refusal(lambda: open_store(other), WrongKey)
    open_store(location).close()
