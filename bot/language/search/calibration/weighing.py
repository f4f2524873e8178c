"""What a ranking says of questions: the features from which the confidence in each answer is estimated."""

from dataclasses import dataclass

from bot.language.arrays import Array


@dataclass(frozen=True, slots=True)
class Weighed:
    """The answers to questions, weighed.

    Attributes:
        answers: by question, the numbers of the answers that were weighed.
        gate: by question, the features of there being an answer.
        choice: by question and weighed answer, the features of its being the right one.
    """

    answers: Array
    gate: Array
    choice: Array
