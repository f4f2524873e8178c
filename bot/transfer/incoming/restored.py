"""Reads the items of an export, and converts each to what is stored."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot.cells import abridge, storable
from bot.commands.arguments import MOST_CHARACTERS
from bot.errors import OperatorError
from bot.knowledge.sources.draft import Problem
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.rows import LONGEST_REASON, Row
from bot.transfer.outgoing.record import ChangePart, ItemPart
from bot.transfer.words import read_moment
from storage.items.importing.loading import Item
from storage.items.importing.restoring import Restored, Sent, Told
from storage.values import frozen
from storage.vocabulary import STATUSES, Naming


@frozen
class Reading:
    """Converts the items of an export.

    Attributes:
        zone: the community's time zone, in which the dates of nameless items are days.
        latest: the latest instant that is accepted.
    """

    zone: ZoneInfo
    latest: datetime

    def check(self, part: ItemPart) -> ItemPart:
        """Check an item, and clean its words so that they can be stored.

        Raises:
            ValueError: it is invalid; the message says why.
        """
        if part.status not in STATUSES[part.kind]:
            raise ValueError(f"{part.kind} is never {part.status}")
        if len(part.text) > MOST_CHARACTERS:
            raise ValueError(f"has {len(part.text)} characters of text; the most is {MOST_CHARACTERS}")
        for at in (part.at, part.changed_at, *(one.at for one in part.history)):
            self._moment(at)
        return part.model_copy(update={"text": storable(part.text), "author": _author(part)})

    def row(self, part: ItemPart) -> Row:
        """The row of a table for the same item, by which it is found if it is there already."""
        author = part.author or ""
        return Row(part.kind, part.text, author, self._moment(part.at), naming=part.name, id=str(part.number))

    def restored(self, part: ItemPart, source: str, files: tuple[Sent, ...]) -> Restored:
        """The item as it is stored."""
        base = part.support if part.base_support is None else part.base_support
        item = Item(
            kind=part.kind,
            text=part.text,
            area=storable(part.area) if part.area is not None else None,
            audience=part.audience,
            nameless=part.name is Naming.NAMELESS,
            language=storable(part.language or ""),
            author=part.author or "",
            support=base,
            source=source,
            at=self._moment(part.at),
            status=part.status,
        )
        history = tuple(self._told(one) for one in part.history)
        changed = self._moment(part.changed_at)
        told = {storable(key): storable(said) for key, said in part.details.items()}
        return Restored(
            item, part.number, part.publication, changed, part.support, part.supporters, history, files, told
        )

    def _told(self, one: ChangePart) -> Told:
        before, after = (None if word is None else storable(word)[:LONGEST_REASON] for word in (one.before, one.after))
        return Told(self._moment(one.at), one.action, before, after, storable(one.note))

    def _moment(self, text: str) -> datetime:
        found = read_moment(text, self.zone)
        if found > self.latest:
            raise ValueError(f"“{abridge(text)}” is in the future")
        return found


def parts(source: Source, reading: Reading) -> Iterator[ItemPart | Problem]:
    """The items of an export, with a problem in place of each invalid one; one is in memory at a time.

    Raises:
        OperatorError: it is not JSON.
    """
    head = source.sample().lstrip("\ufeff \t\r\n")
    if head and not head.startswith(("{", "[")):
        raise OperatorError(f"{source.name} is not JSON, as `portevoix export` writes it.")
    number = 0
    for number, entry in _numbered(source, "item" if head.startswith("[") else ""):
        if isinstance(entry, Problem):
            yield entry
            continue
        try:
            yield reading.check(ItemPart.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(one) for one in first["loc"])
            yield Problem(f"entry {number}", f"{place}: {first['msg']}" if place else first["msg"])
        except ValueError as error:
            yield Problem(f"entry {number}", str(error))


def _numbered(source: Source, prefix: str) -> Iterator[tuple[int, Any]]:
    import ijson  # noqa: PLC0415 - for who imports such a file

    number = 0
    with source.binary() as raw:
        if source.encoding == "utf-8-sig":
            raw.read(3)
        try:
            for number, entry in enumerate(ijson.items(raw, prefix, multiple_values=True), 1):
                yield number, entry
        except (ijson.JSONError, UnicodeDecodeError) as error:
            if source.head.strip():
                why = f"cannot be read as JSON ({type(error).__name__}); the rest is left out"
                yield number, Problem(f"after entry {number}", why)


def _author(part: ItemPart) -> str | None:
    author = " ".join(storable(part.author or "").split())
    return author if author and part.name is Naming.NAMED else None
