"""What waits sealed in the outbox is sealed anew with a new key, and what is not sealed stays as it is."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, select

from storage.engine.errors import WrongKey
from storage.engine.keys import Keys
from storage.models import Outbox
from storage.schema.opening import Location, load_keys, open_engines, open_store
from storage.traffic import outbox
from tests.storage.rekeying.test_rekey import full, given_a_new_key
from tests.storage.rows import NOON

__all__ = ["full"]

WORDS = b'{"text": "a quincunx"}'


@pytest.fixture
def waiting(full: Location) -> Location:
    """A database with a sealed message that may have arrived once before."""
    store = open_store(full)
    with Session(store._writing) as session, session.begin():
        letter = {outbox.SEALED: b64encode(store.keys.seal(WORDS)).decode(), outbox.REPEATED: 1}
        outbox.owe(session, "answer:bare:sealed", letter, NOON, sealed=store.keys.seal(b"there"), holder="0" * 64)
    store.close()
    return full


def letters(location: Location) -> tuple[Keys, list[Mapping[str, Any] | None]]:
    """The keys, and the messages in the outbox, the oldest first."""
    store = open_store(location)
    with Session(store._reading) as session:
        found = session.exec(select(Outbox.payload).order_by(col(Outbox.id))).all()
    store.close()
    return store.keys, list(found)


def test_a_message_is_opened_by_the_new_key_alone_and_one_that_nobody_opens_is_lost(waiting: Location) -> None:
    old = load_keys(waiting)
    made = given_a_new_key(waiting)
    keys, (*plain, letter) = letters(waiting)
    assert plain == [{"text": "x"}, {"a": 1}]
    assert letter
    assert letter[outbox.REPEATED] == 1
    assert keys.unseal(b64decode(letter[outbox.SEALED])) == WORDS
    with pytest.raises(WrongKey):
        old.unseal(b64decode(letter[outbox.SEALED]))
    assert made.lost == 0
    # One that nobody opens is counted with the next key, and loses its words.
    writing, reading = open_engines(waiting, keys)
    lost = {outbox.SEALED: b64encode(b"\x01of another key, certainly not of this one").decode()}
    with writing.begin() as connection:
        table = SQLModel.metadata.tables["outbox"]
        connection.execute(table.update().where(table.c.dedupe_key == "answer:bare:sealed").values(payload=lost))
    writing.dispose()
    reading.dispose()
    assert given_a_new_key(waiting).lost == 1
    assert letters(waiting)[1][-1] is None
