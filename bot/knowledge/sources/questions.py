"""Reads questions from a file or a pipe, one a line, as they arrive."""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from bot.errors import OperatorError
from bot.knowledge.sources.file import open_binary

CHUNK = 1 << 16
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf]")
_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
WIDE_SHARE = 0.2
"""The share of NUL bytes from which a text counts as UTF-16 or UTF-32."""


def read(path: Path, stdin: BinaryIO) -> Iterator[tuple[list[str], int]]:
    """The questions in batches as they arrive, each batch with the number of bytes read for it.

    Complete lines are yielded at once, so that a program can wait for an answer before it writes the next question.

    Args:
        path: the file; `-` stands for `stdin`.

    Raises:
        OperatorError: it cannot be opened, or is in UTF-16 or UTF-32.
    """
    with nullcontext(stdin) if str(path) == "-" else open_binary(path) as source:
        for lines, size in _chunks(source, path):
            yield [_text(line) for line in lines], size


def _chunks(source: BinaryIO, path: Path) -> Iterator[tuple[list[bytes], int]]:
    """The complete lines of each chunk read, with its bytes; a last line may have no line end."""
    start, rest, end = True, [b""], b"\n"
    while chunk := _arrived(source):
        size = len(chunk)
        if start:
            _require_narrow(chunk, path)
            chunk, start, end = chunk.removeprefix(_BOM), False, _line_end(chunk)
        *lines, last = chunk.split(end)
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


def _require_narrow(chunk: bytes, path: Path) -> None:
    if chunk.startswith(_WIDE) or chunk.count(0) > max(2, WIDE_SHARE * len(chunk)):
        raise OperatorError(f"{path} is not UTF-8 text: save it as UTF-8.")


def _line_end(chunk: bytes) -> bytes:
    """The line end of a text, by its beginning: a carriage return for files of old Macs, else a line feed."""
    return b"\r" if b"\r" in chunk[:-1] and b"\n" not in chunk else b"\n"


def _text(line: bytes) -> str:
    """A line decoded as UTF-8; if that fails, as Windows-1252, unless a part of it is valid UTF-8."""
    line = line.removesuffix(b"\r")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        mixed = not line.decode("utf-8", errors="ignore").isascii() or _SURROGATE.search(line) is not None
        return line.decode("utf-8" if mixed else "cp1252", errors="replace")
