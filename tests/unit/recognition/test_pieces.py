"""Texts are taken apart into pieces, so that slips of the pen and chat spelling stay like what they stand for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.meaning.pieces import PLACES, take_apart


def share(one: str, other: str) -> float:
    mine, yours = take_apart(one)[0], take_apart(other)[0]
    return len(np.intersect1d(mine, yours)) / min(len(mine), len(yours))


def test_a_slip_leaves_most_pieces_alone() -> None:
    assert share("je veux mourir", "je veus mourrir") > 0.5 > share("je veux mourir", "the bus is late")


def test_case_accents_and_repeated_letters_make_no_difference() -> None:
    for one, other in zip(take_apart("Ça me tuuuuue !"), take_apart("ca me tue"), strict=True):
        np.testing.assert_array_equal(one, other)


@given(text=st.text())
def test_any_text_has_places(text: str) -> None:
    for places in take_apart(text):
        assert np.all(places < PLACES)
