"""Questions are compared with the beginnings of answers, too, and all less what they have in common."""

from collections.abc import Mapping, Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.centred import common
from bot.language.encoding.encoder import unit
from bot.language.encoding.packing import pack
from bot.language.encoding.similar import rank
from bot.language.search.material import BEGINNING, Entry, Material
from bot.language.search.semantic import SemanticIndex


class Played:
    """An encoder whose vectors are given."""

    id, dimension = "played", 4

    def __init__(self, vectors: Mapping[str, Sequence[float]]) -> None:
        self._vectors = vectors

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts; of those without one, that of nothing in particular."""
        return unit(np.array([self._vectors.get(text, (0, 0, 0, 1)) for text in texts], np.float32))


def first(vectors: Mapping[str, Sequence[float]], entries: Sequence[Entry], question: str) -> int:
    encoder = Played(vectors)
    rows = {entry.answer_id: pack(encoder.encode(entry.spoken())) for entry in entries}
    return SemanticIndex(Material(entries, rows), encoder, ("en", "fr")).search(question)[0].answer_id


def test_a_question_that_is_nearer_to_the_beginning_of_an_answer_finds_it() -> None:
    entries = [Entry(1, ("alpha",), "Short."), Entry(2, ("bravo",), "Brief.")]
    vectors = {"alpha": (1, 0.1, 0, 0), "bravo": (1, 0, 0, 0), "alpha. Short.": (0, 0, 1, 0), "charlie": (1, 0, 0.6, 0)}
    assert first(vectors, entries, "charlie") == 1


def test_what_all_answers_have_in_common_does_not_decide() -> None:
    entries = [Entry(own, (f"word{own}",)) for own in range(40)]
    # All have the first component; of the question's rest, which is all that tells, the last one has most.
    vectors = {f"word{own}": (1, 0.02 * (own % 5), 0.1, 0) for own in range(39)} | {"word39": (1, 0.6, 0.1, 0)}
    assert first({**vectors, "charlie": (1, 0.3, 0.1, 0)}, entries, "charlie") == 39


def test_the_beginning_is_encoded_with_the_first_phrasing_where_there_is_a_text() -> None:
    told = Entry(1, ("Hello, when does it open?", "opening hours"), "x" * 1_000)
    assert told.whole == (f"when does it open. {'x' * BEGINNING}",)
    assert told.spoken()[:3] == ("when does it open", "opening hours", *told.whole)
    assert Entry(1, ("When does it open?",), "…").spoken() == ("when does it open",)


def test_few_vectors_have_little_in_common_for_certain() -> None:
    alike = np.array([[1.0, 0.0]] * 20)
    assert common(alike[:1])[0] < 0.05 < common(alike)[0] == 0.5


def test_texts_of_one_field_are_told_apart_by_the_rest() -> None:
    usual = {f"text {at}": (1, 0.01 * at, 0, 0) for at in range(60)}
    vectors = {**usual, "one": (1, 0, 0.3, 0), "other": (1, 0, 0.9, 0)}
    found = list(rank(list(vectors), Played(vectors), ("en",), 1))
    # By the plain cosine, the nearest to `one` is a usual text.
    assert found[60][0][0] == 61


def test_a_text_that_is_near_to_many_comes_later() -> None:
    usual = {f"text {at}": (1 if at % 2 else -1, 0, 0, 0.01 * at) for at in range(40)}
    vectors = {**usual, "near to many": (1, 0, 0.1, 0), "near to few": (0, 0, 1, 0), "said": (0.8, 0, 0.7, 0)}
    found = list(rank(list(vectors), Played(vectors), ("en",), 1))[-1]
    assert list(vectors)[found[0][0]] == "near to few"


def test_an_answer_that_is_near_to_many_others_counts_as_farther() -> None:
    vectors: dict[str, tuple[float, ...]] = {f"word{at}": (1 if at % 2 else -1, 0, 0, 0) for at in range(40)}
    vectors |= {"word40": (1, 0, 0.1, 0), "word41": (0, 0, 1, 0), "charlie": (0.75, 0, 0.7, 0)}
    entries = [Entry(own, (f"word{own}",)) for own in range(42)]
    assert first(vectors, entries, "charlie") == 41
