"""The menu of a message: pass it on to the team, or answer it from what the team wrote."""

from typing import Any

import discord as library
import pytest
from sqlmodel import select

from storage.models import Feedback, Outbox, Question
from storage.vocabulary import Audience, Kind
from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person

PASS_ON, ANSWER = "Pass on to the team", "Answer from knowledge"


async def use(stage: DiscordStage, person: Person, name: str, message: library.Message) -> Any:
    result = await stage.actor(person).context_menu(stage.plaza, name, message)
    await stage.deliver()
    return result


async def items(stage: DiscordStage) -> list[Feedback]:
    return await stage.core.store.read(lambda session: list(session.exec(select(Feedback))))


async def test_a_moderator_passes_a_message_on_whose_author_is_told_takes_it_back_or_hears_what_became_of_it(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    said = await discord.write(mia, "The back door is locked on Sundays")
    await use(discord, rosa, PASS_ON, said)
    rosa.hears(
        "Pass this on to the team, with its author's name?",
        "> The back door is locked on Sundays",
        "[As a suggestion] [As a problem]",
    )
    await rosa.presses("Cancel")
    rosa.hears("Nothing was sent")
    assert not await items(discord)
    assert not discord.told_alone(mia)
    await use(discord, rosa, PASS_ON, said)
    assert not await items(discord)
    await rosa.presses("As a suggestion")
    rosa.hears("The team has it as", "#1")
    told = discord.told_alone(mia)[-1]
    assert "What you wrote was passed on to the team as #1. Only the team sees it, with your name." in told
    assert "[Take it back]" in told
    [item] = await items(discord)
    kept = (Kind.SUGGESTION, "The back door is locked on Sundays", Audience.TEAM)
    assert (item.kind, item.text, item.audience) == kept
    await mia.presses("Take it back")
    mia.hears("#1 is withdrawn.")
    await rosa.says("/queue")
    rosa.hears("Nothing waits for a decision.")
    await use(discord, rosa, PASS_ON, await discord.write(mia, "The lift is stuck"))
    await rosa.presses("As a problem")
    [_, item] = await items(discord)
    assert (item.kind, item.text, item.audience) == (Kind.PROBLEM, "The lift is stuck", Audience.TEAM)
    await rosa.says("/queue 2 done")
    assert "#2 is now resolved." in discord.told_alone(mia)[-1]


async def test_whose_direct_messages_are_off_is_told_by_a_reply_and_takes_it_back(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    alone = discord.env.backend.get_dm_channel(discord.actor(mia).id)
    discord.env.inject_error("POST", f"/channels/{alone.id}/messages", status=403, code=50007, times=None)
    said = await discord.write(mia, "The back door is locked")
    await use(discord, rosa, PASS_ON, said)
    rosa.hears("They are told alone, or by a reply here where that cannot be")
    await rosa.presses("As a problem")
    await discord.deliver()
    heard = discord.seen_in(discord.plaza)[-1]
    assert heard.startswith("This was passed on to the team as #1, with its author's name.")
    assert "locked" not in heard
    shown = [one for one in discord.messages() if one.content.startswith("This was passed on")]
    assert [one.reference and one.reference["message_id"] for one in shown] == [str(said.id)]
    await rosa.presses("Take it back")
    rosa.hears("This button is for someone else.")
    await mia.presses("Take it back")
    mia.hears("#1 is withdrawn.")


async def test_the_same_message_is_passed_on_once_and_what_a_bot_said_or_nobody_not_at_all(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    said = await discord.write(mia, "The back door is locked")
    for _ in range(2):
        await use(discord, rosa, PASS_ON, said)
        await rosa.presses("As a problem")
        rosa.hears("The team has it as problem #1.")
    assert len(await items(discord)) == 1
    assert len(discord.told_alone(mia)) == 1
    # What a bot said, or nobody, is not passed on.
    robot = discord.guild.add_member(discord.env.create_user("robot", bot=True))
    await use(discord, rosa, PASS_ON, await robot.send(discord.plaza, "Beep"))
    rosa.hears("Only what a person wrote can be passed on.")
    hook = discord.guild.create_webhook(discord.plaza)
    await use(discord, rosa, PASS_ON, await hook.send("News"))
    rosa.hears("Only what a person wrote can be passed on.")


async def test_members_do_not_see_the_entry_and_cannot_forge_it(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    said = await discord.write(mia, "The back door is locked")
    with pytest.raises(Exception, match="not visible"):
        await use(discord, luc, PASS_ON, said)
    for held in discord.env.backend.commands[None].values():
        held["default_member_permissions"] = None
    await use(discord, luc, PASS_ON, said)
    luc.hears("C’est réservé à la modération.")


@pytest.mark.usefixtures("taught")
async def test_a_message_is_answered_from_knowledge_for_whoever_asked_and_what_is_not_known_is_kept_in_nobodys_name(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    await use(discord, luc, ANSWER, await discord.write(mia, "where does the cat sleep at night?"))
    luc.hears("Rien n’est gardé ni transmis.", "[Demander avec mes mots]")
    assert not await discord.core.store.read(lambda session: list(session.exec(select(Question))))
    await luc.presses("Demander avec mes mots")
    await luc.fills(question="où dort le chat ?")
    [question] = await discord.core.store.read(lambda session: list(session.exec(select(Question))))
    assert question.text == "où dort le chat ?"
    # What is known is told to whoever asked.
    said = await discord.write(mia, "so, can i give frozen food")
    before = len(discord.heard(mia))
    result = await use(discord, luc, ANSWER, said)
    assert result.ephemeral
    luc.hears("Yes, until noon.")
    assert len(discord.heard(mia)) == before
    empty = await discord.actor(mia).send(discord.plaza, "", attachments=[("cat.png", b"cat")])
    await use(discord, mia, ANSWER, empty)
    mia.hears("A few words are needed to look something up.")


async def test_pictures_stay_the_team_gets_a_link_and_only_whom_it_concerns_is_written_to(
    discord: DiscordStage, mia: Person, luc: Person, rosa: Person
) -> None:
    for person in (mia, luc, rosa):
        await discord.write(person, "hello everybody, how are you today?")
    await use(discord, rosa, PASS_ON, await discord.write(mia, "The back door is locked"))
    await rosa.presses("As a problem")
    # What was delivered to an address goes from the outbox, so that it links nobody.
    assert not await discord.core.store.read(lambda session: list(session.exec(select(Outbox))))
    assert list(discord.env.backend.dm_channels) == [discord.actor(mia).id]
    # Pictures stay, and the team gets a link.
    said = await discord.actor(mia).send(discord.plaza, "The door is broken", attachments=[("door.png", b"door")])
    await use(discord, rosa, PASS_ON, said)
    rosa.hears("1 file is not taken along. The team gets a link to the message.")
    await rosa.presses("As a problem")
    [_, item] = await items(discord)
    assert item.link == f"https://discord.com/channels/{discord.guild.id}/{discord.plaza.id}/{said.id}"
    await rosa.says("/queue 2")
    rosa.hears(f"Said at: {item.link}")
