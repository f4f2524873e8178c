"""The databases that doctor looks at: made once, and copied for each test."""

import pytest

from tests.cli.doctor.clinic import Begun


@pytest.fixture(scope="session")
def begun() -> Begun:
    return {}
