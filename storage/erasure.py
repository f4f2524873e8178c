"""Erases a person by what the tables declare: rows deleted, values blanked, totals kept."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, CompoundSelect, Engine, LargeBinary, Table, false, or_, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel, col, select

from storage import addresses, digests, knowledge
from storage.engine.columns import Erase, Personal, declaration
from storage.engine.errors import explain
from storage.engine.unique import table_of
from storage.models import Feedback, History, Identity, Member, Outbox
from storage.vocabulary import Delivery

ITEM, HOLDER = "feedback_id", "holder"
TABLES = (addresses.SealedAddress,)
"""Imported so that every table is known when this one is."""
PATIENCE = 250
"""Milliseconds that emptying the log waits for those who read, and holds up who writes."""
LIGHT = 64 * 2**20
"""Bytes of a file that is written anew in a second or two: meanwhile nobody can write."""


def erase_person(session: Session, member_id: int, marks: Collection[str]) -> list[Feedback]:
    """Erase all that is held about a person; numbers, counts and statuses of their items stay.

    Args:
        marks: the keyed marks of their nameless items and of what they hold, which no column ties to them.

    Returns:
        The feedback items that were blanked.
    """
    # Before all else: a digest that is being posted is found with its quotes, or finds them gone.
    digests.hold(session)
    # Held until the end: what this person does at the same time waits, then finds nobody.
    session.get(Member, member_id, with_for_update=True)
    knowledge.forget(session, member_id)
    theirs = _written_by(member_id, marks)
    written = col(Feedback.id).in_(theirs)
    blanked = list(session.exec(select(Feedback).where(written).order_by(col(Feedback.id))))
    _erase_news(session, table_of(History).c[ITEM].in_(theirs), table_of(Outbox).c[ITEM].in_(theirs))
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table is table_of(Feedback):
            _erase(session, table, written)
        elif owners(table):
            _erase(session, table, or_(false(), *(column == member_id for column in owners(table))))
        elif ITEM in table.c:
            _erase(session, table, table.c[ITEM].in_(theirs))
    for table in filter(_held, SQLModel.metadata.sorted_tables):
        session.connection().execute(table.delete().where(table.c[HOLDER].in_(list(marks))))
    session.connection().execute(table_of(Member).delete().where(table_of(Member).c.id == member_id))
    return blanked


def erase_items(session: Session, items: Collection[int], spare: Collection[str] = ()) -> None:
    """Erase what is held about items, whoever it is about; numbers, counts and statuses stay.

    Args:
        spare: the tables left as they are.
    """
    _erase_news(session, table_of(History).c[ITEM].in_(items), table_of(Outbox).c[ITEM].in_(items))
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table is table_of(Feedback):
            _erase(session, table, table.c.id.in_(items))
        elif ITEM in table.c and table is not table_of(Outbox) and table.name not in spare:
            _erase(session, table, table.c[ITEM].in_(items))


def accounts(session: Session, member_id: int) -> list[Identity]:
    """Every account of a person: what is kept under a keyed mark of one is found by it alone."""
    return list(session.exec(select(Identity).where(Identity.member_id == member_id)))


def scrub(session: Session, anew: bool = False) -> bool:
    """Empty SQLite's write-ahead log, where the pages of before an erasure lie; to be run as a read.

    Args:
        anew: write a file of up to `LIGHT` bytes anew first: where a page was split, a copy of a row can stay in the
            gap that no `secure_delete` fills.

    Returns:
        Whether all that was asked was done: not while somebody still reads what was before.
    """
    engine = session.get_bind()
    if engine.dialect.name != "sqlite" or not isinstance(engine, Engine):
        return True
    with _cleaning(engine) as cursor:
        written = _rewrite(cursor) if anew else True
        (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return written and not busy


def _rewrite(cursor: Any) -> bool:
    # As numbers: SQLCipher answers some of these in words.
    pages, size = (int(cursor.execute(f"PRAGMA {one}").fetchone()[0]) for one in ("page_count", "page_size"))
    if pages * size > LIGHT:
        return False
    try:
        cursor.execute("VACUUM")
    except Exception as error:
        if explain(error) is None:
            raise
        return False
    return True


@contextmanager
def _cleaning(engine: Engine) -> Iterator[Any]:
    """A connection outside any transaction, which may change what it reads and does not wait long."""
    connection = engine.raw_connection()
    cursor = connection.cursor()
    usual = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("busy_timeout", "query_only")}
    try:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        cursor.execute("PRAGMA query_only = OFF")
        yield cursor
    finally:
        for name, value in usual.items():
            cursor.execute(f"PRAGMA {name} = {value}")
        connection.close()


def personal_columns() -> list[tuple[Table, "Column[Any]", Personal]]:
    """Every column that holds personal data, in the order of the tables."""
    return [
        (table, column, mark)
        for table in SQLModel.metadata.sorted_tables
        for column, mark in personal_of(table).items()
    ]


def personal_of(table: Table) -> dict["Column[Any]", Personal]:
    """The personal columns of one table."""
    return {column: mark for column in table.columns if isinstance(mark := declaration(column), Personal)}


def empty(column: "Column[Any]") -> Any:
    """What stands for no value in a column."""
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        return {}
    return b"" if isinstance(column.type, LargeBinary) else ""


def owners(table: Table) -> list["Column[Any]"]:
    """The columns that tie a table's rows to a person."""
    return [column for column, mark in personal_of(table).items() if mark.owner]


def _written_by(member_id: int, marks: Collection[str]) -> CompoundSelect[int]:
    """The ids of a person's items: those with their name and those with a mark each have their index."""
    own = sa_select(col(Feedback.id))
    return union_all(own.where(col(Feedback.author_id) == member_id), own.where(col(Feedback.author_hash).in_(marks)))


def _held(table: Table) -> bool:
    """Whether the rows of a table are one person's by a keyed mark alone, and go with it."""
    mark = personal_of(table).get(table.c[HOLDER]) if HOLDER in table.c else None
    return mark is not None and mark.erase is Erase.ROW


def _erase_news(session: Session, history: ColumnElement[bool], outbox: ColumnElement[bool]) -> None:
    """What others wrote, and were or may yet be told, about the items: reasons may repeat their words."""
    session.connection().execute(table_of(History).update().where(history).values(note=""))
    # What was given up or is uncertain can be sent again; what was sent has no words left, and is counted.
    unsent = table_of(Outbox).c.state != Delivery.SENT
    session.connection().execute(table_of(Outbox).delete().where(outbox, unsent))


def _erase(session: Session, table: Table, whose: ColumnElement[bool]) -> None:
    """Delete the rows if any of their columns asks for it, else blank every personal column."""
    personal = personal_of(table)
    if any(mark.erase is Erase.ROW for mark in personal.values()):
        session.connection().execute(table.delete().where(whose))
    elif personal:
        blank = {column.name: empty(column) for column in personal}
        session.connection().execute(table.update().where(whose).values(**blank))
