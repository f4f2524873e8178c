"""A double tap on a button, over real sockets: it does once what it says, and both taps are acknowledged."""

from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session, select

from storage.models import Feedback, Support
from tests.sockets.discord.events import JSON, user
from tests.sockets.discord.running import GENERAL, Running, running
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.rest.interactions import Answer

NOOR = user(8, "noor")


def buttons(components: list[JSON]) -> Iterator[JSON]:
    """The buttons among components, also of rows and cards."""
    for one in components:
        yield from buttons([*one.get("components", ()), *([one["accessory"]] if "accessory" in one else [])])
        if "label" in one:
            yield one


async def support(bot: Running) -> tuple[int, int]:
    """The support of all that was filed, and who gives it."""

    def job(session: Session) -> tuple[int, int]:
        return sum(session.exec(select(Feedback.support)).all()), len(session.exec(select(Support)).all())

    return await bot.core.store.read(job)


async def test_a_double_tap_on_support_supports_once(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        bot.uses("suggest", text="Open later")
        await fake.sent("callback")
        event = bot.uses("status", person=NOOR, number=1)
        await fake.sent("callback", 2)
        done = fake.world.interactions[event["d"]["token"]]
        message = fake.world.messages[done.channel][done.original or 0]
        pressed = next(one["custom_id"] for one in buttons(message["components"]) if one["label"] == "Support")
        for _ in range(2):
            fake.push(bot.events.press(pressed, message, GENERAL, NOOR))
        taps = (await fake.sent("callback", 4))[2:]
        assert [call.payload["type"] for call in taps].count(Answer.DEFER_UPDATE) == 1
        assert await support(bot) == (1, 1)
