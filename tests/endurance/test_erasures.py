"""A thousand erasures on PostgreSQL, each at the same instant as twelve acts: no word is left without an owner."""

from bot.core import Core
from tests.crash.hammer import hammer
from tests.crash.test_erased_at_once import bots
from tests.postgres import postgres

__all__ = ["bots", "postgres"]

ROUNDS = 1_000


async def test_no_words_are_left_without_an_owner_after_a_thousand_rounds(bots: list[Core]) -> None:
    assert await hammer(bots, ROUNDS) == []
