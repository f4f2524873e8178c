"""Long proofs, collected only by their own path: `make endurance`."""

from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    asked = any("endurance" in word for word in config.args)
    return None if asked else True
