"""What the bot owes on Discord: once, however often it is tried; refusals for good are not tried again."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import discord as library
import pytest
from sqlmodel import select

from adapters.discord.outgoing.drawing.payload import send_arguments
from adapters.discord.outgoing.messages import parts
from bot.delivery.courier import Courier
from bot.ports.adapter import Address, Offline, TryLater, Unreachable
from bot.ports.reply import Ask, Button, Buttons, Image, Paragraph, Reply, Title, say
from storage.models import Outbox
from storage.vocabulary import Delivery
from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person

PNG = b"\x89PNG..."


def sent(stage: DiscordStage) -> list[Any]:
    """What was posted in channels, also what was refused."""
    return [one for one in stage.env.http_requests if one.method == "POST" and one.path.endswith("/messages")]


def desk(stage: DiscordStage, key: str = "digest:1") -> Address:
    return Address(str(stage.desk.id), False, key)


async def owed(stage: DiscordStage) -> list[Outbox]:
    return await stage.core.store.read(lambda session: list(session.exec(select(Outbox))))


async def test_a_repeated_delivery_carries_the_same_nonce_and_each_part_of_a_reply_its_own(
    discord: DiscordStage,
) -> None:
    await discord.send(desk(discord), Reply((Title("Your week"), Image(PNG, "A curve that rises"))))
    [message] = discord.env.backend.messages[discord.desk.id].values()
    [file] = message.attachments
    assert (file["filename"], file["description"]) == ("picture-1.png", "A curve that rises")
    assert discord.env.backend.cdn.get(file["url"]) == PNG
    before = len(sent(discord))
    for _ in range(2):
        await discord.send(desk(discord), say("News."))
    await discord.send(desk(discord, "digest:2"), say("News."))
    bodies = [one.json for one in sent(discord)[before:]]
    assert all(body["enforce_nonce"] for body in bodies)
    assert bodies[0]["nonce"] == bodies[1]["nonce"] != bodies[2]["nonce"]
    assert all(len(body["nonce"]) <= 25 for body in bodies)
    # The parts of a reply have their own.
    await discord.send(desk(discord), say("word " * 600))
    nonces = [one.json["nonce"] for one in sent(discord)[before + 3 :]]
    assert len(nonces) == len(set(nonces)) > 1


async def test_the_part_that_failed_is_sent_again_and_no_other(discord: DiscordStage) -> None:
    backend, long = discord.env.backend, say("word " * 600)
    fault = {"method": "POST", "path": "/channels/*/messages", "status": 500, "code": 0, "message": "", "times": 1}

    def fail_the_next(event: str, _: object) -> None:
        backend.subscribers.remove(fail_the_next)
        backend.faults.append(fault)

    backend.subscribers.append(fail_the_next)
    with pytest.raises(TryLater):
        await discord.send(desk(discord), long)
    assert len(backend.messages[discord.desk.id]) == 1
    await discord.send(desk(discord), long)
    assert len(backend.messages[discord.desk.id]) == 2


REFUSALS: Mapping[tuple[int, int], type[Exception]] = {
    (403, 50007): Unreachable,
    (403, 50013): Unreachable,
    (404, 10003): Unreachable,
    (400, 50035): Unreachable,
    (401, 0): Offline,
    (500, 0): TryLater,
    (503, 0): TryLater,
}
"""What a status and a code of Discord's mean."""


async def test_what_is_refused_for_good_is_not_tried_again(discord: DiscordStage, mia: Person, rosa: Person) -> None:
    await mia.says("/suggest Sunday opening")
    alone = discord.env.backend.get_dm_channel(discord.actor(mia).id)
    discord.env.inject_error("POST", f"/channels/{alone.id}/messages", status=403, code=50007, times=None)
    await rosa.says("/queue 1 planned")
    before = len(sent(discord))
    for _ in range(3):
        discord.core.clock.forward(minutes=30)  # type: ignore[attr-defined]
        await discord.deliver()
    assert len(sent(discord)) == before
    assert [one.state for one in await owed(discord)] == [Delivery.FAILED]


