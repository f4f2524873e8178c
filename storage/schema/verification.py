"""Compares a database before and after a rekey, row by row: nothing is lost, and nothing of the old key is left."""

from collections import Counter
from itertools import chain, zip_longest

from sqlalchemy import Connection, RowMapping, Table, select

from storage.engine.errors import StoreError
from storage.engine.keys import Keys
from storage.engine.unique import table_of
from storage.models import Installation
from storage.schema import renewal
from storage.schema.renewal import LETTERS, SEALED, Advance

_FAILED = "The result is not what it should be ({}), so the old key stays: please report this line."


def compare(before: Connection, after: Connection, old: Keys, new: Keys, lost: Counter[str], advance: Advance) -> None:
    """Check all rows after a rekey (`renewal.renew`).

    Args:
        before: a connection to the database as it was.
        after: a connection to the converted database.
        lost: by table, how many rows had a sealed value that the old key did not open.

    Raises:
        StoreError: a row is missing, a mark is not the renewed one, or a sealed value does not open with the new key.
    """
    told = after.scalar(select(table_of(Installation).c.key_mark))
    if told != renewal.fingerprint(new):
        raise StoreError(_FAILED.format("the database names another key"))
    _compare_counts(before, after, lost)
    for table in renewal.keyed_tables():
        if lost[table.name]:
            _read_seals(after, table, new, advance)
            continue
        rows = (chain.from_iterable(renewal.pages(one, table)) for one in (before, after))
        for was, now in zip_longest(*rows):
            advance(1)
            if was is None or now is None or not _is_renewed(table, was, now, old, new):
                raise StoreError(_FAILED.format(f"table {table.name}"))


def _compare_counts(before: Connection, after: Connection, lost: Counter[str]) -> None:
    was, now = renewal.counts(before), renewal.counts(after)
    for name, number in was.items():
        # A row that lost its sealed value may have been deleted or not.
        if not number - lost[name] <= now[name] <= number:
            raise StoreError(_FAILED.format(f"table {name} has {now[name]} rows of {number}"))


def _is_renewed(table: Table, was: RowMapping, now: RowMapping, old: Keys, new: Keys) -> bool:
    wanted = dict(was) | renewal.renewed(table, was, old, new)
    sealed = wanted.pop(SEALED, None)
    opened = sealed is None or (now[SEALED] != was[SEALED] and new.unseal(now[SEALED]) == new.unseal(sealed))
    if letter := LETTERS.get(table.name):
        text = wanted.pop(letter)
        opened = opened and renewal.opened(now[letter], new) == renewal.opened(text, new)
    return opened and all(now[name] == value for name, value in wanted.items())


def _read_seals(after: Connection, table: Table, new: Keys, advance: Advance) -> None:
    for row in chain.from_iterable(renewal.pages(after, table)):
        advance(1)
        if row.get(SEALED) is not None:
            new.unseal(row[SEALED])
        letter = row.get(LETTERS.get(table.name, ""))
        if letter and renewal.opened(letter, new) is None:
            raise StoreError(_FAILED.format(f"table {table.name}"))
