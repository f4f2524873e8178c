"""Statements run with every message: compiled once by SQLAlchemy, then executed by the driver's own cursor.

They run in the session's transaction. Executing one through the session instead takes about seven times as long.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect, Executable, Float
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.engine.line import cursor_of
from storage.values import frozen

Values = Mapping[str, Any]
Bind = Callable[[Values], Any]
Convert = Callable[[Any], Any]


@frozen
class Compiled:
    """A statement compiled for one SQL dialect.

    Attributes:
        text: the SQL.
        bind: converts values by name to the parameters the driver takes: a list, or a dictionary.
        convert: for each result column that needs it, its position and the conversion of the driver's value.
    """

    text: str
    bind: Bind
    convert: Sequence[tuple[int, Convert]]


class Prepared:
    """A statement that is compiled once for each dialect.

    Args:
        build: returns the statement for a dialect's name.
        columns: the columns an INSERT without VALUES fills.
    """

    def __init__(self, build: Callable[[str], Executable], columns: Sequence[str] | None = None) -> None:
        self._build = build
        self._columns = columns
        self._compiled: dict[str, Compiled] = {}

    def rows(self, session: Session, values: Values) -> list[tuple[Any, ...]]:
        """Run the statement and fetch all its rows; an empty list for a statement that returns no rows.

        Raises:
            DBAPIError: the driver's error, as SQLAlchemy wraps it.
        """
        cursor, compiled = self._run(session, values)
        if cursor.description is None:
            return []
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [_converted(row, compiled.convert) for row in rows] if compiled.convert else rows

    def value(self, session: Session, values: Values) -> Any:
        """Run a statement that returns one row; return its first value.

        Raises:
            DBAPIError: the driver's error, as SQLAlchemy wraps it.
        """
        return self.rows(session, values)[0][0]

    def each(self, session: Session, many: Sequence[Values]) -> None:
        """Run the statement once for each set of values.

        Raises:
            DBAPIError: the driver's error, as SQLAlchemy wraps it.
        """
        for values in many:
            self._run(session, values)

    def _run(self, session: Session, values: Values) -> tuple[Any, Compiled]:
        # The session executes pending changes before a query; a statement past it needs this done explicitly.
        session.flush()
        cursor, dialect = cursor_of(session)
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._build(dialect.name), dialect, self._columns)
        driver = dialect.loaded_dbapi
        try:
            cursor.execute(compiled.text, compiled.bind(values))
        except driver.Error as error:
            wrapped = DBAPIError.instance(
                compiled.text, None, error, driver.Error, hide_parameters=True, dialect=dialect
            )
            raise wrapped from error
        return cursor, compiled


def prepared(*columns: str) -> Callable[[Callable[[str], Executable]], Prepared]:
    """Turn the decorated function, from a dialect's name to a statement, into a `Prepared`.

    Args:
        columns: the columns an INSERT without VALUES fills.
    """
    return lambda build: Prepared(build, columns or None)


def _converted(row: tuple[Any, ...], convert: Sequence[tuple[int, Convert]]) -> tuple[Any, ...]:
    """The row with its columns at these positions converted."""
    cells = list(row)
    for place, conversion in convert:
        cells[place] = conversion(cells[place])
    return tuple(cells)


def _compile(statement: Any, dialect: Dialect, columns: Sequence[str] | None) -> Compiled:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    steps = {name: _step(bind, dialect) for bind, name in compiled.bind_names.items()}
    names = list(compiled.positiontup) if compiled.positional else list(steps)
    returned = getattr(statement, "exported_columns", ())
    conversions = (_conversion(column.type, dialect) for column in returned)
    convert = tuple((place, conversion) for place, conversion in enumerate(conversions) if conversion)
    return Compiled(compiled.string, _binder([(name, *steps[name]) for name in names], compiled.positional), convert)


def _conversion(kind: Any, dialect: Dialect) -> Convert | None:
    """The conversion of the driver's values of a type, if they need one; both drivers give floats as they are."""
    return None if isinstance(kind, Float) else kind.dialect_impl(dialect).result_processor(dialect, None)


def _step(bind: Any, dialect: Dialect) -> tuple[bool, Any]:
    """True with the value of a parameter fixed in the statement, else False with the conversion of a given value."""
    convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return False, convert
    value = bind.effective_value
    return True, convert(value) if convert and value is not None else value


def _binder(steps: Sequence[tuple[str, bool, Any]], positional: bool) -> Bind:
    """A function from values by name to the driver's parameters: a list by position, or a dictionary by name."""
    names = [name for name, _, _ in steps]
    fixed = {name: value for name, is_fixed, value in steps if is_fixed}
    conversions = [(place, convert) for place, (_, is_fixed, convert) in enumerate(steps) if convert and not is_fixed]

    def by_place(values: Values) -> list[Any]:
        given = {**values, **fixed} if fixed else values
        bound = [given[name] for name in names]
        for place, convert in conversions:
            if bound[place] is not None:
                bound[place] = convert(bound[place])
        return bound

    return by_place if positional else lambda values: dict(zip(names, by_place(values), strict=True))
