"""Twenty dialogues, half of them nameless: nothing of a nameless author is in what is sent, logged or exported."""

import pytest

from tests.features.moderation.test_exchange_privacy import test_nothing_of_a_nameless_author_leaves

__all__ = ["test_nothing_of_a_nameless_author_leaves"]


@pytest.fixture
def dialogues() -> int:
    return 20
