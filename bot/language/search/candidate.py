"""One search hit."""

from storage.values import frozen


@frozen
class Candidate:
    """An answer that may fit a question.

    Attributes:
        score: the confidence that it is the right answer, from 0 to 1.
    """

    answer_id: int
    score: float
