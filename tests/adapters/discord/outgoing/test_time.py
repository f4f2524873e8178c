"""Discord's clocks: three seconds to answer, a quarter of an hour to follow up; nothing is left without an answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
import simcord
from structlog.testing import capture_logs

from adapters.discord.connection.client import Discord
from bot.core import Core
from tests.adapters.discord.stage import DiscordStage, discord_stage
from tests.stage import Person

DEFERRED, FORM = 5, 9
EPHEMERAL = 1 << 6
CALLBACKS = "/interactions/"


@asynccontextmanager
async def slowly(stage: DiscordStage) -> AsyncIterator[None]:
    """A core that does not answer for as long as this lasts; time passes only by `advance_time`."""
    stage.slow, stage.env.settle_timeout = asyncio.Event(), 1.0
    yield
    stage.slow.set()
    stage.slow = None
    await stage.env.settle(timeout=30)


def callbacks(stage: DiscordStage) -> list[dict[str, Any]]:
    return [one.json for one in stage.env.http_requests if one.path.startswith(CALLBACKS) and one.json]


async def use(stage: DiscordStage, person: Person, name: str, **options: Any) -> simcord.InteractionResult:
    return await stage.actor(person).slash(stage.plaza, name, **options)


async def test_a_slow_answer_is_acknowledged_in_time_and_follows_in_public_for_a_public_command(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    discord.actor(mia)
    async with slowly(discord):
        result = await use(discord, mia, "suggest", text="A drak theme")
        assert not result.acknowledged
        await discord.env.advance_time(2)
        assert result.deferred
        assert result.ephemeral
        await discord.env.advance_time(600)
    mia.hears("Got it: suggestion #1.")
    assert [one["type"] for one in callbacks(discord)] == [DEFERRED]
    # After an acknowledgement a button opens the form.
    message, button = discord.button(mia, "Edit")
    async with slowly(discord):
        await discord._click(mia, message, button)
        await discord.env.advance_time(2)
    mia.hears("What should it say?", "[Fill in]")
    await mia.fills(text="A dark theme")
    mia.hears("#1 now reads:", "> A dark theme #1")
    # A public command is acknowledged in public.
    discord.actor(luc)
    async with slowly(discord):
        result = await use(discord, mia, "top")
        await discord.env.advance_time(2)
        assert result.deferred
        assert not result.ephemeral
    assert discord.seen_in(discord.plaza)
    luc.hears("A dark theme")


async def test_what_is_private_stays_so_after_a_public_acknowledgement(core: Core) -> None:
    few = core.settings.limits.model_copy(update={"commands": "1 per minute"})
    async with discord_stage(replace(core, settings=core.settings.model_copy(update={"limits": few}))) as discord:
        mia = Person(discord, "mia")
        await mia.says("/top")
        before = len(discord.seen_in(discord.plaza))
        async with slowly(discord):
            await use(discord, mia, "top")
            await discord.env.advance_time(2)
        mia.hears("That is a lot at once")
        assert len(discord.seen_in(discord.plaza)) == before


async def test_what_is_too_late_to_say_is_said_by_direct_message(
    discord: DiscordStage, mia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with slowly(discord):
        await use(discord, mia, "suggest", text="A dark theme")
        await discord.env.advance_time(2)
        await discord.env.advance_time(900)
    assert "Got it: suggestion #1." in discord.told_alone(mia)[-1]
    # It was not even acknowledged in time.
    monkeypatch.setattr("adapters.discord.incoming.interactions.ACKNOWLEDGE_AFTER", 5)
    async with slowly(discord):
        await use(discord, mia, "suggest", text="Sunday opening")
        await discord.env.advance_time(4)
    assert "Got it: suggestion #2." in discord.told_alone(mia)[-1]


async def test_completions_that_take_too_long_are_none(discord: DiscordStage, mia: Person) -> None:
    read = type(discord.core.store).read
    gate = asyncio.Event()

    async def slow(self: Any, job: Any) -> Any:
        await discord.env.external_wait(gate.wait(), reason="a slow store")
        return await read(self, job)

    discord.actor(mia)
    discord.env.settle_timeout = 1.0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(discord.core.store), "read", slow)
        typing = discord.actor(mia).autocomplete(discord.plaza, "status", "number", "1")
        assert await typing == []
        await discord.env.advance_time(2.6)
    asked = [one for one in callbacks(discord) if one["type"] == 8]
    assert [one["data"]["choices"] for one in asked] == [[]]


async def test_the_same_interaction_again_changes_nothing_and_a_fault_of_the_adapters_is_told_calmly(
    discord: DiscordStage, mia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[Any] = []
    discord.env.backend.subscribers.append(lambda event, payload: events.append((event, payload)))
    await mia.says("/suggest A dark theme")
    again = next(payload for event, payload in events if event == "INTERACTION_CREATE")
    with capture_logs():
        discord.env.backend.emit("INTERACTION_CREATE", again)
        await discord.env.settle()
    await mia.says("/mine")
    assert mia.hears("#1 A dark theme").count("A dark theme") == 1

    async def broken(*_: object) -> None:
        raise RuntimeError("mia said a secret")

    monkeypatch.setattr("adapters.discord.incoming.receive.Receiver.read_interaction", broken)
    with capture_logs() as logs:
        await use(discord, mia, "suggest", text="A dark theme")
    mia.hears("Something went wrong on our side", "The team can find it under ")
    assert "secret" not in str(logs)
    assert next(one["reference"] for one in logs if one["event"] == "fault") in mia.hears()


async def test_somebody_elses_button_is_refused_kindly_and_one_of_another_time_says_so(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    await mia.says("/ask Where is the moon base?")
    await discord.write(mia, f"{discord.mention} Can I give frozen food?")
    await mia.says("/suggest A dark theme")
    _, button = discord.button(mia, "Withdraw")
    open_message = await _post(discord, button["custom_id"])
    await discord._click(luc, open_message, button)
    luc.hears("Ce bouton est destiné à quelqu’un d’autre.")
    await mia.says("/mine")
    mia.hears("#1 A dark theme")
    # A button of another time says so.
    message = await _post(discord, "some:other:bot")
    await discord._click(mia, message, {"custom_id": "some:other:bot"})
    mia.hears("This button is no longer in use.")


async def _post(stage: DiscordStage, custom_id: str) -> Any:
    """A button of ours among others, as if it had been forwarded."""
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Withdraw", "custom_id": custom_id}]}
    me = stage.env.backend.bot_user.id
    message = stage.env.backend.create_message(stage.plaza.id, me, "Forwarded", components=[row])
    await stage.env.settle()
    return message


async def test_buttons_and_forms_outlive_a_restart_though_the_library_remembers_neither(
    discord: DiscordStage, mia: Person
) -> None:
    await mia.says("/suggest A dark theme")
    await mia.presses("Edit")
    store = discord.discord.client._connection._view_store
    assert not store._modals
    assert not store._views
    assert isinstance(discord.discord, Discord)
    # They outlive a restart.
    await discord.restart()
    await mia.fills(text="A dark theme")
    mia.hears("#1 now reads:")
    await discord.restart()
    await mia.presses("Withdraw")
    mia.hears("#1 is withdrawn.")