async def test_refusals_are_told_apart_and_a_long_rate_limit_is_the_outboxs(
    discord: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("nowhere", "123456789"):
        with pytest.raises(Unreachable):
            await discord.send(Address(number, False, "key"), say("News."))
    with pytest.raises(Unreachable):
        await discord.send(Address("123456789", True, "key"), say("News."))
    told = {}
    for status, code in REFUSALS:
        discord.env.inject_error("POST", f"/channels/{discord.desk.id}/messages", status=status, code=code)
        with pytest.raises((Unreachable, Offline, TryLater)) as caught:
            await discord.send(desk(discord), say("News."))
        told[status, code] = type(caught.value)
    assert told == REFUSALS

    async def limited(*_: object, **__: object) -> None:
        raise library.RateLimited(retry_after=60)

    with monkeypatch.context() as patch:
        patch.setattr(discord.discord.client.http, "request", limited)
        with pytest.raises(TryLater) as late:
            await discord.send(desk(discord), say("News."))
    assert late.value.seconds == 60
    # Before the connection everything waits.
    discord.discord._ready = asyncio.Event()
    with pytest.raises(Offline):
        await discord.send(desk(discord), say("News."))


async def test_one_closed_door_holds_nobody_up(discord: DiscordStage, mia: Person, luc: Person, rosa: Person) -> None:
    await mia.says("/suggest Sunday opening")
    await luc.says("/soutenir 1")
    alone = discord.env.backend.get_dm_channel(discord.actor(mia).id)
    discord.env.inject_error("POST", f"/channels/{alone.id}/messages", status=500, times=None)
    await rosa.says("/queue 1 done")
    await Courier(discord.core, {"discord": discord.discord}).drain()
    assert "fait" in discord.told_alone(luc)[-1]
    discord.env.backend.faults.clear()
    discord.core.clock.forward(minutes=timedelta(minutes=5).seconds // 60)  # type: ignore[attr-defined]
    await discord.deliver()
    assert "#1 is now done." in discord.told_alone(mia)[-1]


def labels(message: dict[str, Any]) -> list[str]:
    return [button.label for button in message["view"].children] if "view" in message else []


def test_beside_a_question_no_button_is_lost() -> None:
    for buttons, expected in ((20, [21]), (25, [21, 5]), (27, [25, 3])):
        choices = Buttons(tuple(Button(f"Choice {number}", token=f"t{number}") for number in range(buttons)))
        reply = Reply((Paragraph("Which?"), choices, Ask("suggest", ("text",), "Your words?", prompt="p")))
        sent = [send_arguments(part) for part in parts(reply, {}, "Fill in")]
        assert [len(labels(part)) for part in sent] == expected
        assert sorted(label for part in sent for label in labels(part)) == sorted(
            ["Fill in", *(f"Choice {number}" for number in range(buttons))]
        )
        assert all(part["content"] for part in sent)


async def test_what_was_filed_is_acknowledged_in_the_channel_when_direct_messages_are_closed(
    discord: DiscordStage, mia: Person
) -> None:
    alone = discord.env.backend.get_dm_channel(discord.actor(mia).id)
    discord.env.inject_error("POST", f"/channels/{alone.id}/messages", status=403, code=50007, times=None)
    await discord.write(mia, f"{discord.mention} /suggest A bench")
    await discord.deliver()
    assert "The team has it. Direct messages from the bot are switched off" in discord.seen_in(discord.plaza)[-1]
    await mia.presses("Show it")
    mia.hears("Got it: suggestion #1.", "[Withdraw]")
    await discord.write(mia, f"{discord.mention} /withdraw 1")
    await discord.deliver()
    assert "Done. Direct messages from the bot are switched off" in discord.seen_in(discord.plaza)[-1]
