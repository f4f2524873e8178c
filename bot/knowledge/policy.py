"""Decides by the confidence in the answers found whether to answer a question, to offer a choice, or neither."""

from collections.abc import Sequence

from bot.language.search.candidate import Candidate
from storage.values import frozen
from storage.vocabulary import Decision

ANSWER_THRESHOLD = 0.7
"""The confidence from which an answer is given, with too few phrasings for cross-validation."""
CROSS_VALIDATED_THRESHOLD = 0.6
"""The confidence from which an answer is given when the index was cross-validated on its own phrasings."""
DISPLAY_THRESHOLD = 0.05
"""The confidence from which a candidate is shown beside a better one; worse ones only make people doubt it."""
OFFER_THRESHOLD = 0.25
"""The confidence from which answers are offered to choose from."""
NEAR_THRESHOLD = 0.1
"""The confidence from which answers are shown with the message that a question was passed on."""
UNASKED_THRESHOLD = 0.97
"""The confidence from which a message in a public place that was not addressed to the bot is answered."""
OFFERED = 3
"""The most answers that are offered to choose from."""


@frozen
class SearchResult:
    """The result of a search.

    Attributes:
        decision: whether to answer, to offer a choice or to stay silent.
        candidates: the answers found, the best first.
        former: expired answers that fit better, the best first; they are only offered.
    """

    decision: Decision
    candidates: tuple[Candidate, ...]
    former: tuple[Candidate, ...] = ()

    @property
    def displayed(self) -> tuple[Candidate, ...]:
        """The candidates that reach `DISPLAY_THRESHOLD`."""
        return tuple(one for one in self.candidates if one.score >= DISPLAY_THRESHOLD)

    @property
    def near(self) -> tuple[Candidate, ...]:
        """The candidates shown with the message that a question was passed on; none below `NEAR_THRESHOLD`."""
        return self.displayed[:OFFERED] if self.score >= NEAR_THRESHOLD else ()

    @property
    def score(self) -> float:
        """The best candidate's confidence, 0 when there is none."""
        return self.candidates[0].score if self.candidates else 0.0

    @property
    def answers_unasked(self) -> bool:
        """Whether it is sure enough to answer a message that was not addressed to the bot."""
        return self.decision is Decision.ANSWER and self.score >= UNASKED_THRESHOLD


def assess(
    candidates: Sequence[Candidate], threshold: float = ANSWER_THRESHOLD, former: Sequence[Candidate] = ()
) -> SearchResult:
    """The result of a search, with its decision.

    Args:
        candidates: the valid answers found, the best first.
        threshold: the confidence from which an answer is given.
        former: the expired answers found, the best first.
    """
    decision = decide(candidates, threshold)
    least = max(OFFER_THRESHOLD, candidates[0].score if candidates else 0.0)
    fit = () if decision is Decision.ANSWER else tuple(one for one in former if one.score >= least)
    return SearchResult(decision, tuple(candidates), fit[:OFFERED])


def decide(candidates: Sequence[Candidate], threshold: float = ANSWER_THRESHOLD) -> Decision:
    """Answer, offer or stay silent, by the best candidate's confidence.

    Args:
        threshold: the confidence from which an answer is given.
    """
    best = candidates[0].score if candidates else 0.0
    if best >= threshold:
        return Decision.ANSWER
    return Decision.OFFER if best >= OFFER_THRESHOLD else Decision.SILENT
