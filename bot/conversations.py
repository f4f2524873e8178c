"""What a person was last asked or told in a place, for the few minutes in which they may refer to it."""

from collections import OrderedDict
from datetime import datetime, timedelta

from storage.values import frozen

REMEMBERED = timedelta(minutes=10)
"""How long the next message may refer to a question."""
MOST_KEPT = 10_000


@frozen
class Turn:
    """The last question of a person in a place; its words stay in the store.

    Attributes:
        question_id: the question.
        root_id: the question that it goes on with, or itself.
        offered: the answers to choose from, in the order they were shown.
        at: when it was asked.
    """

    question_id: int
    root_id: int
    offered: tuple[int, ...]
    at: datetime


class Conversations:
    """The last question of each person in each place, in memory only: a restart forgets them."""

    def __init__(self) -> None:
        self._turns: OrderedDict[tuple[str, str], Turn] = OrderedDict()

    def remember(self, holder: str, chat: str, turn: Turn) -> None:
        """Record the last question of a person in a place.

        Args:
            holder: the keyed mark of the person's account.
            chat: the keyed mark of the place.
        """
        self._turns[holder, chat] = turn
        self._turns.move_to_end((holder, chat))
        while len(self._turns) > MOST_KEPT or self._oldest() < turn.at - REMEMBERED:
            self._turns.popitem(last=False)

    def last(self, holder: str, chat: str, now: datetime) -> Turn | None:
        """The last question of a person in a place; None when it is too long ago."""
        turn = self._turns.get((holder, chat))
        return turn if turn and turn.at >= now - REMEMBERED else None

    def _oldest(self) -> datetime:
        return next(iter(self._turns.values())).at
