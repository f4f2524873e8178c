"""The index of words compares as the vectors of all texts at once do, whatever was taken up and forgotten before."""

import numpy as np
import pytest

from bot.language.search.alike import sharing, wordings
from bot.language.search.alike.wordings import Wordings
from bot.language.text.normalise import normalise
from bot.language.text.terms import Terms
from tests.words import WISHES, strange

LANGUAGES = ("en", "fr")
ASKED = ("A chess tournament in the square", "The wifi in the lift drops", "Plus de bancs", "the the the bins")


def indexed(texts: dict[int, str]) -> Wordings:
    """An index of texts, taken up one by one among others that are forgotten again."""
    index = Wordings(LANGUAGES)
    for own, text in texts.items():
        index.add({own: text})
        index.add({1_000 + own: f"{strange(own)} {text}"})
    index.remove([1_000 + own for own in texts])
    return index


def test_cosines_are_those_of_the_vectors_of_all_texts() -> None:
    cases: list[str] = [*ASKED, *WISHES]
    for asked in cases:
        texts = dict(enumerate((*WISHES, "the bins, the bins, the bins on the beach")))
        ids, cosines = indexed(texts).compare(asked)
        terms = Terms([normalise(text) for text in texts.values()], LANGUAGES)
        wanted = (terms.vectors([normalise(asked)]) @ terms.rows.T).toarray()[0]
        assert np.allclose(cosines, [wanted[own] for own in ids]), asked


def test_the_near_ones_are_among_many_others() -> None:
    index = Wordings(LANGUAGES)
    index.add({own: strange(own) for own in range(300)})
    index.add({own: f"{text} {own}" for own, text in enumerate(WISHES, 1_000)})
    assert [near.id for near in index.search("Parcels arrive late again", 3)] == [1_006]
    assert index.search("Something else entirely", 3) == []


def test_of_what_is_forgotten_no_word_is_left() -> None:
    index = Wordings(LANGUAGES)
    index.add(dict(enumerate(WISHES)))
    index.remove(range(len(WISHES)))
    assert (len(index), index._terms, index._repeated, index._having) == (0, {}, {}, {})
    assert index.search(WISHES[0], 3) == []


def test_among_many_the_same_are_near_as_among_few(monkeypatch: pytest.MonkeyPatch) -> None:
    index = indexed({own: f"{text} {strange(own % 9)}" for own, text in enumerate((*WISHES, *WISHES[::-1]))})
    few = {asked: index.search(asked, 8) for asked in (*ASKED, *WISHES)}
    monkeypatch.setattr(wordings, "MANY", 0)
    for asked, near in few.items():
        many = {one.id: one.cosine for one in index.search(asked, 8)}
        assert many == pytest.approx({one.id: one.cosine for one in near}), asked


def test_of_very_many_that_may_be_near_the_nearest_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Wordings(LANGUAGES)
    index.add({own: strange(own) for own in range(300)})
    index.add({1_000 + own: f"Parcels arrive late {strange(own)}" for own in range(40)})
    index.add({2_000: "Parcels arrive late"})
    monkeypatch.setattr(wordings, "MANY", 0)
    monkeypatch.setattr(sharing, "MOST_LIKELY", 2)
    assert index.search("Parcels arrive late", 3)[0].id == 2_000
