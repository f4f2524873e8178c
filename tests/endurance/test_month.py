"""The modelled month of a reader of the tables, on PostgreSQL."""

import pytest

from tests.storage.anonymity.conftest import postgres, settings
from tests.storage.anonymity.test_month import (
    month,
    test_a_reader_of_the_tables_guesses_no_better_than_twice_chance,
)

__all__ = ["month", "postgres", "settings", "test_a_reader_of_the_tables_guesses_no_better_than_twice_chance"]
pytestmark = [pytest.mark.chance, pytest.mark.parametrize("settings", ["postgres"], indirect=True)]
