"""The kernel: what it says of phrasings left out is what one built without them says."""

import numpy as np
from scipy.sparse import csr_matrix

from bot.language.arrays import Array
from bot.language.encoding.encoder import unit
from bot.language.search.kernel import Kernel
from bot.language.search.spread import whiten

CHANCE = np.random.default_rng(0)
ANSWERS = np.repeat(np.arange(4), 5)
CENTRES = CHANCE.normal(size=(4, 16))
DENSE = unit(CENTRES[ANSWERS] + 0.5 * CHANCE.normal(size=(20, 16)))
TERMS = unit(np.abs(CENTRES[ANSWERS] + CHANCE.normal(size=(20, 16))))


def kernel(rows: Array, answers: Array = ANSWERS) -> Kernel:
    return Kernel(DENSE[rows], csr_matrix(TERMS[rows]), answers[rows], 4)


def value(built: Kernel, rows: Array, one: int) -> Array:
    return built.weigh(DENSE[one] @ DENSE[rows].T, TERMS[one] @ TERMS[rows].T)


def test_leaving_one_phrasing_out_in_closed_form_is_building_without_it() -> None:
    alone, _ = kernel(np.arange(20)).leave_out()
    for one in range(20):
        rows = np.delete(np.arange(20), one)
        assert np.allclose(alone[one], value(kernel(rows), rows, one), atol=1e-6)


def test_leaving_a_whole_answer_out_in_closed_form_is_building_without_it() -> None:
    _, without = kernel(np.arange(20)).leave_out()
    for answer in range(4):
        rows = np.flatnonzero(answer != ANSWERS)
        for one in np.flatnonzero(answer == ANSWERS):
            others = np.delete(np.arange(4), answer)
            assert np.allclose(without[one, others], value(kernel(rows), rows, int(one))[others], atol=1e-6)
            assert without[one, answer] == -1


def test_a_phrasing_speaks_for_its_own_answer() -> None:
    built = kernel(np.arange(20))
    assert (built.weigh(DENSE @ DENSE.T, TERMS @ TERMS.T).argmax(axis=1) == ANSWERS).all()


def test_what_differs_within_each_answer_does_not_tell_answers_apart() -> None:
    # Each answer's phrasings differ in the first component alone; the second is what tells both answers apart.
    rows = unit(np.array([[1, 0.2], [-1, 0.2], [1, -0.2], [-1, -0.2]]))
    answers = np.array([0, 0, 1, 1])
    even = unit(np.vstack([rows, [[0.9, 0.3]]]) @ whiten(rows, answers))
    plain, levelled = unit(np.array([[0.9, 0.3]])) @ rows.T, even[4] @ even[:4].T
    assert plain[0, 0] - plain[0, 1] > levelled[0] - levelled[1], "the other phrasing of its answer is nearer now"
    assert levelled[0] - levelled[2] > plain[0, 0] - plain[0, 2], "and the other answer farther"


def test_with_one_phrasing_an_answer_no_cosine_changes() -> None:
    even = unit(DENSE @ whiten(DENSE, np.arange(20)))
    assert np.allclose(even @ even.T, DENSE @ DENSE.T, atol=1e-5)
