"""Tells which idea a row is about: by its id in the file, else by its author and its words."""

import json
import unicodedata
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.transfer.incoming.rows import Row
from storage.engine.keys import Keys
from storage.items.importing.loading import Tally
from storage.items.importing.revising import QUOTED, UNQUOTED
from storage.models import Community
from storage.values import frozen
from storage.vocabulary import Naming


@frozen
class Identities:
    """The keyed marks of a community's rows.

    Attributes:
        scope: the tool whose ids they are: two tools may use the same ones.
        quotable: whether rows without an author may be quoted.
        tally: counts rows, for the marks of earlier versions.
        earlier: whether earlier versions imported anything here, whose marks are looked for.
        new: whether nothing here came from a file before: then only what stands in the file twice is looked for.
    """

    keys: Keys
    community: Community
    tally: Tally
    scope: str = "csv"
    quotable: bool = False
    earlier: bool = True
    new: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The community's zone."""
        return ZoneInfo(self.community.timezone)

    def mark(self, row: Row, *, by_words: bool = False) -> str:
        """The keyed mark of the idea of a row, the same in every import.

        Args:
            by_words: whether an id is not enough, as another idea had it before.
        """
        own: list[str] = ["id", self.scope, row.id] if row.id else ["words", row.kind.value]
        if by_words or not row.id:
            own += ["" if row.naming is Naming.NAMELESS else row.author, same_words(row.text)]
        return self.keys.fingerprint(json.dumps([self.community.key, *own]))

    def sources(self, mark: str) -> tuple[str, str]:
        """What is stored of a mark, the one for new items first."""
        both = f"{UNQUOTED}{mark}", f"{QUOTED}{mark}"
        return both[::-1] if self.quotable else both

    def former(self, row: Row) -> Iterator[str]:
        """The marks that earlier versions stored of a row, whose equal rows were numbered."""
        for by_day in dict.fromkeys((is_nameless(row), False)) if self.earlier else ():
            mark = self.keys.first_fingerprint(self._content(row, by_day=by_day))
            yield f"csv:{self.keys.fingerprint(f'{mark}:{self.tally.count(mark)}')}"

    def _content(self, row: Row, *, by_day: bool) -> str:
        """All values of a row, as one text."""
        at = row.at.isoformat() if row.at else ""
        if row.at and by_day:
            at = row.at.astimezone(self.zone).date().isoformat()
        own = [row.kind.value, row.text, row.author, at, row.area, row.support or 0]
        return json.dumps([self.community.key, *own])


def same_words(text: str) -> str:
    """A text as it is compared: without capitals, line ends and further spaces, and the full stop at its end."""
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return plain.removesuffix(".") or plain


def is_nameless(row: Row) -> bool:
    """Whether a row is without its author's name, because it says so or names no author."""
    return row.naming is Naming.NAMELESS or not row.author
