"""What an answer showed that nobody can be sent is not kept: /mine stands an author's named items beside the others."""

from collections.abc import Awaitable, Callable
from typing import Any

from structlog.testing import capture_logs

from bot.delivery.courier import Courier
from bot.ports.adapter import Address, Unreachable
from bot.ports.inbound import Means
from bot.ports.reply import Reply
from tests.stage import BareStage, Person

Dump = Callable[[], Awaitable[dict[str, list[dict[str, Any]]]]]


class Shut:
    """A platform on which everybody has blocked the bot."""

    name = "bare"

    async def run(self) -> None: ...

    async def send(self, address: Address, reply: Reply) -> None:
        raise Unreachable("blocked the bot")


async def test_a_list_of_ones_own_that_cannot_be_sent_leaves_no_trace_of_its_items(
    stage: BareStage, noor: Person, dump: Dump
) -> None:
    await noor.says("/suggest A bench")
    await noor.says("/problem")
    await noor.fills(text="Nobody listens", audience="everyone", name="nameless")
    await noor.presses("Send")
    await stage.do(noor, text="/mine", means=Means(durable=True))
    assert len((await dump())["trace"]) == 2
    with capture_logs():
        await Courier(stage.core, {stage.name: Shut()}).drain()
    rows = await dump()
    assert [row["payload"] for row in rows["outbox"]] == [None]
    assert rows["trace"] == []
