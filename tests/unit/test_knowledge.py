"""The answering policy: answer, offer, or stay quiet."""

import pytest

from bot.knowledge import LIKELY, MARGIN, SURE, Finding, decide
from bot.language.candidate import Candidate
from storage.vocabulary import Decision


def scored(*scores: float) -> list[Candidate]:
    return [Candidate(number, score) for number, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("scores", "decision"),
    [
        ((), Decision.SILENT),
        ((LIKELY - 0.01,), Decision.SILENT),
        ((LIKELY,), Decision.OFFER),
        ((SURE - 0.01,), Decision.OFFER),
        ((SURE,), Decision.ANSWER),
        ((1.0,), Decision.ANSWER),
        ((SURE, SURE - MARGIN - 0.01), Decision.ANSWER),
        ((SURE, SURE - MARGIN + 0.01), Decision.OFFER),
        ((1.0, 0.99), Decision.OFFER),
        ((LIKELY - 0.01, LIKELY - 0.01), Decision.SILENT),
    ],
)
def test_it_answers_when_sure_offers_when_torn_and_is_quiet_otherwise(
    scores: tuple[float, ...], decision: Decision
) -> None:
    assert decide(scored(*scores)) is decision


def test_a_finding_is_as_good_as_its_best_candidate() -> None:
    assert Finding(Decision.OFFER, tuple(scored(0.7, 0.2))).score == 0.7
    assert Finding(Decision.SILENT, ()).score == 0
