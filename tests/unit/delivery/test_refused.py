"""What a place refused is kept and posted when the bot may write there; what a blocked bot owed comes after all."""

from collections.abc import Callable
from datetime import timedelta

from bot.core import Core
from bot.delivery.courier import Courier
from bot.delivery.refused import bring_missed, post_refused
from bot.ports.adapter import Unreachable
from storage.traffic.outbox import KEPT
from tests.clock import StillClock
from tests.unit.delivery.test_delivery import owe_person
from tests.unit.postman import Postman, owe


def anywhere(_: str) -> bool:
    return True


async def refuse(courier: Courier, postman: Postman, *places: str) -> None:
    """Let places refuse what is owed to them, and take everything from then on."""
    postman.trouble = {place: Unreachable("muted") for place in places}
    assert await courier.drain() == 0
    postman.trouble = {}


async def test_what_a_place_refused_is_posted_when_it_may_be(core: Core, courier: Courier, postman: Postman) -> None:
    await owe(core, "agora")
    await refuse(courier, postman, "agora")
    assert await post_refused(core, "bare", anywhere) == 1
    assert await post_refused(core, "bare", anywhere) == 0, "it is on its way"
    await courier.drain()
    assert postman.delivered == [("agora", "News.")]


async def test_what_other_places_refused_waits_on(core: Core, courier: Courier, postman: Postman) -> None:
    for place in ("agora", "forum"):
        await owe(core, place)
    await refuse(courier, postman, "agora", "forum")
    only: Callable[[str], bool] = "forum".__eq__
    assert await post_refused(core, "bare", only) == 1
    assert await post_refused(core, "other", anywhere) == 0, "those are another platform's places"
    await courier.drain()
    assert postman.delivered == [("forum", "News.")]


async def test_what_was_refused_long_ago_is_not_posted_as_if_new(
    core: Core, courier: Courier, postman: Postman, clock: StillClock
) -> None:
    await owe(core, "agora")
    await refuse(courier, postman, "agora")
    clock.forward(seconds=(KEPT + timedelta(minutes=1)).total_seconds())
    assert await post_refused(core, "bare", anywhere) == 0


async def test_who_blocked_the_bot_is_brought_what_they_missed(core: Core, courier: Courier, postman: Postman) -> None:
    await owe_person(core, "ines")
    await owe_person(core, "noor")
    await refuse(courier, postman, "ines", "noor")
    assert await bring_missed(core, "bare", "ines") == 1
    assert await bring_missed(core, "bare", "stranger") == 0
    await courier.drain()
    assert postman.delivered == [("ines", "News for ines.")]
