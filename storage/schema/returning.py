"""Restores a dump into a PostgreSQL database, and verifies the numbers of rows afterwards."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, table
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from storage import migrations
from storage.engine import keys as keyring
from storage.engine import succession
from storage.engine.errors import StoreError, WrongKey, explain
from storage.engine.keys import Keys
from storage.schema import dumps, programs
from storage.schema.opening import PATIENCE, Location
from storage.schema.rekeying import Progress, require_alone
from storage.values import frozen

SCHEMA = "public"
"""The schema of the bot's tables, in a database and in a dump."""
FULL = (
    "There are tables in this database: name an empty one (PORTEVOIX_DATABASE), or type --replace, which keeps the"
    " present tables in a schema of their own."
)
_FUNCTIONS = """SELECT DISTINCT p.proname FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = p.pronamespace AND c.relnamespace = to_regnamespace('{schema}')"""
_ASIDE = re.compile(rf"{dumps.ASIDE}\d{{4}}_\d\d_\d\d(_\d+)?")


@frozen
class Returned:
    """The result of a restore.

    Attributes:
        rows: the number of rows by table, the same in the dump and in the database.
        aside: the schema in which the former tables are kept; empty when there were none.
    """

    rows: Counter[str]
    aside: str


def bring_back(place: Location, file: Path, keys: Keys, today: date, tell: Progress, *, replaces: bool) -> Returned:
    """Restore a dump, after reading it completely; nobody else may be connected.

    Args:
        keys: the key it was made with; it replaces the present one if that differs.
        replaces: whether existing tables may be replaced; they are kept in a schema of their own.

    Raises:
        WrongKey: the dump was made with another key; nothing was changed.
        NewerStore: it was made by a newer version; nothing was changed.
        StoreError: it cannot be restored; nothing was changed, or the message says what was.
    """
    tell(f"reading {file}", 0, 0)
    found = dumps.read(file)
    _require_fit(found, file, keys)
    present = keyring.load(place.key_file) if place.key_file.exists() else None
    with _engine(place) as engine:
        aside = _make_room(engine, today, replaces=replaces)
        try:
            if present != keys:
                succession.announce(place.key_file, keys)
            _restore(place, file, tell)
        except BaseException:
            _put_back(engine, aside)
            raise
        _require_all(engine, found.rows, aside, tell)
    if present != keys:
        succession.install(place.key_file, present)
    return Returned(found.rows, aside)


def kept(place: Location) -> list[str]:
    """The schemas in which former tables are kept; none when the server does not answer."""
    try:
        with _engine(place) as engine, engine.connect() as connection:
            return _kept(connection)
    except StoreError:
        return []


def _kept(connection: Connection) -> list[str]:
    return [name for name in inspect(connection).get_schema_names() if _ASIDE.fullmatch(name)]


def _require_fit(found: dumps.Contents, file: Path, keys: Keys) -> None:
    """Check that a dump is one of Portevoix, made with this key, and not by a newer version."""
    mark = found.named.get("key_mark")
    if mark is None:
        raise StoreError(f"{file} is no copy of a Portevoix database.")
    if mark != keys.fingerprint("installation"):
        raise WrongKey(f"{file} was made with another key: name that one with --key.")
    migrations.refuse_newer(found.named.get("version_num"))


def _make_room(engine: Engine, today: date, *, replaces: bool) -> str:
    """Move existing tables into a schema of their own; return its name, empty when there are no tables."""
    with engine.begin() as connection:
        require_alone(connection)
        if not _tables(connection, SCHEMA):
            return ""
        if not replaces:
            raise StoreError(FULL)
        aside = _free_name(connection, today)
        connection.exec_driver_sql(f"CREATE SCHEMA {aside}")
        _move(connection, SCHEMA, aside)
        return aside


def _free_name(connection: Connection, today: date) -> str:
    taken, first = _kept(connection), f"{dumps.ASIDE}{today:%Y_%m_%d}"
    names = (first + (f"_{number}" if number > 1 else "") for number in count(1))
    return next(name for name in names if name not in taken)


def _put_back(engine: Engine, aside: str) -> None:
    """Move the former tables back. Nothing has replaced them, since a restore is a single transaction."""
    with engine.begin() as connection:
        if aside and not _tables(connection, SCHEMA):
            _move(connection, aside, SCHEMA)
            connection.exec_driver_sql(f"DROP SCHEMA {aside}")


def _move(connection: Connection, source: str, target: str) -> None:
    """Move the bot's tables and the functions of their triggers into another schema."""
    functions = connection.exec_driver_sql(_FUNCTIONS.format(schema=source)).scalars().all()
    for name in _tables(connection, source):
        connection.exec_driver_sql(f'ALTER TABLE {source}."{name}" SET SCHEMA {target}')
    for name in functions:
        connection.exec_driver_sql(f'ALTER FUNCTION {source}."{name}"() SET SCHEMA {target}')


def _tables(connection: Connection, schema: str) -> list[str]:
    """The names of the bot's tables in a schema; other tables are left out."""
    own = {*SQLModel.metadata.tables, migrations.REVISION}
    return [name for name in inspect(connection).get_table_names(schema) if name in own]


def _restore(place: Location, file: Path, tell: Progress) -> None:
    """Run pg_restore in a single transaction: all of the dump is restored, or nothing."""
    how = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--verbose")
    total, said = _entries(file), []
    with programs.running(programs.RESTORE, *how, str(file), server=place.server) as restoring:
        for done, line in enumerate(programs.lines_of(restoring.stderr)):
            said.append(line)
            tell("restoring", min(done, total), total)
    if restoring.returncode:
        raise programs.refusal(programs.RESTORE, "brought nothing back", "\n".join(said))


def _entries(file: Path) -> int:
    """The approximate number of steps, for the progress: one for each entry in the dump's list."""
    with programs.running(programs.RESTORE, "--list", str(file)) as listing:
        return sum(not line.startswith(b";") for line in listing.stdout or ())


def _require_all(engine: Engine, rows: Counter[str], aside: str, tell: Progress) -> None:
    """Check that every table has as many rows as in the dump.

    Raises:
        StoreError: one has not; the message names the schema with the former tables.
    """
    with engine.connect() as connection:
        for done, (name, wanted) in enumerate(sorted(rows.items())):
            tell("counting", done, len(rows))
            there = connection.scalar(select(func.count()).select_from(table(name, schema=SCHEMA)))
            if there != wanted:
                was = f" The tables as they were are in schema {aside}." if aside else ""
                raise StoreError(f"Table {name} came back with {there} rows of {wanted}: do not use it.{was}")


@contextmanager
def _engine(place: Location) -> Iterator[Engine]:
    engine = create_engine(place.server, hide_parameters=True, connect_args={"connect_timeout": PATIENCE})
    try:
        yield engine
    except DBAPIError as error:
        raise explain(error) or StoreError(f"The database cannot be changed: {error.orig}.") from error
    finally:
        engine.dispose()
