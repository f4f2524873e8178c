"""Confidence is the share of right answers: what is called 80 % sure is right four times in five."""

import numpy as np
import pytest

from bot.language.search.calibration.confidence import DEFAULT_MODEL, ConfidenceModel, Labelled, fit
from bot.language.search.calibration.evidence import Evidence
from bot.language.search.calibration.validation import Reliability, reliability


def evidence(*similarity: tuple[float, ...], coverage: float = 1.0) -> Evidence:
    return Evidence(np.array(similarity), None, np.full(len(similarity), coverage))


TRUTH = ConfidenceModel((4.0, 6.0, 0.0), -2.4)


def drawn(total: int, seed: int) -> Labelled:
    """Questions to ten answers, each right as often as the truth says; those left have none."""
    chance = np.random.default_rng(seed)
    alike = chance.beta(1, 6, (total, 10))
    found = Evidence(alike, None, np.full(total, 0.8))
    upto = TRUTH.estimate(found).cumsum(axis=1)
    draw = chance.random(total)[:, None]
    return Labelled(found, np.where(draw[:, 0] < upto[:, -1], (draw > upto).sum(axis=1), -1))


def test_the_likelier_answer_has_the_higher_confidence_and_a_lead_counts() -> None:
    [[near, far], [torn, _]] = DEFAULT_MODEL.estimate(evidence((0.6, 0.2), (0.6, 0.55)))
    assert near > torn > far


def test_the_best_answers_share_no_more_than_certainty() -> None:
    assert DEFAULT_MODEL.estimate(evidence((1.0, 1.0, 1.0))).sum() == pytest.approx(1.0)


def test_a_single_answer_leads_by_all_it_has() -> None:
    assert DEFAULT_MODEL.estimate(evidence((0.9,)))[0, 0] > 0.9


def test_the_head_counts_with_its_own_lead() -> None:
    found = Evidence(np.array([[0.5, 0.2]]), np.array([[0.4, -0.8]]), np.array([0.7]))
    assert found.features()[0].tolist() == pytest.approx(
        np.array([[0.5, 0.3, 0.4, 1.2, 0.7], [0.2, -0.3, -0.8, -1.2, 0.7]])
    )


def test_what_is_fitted_holds_for_questions_it_never_saw() -> None:
    learnt, asked = fit([drawn(3000, 1), drawn(3000, 2)]), drawn(6000, 3)
    told = reliability([asked], learnt)
    for low in (0.4, 0.5, 0.6, 0.7, 0.8):
        band = (told.confidence >= low) & (told.confidence < low + 0.1)
        assert band.sum() > 100
        assert told.right[band].mean() == pytest.approx(told.confidence[band].mean(), abs=0.08)


def test_reliability_tells_right_answers_reach_and_false_alarms_apart() -> None:
    told = Reliability(
        confidence=np.array([0.9, 0.8, 0.6, 0.9, 0.1]),
        right=np.array([True, False, True, False, False]),
        known=np.array([True, True, True, False, False]),
    )
    assert told.precision(0.7) == 0.5
    assert told.coverage(0.7) == pytest.approx(2 / 3)
    assert told.false(0.7) == 0.5
    assert told.precision(0.95) == 0


def test_a_model_is_its_weights() -> None:
    assert ConfidenceModel((0.0, 0.0, 0.0), 0.0).estimate(evidence((0.3,))).tolist() == [[0.5]]
