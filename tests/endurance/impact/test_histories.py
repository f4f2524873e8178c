"""More months at random than `make test` has time for: the figures are those of a record kept beside."""

import pytest

from tests.features.impact.test_histories import test_what_was_lived_is_what_is_counted

__all__ = ["test_what_was_lived_is_what_is_counted"]


@pytest.fixture
def seeds() -> range:
    return range(20)
