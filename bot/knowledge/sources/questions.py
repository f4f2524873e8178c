"""Reads questions from a file or a pipe, one a line, as they arrive."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from bot.errors import OperatorError
from bot.knowledge.sources.file import open_binary

CHUNK = 1 << 16
_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def read(path: Path, stdin: BinaryIO) -> Iterator[tuple[list[str], int]]:
    """The questions in batches as they arrive, each with the number of bytes read for it.

    Complete lines are not held back, so that a program can wait for an answer before it writes the next question.

    Args:
        path: the file; `-` stands for `stdin`.

    Raises:
        OperatorError: it cannot be opened, or is UTF-16.
    """
    with nullcontext(stdin) if str(path) == "-" else open_binary(path) as source:
        for lines, size in _chunks(source, path):
            yield [_text(line) for line in lines], size


def _chunks(source: BinaryIO, path: Path) -> Iterator[tuple[list[bytes], int]]:
    """The complete lines of each chunk read, with its bytes; a last line may have no line end."""
    start, rest = True, [b""]
    while chunk := _arrived(source):
        size = len(chunk)
        if start and chunk.startswith(_WIDE):
            raise OperatorError(f"{path} is not UTF-8 text: save it as UTF-8.")
        if start:
            chunk, start = chunk.removeprefix(_BOM), False
        *lines, last = chunk.split(b"\n")
        if lines:
            lines[0] = b"".join((*rest, lines[0]))
            rest = []
        rest.append(last)
        yield lines, size
    if remains := b"".join(rest):
        yield [remains], 0


def _arrived(source: BinaryIO) -> bytes:
    """The bytes that are available, waiting only when there are none; empty at the end."""
    read1 = getattr(source, "read1", source.read)
    found: bytes = read1(CHUNK)
    return found


def _text(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", errors="replace")
