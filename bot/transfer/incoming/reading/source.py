"""Opens a file to import, and detects its encoding; a pipe is read once, any other file as often as needed."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TextIO

from bot.errors import OperatorError
from bot.knowledge.sources.encoding import MARKS, decode
from bot.transfer.incoming.reading.foreign import MEND, refuse_foreign

HEAD = 256 * 1024
"""The first bytes, by which the dialect is detected and, of a pipe, everything else."""
LINE = 1024 * 1024
EVIDENCE = 64 * 1024
"""The most bytes of lines that are not UTF-8 by which an encoding is detected."""
LEAST_ZEROS = 0.2
"""The share of zero bytes from which a text counts as UTF-16."""
UTF_8, WINDOWS = "utf-8", "cp1252"
WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸ’‘“”„«»–—…•€£°º²³½¼·©®™§¿¡×\xa0")
"""The non-ASCII letters and signs of French, English and similar languages."""


class Source:
    """A file to import.

    Args:
        raw: the file, open as bytes, at its beginning.
        name: its name, for messages.
        encoding: its encoding, if its format fixes it; None to detect it by its bytes.

    Attributes:
        again: whether it can be read more than once.
        head: its first bytes.
        encoding: the name of its encoding.

    Raises:
        OperatorError: it is not text, or its encoding is not recognised.
    """

    def __init__(self, raw: BinaryIO, name: str, encoding: str | None = None) -> None:
        self._raw, self.name = raw, name
        self.again = raw.seekable()
        self.head = b"".join(_blocks(raw, HEAD))
        refuse_foreign(self.head, name)
        self.encoding = encoding or self._tell()

    @property
    def size(self) -> int | None:
        """The file's size in bytes; None for a pipe, which has none."""
        return os.fstat(self._raw.fileno()).st_size if self.again else None

    @property
    def position(self) -> int:
        """The number of bytes that were read; 0 for a pipe."""
        return self._raw.tell() if self.again else 0

    @property
    def told(self) -> str | None:
        """A remark on the encoding if it is not UTF-8; else None."""
        if self.encoding == WINDOWS:
            return f"{self.name} is read as Windows-1252 (cp1252), as older spreadsheets write it"
        return f"{self.name} is read as UTF-16" if self.encoding.startswith("utf-16") else None

    def sample(self) -> str:
        """The beginning of its text, without a last line that may be incomplete."""
        text = self.head.decode(self.encoding, "replace")
        return text if len(self.head) < HEAD else text[: text.rfind("\n") + 1]

    @contextmanager
    def text(self) -> Iterator[TextIO]:
        """The whole text with its line ends; invalid bytes become lone surrogates."""
        errors = "surrogateescape" if self.encoding.startswith(("utf-8", "cp")) else "replace"
        with self.binary() as raw:
            source = io.TextIOWrapper(raw, self.encoding, errors, newline="")
            try:
                yield source
            finally:
                # A reader that is stopped midway closes the file first.
                if not source.closed:
                    source.detach()

    @contextmanager
    def binary(self) -> Iterator[BinaryIO]:
        """All bytes, from the beginning."""
        if self.again:
            self._raw.seek(0)
            yield self._raw
        else:
            yield io.BufferedReader(_Joined(self.head, self._raw))

    def _tell(self) -> str:
        for mark, name in MARKS:
            if self.head.startswith(mark):
                return name
        if self.head.count(0) > len(self.head) * LEAST_ZEROS:
            return self._wide()
        right, wrong = self._other_letters()
        if not wrong or right:
            return UTF_8
        text = decode(wrong)
        letters = [char for char in text or "" if not char.isascii()]
        if sum(char in WESTERN for char in letters) < 0.9 * len(letters) or not letters:
            raise OperatorError(f"The encoding of {self.name} cannot be told: {MEND}.")
        return WINDOWS

    def _wide(self) -> str:
        """The encoding of text with many zero bytes."""
        even, odd = self.head[::2].count(0), self.head[1::2].count(0)
        if not min(even, odd) * 4 < max(even, odd):
            raise OperatorError(
                f"{self.name} is not a CSV file: its first line must name the columns kind and text; {MEND}."
            )
        return "utf-16-le" if odd > even else "utf-16-be"

    def _other_letters(self) -> tuple[bool, bytes]:
        """Whether there are lines with non-ASCII letters in UTF-8, and some of the lines that are not UTF-8."""
        right, wrong = False, bytearray()
        with self._lines() as lines:
            for line in lines:
                if line.isascii():
                    continue
                try:
                    line.decode()
                    right = True
                except UnicodeDecodeError:
                    wrong += line[: EVIDENCE - len(wrong)]
                if right and wrong:
                    break
        return right, bytes(wrong)

    @contextmanager
    def _lines(self) -> Iterator[Iterator[bytes]]:
        if not self.again:
            # The rest is not known yet; rows that are not UTF-8 are reported as they come.
            yield iter(self.head[: self.head.rfind(b"\n") + 1].splitlines(keepends=True))
            return
        self._raw.seek(0)
        yield iter(lambda: self._raw.readline(LINE), b"")


class _Joined(io.RawIOBase):
    """Bytes that were read already, then the rest of a pipe."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes into a buffer; return their number."""
        block = self._head[: len(buffer)] if self._head else self._rest.read1(len(buffer))  # type: ignore[attr-defined]
        self._head = self._head[len(block) :]
        buffer[: len(block)] = block
        return len(block)


def _blocks(raw: BinaryIO, most: int) -> Iterator[bytes]:
    while most and (block := raw.read1(most)):  # type: ignore[attr-defined]
        most -= len(block)
        yield block
