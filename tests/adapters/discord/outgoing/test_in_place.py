"""What a button leads to stands where the button was, when the reply says so and no less private than that was."""

from dataclasses import replace

import pytest
from simcord.backend.models import Message

from bot.ports.adapter import Address, TryLater
from bot.ports.inbound import Inbound
from bot.ports.reply import Button, Buttons, Image, Paragraph, Reply, say
from tests.adapters.discord.outgoing.test_time import slowly
from tests.adapters.discord.stage import DiscordStage
from tests.adapters.discord.text import content_of
from tests.stage import Person

UPDATED = 7
FINE = "Fine. Nothing was done."
CALLBACK = "/interactions/*/*/callback"


def alone(stage: DiscordStage, person: Person) -> list[Message]:
    """What stands in somebody's direct messages from the bot."""
    there = stage.env.backend.get_dm_channel(stage.actor(person).id).id
    return [one for one in stage.messages() if one.channel_id == there]


def answers_with(stage: DiscordStage, monkeypatch: pytest.MonkeyPatch, reply: Reply) -> list[Inbound]:
    """Let the core answer whatever comes with this; returns what comes."""
    heard: list[Inbound] = []

    async def handle(inbound: Inbound) -> Reply:
        heard.append(inbound)
        if stage.slow:
            await stage.env.external_wait(stage.slow.wait(), reason="a slow store")
        return reply

    monkeypatch.setattr(stage.discord.interactions, "_handle", handle)
    return heard


def types(stage: DiscordStage) -> list[int]:
    """How interactions were answered."""
    return [one.json["type"] for one in stage.env.http_requests if one.path.startswith("/interactions/") and one.json]


async def test_a_question_that_is_stopped_at_once_or_slowly_says_so_where_it_stood_and_nothing_thinks(
    discord: DiscordStage, mia: Person
) -> None:
    await discord.write_alone(mia, "/suggest")
    [asked] = alone(discord, mia)
    await discord.press(mia, "Cancel")
    [stands] = alone(discord, mia)
    assert stands.id == asked.id
    assert stands.content == FINE
    assert not stands.components
    # Slowly.
    await discord.write_alone(mia, "/suggest")
    _, asked = alone(discord, mia)
    button = discord.button(mia, "Cancel")
    async with slowly(discord):
        await discord._click(mia, *button)
        await discord.env.advance_time(2)
    _, stands = alone(discord, mia)
    assert (stands.id, stands.content) == (asked.id, FINE)


async def test_what_is_chosen_shows_where_it_was_asked_also_slowly_and_the_words_are_typed(
    discord: DiscordStage, mia: Person
) -> None:
    for number, slow in enumerate((False, True), 1):
        await discord.write_alone(mia, "/suggest")
        asked = alone(discord, mia)[-1]
        assert "Everyone can see it, with your name." in asked.content
        button = discord.button(mia, "the team only")
        if slow:
            async with slowly(discord):
                await discord._click(mia, *button)
                await discord.env.advance_time(2)
        else:
            await discord._click(mia, *button)
        stands = alone(discord, mia)[-1]
        assert stands.id == asked.id
        assert "Only the team can see it" in stands.content
        assert "✓ the team only" in [one["label"] for row in stands.components for one in row["components"]]
        await discord.write_alone(mia, f"A dark theme {number}")
        assert "Only the team can see it" in discord.told_alone(mia)[-1]
        assert f"Got it: suggestion #{number}." in discord.told_alone(mia)[-1]


async def test_a_question_that_was_deleted_meanwhile_is_answered_anew(discord: DiscordStage, mia: Person) -> None:
    await discord.write_alone(mia, "/suggest")
    [asked] = alone(discord, mia)
    discord.env.inject_error("POST", CALLBACK, status=404, code=10008, times=1)
    await discord.press(mia, "Cancel")
    assert [one.content for one in alone(discord, mia) if one.id != asked.id] == [FINE]


