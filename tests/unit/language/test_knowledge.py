"""The answering policy: answer, offer, or stay quiet."""

import pytest

from bot.knowledge.library import CERTAIN, LIKELY, SURE, Finding, decide
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
        ((SURE - 0.01, LIKELY), Decision.OFFER),
        ((SURE,), Decision.ANSWER),
        ((1.0, 0.1), Decision.ANSWER),
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


@pytest.mark.parametrize(("score", "certain"), [(SURE, False), (CERTAIN - 0.001, False), (CERTAIN, True)])
def test_speaking_up_unasked_takes_more_than_an_answer_does(score: float, certain: bool) -> None:
    assert Finding(Decision.ANSWER, tuple(scored(score))).certain is certain
    assert not Finding(Decision.OFFER, tuple(scored(score))).certain
