"""The cards on the page, in memory only; the newest open ones and the last decided ones are shown."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, islice

from adapters.web.timeline import Entry, Pane, Timeline
from bot.ports.adapter import Vanished
from bot.ports.card import Face
from storage.values import frozen

IDEAS = "ideas"
"""The id of the place of the cards."""
MOST_OPEN, MOST_CLOSED = 10, 3
"""The most open and decided cards shown."""


@frozen
class Card:
    """One card.

    Attributes:
        entry: its entry; a press of its buttons is answered in the entry's pane.
        closed: whether it is decided.
    """

    entry: Entry
    closed: bool


@dataclass
class Board:
    """The cards on the page.

    Attributes:
        timeline: counts the turns of cards and entries together, and notifies of changes.
        turn: the turn of the last change.
    """

    timeline: Timeline
    turn: int = 0
    _cards: dict[str, Card] = field(default_factory=dict)

    def post(self, key: str, face: Face, at: datetime) -> str:
        """Add a card, once per key; return its id."""
        id_ = hashlib.sha256(f"card {key}".encode()).hexdigest()[:16]
        standing = self._cards.get(id_)
        self._set(standing.entry if standing else Entry(Pane.COMMUNITY, at, id=id_), face)
        return id_

    def edit(self, id_: str, face: Face) -> None:
        """Replace the content of a card.

        Raises:
            Vanished: it is not on the page, as after a restart.
        """
        if id_ not in self._cards:
            raise Vanished("the card is not on the page")
        self._set(self._cards[id_].entry, face)

    def remove(self, id_: str) -> None:
        """Remove a card, if it exists."""
        if self._cards.pop(id_, None):
            self.turn = self.timeline.step()

    def has(self, id_: str) -> bool:
        """Whether there is a card with this id."""
        return id_ in self._cards

    def shown(self) -> list[Entry]:
        """The cards to show: open ones, newest first, then decided ones."""
        newest = sorted(self._cards.values(), key=lambda card: card.entry.number, reverse=True)
        decided = sorted(newest, key=lambda card: card.entry.turn, reverse=True)
        both: Iterator[Card] = chain(
            islice((card for card in newest if not card.closed), MOST_OPEN),
            islice((card for card in decided if card.closed), MOST_CLOSED),
        )
        return [card.entry for card in both]

    def _set(self, entry: Entry, face: Face) -> None:
        self.turn = self.timeline.step()
        number = entry.number or self.turn
        shown = replace(entry, reply=face.reply, number=number, turn=self.turn)
        self._cards[entry.id] = Card(shown, face.closed)
