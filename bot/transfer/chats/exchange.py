"""An open question of a chat, its possible answers, and the exchange it becomes when an answer settled it."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.values import frozen

LONGEST = 1_200
"""The most characters of an answer."""
WHOLE, WHOLE_WORDS = 1, 8
"""The weight of an answer in whole sentences, and the number of words from which it counts as such."""
ENOUGH = 3
"""The least weight of an answer that settled a question."""


@dataclass(slots=True)
class Answer:
    """A possible answer of one person to a question.

    Attributes:
        speaker: the account that wrote it.
        names: the folded names of its author.
        at: the time of its first message.
        parts: the texts of its messages.
        weight: the evidence for it; see `bot.transfer.chats.exchanges`.
        number: the number of its last message in the chat.
        thanked: whether whoever asked gave thanks for it.
    """

    speaker: str
    names: frozenset[str]
    at: datetime
    parts: list[str]
    weight: int
    number: int
    thanked: bool = False

    @property
    def worth(self) -> int:
        """Its weight, with `WHOLE` for whole sentences."""
        return self.weight + WHOLE * (sum(len(part.split()) for part in self.parts) >= WHOLE_WORDS)


@frozen
class Exchange:
    """A question and the answer that settled it, as they were written."""

    question: str
    answer: str
    weight: int


@dataclass(slots=True)
class OpenQuestion:
    """A question that waits for its answer.

    Attributes:
        speaker: the account that wrote it.
        names: the folded names of its author.
        followed: whether a later message was taken as a reaction to it.
        answers: the possible answers so far.
    """

    speaker: str
    names: frozenset[str]
    at: datetime
    text: str
    followed: bool = False
    answers: list[Answer] = field(default_factory=list)

    def settled(self) -> Exchange | None:
        """The question with the answer of the highest weight; None when that is below `ENOUGH`."""
        best = max(self.answers, key=lambda one: one.worth, default=None)
        if best is None or best.worth < ENOUGH:
            return None
        return Exchange(self.text, "\n".join(best.parts)[:LONGEST], best.worth)
