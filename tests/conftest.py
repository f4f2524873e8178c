"""Loads the fixtures of all tests, in the processes that run tests."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Load them, but not in the process that only deals tests out to others: it would import the bot first."""
    if not config.getoption("numprocesses", None):
        config.pluginmanager.import_plugin("tests.fixtures")
