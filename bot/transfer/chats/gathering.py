"""Reads an exported chat in one pass, and collects counts by week and candidates for knowledge."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from zoneinfo import ZoneInfo

from bot.language.text.normalise import has_words, question_key
from bot.transfer.chats.anonymising import Anonymiser
from bot.transfer.chats.answering import is_answer
from bot.transfer.chats.asking import question_in
from bot.transfer.chats.exchange import Exchange
from bot.transfer.chats.exchanges import Exchanges
from bot.transfer.chats.message import Message
from bot.transfer.chats.weeks import Week, Weeks
from storage.values import frozen

MOST = 500
"""The most candidates kept of one file, those of the highest weight."""
STEP = 1_000
"""The number of messages after which progress is reported."""
SPARE = 4
"""The factor of further candidates held while reading, since some are duplicates."""


@frozen
class Gathered:
    """The result of reading a chat.

    Attributes:
        messages: the number of messages.
        candidates: the anonymised exchanges, those of the highest weight first.
        found: the number of exchanges before the best were chosen.
    """

    messages: int
    weeks: tuple[Week, ...]
    candidates: tuple[Exchange, ...]
    found: int


@dataclass(slots=True)
class Gathering:
    """Reads the messages of a chat.

    Args:
        zone: the zone in which weeks begin.
    """

    zone: ZoneInfo
    messages: int = 0
    found: int = 0
    _best: list[tuple[int, int, Exchange]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def gather(self, messages: Iterable[Message], advance: Callable[[int], None] = lambda _: None) -> Gathered:
        """Read all messages.

        Args:
            advance: called now and then with how many were read.
        """
        weeks, anonymiser = Weeks(self.zone), Anonymiser()
        exchanges = Exchanges(anonymiser)
        for message in messages:
            self.messages += 1
            weeks.take(message.at, message.speaker)
            self._hold(exchanges.take(message))
            if self.messages % STEP == 0:
                advance(self.messages)
        self._hold(exchanges.rest())
        return Gathered(self.messages, tuple(weeks.counted()), tuple(self._choose(anonymiser)), self.found)

    def _hold(self, new: Iterable[Exchange]) -> None:
        for one in new:
            self.found += 1
            push = heapq.heappush if len(self._best) < MOST * SPARE else heapq.heappushpop
            push(self._best, (one.weight, next(self._numbers), one))

    def _choose(self, anonymiser: Anonymiser) -> Iterator[Exchange]:
        """The best exchanges, anonymised, each question once."""
        seen: set[str] = set()
        for weight, _, one in sorted(self._best, reverse=True):
            question, answer = anonymiser.clean(one.question), anonymiser.clean(one.answer)
            key = question_key(question)
            if key in seen or len(seen) == MOST or not (has_words(question) and is_answer(answer)):
                continue
            if question_in(question):
                seen.add(key)
                yield Exchange(question, answer, weight)
