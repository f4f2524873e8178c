"""Runs PostgreSQL's client programs, and explains failures: a program is missing, too old, or fails."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from sqlalchemy import URL

from storage.engine.errors import StoreError

DUMP, RESTORE = "pg_dump", "pg_restore"
MISSING = "{program} is not installed here: install PostgreSQL's client programs, of the server's version or newer."
OLDER = (
    "{program} is older than what it is to read ({said}): install PostgreSQL's client programs, of the server's version"
    " or newer."
)
AGE = ("unsupported version", "server version mismatch")
"""The messages by which the programs say that they are older than the dump or the server."""


@contextmanager
def running(program: str, *arguments: str, server: URL | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program with pipes for its output and errors; it is ended with the block.

    Args:
        server: the database it works on.

    Raises:
        StoreError: it is not installed.
    """
    command = [_found(program), *arguments, *((f"--dbname={_address(server)}",) if server else ())]
    environment = _environment(server)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:  # noqa: S603 - no words of anybody's
        try:
            yield process
        except BaseException:
            process.terminate()
            raise


def lines_of(pipe: IO[bytes] | None) -> Iterator[str]:
    """The lines of an output; bytes that are not UTF-8 are replaced."""
    return (line.decode(errors="replace").rstrip() for line in pipe or ())


def refusal(program: str, what: str, said: str) -> StoreError:
    """The error for a program that failed.

    Args:
        what: its consequence, such as "made no copy".
        said: its error output; only the line with the error is shown, since others may quote rows.
    """
    lines = said.strip().splitlines() or ["it does not say why"]
    shown = next((line for line in lines if "error:" in line), lines[-1]).rpartition("error: ")[2]
    if any(words in said for words in AGE):
        return StoreError(OLDER.format(program=program, said=shown))
    return StoreError(f"{program} {what}: {shown}.")


def lacking() -> str:
    """What has to be installed first, in words; empty when the programs are there."""
    missing = next((name for name in (DUMP, RESTORE) if shutil.which(name) is None), "")
    return MISSING.format(program=missing) if missing else ""


def _found(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise StoreError(MISSING.format(program=program))
    return found


def _address(server: URL) -> str:
    url = server.set(drivername="postgresql", password=None)
    return url.render_as_string(hide_password=False)


def _environment(server: URL | None) -> Mapping[str, str]:
    """The environment with the password, which as an argument other users could see."""
    secret = {"PGPASSWORD": str(server.password)} if server is not None and server.password else {}
    return {**os.environ, "LC_ALL": "C", **secret}
