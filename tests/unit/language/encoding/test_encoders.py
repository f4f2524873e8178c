"""The encoders: chosen by name, centred, joined, and refused in one line when they are not there."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.errors import OperatorError
from bot.language.arrays import Array
from bot.language.encoding import encoders
from bot.language.encoding.centred import Centred
from bot.language.encoding.encoder import unit
from bot.language.encoding.joined import Joined
from tests import meaning


class Leaning:
    """An encoder all of whose vectors lean one way."""

    id, dimension = "leaning", 3

    def encode(self, texts: Sequence[str]) -> Array:
        return unit(np.array([[9.0, "hall" in text, "pool" in text] for text in texts], np.float32))


def test_the_bundled_encoder_finds_what_means_the_same_with_and_without_accents() -> None:
    rows = meaning.encoder().encode(["Ouvert à Noël ?", "ouvert a noel ?", "Do you sell bicycles?"])
    assert rows.shape == (3, meaning.encoder().dimension)
    assert rows.dtype == np.float32
    assert rows[0] @ rows[1] > 0.8
    assert rows[0] @ rows[2] < 0.4


def test_any_text_has_a_vector_of_length_1() -> None:
    cases: list[str] = ["", " ", "\ud800", "\u200b", "x" * 50_000, "\0"]
    assert [
        text for text in cases if np.linalg.norm(meaning.encoder().encode([text])[0]) != pytest.approx(1, abs=1e-5)
    ] == []


def test_no_texts_have_no_vectors() -> None:
    assert meaning.encoder().encode([]).shape == (0, meaning.encoder().dimension)


def test_without_what_all_texts_have_in_common_two_are_told_apart() -> None:
    texts = ["the hall", "the pool"]
    one, other = Leaning().encode(texts), Centred(Leaning()).encode(texts)
    assert one[0] @ one[1] > 0.9
    assert other[0] @ other[1] < 0.5


def test_joined_encoders_have_the_mean_of_their_cosines() -> None:
    texts = ["the hall", "the pool"]
    both = Joined([Leaning(), meaning.encoder()])
    rows, own, other = both.encode(texts), Leaning().encode(texts), meaning.encoder().encode(texts)
    assert rows.shape == (2, both.dimension)
    assert rows[0] @ rows[1] == pytest.approx((own[0] @ own[1] + other[0] @ other[1]) / 2, abs=1e-5)
    assert both.id == f"leaning + {meaning.encoder().id}"


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("klingon", "encoder: klingon is neither bundled, french, english, lexical nor a folder."),
        ("bundled+klingon", "encoder: klingon is neither"),
        ("french", "pip install portevoix"),
    ],
)
def test_an_encoder_that_is_not_there_is_refused_in_one_line(
    choice: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoders, "find_spec", lambda _: None)
    for attempt in (encoders.check, encoders.load):
        with pytest.raises(OperatorError, match=words.split("[", maxsplit=1)[0]):
            attempt(choice)


def test_a_folder_without_an_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="has no model"):
        encoders.load(str(tmp_path))


def test_without_the_default_package_the_words_alone_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "find_spec", lambda _: None)
    assert encoders.load(encoders.BUNDLED) is None
