"""Identifies the idea of a row: by its id in the file, else by its author and its words."""

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
        scope: the tool whose ids they are, since two tools may use the same ids.
        quotable: whether rows without an author may be quoted.
        tally: counts rows, for the marks of earlier versions.
        earlier: whether earlier versions imported anything here, so that their marks must be searched for.
        new: whether nothing was imported here before, so that only duplicates within the file must be found.
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
            by_words: whether to use the words as well, since another idea had this id before.
        """
        own: list[str] = ["id", self.scope, row.id] if row.id else ["words", row.kind.value]
        if by_words or not row.id:
            own += ["" if row.naming is Naming.NAMELESS else row.author, same_words(row.text)]
        return self.keys.fingerprint(json.dumps([self.community.key, *own]))

    def sources(self, mark: str) -> tuple[str, str]:
        """The values stored for a mark, quotable or not; the one for new items first."""
        both = f"{UNQUOTED}{mark}", f"{QUOTED}{mark}"
        return both[::-1] if self.quotable else both

    def former(self, row: Row) -> Iterator[str]:
        """The marks that earlier versions stored for a row; they numbered equal rows."""
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
    """A text for comparison: without capitals, line ends, repeated spaces, and the full stop at its end."""
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return plain.removesuffix(".") or plain


def is_nameless(row: Row) -> bool:
    """Whether a row is without its author's name, because it says so or names no author."""
    return row.naming is Naming.NAMELESS or not row.author
