"""Erases a person or items as the columns declare: deletes rows or blanks values, and keeps totals."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    CompoundSelect,
    Engine,
    LargeBinary,
    Select,
    Table,
    bindparam,
    union_all,
)
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel, col

from storage.answers import knowledge
from storage.engine.columns import Erase, Personal, declaration
from storage.engine.errors import explain
from storage.engine.listing import among, listed
from storage.engine.loading import loaded
from storage.engine.locks import hold_account
from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.items import addresses
from storage.items.support import groups
from storage.models import Feedback, History, Identity, Member, Outbox, Screen
from storage.people import members
from storage.privacy import tallies
from storage.privacy.steps import Steps
from storage.reports import digests
from storage.traffic import traces
from storage.vocabulary import Delivery

ITEM, HOLDER = "feedback_id", "holder"
PEOPLE, ITEMS, MARKS = "people", "items", "marks"
"""The names of the lists that an erasure's statements are given: member ids, item ids, keyed marks."""
TABLES = (addresses.SealedAddress,)
"""Imported so that every table is in the metadata."""
PATIENCE = 250
"""Milliseconds that emptying the write-ahead log waits for readers; writers are blocked meanwhile."""
LIGHT = 64 * 2**20
"""The largest file, in bytes, that is rewritten, since that takes a second or two and blocks writers."""


def hold(session: Session, member_id: int) -> bool:
    """Lock a member's accounts until the transaction ends, then all communities, before any of their data is read.

    First the member: what this person does at the same time is either committed before and erased, or finds no member.
    Then the communities: a digest being posted is either committed before and redacted, or drafted again afterwards.

    Returns:
        Whether the member still exists.
    """
    for account in members.accounts_of(session, member_id):
        hold_account(session, account.platform, account.external_id, exclusive=True)
    found = _is_there.rows(session, {"id": member_id})
    digests.hold(session)
    return bool(found)


def erase_person(session: Session, member_id: int, marks: Collection[str]) -> list[Feedback]:
    """Erase all personal data of a member; the numbers, counts and statuses of their items stay.

    Args:
        marks: the keyed marks on rows of theirs without a member id: nameless items and questions, prompts, private
            chats, answers, and their words in others' drafts and messages. Marks of nameless items and questions are
            left out where `storage.privacy.departures` is to erase these later.

    Returns:
        The items whose text was blanked.
    """
    hold(session, member_id)
    knowledge.forget(session, member_id)
    traces.withdraw(session, marks)
    theirs = written(session, member_id, marks)
    # Locked: a concurrent decision on one of them has either queued its news already, or finds no text to quote.
    shares = tallies.hold(session, member_id, theirs)
    blanked = groups.lock(session, theirs)
    tallies.keep(session, member_id, shares)
    _of_person().run(session, {PEOPLE: [member_id], ITEMS: theirs, MARKS: marks})
    tallies.recount(session, [group[0] for group in shares.groups])
    return blanked


def erase_items(session: Session, items: Collection[int], spare: Collection[str] = ()) -> None:
    """Erase the personal data of items, of any person; their numbers, counts and statuses stay.

    Args:
        spare: the names of tables left unchanged.
    """
    _of_items(frozenset(spare)).run(session, {ITEMS: items})
    tallies.recount(session, items)


def written(session: Session, member_id: int, marks: Collection[str]) -> list[int]:
    """The ids of a person's items: those with their name, and those with one of their keyed marks."""
    return sorted(own for (own,) in _written.rows(session, {"member": member_id, MARKS: listed(marks)}))


def accounts(session: Session, member_id: int) -> list[Identity]:
    """All accounts of a person, from which the keyed marks of their data are computed."""
    return _accounts.all(session, {"member": member_id})


