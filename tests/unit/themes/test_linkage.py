"""Texts are grouped by what they say, whatever order they come in."""

import random
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from bot.themes import grouping
from bot.themes.linkage import OFTEN, alike
from bot.themes.survey import Material, sort
from storage.items.signals.themes import ThemeText
from storage.vocabulary import Kind
from tests.features.themes.voices import DARK, NOISE, POINTS
from tests.letters import Letters

TEXTS = (*POINTS, *NOISE, *DARK)
TIED = tuple(f"{one} {other}" for one in ("red", "blue", "green", "pink") for other in ("bus", "cat", "sea", "hat"))
"""Each is as much like three others as like three more: what belongs together is a toss."""


def said(texts: Sequence[str], first: int = 1) -> tuple[ThemeText, ...]:
    numbers = enumerate(texts, first)
    return tuple(ThemeText(own, text, Kind.PROBLEM, "en", own, None, None, nameless=False) for own, text in numbers)


def material(items: Sequence[ThemeText]) -> Material:
    return Material(tuple(sort(items)), (), len(items))


def words_of(items: Sequence[ThemeText]) -> list[list[str]]:
    return [[item.text for item in one.items] for one in grouping.by_words(material(items), ("en", "fr")).groups]


def test_what_says_the_same_is_grouped_and_the_rest_left_out() -> None:
    found = words_of(said(TEXTS))
    assert [set(one) for one in found] == [set(POINTS), set(DARK)]


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(TEXTS), tied=st.permutations(TIED))
def test_the_order_of_filing_changes_nothing(order: list[str], tied: list[str]) -> None:
    assert words_of(said(order)) == words_of(said(TEXTS))
    assert words_of(said(tied)) == words_of(said(TIED)) != []


def test_nor_does_it_by_meaning() -> None:
    shuffled = random.Random(1).sample(TEXTS, len(TEXTS))  # noqa: S311 - the same draw each time is meant
    found = [grouping.by_meaning(material(said(some)), Letters(), {}) for some in (TEXTS, shuffled)]
    first, second = ([[item.text for item in one.items] for one in each.groups] for each in found)
    assert first == second != []


def test_three_texts_of_two_people_are_a_theme_and_of_one_are_not() -> None:
    one = ThemeText(1, POINTS[0], Kind.PROBLEM, "en", 1, None, None, nameless=False)
    again = [
        ThemeText(own, text, Kind.PROBLEM, "en", 1, None, None, nameless=False) for own, text in enumerate(POINTS, 1)
    ]
    assert words_of((*again[:3],)) == []
    assert len(words_of((*again[1:3], one, *said(POINTS[3:4], 9)))) == 1


def test_words_that_many_texts_share_count_like_the_rest() -> None:
    shared = np.arange(3 * OFTEN) % 3 > 0
    rows = csr_matrix(np.column_stack([shared, np.eye(3 * OFTEN)]))
    assert np.array_equal(alike(rows), (rows @ rows.T).toarray())


def test_nothing_and_little_are_no_theme() -> None:
    assert words_of(()) == words_of(said(POINTS[:2])) == words_of(said(("👍", "?", "!!", "👍"))) == []
