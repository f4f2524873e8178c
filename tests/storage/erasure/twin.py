"""An unencrypted twin of the database, and what is looked for on it byte by byte."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import EnumType
from pathlib import Path
from typing import Any, get_origin

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column, Engine, LargeBinary, Table
from sqlmodel import Session, SQLModel, select

from bot.ports.codec import ReplyCodec
from bot.ports.reply import Quote, Reply
from bot.privacy.redaction import redact_archive
from storage.engine import sqlite
from storage.engine.columns import PRIVACY, Erase, Personal
from storage.engine.keys import Keys
from storage.models import Answer, Inbox, Mention
from storage.privacy import erasure
from storage.schema.opening import Location, open_store
from storage.traffic import inbox
from tests.storage import rows
from tests.storage.rows import NOON

KEYS = Keys(b"k" * 32)
WIRE = ReplyCodec()
NUMBER = "Zoé#7"
ZOE = int.from_bytes(NUMBER.encode())
"""The person's internal number: six bytes that can be searched for wherever a column points to them."""
HERS, LONG = 61, 300
"""Her item comes after those of sixty others; and how often a file says its marker, to fill pages of its own."""
STAYS = {
    "departure.sealed": "carries an erasure out: sealed, of the same length for everybody, and gone within a week",
    "button.holder": "made with each button's own id; the bot finds it by trying, as no column ties it to anybody",
    "block.mark": "outlasts the erasure, which would lift the block; it leads to nobody without key and account",
    "block.reason": "is the moderators' word on the block, and ends with it",
}
MARKERS = {str(column): f"«{column}» of Zoé's" for _, column, mark in erasure.personal_columns() if not mark.owner}
"""What her row says in each personal column, and nothing else on the disk."""
GONE = {name: marker for name, marker in MARKERS.items() if name not in STAYS}
OTHERWISE = {"button", "digest", "inbox", "member"}
"""Tables that erasure does not go through by their columns' declarations."""
BLANKED = [
    str(column)
    for table, column, mark in erasure.personal_columns()
    if not mark.owner and table.name not in OTHERWISE
    if all(other.erase is Erase.BLANK for other in erasure.personal_of(table).values())
]
PLAIN: dict[Any, Any] = {datetime: NOON, date: NOON.date(), int: 1, float: 0.5, bool: False, dict: {}, bytes: b"-"}
"""What is nobody's, by type."""
MODELS = {str(mapper.class_.__tablename__): mapper.class_ for mapper in SQLModel._sa_registry.mappers}
"""The model of each table."""


def open_plainly(path: Path, _: Keys) -> Any:
    """What `storage.engine.sqlite.connect` does, save the key."""
    return sqlcipher.connect(str(path), timeout=sqlite.BUSY_SECONDS, check_same_thread=False, isolation_level=None)


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is not encrypted; all else is the product's own."""
    monkeypatch.setattr(sqlite, "connect", open_plainly)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty twin, copied for each test instead of migrated anew."""
    folder = tmp_path_factory.mktemp("twin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "connect", open_plainly)
        open_store(Location(f"sqlite:///{folder}/twin.db", folder / "pv.key")).close()
    return folder / "twin.db"


@pytest.fixture
def twin(blank: Path, tmp_path: Path, unlocked: None) -> Path:
    return Path(shutil.copy(blank, tmp_path / "twin.db"))


@contextmanager
def opened(twin: Path) -> Iterator[Engine]:
    writing, reading = sqlite.engines(twin, KEYS)
    try:
        yield writing
    finally:
        writing.dispose()
        reading.dispose()


def on_disk(twin: Path) -> bytes:
    """Every byte of the database and of its log."""
    log = twin.with_name(f"{twin.name}-wal")
    return twin.read_bytes() + (log.read_bytes() if log.exists() else b"")


def left(twin: Path, *markers: str) -> set[str]:
    """The markers that can be read on the disk, as they are or escaped as in JSON."""
    content = on_disk(twin)
    return {one for one in markers if one.encode() in content or json.dumps(one)[1:-1].encode() in content}


def empty_the_log(engine: Engine) -> None:
    connection = engine.raw_connection()
    (busy, *_) = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()
    assert not busy


def value(column: "Column[Any]") -> Any:
    """What a row of Zoé's holds in a column: a marker where it can be hers, and something plain where it cannot."""
    mark = column.info[PRIVACY]
    if isinstance(mark, Personal):
        return ZOE if mark.owner else personal_value(column)
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return HERS if key.column.table.name == "feedback" else 1
    kind: Any = MODELS[column.table.name].model_fields[column.name].annotation
    if isinstance(kind, EnumType):
        return next(iter(kind))
    return PLAIN.get(get_origin(kind) or kind, str(column))


def personal_value(column: "Column[Any]") -> Any:
    if str(column) == "digest.payload":
        return WIRE.dump(Reply((Quote(MARKERS[str(column)], f"#{HERS}"),)))
    if isinstance(column.type, LargeBinary):
        return MARKERS[str(column)].encode() * LONG
    return {"text": MARKERS[str(column)]} if column.type.python_type is dict else MARKERS[str(column)]


def hers(table: Table) -> dict[str, Any]:
    """A row of Zoé's in a table: every personal column has a value, and every other that needs one."""
    needed = MODELS[table.name].model_fields
    return {
        column.name: value(column)
        for column in table.columns
        if isinstance(column.info[PRIVACY], Personal) or needed[column.name].is_required()
    }


def fill(session: Session) -> None:
    """Zoé leaves something in every column that can hold something of hers, among what others left."""
    plaza = rows.community(session)
    for number in range(1, HERS):
        rows.item(session, plaza, rows.person(session, f"Sam {number}"), text=f"words of Sam {number} " * 9)
    session.add(Answer(community_id=plaza.id, external_id="hers", language="en", text="It is kept under her words."))
    session.flush()
    for table in SQLModel.metadata.sorted_tables:
        if not erasure.personal_of(table):
            continue
        own = {"member": {"id": ZOE}, "feedback": {"id": HERS, "number": HERS}}.get(table.name, {})
        session.add(MODELS[table.name](**{**hers(table), **own}))
        session.flush()
    session.add(Mention(digest_id=1, feedback_id=HERS))
    session.flush()
    # SQLite remembers the highest id it gave out, which says of nobody what they did; here it would spell the marker.
    session.connection().exec_driver_sql("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'member'")


def erase(session: Session) -> None:
    """What /forgetme does, save for buttons; and her message that had come in is handled before."""
    (waiting,) = session.exec(select(Inbox)).all()
    inbox.close(session, waiting.platform, waiting.event_id, NOON)
    marks = [
        MARKERS[name]
        for name in (
            "feedback.author_hash",
            "prompt.holder",
            "private_chat.holder",
            "outbox.holder",
            "trace.mark",
            "rate.holder",
        )
        if name in MARKERS
    ]
    redact_archive(session, WIRE, erasure.erase_person(session, ZOE, marks))


def live(twin: Path) -> None:
    """Zoé's stay, all of it in the database and no longer in its log."""
    with opened(twin) as engine:
        with Session(engine) as session, session.begin():
            fill(session)
        empty_the_log(engine)


def leave(twin: Path) -> set[str]:
    """Erase her; what of hers can still be read, and her number if a column still points to her."""
    with opened(twin) as engine:
        with Session(engine) as session, session.begin():
            erase(session)
        empty_the_log(engine)
        return left(twin, *GONE.values(), NUMBER)
