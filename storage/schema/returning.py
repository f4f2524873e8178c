"""Brings a copy made by pg_dump back into a PostgreSQL database, and counts afterwards what came back."""

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
"""Where the bot has its tables, and a copy, too."""
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
    """What came back.

    Attributes:
        rows: by table, how many rows; the same in the copy and in the database.
        aside: the schema in which the tables are kept as they were; empty when there were none.
    """

    rows: Counter[str]
    aside: str


def bring_back(place: Location, file: Path, keys: Keys, today: date, tell: Progress, *, replaces: bool) -> Returned:
    """Bring a copy back, read from end to end before; nobody else may be connected.

    Args:
        keys: the key it was made with, which takes the place of another one.
        replaces: whether tables that are there make room: they are kept in a schema of their own.

    Raises:
        WrongKey: the copy was made with another key; nothing was changed.
        NewerStore: it is of a newer version; likewise.
        StoreError: it cannot be brought back; nothing was changed, or the message says what.
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
    """The schemas in which tables are kept as they were; none where the server does not answer."""
    try:
        with _engine(place) as engine, engine.connect() as connection:
            return _kept(connection)
    except StoreError:
        return []


def _kept(connection: Connection) -> list[str]:
    return [name for name in inspect(connection).get_schema_names() if _ASIDE.fullmatch(name)]


def _require_fit(found: dumps.Contents, file: Path, keys: Keys) -> None:
    """Check that a copy is one of ours, made with this key, and not of a newer version."""
    mark = found.named.get("key_mark")
    if mark is None:
        raise StoreError(f"{file} is no copy of a Portevoix database.")
    if mark != keys.fingerprint("installation"):
        raise WrongKey(f"{file} was made with another key: name that one with --key.")
    migrations.refuse_newer(found.named.get("version_num"))


def _make_room(engine: Engine, today: date, *, replaces: bool) -> str:
    """Put the tables that are there into a schema of their own; return its name, which is empty when there are none."""
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
    """Put the tables back: nothing came into their place, since what comes back does so in one transaction."""
    with engine.begin() as connection:
        if aside and not _tables(connection, SCHEMA):
            _move(connection, aside, SCHEMA)
            connection.exec_driver_sql(f"DROP SCHEMA {aside}")


def _move(connection: Connection, source: str, target: str) -> None:
    """Move the bot's tables, and the functions that their triggers call, into another schema."""
    functions = connection.exec_driver_sql(_FUNCTIONS.format(schema=source)).scalars().all()
    for name in _tables(connection, source):
        connection.exec_driver_sql(f'ALTER TABLE {source}."{name}" SET SCHEMA {target}')
    for name in functions:
        connection.exec_driver_sql(f'ALTER FUNCTION {source}."{name}"() SET SCHEMA {target}')


def _tables(connection: Connection, schema: str) -> list[str]:
    """The tables of the bot in a schema; others' are none of its business."""
    own = {*SQLModel.metadata.tables, migrations.REVISION}
    return [name for name in inspect(connection).get_table_names(schema) if name in own]


def _restore(place: Location, file: Path, tell: Progress) -> None:
    """Run pg_restore: everything comes back, or nothing."""
    how = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--verbose")
    total, said = _entries(file), []
    with programs.running(programs.RESTORE, *how, str(file), server=place.server) as restoring:
        for done, line in enumerate(programs.lines_of(restoring.stderr)):
            said.append(line)
            tell("restoring", min(done, total), total)
    if restoring.returncode:
        raise programs.refusal(programs.RESTORE, "brought nothing back", "\n".join(said))


def _entries(file: Path) -> int:
    """How many steps there are about: one for each entry in the list of a copy."""
    with programs.running(programs.RESTORE, "--list", str(file)) as listing:
        return sum(not line.startswith(b";") for line in listing.stdout or ())


def _require_all(engine: Engine, rows: Counter[str], aside: str, tell: Progress) -> None:
    """Count the rows of every table."""
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
