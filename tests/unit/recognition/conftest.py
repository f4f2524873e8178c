"""The packaged tables, compiled once."""

import pytest

from bot.recognition.danger import DangerTables, load_danger
from bot.recognition.subject import SubjectTables, load_subjects


@pytest.fixture(scope="session")
def danger_tables() -> DangerTables:
    return load_danger()


@pytest.fixture(scope="session")
def subject_tables() -> SubjectTables:
    return load_subjects()