def scrub(engine: Engine, rewrite: bool = False) -> bool:
    """Empty SQLite's write-ahead log, which contains pages from before an erasure; a job for `Store.maintain`.

    Args:
        rewrite: whether to rewrite (VACUUM) a file of up to `LIGHT` bytes first: free space in a split page may have a
            copy of a row that `secure_delete` does not overwrite.

    Returns:
        Whether it is done; False while a reader uses an older snapshot. True on PostgreSQL, where nothing needs doing.
    """
    if engine.dialect.name != "sqlite":
        return True
    with _maintenance(engine) as cursor:
        written = _vacuum(cursor) if rewrite else True
        (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return written and not busy


def _vacuum(cursor: Any) -> bool:
    # Converted: SQLCipher returns some of these as text.
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
def _maintenance(engine: Engine) -> Iterator[Any]:
    """A cursor outside a transaction, with writes allowed and a short busy timeout; both are reset afterwards."""
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
    """Every column with personal data and its declaration, by table."""
    return [
        (table, column, mark)
        for table in SQLModel.metadata.sorted_tables
        for column, mark in personal_of(table).items()
    ]


def personal_of(table: Table) -> dict["Column[Any]", Personal]:
    """The columns with personal data of a table, with their declarations."""
    return {column: mark for column in table.columns if isinstance(mark := declaration(column), Personal)}


def empty(column: "Column[Any]") -> Any:
    """The empty value of a column: None where it may be NULL, else one of its type."""
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        return {}
    return b"" if isinstance(column.type, LargeBinary) else ""


def owners(table: Table) -> list["Column[Any]"]:
    """The foreign keys of a table to the member its rows are about."""
    return [column for column, mark in personal_of(table).items() if mark.owner]


# From here on: built once.
@cache
def _of_person() -> Steps:
    """The statements that erase a person; rows are deleted before those they refer to."""
    steps, tables = _notices(), SQLModel.metadata.sorted_tables
    for table in reversed(tables):
        if table is table_of(Feedback):
            _erase(steps, table.c.id, ITEMS)
            # Of others' items that this person owns, only the owner is erased.
            steps.blank(table.c.owner_id, PEOPLE, {"owner_id": None})
        elif owners(table):
            # One statement for each column, as each has its own index.
            for column in owners(table):
                _erase(steps, column, PEOPLE)
            if HOLDER in table.c and not _is_deleted_by_mark(table):
                _erase(steps, table.c[HOLDER], MARKS)
        elif ITEM in table.c:
            _erase(steps, table.c[ITEM], ITEMS)
    for table in filter(_is_deleted_by_mark, tables):
        steps.delete(table.c[HOLDER], MARKS)
    steps.delete(table_of(Member).c.id, PEOPLE)
    return steps


@cache
def _of_items(spare: frozenset[str]) -> Steps:
    """The statements that erase items, except in the tables to spare."""
    steps = _notices()
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table is table_of(Feedback):
            _erase(steps, table.c.id, ITEMS)
        elif table is table_of(Screen):
            # Messages in places stay, to be edited where they quote the text.
            _erase(steps, table.c[ITEM], ITEMS, table.c.member_id.is_not(None))
        elif ITEM in table.c and table is not table_of(Outbox) and table.name not in spare:
            _erase(steps, table.c[ITEM], ITEMS)
    return steps


def _notices() -> Steps:
    """The statements that blank reasons in histories and delete unsent messages about items, which may quote them."""
    steps, outbox = Steps(), table_of(Outbox)
    steps.blank(table_of(History).c[ITEM], ITEMS, {"note": ""})
    # Failed and uncertain ones, too, could be sent again; sent ones have no text left, and digests count them.
    steps.delete(outbox.c[ITEM], ITEMS, outbox.c.state != Delivery.SENT)
    return steps


def _erase(steps: Steps, column: "Column[Any]", given: str, *only: ColumnElement[bool]) -> None:
    """Add the deletion of rows if one of their columns declares `Erase.ROW`, else blanking of all personal columns."""
    personal = personal_of(column.table)
    if any(mark.erase is Erase.ROW for mark in personal.values()):
        steps.delete(column, given, *only)
    elif personal:
        blank = {one.name: empty(one) for one, mark in personal.items() if mark.erase is Erase.BLANK}
        steps.blank(column, given, blank, *only)


def _is_deleted_by_mark(table: Table) -> bool:
    """Whether a table's rows are identified by a keyed mark in `holder`, and are deleted by erasure."""
    mark = personal_of(table).get(table.c[HOLDER]) if HOLDER in table.c else None
    return mark is not None and mark.erase is Erase.ROW


@prepared()
def _written(dialect: str) -> CompoundSelect[int]:
    """One query by member id and one by keyed marks, each with its own index."""
    own = sa_select(col(Feedback.id))
    named = own.where(col(Feedback.author_id) == bindparam("member"))
    return union_all(named, own.where(among(dialect, col(Feedback.author_hash), MARKS)))


@prepared()
def _is_there(_: str) -> Select[int]:
    return sa_select(col(Member.id)).where(col(Member.id) == bindparam("id"))


@loaded(Identity)
def _accounts(_: str) -> Select[Identity]:
    return sa_select(Identity).where(col(Identity.member_id) == bindparam("member"))
