"""Opens a file to import, and tells its encoding; a pipe is read once, all others as often as needed."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TextIO

from bot.errors import OperatorError
from bot.knowledge.sources.encoding import MARKS, decode
from bot.transfer.incoming.reading.mistaken import MEND, refuse_others

HEAD = 256 * 1024
"""Bytes from the beginning that separators are told by, and of a pipe all else that is told beforehand."""
LINE = 1024 * 1024
EVIDENCE = 64 * 1024
"""Bytes of lines with other letters by which an encoding is told."""
LEAST_ZEROS = 0.2
"""The part of zeros among the bytes from which a text is one of two bytes a character."""
UTF_8, WINDOWS = "utf-8", "cp1252"
WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸ’‘“”„«»–—…•€£°º²³½¼·©®™§¿¡×\xa0")
"""The letters and signs of French, English and their neighbours beyond ASCII."""


class Source:
    """A file to import.

    Args:
        raw: the file, open as bytes, at its beginning.
        name: its name, for messages.
        encoding: its encoding, where its format says it; None tells it by its bytes.

    Attributes:
        again: whether it can be read more than once.
        head: its first bytes.
        encoding: the name of its encoding.

    Raises:
        OperatorError: it is no text, or its encoding cannot be told.
    """

    def __init__(self, raw: BinaryIO, name: str, encoding: str | None = None) -> None:
        self._raw, self.name = raw, name
        self.again = raw.seekable()
        self.head = b"".join(_blocks(raw, HEAD))
        refuse_others(self.head, name)
        self.encoding = encoding or self._tell()

    @property
    def size(self) -> int | None:
        """The file's size in bytes; None for a pipe, which has none."""
        return os.fstat(self._raw.fileno()).st_size if self.again else None

    @property
    def position(self) -> int:
        """How many bytes were read; 0 of a pipe."""
        return self._raw.tell() if self.again else 0

    @property
    def told(self) -> str | None:
        """What to say of the encoding, where it is not UTF-8."""
        if self.encoding == WINDOWS:
            return f"{self.name} is read as Windows-1252 (cp1252), as older spreadsheets write it"
        return f"{self.name} is read as UTF-16" if self.encoding.startswith("utf-16") else None

    def sample(self) -> str:
        """The beginning of its text, without the last line, which may be cut."""
        text = self.head.decode(self.encoding, "replace")
        return text if len(self.head) < HEAD else text[: text.rfind("\n") + 1]

    @contextmanager
    def text(self) -> Iterator[TextIO]:
        """The whole text from the beginning, with its line ends; bytes of another encoding become lone surrogates."""
        errors = "surrogateescape" if self.encoding.startswith(("utf-8", "cp")) else "replace"
        with self.binary() as raw:
            source = io.TextIOWrapper(raw, self.encoding, errors, newline="")
            try:
                yield source
            finally:
                # Who is stopped in the middle closes the file first.
                if not source.closed:
                    source.detach()

    @contextmanager
    def binary(self) -> Iterator[BinaryIO]:
        """All bytes from the beginning."""
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
        """The encoding of bytes with zeros among them."""
        even, odd = self.head[::2].count(0), self.head[1::2].count(0)
        if not min(even, odd) * 4 < max(even, odd):
            raise OperatorError(
                f"{self.name} is not a CSV file: its first line must name the columns kind and text; {MEND}."
            )
        return "utf-16-le" if odd > even else "utf-16-be"

    def _other_letters(self) -> tuple[bool, bytes]:
        """Whether there are letters beyond ASCII in UTF-8, and some lines with bytes that are no UTF-8."""
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
            # What comes later is not known yet: bytes that are no UTF-8 are then told row by row.
            yield iter(self.head[: self.head.rfind(b"\n") + 1].splitlines(keepends=True))
            return
        self._raw.seek(0)
        yield iter(lambda: self._raw.readline(LINE), b"")


class _Joined(io.RawIOBase):
    """Bytes that were read already, then the rest of a pipe."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes into a buffer, and return how many."""
        block = self._head[: len(buffer)] if self._head else self._rest.read1(len(buffer))  # type: ignore[attr-defined]
        self._head = self._head[len(block) :]
        buffer[: len(block)] = block
        return len(block)


def _blocks(raw: BinaryIO, most: int) -> Iterator[bytes]:
    while most and (block := raw.read1(most)):  # type: ignore[attr-defined]
        most -= len(block)
        yield block
