"""Model objects read by prepared statements: they belong to the session, as those it reads itself."""

from collections.abc import Callable
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Executable, bindparam, inspect
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Mapper, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel

from storage.engine.prepared import Prepared, Values
from storage.engine.unique import defaults, put, table_of

Row = TypeVar("Row", bound=SQLModel)


class Loaded(Generic[Row]):
    """A statement compiled once that returns rows of one model; the session itself takes three times as long.

    Args:
        build: returns the statement for a dialect's name: a select of the model alone, or a change that returns it.
        anew: whether to read again what the session has read before, as when a row is locked or changed.
    """

    def __init__(self, model: type[Row], build: Callable[[str], Executable], *, anew: bool = False) -> None:
        self._statement = Prepared(build)
        self._model = model
        self._anew = anew

    def all(self, session: Session, values: Values) -> list[Row]:
        """The objects of all rows.

        Raises:
            DBAPIError: the driver's error, as SQLAlchemy wraps it.
        """
        names = _names(self._model)
        found = self._statement.rows(session, values)
        return [self._object(session, dict(zip(names, row, strict=True))) for row in found]

    def first(self, session: Session, values: Values) -> Row | None:
        """The object of the first row, or None.

        Raises:
            DBAPIError: the driver's error, as SQLAlchemy wraps it.
        """
        found = self.all(session, values)
        return found[0] if found else None

    def _object(self, session: Session, read: dict[str, Any]) -> Row:
        """The session's object of a row; one that it has keeps its values, unless they are read anew or expired."""
        key = _mapper(self._model).identity_key_from_primary_key(tuple(read[name] for name in _key(self._model)))
        known: Row | None = session.identity_map.get(key)
        if known is None:
            return _enter(session, self._model, read)
        for name, value in read.items():
            if self._anew or name not in known.__dict__:
                set_committed_value(known, name, value)
        return known


def loaded(model: type[Row], *, anew: bool = False) -> Callable[[Callable[[str], Executable]], Loaded[Row]]:
    """Turn the decorated function, from a dialect's name to a statement, into a `Loaded`; see there."""
    return lambda build: Loaded(model, build, anew=anew)


def by_id(session: Session, model: type[Row], row_id: int | str) -> Row | None:
    """The row of a model with this primary key, or None; what the session has read already is not read again."""
    known: Row | None = session.identity_map.get(_mapper(model).identity_key_from_primary_key((row_id,)))
    return known if known is not None else _by_id(model).first(session, {"id": row_id})


def one_by_id(session: Session, model: type[Row], row_id: int | str) -> Row:
    """Likewise a row that is there.

    Raises:
        NoResultFound: it is not.
    """
    found = by_id(session, model, row_id)
    if found is None:
        raise NoResultFound(f"no {model.__name__} has this key")
    return found


def add(session: Session, model: type[Row], **values: Any) -> Row:
    """Insert a row, and return it as if it had been read; arguments as for `put`."""
    row = {**defaults(model), **values}
    return _enter(session, model, {**row, "id": put(session, model, **row)})


def change(session: Session, row: SQLModel, **values: Any) -> None:
    """Store values in columns of a row that has an id, at once, and set them in its object.

    The session's unit of work takes four times as long for a single row.
    """
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if changed:
        _change(type(row), tuple(changed)).rows(session, {**changed, "row_id": row.id})  # type: ignore[attr-defined]
    for name, value in changed.items():
        set_committed_value(row, name, value)


def _enter(session: Session, model: type[Row], read: dict[str, Any]) -> Row:
    """A new object, as if the session had read it."""
    made: Row = _mapper(model).class_manager.new_instance()
    made.__dict__.update(read)
    make_transient_to_detached(made)
    session.add(made)
    return made


@cache
def _by_id(model: type[Row]) -> Loaded[Row]:
    (key,) = _key(model)
    return Loaded(model, lambda _: sa_select(model).where(table_of(model).c[key] == bindparam("id")))


@cache
def _change(model: type[SQLModel], names: tuple[str, ...]) -> Prepared:
    table = table_of(model)
    return Prepared(lambda _: sa_update(table).where(table.c.id == bindparam("row_id")), names)


@cache
def _mapper(model: type[Row]) -> Mapper[Row]:
    return inspect(model)


@cache
def _key(model: type[SQLModel]) -> tuple[str, ...]:
    """The names of the columns of a model's primary key."""
    return tuple(column.name for column in _mapper(model).primary_key)


@cache
def _names(model: type[SQLModel]) -> tuple[str, ...]:
    """The names of a model's columns, in the order they are selected in."""
    return tuple(column.key for column in _mapper(model).columns)
