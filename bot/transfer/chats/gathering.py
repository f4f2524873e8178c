"""Reads an exported chat once, and gathers what comes of it: its weeks, and what may become knowledge."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from zoneinfo import ZoneInfo

from bot.language.text.normalise import has_words, question_key
from bot.transfer.chats.answering import is_answer
from bot.transfer.chats.asking import question_in
from bot.transfer.chats.discretion import Discretion
from bot.transfer.chats.exchange import Exchange
from bot.transfer.chats.exchanges import Exchanges
from bot.transfer.chats.message import Message
from bot.transfer.chats.weeks import Week, Weeks
from storage.values import frozen

MOST = 500
"""Candidates that are kept of one file: those that most speaks for."""
STEP = 1_000
"""Messages after which progress is told."""
SPARE = 4
"""Times as many are held meanwhile, as some say the same."""


@frozen
class Gathered:
    """What came of a chat.

    Attributes:
        candidates: questions with what settled them, without people, what most speaks for first.
        found: how many there were before the best were chosen.
    """

    messages: int
    weeks: tuple[Week, ...]
    candidates: tuple[Exchange, ...]
    found: int


@dataclass(slots=True)
class Gathering:
    """Gathers from messages as they come.

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
        weeks, discretion = Weeks(self.zone), Discretion()
        exchanges = Exchanges(discretion)
        for message in messages:
            self.messages += 1
            weeks.take(message.at, message.speaker)
            self._hold(exchanges.take(message))
            if self.messages % STEP == 0:
                advance(self.messages)
        self._hold(exchanges.rest())
        return Gathered(self.messages, tuple(weeks.counted()), tuple(self._choose(discretion)), self.found)

    def _hold(self, new: Iterable[Exchange]) -> None:
        for one in new:
            self.found += 1
            push = heapq.heappush if len(self._best) < MOST * SPARE else heapq.heappushpop
            push(self._best, (one.weight, next(self._numbers), one))

    def _choose(self, discretion: Discretion) -> Iterator[Exchange]:
        """The best without people, each question once."""
        seen: set[str] = set()
        for weight, _, one in sorted(self._best, reverse=True):
            question, answer = discretion.clean(one.question), discretion.clean(one.answer)
            key = question_key(question)
            if key in seen or len(seen) == MOST or not (has_words(question) and is_answer(answer)):
                continue
            if question_in(question):
                seen.add(key)
                yield Exchange(question, answer, weight)
