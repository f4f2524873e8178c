"""`kill -9` at each step and at each statement of posting a digest: every period has exactly one all the same."""

from storage.schema.opening import Location
from tests.crash.test_kill import location, postgres, survived

__all__ = ["location", "postgres"]


def test_whatever_the_step_the_bot_is_killed_at_every_period_has_one_digest(location: Location) -> None:
    assert survived(location) >= 8


def test_whatever_the_statement_the_bot_is_killed_at_every_period_has_one_digest(location: Location) -> None:
    assert survived(location, "every") > 15
