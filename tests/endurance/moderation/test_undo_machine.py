"""More random lives of decisions than `make test` has time for: what is told is how it stands."""

import pytest

from tests.features.moderation.outcomes.test_undo_machine import test_what_is_told_is_how_it_stands

__all__ = ["test_what_is_told_is_how_it_stands"]


@pytest.fixture(params=range(1, 20))
def seed(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found
