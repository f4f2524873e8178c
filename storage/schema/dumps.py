"""Backs up a PostgreSQL database with pg_dump, verifying the dump before it gets its name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from storage import migrations
from storage.engine.errors import StoreError, explain
from storage.engine.keys import Keys, flush_folder
from storage.engine.unique import table_of
from storage.models import Feedback
from storage.schema import programs
from storage.schema.copies import DRAFT
from storage.schema.opening import Location, open_engines

SUFFIX = ".dump"
ASIDE = "before_restore_"
"""The prefix of the schemas in which `db restore` keeps the former tables; these are not dumped."""
ITEMS, INSTALLATION = "feedback", "installation"
NAMING = (INSTALLATION, migrations.REVISION)
"""The tables of a single row, with the key's fingerprint and the revision."""
HEAD, END = b"COPY public.", b"\\.\n"
"""The lines before and after the rows of a table in a dump in text format."""


@dataclass(slots=True)
class Contents:
    """The contents of a dump.

    Attributes:
        rows: the number of rows by table.
        named: for tables of a single row, its values by column.
    """

    rows: Counter[str] = field(default_factory=Counter)
    named: dict[str, str] = field(default_factory=dict)


def dump(place: Location, target: Path, keys: Keys) -> int:
    """Dump a database, which may be in use, to a new file; the dump is read completely before it gets its name.

    Returns:
        The number of items in the dump.

    Raises:
        StoreError: the target exists, or the dump cannot be made or read, or lacks items; then no file is left.
    """
    if target.exists():
        raise StoreError(f"The backup {target} exists already: nothing was overwritten.")
    draft = target.with_name(f"{target.name}.{DRAFT}")
    draft.unlink(missing_ok=True)
    try:
        # Its rows are not encrypted: nobody else may read the file, not even while it is written.
        draft.touch(mode=0o600)
        before = _items(place, keys)
        _write(place, draft)
        found, after = items_in(draft), _items(place, keys)
        if not min(before, after) <= found <= max(before, after):
            raise StoreError(f"The copy has {found} items of {after}, so it was removed: try again.")
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(target.absolute().parent)
    return found


def items_in(file: Path) -> int:
    """Read a dump completely, and count its items.

    Raises:
        StoreError: it cannot be read.
    """
    return read(file).rows[ITEMS]


def read(file: Path) -> Contents:
    """Read a dump completely.

    Raises:
        StoreError: it cannot be read.
    """
    with programs.running(programs.RESTORE, "--data-only", "--file=-", str(file)) as reading:
        found = _contents(reading.stdout or ())
        said = "\n".join(programs.lines_of(reading.stderr))
    if reading.returncode:
        raise programs.refusal(programs.RESTORE, f"cannot read {file}", said)
    return found


def _contents(lines: Iterable[bytes]) -> Contents:
    """Parse a dump in text format, in which each row is one line, since line ends in values are escaped."""
    found, table, columns = Contents(), "", []
    for line in lines:
        if line.startswith(HEAD):
            name, _, rest = line[len(HEAD) :].decode().partition(" ")
            table, columns = name.strip('"'), rest[rest.index("(") + 1 : rest.rindex(")")].split(", ")
            found.rows[table] = 0
        elif line == END:
            table = ""
        elif table:
            found.rows[table] += 1
            if table in NAMING:
                found.named |= zip(columns, line.decode().rstrip("\n").split("\t"), strict=True)
    return found


def _items(place: Location, keys: Keys) -> int:
    writing, reading = open_engines(place, keys)
    try:
        with reading.connect() as connection:
            return connection.scalar(select(func.count()).select_from(table_of(Feedback))) or 0
    except DBAPIError as error:
        raise explain(error) or StoreError(f"The database cannot be read: {error.orig}.") from error
    finally:
        writing.dispose()
        reading.dispose()


def _write(place: Location, draft: Path) -> None:
    how = ("--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ASIDE}*", f"--file={draft}")
    with programs.running(programs.DUMP, *how, server=place.server) as writing:
        _, said = writing.communicate()
    if writing.returncode:
        raise programs.refusal(programs.DUMP, "made no copy", said.decode(errors="replace"))
