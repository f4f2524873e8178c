"""A group is recognised as the stored theme that shares what sets it apart, or its items."""

import numpy as np

from bot.themes.recognition import recognise

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


def test_each_theme_is_one_group_s_and_what_is_like_none_is_new() -> None:
    groups = np.array([ABROAD, ABROAD, [0, 5, 0, 0]], np.float32)
    found = recognise(groups, KNOWN[1:2], [12], [{}, {}, {}], 0.65)
    assert found == {0: 12}
