"""A new key: whoever had the old one reads nothing, and everybody finds what was theirs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, select

from storage.engine import keys as keyring
from storage.engine.errors import StoreBusy, WrongKey
from storage.engine.keys import PADDED, load
from storage.items import addresses
from storage.models import Block, Community, Feedback, Outbox
from storage.people import private_chats
from storage.privacy import departures
from storage.schema import verification
from storage.schema.opening import Location, hold, load_keys, open_engines, open_store, opens
from storage.schema.rekeying import Rekeyed, rekey
from storage.traffic import outbox, prompts
from tests.storage import rows
from tests.storage.rows import NOON

MARK = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture
def full(location: Location, tmp_path: Path) -> Iterator[Location]:
    """A database with each kind of keyed value, and a key file of its own: the databases on the server share one."""
    own = Location(location.url, tmp_path / "own" / "pv.key")
    keyring.keep(_made(own.key_file), keyring.load(location.key_file))
    store = open_store(own)
    with Session(store._writing) as session, session.begin():
        fill(session, store.keys)
    store.close()
    yield own
    if own.file is None:
        reset(location, own)


def _made(file: Path) -> Path:
    file.parent.mkdir()
    return file


def reset(location: Location, own: Location) -> None:
    """Give the database on the server back to the key that it shares with others."""
    writing, reading = open_engines(own, load_keys(own))
    mark = keyring.load(location.key_file).fingerprint("installation")
    with writing.begin() as connection:
        connection.exec_driver_sql(f"UPDATE installation SET key_mark = '{mark}', former = NULL")  # noqa: S608
    writing.dispose()
    reading.dispose()


def fill(session: Session, keys: Any) -> None:
    plaza, zoe = rows.community(session), rows.person(session, "Zoe")
    mark, account = keys.mark(plaza.id, zoe.id), keys.holder("prompt", "bare:Zoe-account")
    item = rows.item(session, plaza, author_hash=mark, source=f"csv:{keys.fingerprint('a row')}")
    addresses.keep(session, item.id, keys.seal(b"zoe"))
    session.add(Block(community_id=plaza.id, number=1, mark=mark, until=NOON, created_on=NOON.date()))
    prompts.ask(session, account, keys.holder("chat", "bare:1"), "suggest", {}, "text", NOON)
    outbox.owe_answer(session, "answer:bare:0123456789abcdef", {"text": "x"}, keys.seal(b"there"), account, NOON)
    outbox.owe(session, f"status:7:{keys.holder('news 7', 'None')[:16]}", {"a": 1}, NOON, feedback_id=item.id)
    private_chats.note(session, "bare", account, keys.seal(b"chat"), NOON)
    departures.plan(session, keys, zoe.id, NOON)
    rows.button(session, "zoe")


def given_a_new_key(location: Location) -> Rekeyed:
    return rekey(location, NOON, lambda *_: None)


def values(location: Location) -> set[str]:
    """Every keyed mark and every seal in the database."""
    writing, reading = open_engines(location, load_keys(location))
    with Session(reading) as session:
        dumped = rows.dump(session)
    writing.dispose()
    reading.dispose()
    cells = [cell for table in dumped.values() for row in table for cell in row]
    sealed = {cell.hex() for cell in cells if isinstance(cell, bytes) and cell.startswith(PADDED)}
    return {mark for cell in cells if isinstance(cell, str) for mark in MARK.findall(cell)} | sealed


def test_nothing_made_with_the_old_key_is_left_and_everybody_finds_what_was_theirs(full: Location) -> None:
    before = values(full)
    old = load_keys(full)
    made = given_a_new_key(full)
    after = values(full)
    assert (len(before), len(after)) == (10, 10), "the button is gone, and what is kept of the old key is sealed"
    assert not before & after
    assert not opens(full, old)
    assert made.old_key
    assert load(made.old_key) == old
    assert (made.lost, made.old_key.stat().st_mode & 0o77) == (0, 0)
    nothing_else_is_left(full, made.old_key)
    everything_is_found(full)
    # A second new key goes on from the first.
    assert given_a_new_key(full).old_key != made.old_key
    everything_is_found(full)


def nothing_else_is_left(full: Location, old_key: Path) -> None:
    """Beside both keys and the database, which can be held, nothing stays of the work."""
    assert sorted(full.key_file.parent.iterdir()) == [full.key_file, old_key]
    if full.file:
        held = hold(full)
        assert held
        held.release()
        assert sorted(one.name for one in full.file.parent.glob("pv.db*")) == ["pv.db", "pv.db.lock"]


def everything_is_found(full: Location) -> None:
    """What was filled in is found by its marks and opened, with the key of now."""
    store = open_store(full)
    keys = store.keys
    with Session(store._reading) as session:
        plaza = session.exec(select(Community)).one()
        item = session.exec(select(Feedback)).one()
        assert item.author_hash == keys.mark(plaza.id, 1) == session.exec(select(Block)).one().mark
        assert item.source == f"csv:{keys.fingerprint('a row')}"
        sealed = addresses.find(session, item.id)
        assert sealed
        assert keys.unseal(sealed) == b"zoe"
        assert prompts.pending(session, keys.holder("prompt", "bare:Zoe-account"), keys.holder("chat", "bare:1"), NOON)
        assert [departures.read(keys, row).member_id for row in departures.page(session)] == [1]
        first, second = session.exec(select(Outbox).order_by(col(Outbox.id)))
        assert first.dedupe_key == "answer:bare:0123456789abcdef"
        assert re.fullmatch("status:7:[0-9a-f]{16}", second.dedupe_key)
    store.close()


def test_a_wrong_result_another_key_and_a_database_in_use_change_nothing(
    full: Location, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    before = values(full)
    refuses_a_wrong_result(full, monkeypatch)
    refuses_another_key(full)
    writing, reading = open_engines(full, load_keys(full))
    with reading.connect() as connection:
        connection.exec_driver_sql("SELECT 1 FROM community")
        with pytest.raises(StoreBusy):
            given_a_new_key(full)
    assert values(full) == before
    # Once nobody uses it, a seal that nobody opens is counted, and goes.
    with writing.begin() as connection:
        table = SQLModel.metadata.tables["sealed_address"]
        connection.execute(table.update().values(sealed=b"\x01of another key, certainly not of this one"))
    writing.dispose()
    reading.dispose()
    assert given_a_new_key(full).lost == 1


def refuses_a_wrong_result(full: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    before, compare = values(full), verification.compare
    with monkeypatch.context() as patch:
        patch.setattr("storage.schema.renewal.MARKED", {"feedback": ("author_hash",)})

        def forget(*given: Any) -> None:
            patch.undo()
            compare(*given)

        patch.setattr("storage.schema.verification.compare", forget)
        with pytest.raises(Exception, match="the old key stays"):
            given_a_new_key(full)
    assert values(full) == before
    assert [one.name for one in full.key_file.parent.iterdir() if ".new" in one.name or ".rekeyed" in one.name] == []


def refuses_another_key(full: Location) -> None:
    mine = full.key_file.read_text()
    full.key_file.write_text("ab" * 32)
    with pytest.raises(WrongKey, match="key"):
        given_a_new_key(full)
    assert list(full.key_file.parent.iterdir()) == [full.key_file]
    assert full.key_file.read_text() == "ab" * 32
    full.key_file.write_text(mine)
