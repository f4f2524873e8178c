"""The features that a ranking computes for questions, from which the confidence in each answer is estimated."""

from bot.language.arrays import Array
from storage.values import frozen


@frozen
class Weighed:
    """The features of the answers to questions.

    Attributes:
        answers: questions × candidates, the numbers of the answers that were compared.
        gate: questions × features, for whether there is an answer.
        choice: questions × candidates × features, for which of them is right.
    """

    answers: Array
    gate: Array
    choice: Array
