"""A postman, and a courier that has no other."""

import pytest

from bot.core import Core
from bot.delivery.courier import Courier
from tests.unit.postman import Postman


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def courier(core: Core, postman: Postman) -> Courier:
    return Courier(core, {postman.name: postman})
