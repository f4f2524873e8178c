"""The definition of a preset for a tool's files, and the reader of files with JSON records."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice
from typing import Any

from bot.errors import OperatorError
from bot.knowledge.sources.draft import Problem
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.reading.table import Record, Refused, Table
from storage.values import frozen
from storage.vocabulary import Status

SAMPLE = 500
Cells = Mapping[str, str]
Read = Callable[[Mapping[str, Any]], Cells | None]
"""Returns the cells of an entry of a file; None for an entry that is no feedback."""


@frozen
class Preset:
    """How the files of a tool are read.

    Attributes:
        words: the help text of its command.
        open: makes the table of a file.
        scope: the tool whose ids the rows have.
        zone: the time zone of dates without one; empty for the community's.
        statuses: by a word of the tool, its status, where it differs from the usual meaning.
        named: whether authors are read.
    """

    name: str
    words: str
    open: Callable[[Source], Table]
    scope: str
    zone: str = ""
    statuses: Mapping[str, Status] = field(default_factory=dict)
    named: bool = False


class Entries:
    """A JSON file: an array, an array in an object, or one entry after another; only one entry is in memory at a time.

    Args:
        within: the names of arrays that may hold the entries.
        read: returns the cells of an entry.

    Attributes:
        titles, unread: empty, since entries have no columns.

    Raises:
        OperatorError: it is not JSON.
    """

    titles: Sequence[str] = ()
    unread: Sequence[str] = ()
    exported = False

    def __init__(self, source: Source, within: Sequence[str], read: Read) -> None:
        self._source, self._read = source, read
        head = source.sample().lstrip("\ufeff \t\r\n")
        if not head.startswith(("{", "[")):
            raise OperatorError(f"{source.name} is not JSON, as this import reads: see its --help.")
        named = [name for name in within if f'"{name}"' in head]
        self._prefix = "item" if head.startswith("[") else f"{named[0]}.item" if named else ""

    def records(self) -> Iterator[Record | Problem]:
        """The entries that are feedback, in order."""
        with self._source.binary() as raw:
            if self._source.encoding == "utf-8-sig":
                raw.read(3)
            yield from self._entries(raw)

    def sample(self) -> Iterator[Record | Problem]:
        """The first entries; none for a pipe, which cannot be read again."""
        return islice(self.records(), SAMPLE) if self._source.again else iter(())

    def _entries(self, raw: Any) -> Iterator[Record | Problem]:
        import ijson  # noqa: PLC0415 - for who imports such a file

        number = 0
        try:
            for number, entry in enumerate(ijson.items(raw, self._prefix, multiple_values=True), 1):
                where = f"entry {number}"
                if not isinstance(entry, Mapping):
                    yield Refused(where, "is no record")
                elif (cells := self._read(entry)) is not None:
                    yield Record(where, cells, [str(value) for value in cells.values()])
        except (ijson.JSONError, UnicodeDecodeError) as error:
            yield Problem(
                f"after entry {number}", f"cannot be read as JSON ({type(error).__name__}); the rest is left out"
            )


def text_of(value: Any) -> str:
    """A JSON value as a cell; wrapped values of databases, such as `{"$date": …}`, are unwrapped."""
    while isinstance(value, Mapping) and len(value) == 1 and next(iter(value)).startswith("$"):
        value = next(iter(value.values()))
    return "" if value is None or isinstance(value, Mapping | list) else str(value)
