"""How Hypothesis looks, the same way each time so that no commit fails by another's chance; and a postman."""

import pytest
from hypothesis import HealthCheck, settings

from bot.core import Core
from bot.delivery.courier import Courier
from tests.unit.postman import Postman

settings.register_profile(
    "portevoix",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("portevoix")


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def courier(core: Core, postman: Postman) -> Courier:
    return Courier(core, {postman.name: postman})
