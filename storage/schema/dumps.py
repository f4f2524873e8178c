"""Makes copies of a PostgreSQL database with pg_dump that were read again before they have their name."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from storage.engine.errors import StoreError, explain
from storage.engine.keys import Keys, flush_folder
from storage.engine.unique import table_of
from storage.models import Feedback
from storage.schema.copies import DRAFT
from storage.schema.opening import Location, open_engines

SUFFIX = ".dump"
DUMP, READ = "pg_dump", "pg_restore"
MISSING = "{program} is not installed here: install PostgreSQL's client programs, of the server's version or newer."
COUNTED = b"COPY public.feedback "
END = b"\\.\n"


def dump(place: Location, target: Path, keys: Keys) -> int:
    """Copy a database, which may be in use, to a new file, and read all of the copy before it gets its name.

    Returns:
        The number of items in the copy.

    Raises:
        StoreError: the target exists, or the copy cannot be made or read, or lacks items; then there is none.
    """
    if target.exists():
        raise StoreError(f"The backup {target} exists already: nothing was overwritten.")
    draft = target.with_name(f"{target.name}.{DRAFT}")
    draft.unlink(missing_ok=True)
    try:
        # Its rows are not encrypted: nobody else may read the file, also while it is written.
        draft.touch(mode=0o600)
        before = _items(place, keys)
        _run(DUMP, "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}", place=place)
        found, after = items_in(draft), _items(place, keys)
        if not min(before, after) <= found <= max(before, after):
            raise StoreError(f"The copy has {found} items of {after}, so it was removed: try again.")
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(target.absolute().parent)
    return found


def items_in(file: Path) -> int:
    """Read a dump from end to end, and count its items.

    Raises:
        StoreError: it cannot be read.
    """
    command = [_program(READ), "--data-only", "--file=-", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:  # noqa: S603 - no words of anybody's
        items = _count(reading.stdout or ())
        said = reading.stderr.read() if reading.stderr else b""
    if reading.returncode:
        raise StoreError(f"The backup {file} cannot be read: {_last_line(said)}")
    return items


def _count(lines: Iterable[bytes]) -> int:
    """The rows of items in a dump as text."""
    counting, items = False, 0
    for line in lines:
        if line.startswith(COUNTED):
            counting = True
        elif counting and line == END:
            counting = False
        else:
            items += counting
    return items


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


def _run(program: str, *arguments: str, place: Location) -> None:
    url = place.server.set(drivername="postgresql")
    # By the environment: others can see a command's arguments.
    environment: Mapping[str, str] = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    address = url.set(password=None).render_as_string(hide_password=False)
    command = [_program(program), *arguments, f"--dbname={address}"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 - no words of anybody's
    if done.returncode:
        raise StoreError(f"{program} made no copy: {_last_line(done.stderr)}. It has to fit the server's version.")


def lacking() -> str:
    """What to install first; empty when the programs are there."""
    missing = next((name for name in (DUMP, READ) if shutil.which(name) is None), "")
    return MISSING.format(program=missing) if missing else ""


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise StoreError(MISSING.format(program=name))
    return found


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it does not say why"
