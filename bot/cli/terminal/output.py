"""Prints a command's data on stdout, and turns errors of writing it into one line."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bot.errors import OperatorError


def emit(text: str, end: str = "\n") -> None:
    """Print data.

    Raises:
        OperatorError: the output cannot be written, as when the disk is full.
        BrokenPipeError: its reader closed the pipe; the command line then ends quietly.
    """
    with output() as out:
        out.write(text + end)


@contextlib.contextmanager
def output() -> Iterator[TextIO]:
    """Stdout, flushed at the end.

    Raises:
        OperatorError: the output cannot be written, as when the disk is full.
        BrokenPipeError: its reader closed the pipe; the command line then ends quietly.
    """
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        _redirect_to_null(sys.stdout)
        raise OperatorError(f"The output cannot be written ({error.strerror}).") from error


def destination() -> Path | None:
    """The file stdout is written to; None when it is none, or the system does not tell."""
    try:
        found = Path(f"/proc/self/fd/{sys.stdout.fileno()}").readlink()
    except OSError:
        return None
    return found if found.is_file() else None


def _redirect_to_null(out: TextIO) -> None:
    """Send what is still buffered to the null device: Python would else write it again at exit and report an error."""
    with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), out.fileno())
