"""`db restore` on PostgreSQL: a copy comes back whole or not at all, and what was there is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.schema.opening import Location, load_keys, open_engines
from tests.cli.conftest import Shell
from tests.postgres import Server

PROGRAM = """#!/bin/sh
case "$*" in
*{when}*) echo 'pg_restore: error: {said}' >&2; exit 1;;
esac
exec {real} "$@"
"""


@pytest.fixture
def copy(served: Shell, programs: Path, tmp_path: Path) -> Path:
    rows = tmp_path / "sam.csv"
    rows.write_text("kind,text,author\nidea,Sam writes with a name,sam\n", "utf-8")
    served.types("import", "csv", rows).done()
    file = tmp_path / "copy.dump"
    served.types("db", "backup", file).done()
    return file


@pytest.fixture
def empty(served: Shell, postgres: Server) -> Iterator[Shell]:
    """The same key, and a database without tables."""
    place = postgres.create("returned", empty=True)
    yield Shell(served.home, {**served.env, "PORTEVOIX_DATABASE": place.url})
    postgres.drop("returned")


def instead(monkeypatch: pytest.MonkeyPatch, folder: Path, programs: Path, when: str, said: str) -> None:
    """Let pg_restore fail where its arguments have these words."""
    folder.mkdir()
    program = folder / "pg_restore"
    program.write_text(PROGRAM.format(when=when, said=said, real=programs / "pg_restore"))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:{programs}")


def test_a_copy_comes_into_an_empty_database_and_who_was_erased_since_stays_erased(
    served: Shell, empty: Shell, copy: Path
) -> None:
    before = served.types("export").done().out
    said = empty.types("db", "restore", copy).done()
    assert "rows in" in said.err
    assert "were counted again" in said.err
    assert empty.types("export").done().out == before
    served.types("forget", "import:sam", "--yes").done()
    empty.types("db", "restore", copy, "--replace").done()
    assert "Sam writes" in before
    assert "Sam writes" not in empty.types("export").done().out
    empty.types("db", "check").done()
    # A copy from before a new key comes back with the old one.
    now = served.types("export").done().out
    served.types("db", "rekey").done()
    (old,) = copy.parent.glob("server.key.old-*")
    served.types("db", "restore", copy, "--replace").refused("was made with another key", f"--key {old}")
    said = served.types("db", "restore", copy, "--replace", "--key", old).done()
    assert "type `portevoix db rekey` now" in said.err
    assert served.types("export").done().out == now


def test_what_is_there_is_kept_and_told_with_its_age(served: Shell, copy: Path) -> None:
    place = Location(served.env["PORTEVOIX_DATABASE"], Path(served.env["PORTEVOIX_KEY_FILE"]))
    served.types("db", "restore", copy).refused("There are tables in this database", "--replace")
    for _ in range(2):
        said = served.types("db", "restore", copy, "--replace").done()
    assert "DROP SCHEMA before_restore_" in said.err
    writing, reading = open_engines(place, load_keys(place))
    with reading.connect() as connection:
        schemas = "SELECT nspname, count(*) FROM pg_namespace n JOIN pg_proc p ON p.pronamespace = n.oid GROUP BY 1"
        functions = {name: number for name, number in connection.exec_driver_sql(schemas) if "pg_" not in name}
    writing.dispose()
    reading.dispose()
    functions.pop("information_schema", None)
    assert len(functions) == 3
    assert len(set(functions.values())) == 1
    assert "schema before_restore_" in served.types("doctor", "--offline").out
    # What is kept is in no copy.
    served.types("db", "backup", copy.with_name("later.dump")).done()
    served.types("db", "restore", copy.with_name("later.dump"), "--replace").done()


def test_where_it_cannot_come_back_everything_is_as_it_was(
    served: Shell, copy: Path, programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Location(served.env["PORTEVOIX_DATABASE"], Path(served.env["PORTEVOIX_KEY_FILE"]))
    writing, reading = open_engines(place, load_keys(place))
    with reading.connect():
        served.types("db", "restore", copy, "--replace").refused("Others are connected to this database (1)")
    writing.dispose()
    reading.dispose()
    before = served.types("export").done().out
    instead(monkeypatch, tmp_path / "bin", programs, "single-transaction", "no room")
    served.types("db", "restore", copy, "--replace").refused("pg_restore brought nothing back", "no room")
    assert served.types("export").done().out == before
    assert "before_restore" not in served.types("doctor", "--offline").out
    served.types("db", "check").done()
    # An older program is told from a damaged copy.
    content = copy.read_bytes()
    half = tmp_path / "half.dump"
    half.write_bytes(content[: len(content) // 2])
    served.types("db", "restore", half, "--replace").refused("pg_restore cannot read", str(half))
    instead(monkeypatch, tmp_path / "older", programs, "", "unsupported version (1.16) in file header")
    served.types("db", "restore", copy, "--replace").refused("is older", "1.16", "install PostgreSQL's client programs")
    monkeypatch.setenv("PATH", str(tmp_path))
    served.types("db", "restore", copy, "--replace").refused("pg_restore is not installed here")
