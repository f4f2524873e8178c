"""What a command prints as data: on stdout, which may be full or gone."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import TextIO

from bot.errors import OperatorError


def emit(text: str, end: str = "\n") -> None:
    """Print data.

    Raises:
        OperatorError: the output cannot be written.
    """
    with output() as out:
        out.write(text + end)


@contextlib.contextmanager
def output() -> Iterator[TextIO]:
    """Stdout, written out at the end; one whose reader went away is left to the command line, which ends quietly.

    Raises:
        OperatorError: it cannot be written.
    """
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        _abandon(sys.stdout)
        raise OperatorError(f"The output cannot be written ({error.strerror}).") from error


def _abandon(out: TextIO) -> None:
    """Lead what is still held back nowhere: Python would try it again at the end, and complain."""
    with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), out.fileno())
