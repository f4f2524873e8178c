"""Every command with every word about every item: the name and the words are where they may be and nowhere else."""

import pytest

from tests.features.trust.test_leak_walk import (
    ITEMS,
    settings,
    test_the_name_and_the_words_are_where_they_may_be_and_nowhere_else,
    written,
    zyx,
)

__all__ = [
    "settings",
    "test_the_name_and_the_words_are_where_they_may_be_and_nowhere_else",
    "written",
    "zyx",
]


@pytest.fixture
def about_items() -> tuple[str, ...]:
    return tuple(f"{number} {word}" for number in ITEMS for word in ("", "done", "week Because."))
