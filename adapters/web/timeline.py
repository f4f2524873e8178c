"""What the page's two panes show, in memory alone: the platform keeps no chat."""

import asyncio
import hashlib
import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.ports.reply import Reply

MOST_ENTRIES = 300
"""How much a pane keeps."""
MOST_KEYS = 5_000


class Pane(StrEnum):
    """The two places of the page; each value is the chat's id."""

    COMMUNITY = "community"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing shown.

    Attributes:
        reader: the one person who sees it; None for everyone in the pane.
        speaker: the name of who said it; empty for the bot.
        text: what a person said.
        reply: what the bot said.
        number: its place in the order of things.
        id: stable over a restart when the entry has a key, so that a page left open shows it once.
    """

    pane: Pane
    at: datetime
    reader: str | None = None
    speaker_id: str = ""
    speaker: str = ""
    text: str = ""
    reply: Reply | None = None
    number: int = 0
    id: str = ""


@dataclass
class Timeline:
    """Both panes, and who waits for news of them."""

    most: int = MOST_ENTRIES
    run: str = field(default_factory=lambda: secrets.token_hex(4))
    closed: bool = False
    _last: int = 0
    _panes: dict[Pane, "deque[Entry]"] = field(init=False)
    _keys: dict[str, None] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._panes = {pane: deque(maxlen=self.most) for pane in Pane}

    def first(self, key: str) -> bool:
        """Whether this key is met for the first time; from now on it is not."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > MOST_KEYS:
            del self._keys[next(iter(self._keys))]
        return True

    def add(self, entry: Entry, key: str = "") -> bool:
        """Show an entry, once per key.

        Returns:
            Whether it is shown now; False when its key was shown before.
        """
        if key and not self.first(key):
            return False
        self._last += 1
        id_ = hashlib.sha256(key.encode()).hexdigest()[:16] if key else f"{self.run}-{self._last}"
        self._panes[entry.pane].append(replace(entry, number=self._last, id=id_))
        self.ring()
        return True

    def shown(self, readers: dict[Pane, str], after: int = 0) -> Iterator[Entry]:
        """What one person sees in each pane, the oldest first.

        Args:
            readers: who looks at each pane.
            after: the number of the last entry seen already.
        """
        entries = (entry for pane in Pane for entry in self._panes[pane])
        for entry in sorted(entries, key=lambda entry: entry.number):
            if entry.number > after and entry.reader in (None, readers[entry.pane]):
                yield entry

    @property
    def cursor(self) -> str:
        """Where the timeline stands: a page that names it later is shown what came after."""
        return self.cursor_of(self._last)

    def cursor_of(self, number: int) -> str:
        """The cursor just after an entry."""
        return f"{self.run}-{number}"

    def after(self, cursor: str) -> int:
        """The number a cursor stands for; one of another run, or none at all, is before everything."""
        run, _, number = cursor.rpartition("-")
        return int(number) if run == self.run and number.isdecimal() else 0

    def ring(self) -> None:
        """Wake whoever waits for news."""
        self._news.set()
        self._news = asyncio.Event()

    def close(self) -> None:
        """Let everyone who waits go home."""
        self.closed = True
        self.ring()

    @property
    def news(self) -> asyncio.Event:
        """Set at the next thing that happens: take it before reading the entries, wait for it afterwards."""
        return self._news
