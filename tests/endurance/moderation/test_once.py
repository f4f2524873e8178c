"""More random decisions than `make test` has time for: each change is told once, nobody hears of it twice."""

import pytest

from tests.features.telling.conftest import days, settings
from tests.features.telling.test_once import post, test_each_change_is_told_once

__all__ = ["days", "post", "settings", "test_each_change_is_told_once"]


@pytest.fixture(params=[0, *range(2, 20)])
def seed(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found
