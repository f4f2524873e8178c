"""Each test of this folder is played on both engines."""

from collections.abc import Iterator

import pytest

from bot.settings.config import Settings
from tests.postgres import Server, postgres

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Settings]:
    """Settings for an empty database of the engine."""
    if request.param == "sqlite":
        yield settings
        return
    server: Server = request.getfixturevalue("postgres")
    place = server.create("anonymity")
    yield settings.model_copy(update={"database": place.url, "key_file": place.key_file})
    server.drop("anonymity")
