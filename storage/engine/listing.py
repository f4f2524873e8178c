"""Gives a statement a list of any length as one parameter, so that it is prepared once."""

from sqlalchemy import JSON, TableValuedAlias, bindparam, cast, func


def each(dialect: str, name: str) -> TableValuedAlias:
    """The values of a JSON list, which is the parameter of this name, as rows of text with a column `value`."""
    if dialect == "postgresql":
        return func.json_array_elements_text(cast(bindparam(name), JSON)).table_valued("value", name="mark")
    return func.json_each(bindparam(name)).table_valued("value", name="mark")
