"""What is erased is gone from the disk: shown on an unencrypted twin of the database, read byte by byte.

On the encrypted file a search for words finds nothing even when nothing was erased. The twin has the same tables, code
and settings; only the test can make one, and the product refuses to open it.
"""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from storage.engine import sqlite
from storage.engine.columns import PRIVACY, Neutral
from storage.engine.errors import WrongKey
from storage.privacy import erasure
from storage.privacy.steps import Steps
from storage.schema.opening import Location, open_store
from tests.storage.erasure.twin import (
    BLANKED,
    GONE,
    KEYS,
    MARKERS,
    NUMBER,
    STAYS,
    ZOE,
    blank,
    leave,
    left,
    live,
    opened,
    twin,
    unlocked,
)

__all__ = ["blank", "twin", "unlocked"]


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The statements of an erasure are made anew from the columns' declarations, which the test changes."""
    monkeypatch.setattr(erasure, "_of_person", erasure._of_person.__wrapped__)


def test_every_personal_column_was_filled_and_can_be_read_on_the_twin(twin: Path) -> None:
    live(twin)
    assert left(twin, *MARKERS.values(), NUMBER) == {*MARKERS.values(), NUMBER}
    with opened(twin) as engine, engine.connect() as connection:
        for table, column, mark in erasure.personal_columns():
            if mark.owner:
                assert connection.execute(table.select().where(column == ZOE)).first(), column


def test_nothing_of_an_erased_person_is_left_on_the_disk(twin: Path) -> None:
    live(twin)
    assert leave(twin) == set()
    assert left(twin, "words of Sam 7 "), "the others are still there"


def test_values_that_erasure_leaves_out_are_found(twin: Path, monkeypatch: pytest.MonkeyPatch, anew: None) -> None:
    live(twin)
    for name in BLANKED:
        table, _, column = name.partition(".")
        monkeypatch.setitem(SQLModel.metadata.tables[table].c[column].info, PRIVACY, Neutral())
    monkeypatch.setattr(erasure, "_notices", Steps)
    assert leave(twin) == {MARKERS[name] for name in BLANKED}


def test_rows_that_erasure_leaves_out_are_found(twin: Path, monkeypatch: pytest.MonkeyPatch, anew: None) -> None:
    live(twin)
    forgotten = ("attachment", "sealed_address", "prompt")
    for column in (column for name in forgotten for column in SQLModel.metadata.tables[name].columns):
        monkeypatch.setitem(column.info, PRIVACY, Neutral())
    assert leave(twin) == {found for key, found in MARKERS.items() if key.partition(".")[0] in forgotten}


def test_what_is_only_marked_free_on_the_disk_is_found(twin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = sqlite._prepare

    def carelessly(connection: Any) -> Any:
        prepare(connection).execute("PRAGMA secure_delete = OFF")
        return connection

    monkeypatch.setattr(sqlite, "_prepare", carelessly)
    live(twin)
    assert leave(twin)


def test_what_stays_says_why() -> None:
    assert set(STAYS) == set(MARKERS) - set(GONE)
    assert all(STAYS.values())


def test_the_product_does_not_open_the_twin(twin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongKey, match="unencrypted"):
        open_store(Location(f"sqlite:///{twin}", twin.with_name("pv.key")))
    monkeypatch.undo()
    (twin.parent / "pv.key").write_bytes(KEYS.root)
    with pytest.raises(WrongKey):
        open_store(Location(f"sqlite:///{twin}", twin.with_name("pv.key")))