@pytest.mark.parametrize("at_once", [1.5, 1_000])
async def test_a_question_stopped_far_too_slowly_still_says_so_where_it_stood(
    discord: DiscordStage, mia: Person, monkeypatch: pytest.MonkeyPatch, at_once: float
) -> None:
    monkeypatch.setattr("adapters.discord.incoming.interactions.ACKNOWLEDGE_AFTER", at_once)
    await discord.write_alone(mia, "/suggest")
    [asked] = alone(discord, mia)
    button = discord.button(mia, "Cancel")
    async with slowly(discord):
        await discord._click(mia, *button)
        await discord.env.advance_time(2)
        await discord.env.advance_time(900)
    assert [one.content for one in alone(discord, mia) if one.content] == [FINE]
    assert discord.env.backend.get_message(asked.channel_id, asked.id).content == FINE


async def test_what_only_one_person_sees_changes_in_place_too_but_not_what_takes_no_place_or_needs_several_messages(
    discord: DiscordStage, mia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await mia.says("/suggest A dark theme")
    [before] = [one for one in discord.messages() if one.components]
    words = before.content
    answers_with(discord, monkeypatch, say("Beside it."))
    await mia.presses("Withdraw")
    assert [one.content for one in discord.messages() if one.is_ephemeral] == [words, "Beside it."]
    answers_with(discord, monkeypatch, replace(say("word " * 600), edits=True))
    await mia.presses("Withdraw")
    shown = [one.content for one in discord.messages() if one.is_ephemeral]
    assert shown[:2] == [words, "Beside it."]
    assert len(shown) == 4
    again = Buttons((Button("Once more", token="t"),))
    heard = answers_with(discord, monkeypatch, Reply((Paragraph("Chosen."), again), edits=True))
    await mia.presses("Withdraw")
    after, *others = (one for one in discord.messages() if one.is_ephemeral)
    assert len(others) == 3
    assert (after.id, after.content) == (before.id, "Chosen.")
    assert [one["label"] for row in after.components for one in row["components"]] == ["Once more"]
    assert types(discord)[-1] == UPDATED
    assert [one.pressed for one in heard] == [str(before.id)]


async def test_what_is_for_one_person_takes_no_place_others_see(
    discord: DiscordStage, mia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await discord.send(
        Address(str(discord.plaza.id), False, "digest"),
        Reply((Paragraph("News."), Buttons((Button("Look", token="t"),)))),
    )
    private = replace(say("Yours alone."), edits=True)
    answers_with(discord, monkeypatch, private)
    await discord.press(mia, "Look")
    shown = [(one.content, one.is_ephemeral) for one in discord.messages()]
    assert shown == [("News.", False), ("Yours alone.", True)]
    answers_with(discord, monkeypatch, replace(private, private=False))
    await discord.press(mia, "Look")
    assert discord.messages()[0].content == "Yours alone."


async def test_a_delivery_takes_the_place_it_is_to_take_or_comes_anew_where_that_is_gone_but_not_where_discord_fails(
    discord: DiscordStage,
) -> None:
    for number, gone in enumerate(("1", "nonsense"), 1):
        await discord.send(Address(str(discord.desk.id), False, f"alert:{number}", edits=gone), say("Queues, still."))
        assert [one.content for one in discord.messages()] == ["Queues, still."] * number, gone
    # It takes the place that is there.
    desk = str(discord.desk.id)
    await discord.send(Address(desk, False, "alert:3"), Reply((Paragraph("Queues."), Image(b"\x89PNG", "A curve"))))
    [*_, first] = discord.messages()
    await discord.send(Address(desk, False, "alert:4", edits=str(first.id)), say("Queues, still."))
    [*_, stands] = discord.messages()
    assert (stands.id, content_of(stands), stands.attachments) == (first.id, "Queues, still.", [])
    # It is not posted anew because Discord fails.
    before = [content_of(one) for one in discord.messages()]
    discord.env.inject_error("PATCH", f"/channels/{desk}/messages/{first.id}", status=500, times=None)
    with pytest.raises(TryLater):
        await discord.send(Address(desk, False, "alert:5", edits=str(first.id)), say("Queues, for long."))
    assert [content_of(one) for one in discord.messages()] == before
