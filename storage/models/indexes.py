"""Partial indexes: rows a query leaves out are left out of its index, so what it shows first is found first."""

from sqlalchemy import Index, text


def partial(name: str, where: str, *columns: str) -> Index:
    """An index of some of a table's rows, used by a query only if that says the condition with the same literals.

    Args:
        where: the condition, in SQL that both databases read alike.
        columns: names; one that ends in ` DESC` descends.
    """
    keys = [text(column) if " " in column else column for column in columns]
    return Index(name, *keys, sqlite_where=text(where), postgresql_where=text(where))
