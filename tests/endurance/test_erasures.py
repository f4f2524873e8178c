"""A thousand erasures on PostgreSQL, each at the same instant as twelve acts: no word is left without an owner.

It takes some seven minutes of CPU time; how far it is stands on stderr after every fifty rounds.
"""

import sys

from bot.core import Core
from tests.crash.hammer import hammer
from tests.crash.test_erased_at_once import bots

__all__ = ["bots"]

ROUNDS, TOLD = 1_000, 50


async def test_no_words_are_left_without_an_owner_after_a_thousand_rounds(bots: list[Core]) -> None:
    for first in range(0, ROUNDS, TOLD):
        assert await hammer(bots, range(first, first + TOLD)) == []
        sys.stderr.write(f"{first + TOLD} rounds\n")
