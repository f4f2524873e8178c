"""Questions from a file or a pipe, one a line, as they arrive."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from bot.errors import OperatorError
from bot.knowledge.sources.file import opened

CHUNK = 1 << 16
_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def read(path: Path, stdin: BinaryIO) -> Iterator[tuple[list[str], int]]:
    """The questions that have arrived so far, again and again to the end, and how many bytes they took.

    A program at the other end of a pipe gets its answer before it puts the next question.

    Args:
        path: the file; `-` is `stdin`.

    Raises:
        OperatorError: it cannot be read, or is not UTF-8 but UTF-16.
    """
    with nullcontext(stdin) if str(path) == "-" else opened(path) as source:
        for lines, size in _chunks(source, path):
            yield [_text(line) for line in lines], size


def _chunks(source: BinaryIO, path: Path) -> Iterator[tuple[list[bytes], int]]:
    """Complete lines; a last one without its end counts too."""
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
    """What is there, waiting only when that is nothing."""
    read1 = getattr(source, "read1", source.read)
    found: bytes = read1(CHUNK)
    return found


def _text(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", errors="replace")
