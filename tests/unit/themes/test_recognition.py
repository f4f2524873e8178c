"""A group is recognised as the stored theme that shares what sets it apart, or its items."""

import numpy as np

from bot.themes.grouping import by_words
from bot.themes.recognition import recognise
from bot.themes.survey import Material
from storage.items.signals.themes import ThemeText
from storage.models import Theme
from storage.vocabulary import Kind
from tests.features.themes.voices import POINTS, RELAIS
from tests.storage.rows import NOON

# By "card", "lost", "fees", "abroad": all are about cards.
KNOWN = np.array([[9, 1, 0, 0], [9, 0, 0, 3], [9, 0, 3, 0]], np.float32)
LOST, ABROAD = [3, 4, 0, 0], [9, 0, 0, 1]


def test_what_all_have_in_common_does_not_decide() -> None:
    """By plain cosines "abroad" is more like "lost", of which it has but the card."""
    groups = np.array([LOST, ABROAD], np.float32)
    assert recognise(groups, KNOWN, [11, 12, 13], [{}, {}], 0.65) == {0: 11, 1: 12}


def test_who_shares_items_with_a_theme_is_it_whatever_it_means() -> None:
    groups = np.array([LOST, ABROAD], np.float32)
    assert recognise(groups, KNOWN, [11, 12, 13], [{13: 0.5}, {}], 0.65) == {0: 13, 1: 12}


def test_two_groups_are_one_theme_where_that_is_beyond_doubt_and_what_is_like_none_is_new() -> None:
    groups = np.array([ABROAD, ABROAD, [0, 5, 0, 0]], np.float32)
    found = recognise(groups, KNOWN[1:2], [12], [{}, {}, {}], 0.65)
    assert found == {0: 12, 1: 12}


def test_a_theme_that_has_a_group_takes_no_other_that_is_only_near_to_it() -> None:
    groups = np.array([[9, 0, 3, 0], [9, 0, 1, 1], [9, 2, 0, 0]], np.float32)
    assert recognise(groups, KNOWN[2:3], [13], [{}, {}, {}], 0.65) == {0: 13}


def test_what_was_one_theme_and_falls_into_two_groups_stays_one() -> None:
    texts = (*POINTS, *RELAIS)
    items = tuple(
        ThemeText(own, text, Kind.PROBLEM, "en", own, None, None, nameless=False, theme=1)
        for own, text in enumerate(texts, 1)
    )
    theme = Theme(id=1, community_id=1, created_at=NOON, seen_at=NOON)
    apart = by_words(Material(items, (), len(items)), ("en", "fr")).groups
    assert len(apart) == 2
    found = by_words(Material(items, (), len(items), (theme,), {1: items}), ("en", "fr")).groups
    assert [one.own for one in found] == [1]
    assert len(found[0].items) == sum(len(one.items) for one in apart)
