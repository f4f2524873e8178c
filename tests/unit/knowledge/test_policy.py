"""The answering policy: answer, offer, or stay quiet."""

from bot.knowledge.policy import ANSWER_THRESHOLD, OFFER_THRESHOLD, UNASKED_THRESHOLD, SearchResult, decide
from bot.language.search.candidate import Candidate
from storage.vocabulary import Decision


def scored(*scores: float) -> list[Candidate]:
    return [Candidate(number, score) for number, score in enumerate(scores)]


def test_it_answers_when_sure_offers_when_torn_and_is_quiet_otherwise() -> None:
    cases: list[tuple[tuple[float, ...], Decision]] = [
        ((), Decision.SILENT),
        ((OFFER_THRESHOLD - 0.01,), Decision.SILENT),
        ((OFFER_THRESHOLD,), Decision.OFFER),
        ((ANSWER_THRESHOLD - 0.01, OFFER_THRESHOLD), Decision.OFFER),
        ((ANSWER_THRESHOLD,), Decision.ANSWER),
        ((1.0, 0.1), Decision.ANSWER),
        ((OFFER_THRESHOLD - 0.01, OFFER_THRESHOLD - 0.01), Decision.SILENT),
    ]
    assert [(scores, decision) for scores, decision in cases if decide(scored(*scores)) is not decision] == []


def test_a_finding_is_as_good_as_its_best_candidate() -> None:
    assert SearchResult(Decision.OFFER, tuple(scored(0.7, 0.2))).score == 0.7
    assert SearchResult(Decision.SILENT, ()).score == 0


def test_speaking_up_unasked_takes_more_than_an_answer_does() -> None:
    cases: list[tuple[float, bool]] = [
        (ANSWER_THRESHOLD, False),
        (UNASKED_THRESHOLD - 0.001, False),
        (UNASKED_THRESHOLD, True),
    ]
    for score, certain in cases:
        assert SearchResult(Decision.ANSWER, tuple(scored(score))).answers_unasked is certain, (score, certain)
        assert not SearchResult(Decision.OFFER, tuple(scored(score))).answers_unasked, (score, certain)
