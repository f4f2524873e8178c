"""A question of a chat while it waits, what was said to it, and what of that settled it."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.values import frozen

LONGEST = 1_200
"""Characters of an answer."""
WHOLE, WHOLE_WORDS = 1, 8
"""What it is worth that an answer is whole sentences, and the words from which on it is."""
ENOUGH = 3
"""What has to speak for an answer."""


@dataclass(slots=True)
class Answer:
    """What one person said to a question.

    Attributes:
        names: the folded names of who said it.
        parts: its messages.
        number: which of the chat's messages its last one is.
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
        """How much speaks for it."""
        return self.weight + WHOLE * (sum(len(part.split()) for part in self.parts) >= WHOLE_WORDS)


@frozen
class Exchange:
    """A question and what settled it, as they were said."""

    question: str
    answer: str
    weight: int


@dataclass(slots=True)
class Asked:
    """A question that waits, with what was said to it.

    Attributes:
        names: the folded names of who asked it.
        followed: whether a message was taken for what is said to it.
    """

    speaker: str
    names: frozenset[str]
    at: datetime
    text: str
    followed: bool = False
    answers: list[Answer] = field(default_factory=list)

    def settled(self) -> Exchange | None:
        """The question with the answer that most speaks for; None when that is not enough."""
        best = max(self.answers, key=lambda one: one.worth, default=None)
        if best is None or best.worth < ENOUGH:
            return None
        return Exchange(self.text, "\n".join(best.parts)[:LONGEST], best.worth)
