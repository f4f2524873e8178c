"""What is asked at nearly the same time is answered by one call."""

import asyncio
from collections.abc import Sequence

from bot.bursts import MOST, Burst


class Calls:
    def __init__(self) -> None:
        self.sizes: list[int] = []

    def double(self, numbers: Sequence[int]) -> list[int]:
        self.sizes.append(len(numbers))
        if 0 in numbers:
            raise ZeroDivisionError
        return [2 * number for number in numbers]


async def test_a_burst_takes_few_calls() -> None:
    calls = Calls()
    burst = Burst(calls.double)
    assert await asyncio.gather(*map(burst.ask, range(1, 2 * MOST + 1))) == [2 * one for one in range(1, 2 * MOST + 1)]
    assert calls.sizes == [MOST, MOST]
    assert await burst.ask(7) == 14


async def test_who_gave_up_is_passed_over() -> None:
    calls = Calls()
    burst = Burst(calls.double)
    gone, stays = (asyncio.ensure_future(burst.ask(number)) for number in (1, 2))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == 4
    assert calls.sizes == [1]


async def test_an_error_is_told_to_those_who_asked_together_and_ends_nothing() -> None:
    burst = Burst(Calls().double)
    found = await asyncio.gather(burst.ask(0), burst.ask(1), return_exceptions=True)
    assert [type(one) for one in found] == [ZeroDivisionError, ZeroDivisionError]
    assert await burst.ask(1) == 2
