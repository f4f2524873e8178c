"""What a ranking says of questions: the features from which the confidence in each answer is estimated."""

from bot.language.arrays import Array
from storage.values import frozen


@frozen
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
