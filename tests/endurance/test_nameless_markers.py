"""Two hundred dialogues with the team on each platform: nothing of a nameless author leaves to anyone else."""

import pytest

from tests.adapters.test_nameless_markers import (
    opened,
    settings,
    test_nothing_of_a_nameless_author_leaves_to_anyone_else,
)

__all__ = ["opened", "settings", "test_nothing_of_a_nameless_author_leaves_to_anyone_else"]


@pytest.fixture
def dialogues() -> int:
    return 200
