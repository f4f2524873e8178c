"""What a search finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that may fit, with a score from 0 to 1."""

    answer_id: int
    score: float
