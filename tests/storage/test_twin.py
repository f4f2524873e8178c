"""What is erased is gone from the disk: shown on an unencrypted twin of the database, read byte by byte.

On the encrypted file a search for words finds nothing even when nothing was erased. The twin has the same tables, code
and settings; only the test can make one, and the product refuses to open it.
"""

import json
import random
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import EnumType
from pathlib import Path
from typing import Any, get_origin

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column, Engine, LargeBinary, Table
from sqlmodel import Session, SQLModel, select

from bot.assembly import open_core
from bot.config import Settings
from bot.context import Core
from bot.redaction import redact_archive
from bot.reply import Quote, Reply, Wire
from bot.retention import Sweep
from storage import erasure, inbox, sqlite
from storage.columns import PRIVACY, Erase, Neutral, Personal
from storage.errors import WrongKey
from storage.keys import Keys
from storage.models import Inbox
from storage.opening import Location, open_store
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.storage import rows
from tests.storage.rows import NOON

KEYS = Keys(b"k" * 32)
WIRE = Wire()
NUMBER = "Zoé#7"
ZOE = int.from_bytes(NUMBER.encode())
"""The person's internal number: six bytes that can be searched for wherever a column points to them."""
HERS, LONG = 61, 300
"""Her item comes after those of sixty others; and how often a file says its marker, to fill pages of its own."""
STAYS = {"button.holder": "made with each button's own id; the bot finds it by trying, as no column ties it to anybody"}
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
    """What `storage.sqlite.connect` does, save the key."""
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
    for table in SQLModel.metadata.sorted_tables:
        if not erasure.personal_of(table):
            continue
        own = {"member": {"id": ZOE}, "feedback": {"id": HERS, "number": HERS}}.get(table.name, {})
        session.add(MODELS[table.name](**{**hers(table), **own}))
        session.flush()
    # SQLite remembers the highest id it gave out, which says of nobody what they did; here it would spell the marker.
    session.connection().exec_driver_sql("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'member'")


def erase(session: Session) -> None:
    """What /forgetme does, save for buttons; and her message that had come in is handled before."""
    (waiting,) = session.exec(select(Inbox)).all()
    inbox.close(session, waiting.platform, waiting.event_id, NOON)
    marks = [MARKERS[name] for name in ("feedback.author_hash", "prompt.holder", "outbox.holder") if name in MARKERS]
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


@pytest.mark.parametrize("name", BLANKED)
def test_a_value_that_erasure_leaves_out_is_found(twin: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    live(twin)
    table, _, column = name.partition(".")
    monkeypatch.setitem(SQLModel.metadata.tables[table].c[column].info, PRIVACY, Neutral())
    monkeypatch.setattr(erasure, "_erase_news", lambda *_: None)
    assert leave(twin) == {MARKERS[name]}


@pytest.mark.parametrize("name", ["attachment", "sealed_address", "prompt"])
def test_a_row_that_erasure_leaves_out_is_found(twin: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    live(twin)
    for column in SQLModel.metadata.tables[name].columns:
        monkeypatch.setitem(column.info, PRIVACY, Neutral())
    assert leave(twin) == {found for key, found in MARKERS.items() if key.startswith(f"{name}.")}


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


@pytest.fixture
async def core(settings: Settings, clock: StillClock, tmp_path: Path, unlocked: None) -> AsyncIterator[Core]:
    """A whole bot on a twin."""
    place = settings.model_copy(update={"database": f"sqlite:///{tmp_path}/twin.db"})
    core = await open_core(place, clock)
    yield core
    core.store.close()


async def test_after_forgetme_the_disk_does_not_know_the_person(
    stage: BareStage, camille: Person, alex: Person, tmp_path: Path
) -> None:
    zoe, twin = Person(stage, "zoe-of-the-quay"), tmp_path / "twin.db"
    said = ["rosemary words", "nameless thyme", "where the sage is", "drafted basil", "because of dill", "a mint file"]
    await zoe.says(f"/suggest {said[0]}")
    await zoe.says("/problem")
    await zoe.fills(text=said[1], visibility="nameless")
    await zoe.presses("Send")
    await zoe.says(f"/ask {said[2]}")
    await alex.says("/digest now")
    await stage.deliver()
    await alex.says(f"/queue 1 not_planned {said[4]}")
    await camille.says("/suggest something of her own")
    await zoe.says("/support 3")
    await zoe.says("/problem")
    await zoe.fills(text=said[3], visibility="nameless")
    assert left(twin, zoe.id, *said[:5]) == {zoe.id, *said[:5]}
    await zoe.says("/forgetme")
    await zoe.presses("Erase everything about me")
    zoe.hears("nothing stored here leads to you any more.")
    assert left(twin, zoe.id, *said) == set()
    assert (tmp_path / "twin.db-wal").read_bytes() == b"", "the log is emptied at once"
    assert left(twin, "something of her own")


async def test_what_grew_old_is_gone_from_the_disk_after_the_sweep(
    stage: BareStage, camille: Person, clock: StillClock, tmp_path: Path
) -> None:
    twin = tmp_path / "twin.db"
    await camille.says("/ask where the sage is")
    clock.forward(days=360)
    await camille.says("/ask where the thyme is")
    await Sweep(stage.core).clear()
    assert left(twin, "where the sage is", "where the thyme is") == {"where the sage is", "where the thyme is"}
    clock.forward(days=6)
    await Sweep(stage.core).clear()
    assert left(twin, "where the sage is", "where the thyme is") == {"where the thyme is"}


async def test_a_copy_left_where_a_page_was_split_is_gone_after_the_sweep(core: Core, tmp_path: Path) -> None:
    twin = tmp_path / "twin.db"
    connection, chance = sqlite._prepare(open_plainly(twin, KEYS)), random.Random(9)  # noqa: S311 - the same each time
    connection.execute("CREATE TABLE scratch (id INTEGER PRIMARY KEY, text TEXT)")
    for number in range(200):
        rosemary = chance.random() < 0.1
        words = f"{'rosemary' if rosemary else 'sage'} {number}"
        connection.execute("INSERT INTO scratch VALUES (?, ?)", (number, words + "x" * chance.randint(0, 900)))
        if chance.random() < 0.3:
            longer = "UPDATE scratch SET text = text || ? WHERE id = ?"
            connection.execute(longer, ("y" * chance.randint(0, 1500), chance.randrange(number + 1)))
    connection.execute("UPDATE scratch SET text = '' WHERE text LIKE 'rosemary%'")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert left(twin, "rosemary"), "secure_delete does not reach it"
    await Sweep(core).clear()
    assert left(twin, "rosemary", "sage 7") == {"sage 7"}


async def test_somebody_who_reads_does_not_hold_an_erasure_up(
    stage: BareStage, core: Core, tmp_path: Path, settings: Settings
) -> None:
    zoe, twin = Person(stage, "zoe-of-the-quay"), tmp_path / "twin.db"
    await zoe.says("/suggest rosemary words")
    reader = open_plainly(twin, core.store.keys)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM feedback").fetchall()
    await zoe.says("/forgetme")
    await zoe.presses("Erase everything about me")
    zoe.hears("nothing stored here leads to you any more.")
    assert left(twin, "rosemary words")
    reader.close()
    await Sweep(core).clear()
    assert left(twin, "rosemary words", zoe.id) == set()
