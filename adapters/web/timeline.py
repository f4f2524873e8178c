"""The entries of the page's two panes, in memory only."""

import asyncio
import hashlib
import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.ports.reply import Reply
from storage.values import frozen

MOST_ENTRIES = 300
"""The most entries kept for each pane."""
MOST_KEYS = 5_000


class Pane(StrEnum):
    """The two places of the page; each value is the chat's id."""

    COMMUNITY = "community"
    STAFF = "staff"


@frozen
class Entry:
    """One entry.

    Attributes:
        reader: the id of the only person who sees it; None for everyone.
        speaker: the name of the person who wrote it; empty for the bot.
        text: the person's text.
        reply: the bot's reply.
        number: its position in the order of all entries.
        turn: the value of the timeline's counter when it was last shown or changed.
        id: stable across restarts if added with a key, so that an open page does not show it twice.
    """

    pane: Pane
    at: datetime
    reader: str | None = None
    speaker_id: str = ""
    speaker: str = ""
    text: str = ""
    reply: Reply | None = None
    number: int = 0
    turn: int = 0
    id: str = ""


@dataclass
class Timeline:
    """The entries of both panes; notifies waiting requests of new ones."""

    most: int = MOST_ENTRIES
    run: str = field(default_factory=lambda: secrets.token_hex(4))
    closed: bool = False
    _last: int = 0
    _panes: dict[Pane, "deque[Entry]"] = field(init=False)
    _keys: dict[str, None] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._panes = {pane: deque(maxlen=self.most) for pane in Pane}

    def claim(self, key: str) -> bool:
        """Remember a key; return whether this is the first call with it."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > MOST_KEYS:
            del self._keys[next(iter(self._keys))]
        return True

    def add(self, entry: Entry, key: str = "") -> bool:
        """Add an entry, once per key.

        Returns:
            False when an entry with this key was added before.
        """
        if key and not self.claim(key):
            return False
        self._last += 1
        id_ = hashlib.sha256(key.encode()).hexdigest()[:16] if key else f"{self.run}-{self._last}"
        self._panes[entry.pane].append(replace(entry, number=self._last, turn=self._last, id=id_))
        self.notify()
        return True

    def step(self) -> int:
        """Increment the turn without an entry, wake all waiters of `news`, and return the turn."""
        self._last += 1
        self.notify()
        return self._last

    def change(self, id_: str, to: Entry) -> bool:
        """Replace the reply in an entry of the bot; False if there is no such entry visible to the same people."""
        pane = self._panes[to.pane]
        for place, entry in enumerate(pane):
            if entry.id == id_ and entry.reply is not None and entry.reader == to.reader:
                self._last += 1
                pane[place] = replace(entry, reply=to.reply, turn=self._last)
                self.notify()
                return True
        return False

    def shown(self, readers: dict[Pane, str], after: int = 0) -> Iterator[Entry]:
        """Yield the visible entries of both panes, in the order in which they were last shown or changed.

        Args:
            readers: by pane, the id of the person looking at it.
            after: the turn of the last entry already seen.
        """
        entries = (entry for pane in Pane for entry in self._panes[pane])
        for entry in sorted(entries, key=lambda entry: entry.turn):
            if entry.turn > after and entry.reader in (None, readers[entry.pane]):
                yield entry

    @property
    def cursor(self) -> str:
        """The cursor after the last entry, from which a page continues later."""
        return self.cursor_of(self._last)

    def cursor_of(self, number: int) -> str:
        """The cursor after the entry of that turn."""
        return f"{self.run}-{number}"

    def after(self, cursor: str) -> int:
        """The turn of a cursor; 0 if it is empty or of another run."""
        run, _, number = cursor.rpartition("-")
        return int(number) if run == self.run and number.isdecimal() else 0

    def notify(self) -> None:
        """Wake all waiters of `news`."""
        self._news.set()
        self._news = asyncio.Event()

    def close(self) -> None:
        """Mark the timeline as closed, and wake all waiters."""
        self.closed = True
        self.notify()

    @property
    def news(self) -> asyncio.Event:
        """The event that the next change sets: get it before reading the entries, then wait for it."""
        return self._news
