"""A text that is looked at in several ways is encoded once."""

from collections.abc import Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.caching import LATELY, CachingEncoder


class Counting:
    id, dimension = "counting", 1

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Array:
        self.encoded += texts
        return np.array([[float(len(text))] for text in texts], np.float32)


def test_the_second_look_is_free() -> None:
    within = Counting()
    encoder = CachingEncoder(within)
    first, second = encoder.encode(["a pool"]), encoder.encode(["a pool"])
    assert within.encoded == ["a pool"]
    assert first.tolist() == second.tolist() == [[6.0]]


def test_what_a_caller_does_with_a_vector_is_not_recalled() -> None:
    encoder = CachingEncoder(Counting())
    encoder.encode(["a pool"])[:] = 0
    assert encoder.encode(["a pool"]).tolist() == [[6.0]]


def test_only_the_latest_are_recalled() -> None:
    within = Counting()
    encoder = CachingEncoder(within)
    for number in range(LATELY + 1):
        encoder.encode([f"text {number}"])
    encoder.encode(["text 0"])
    assert within.encoded.count("text 0") == 2


def test_of_several_at_a_time_those_that_are_new_are_encoded() -> None:
    within = Counting()
    encoder = CachingEncoder(within)
    encoder.encode(["a", "bc"])
    assert encoder.encode(["bc", "def", "a", "def"]).tolist() == [[2.0], [3.0], [1.0], [3.0]]
    assert within.encoded == ["a", "bc", "def"]


def test_what_is_encoded_for_a_whole_base_is_not_recalled() -> None:
    within = Counting()
    encoder = CachingEncoder(within)
    encoder.encode(["a pool"])
    encoder.encode([f"text {number}" for number in range(LATELY + 1)])
    encoder.encode(["a pool"])
    assert within.encoded.count("a pool") == 1
    assert len(encoder.encode([])) == 0
