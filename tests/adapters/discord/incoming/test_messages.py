"""Mentions, direct messages and help channels: answered where it fits, silent where nobody asked."""

from typing import Any

import discord as discord_py
import pytest
from simcord.backend import serializers
from simcord.backend.models.message import AllowedMentions
from sqlmodel import select

from bot.core import Core
from storage.models import Attachment, Inbox, Question
from tests.adapters.discord.stage import DiscordStage, discord_stage
from tests.pictures import PLACE, photo, png
from tests.stage import Person


def close_messages(stage: DiscordStage, person: Person) -> None:
    """Somebody switches direct messages off."""
    alone = stage.env.backend.get_dm_channel(stage.actor(person).id)
    stage.env.inject_error("POST", f"/channels/{alone.id}/messages", status=403, code=50007, times=None)


def open_messages(stage: DiscordStage) -> None:
    stage.env.backend.faults.clear()


async def show_alone(stage: DiscordStage, person: Person, **fields: Any) -> None:
    """Something without words comes in somebody's private chat, after they wrote there."""
    alone = stage.env.backend.get_dm_channel(stage.actor(person).id)
    last = max(
        one.id
        for one in stage.env.backend.messages[alone.id].values()
        if one.author_id != stage.env.backend.bot_user.id
    )
    payload = serializers.message_payload(stage.env.backend, stage.env.backend.get_message(alone.id, last))
    number = stage.env.backend.snowflake()
    stage.env.backend.emit("MESSAGE_CREATE", {**payload, "id": str(number), "content": "", **fields})
    await stage.env.settle()
    await stage.deliver()


async def test_a_mention_is_answered_as_a_reply_and_a_reply_to_the_bot_is_meant_for_it_also_without_a_ping(
    discord: DiscordStage, mia: Person
) -> None:
    said = await discord.write(mia, f"Where is the moon base, {discord.mention}?")
    assert "I've passed it on" in discord.seen_in(discord.plaza)[-1]
    reference = discord.messages()[-1].reference
    assert reference
    assert int(reference["message_id"]) == said.id
    asked = await discord.core.store.read(lambda session: session.exec(select(Question)).one())
    assert asked.text == "Where is the moon base, ?"
    # A reply to the bot is meant for it, also without a ping.
    to = {"channel_id": str(discord.plaza.id), "message_id": str(discord.messages()[-1].id)}
    discord.env.backend.create_message(
        discord.plaza.id,
        discord.actor(mia).id,
        "And where is the sun base?",
        reference=to,
        allowed_mentions=AllowedMentions(replied_user=False),
    )
    await discord.env.settle()
    await discord.deliver()
    assert len(discord.seen_in(discord.plaza)) == 2


@pytest.mark.usefixtures("taught")
async def test_a_direct_message_is_answered_there_and_a_question_of_the_bot_s_by_the_next_words(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    await discord.write_alone(mia, "Can I give frozen food?")
    assert "Yes, until noon." in discord.told_alone(mia)[-1]
    await discord.write_alone(mia, "/problem")
    mia.hears("What is the problem?", "[")
    await discord.write_alone(mia, "The lift is stuck")
    mia.hears("Got it: problem #1.", "Only the team can see it")
    # Who never used a command is answered in the language of their words, later in the one Discord told with it.
    await discord.write_alone(luc, "Est-ce que la base lunaire est ouverte le dimanche ?")
    assert "Je ne sais pas" in discord.told_alone(luc)[-1]
    await luc.says("/suggest Ouvrir le dimanche")
    await discord.write_alone(luc, "/mine")
    assert "Ouvrir le dimanche" in discord.told_alone(luc)[-1]
    assert "reçu" in discord.told_alone(luc)[-1].casefold()
    assert not discord.seen_in(discord.plaza)


async def test_what_is_private_is_answered_by_direct_message_or_shown_the_way(
    discord: DiscordStage, mia: Person
) -> None:
    await mia.says("/suggest A dark theme")
    await discord.write(mia, f"{discord.mention} /mine")
    assert "#1 A dark theme" in discord.told_alone(mia)[-1]
    assert not discord.seen_in(discord.plaza)
    await discord.write(mia, f"{discord.mention} /problem I am paid late")
    # What is typed among others is never called nameless.
    assert "It was typed where others read along" in discord.told_alone(mia)[-1]
    close_messages(discord, mia)
    await discord.write(mia, f"{discord.mention} /mine")
    assert "What /mine answers here, nobody else sees." in discord.seen_in(discord.plaza)[-1]


@pytest.mark.usefixtures("taught")
async def test_bots_webhooks_and_talk_are_left_alone_and_in_a_help_channel_a_question_is_answered_when_sure(
    discord: DiscordStage, mia: Person
) -> None:
    robot = discord.guild.add_member(discord.env.create_user("robot", bot=True))
    await robot.send(discord.plaza, f"{discord.mention} Where is the moon base?")
    await discord.guild.create_webhook(discord.plaza).send(f"{discord.mention} Where is it?")
    other = discord.guild.create_text_channel("harbour")
    await discord.actor(mia).send(other, "Can I give frozen food?")
    await discord.write(mia, discord.mention)
    await discord.deliver()
    assert not discord.messages()
    # In a help channel a plain question is answered when sure; else nothing is said or kept.
    closed = len(await discord.core.store.read(lambda session: session.exec(select(Inbox)).all()))
    await discord.write(mia, "How do I change my address?")
    await discord.write(mia, "see you tonight at the harbour")
    mia.hears_nothing()
    assert len(await discord.core.store.read(lambda session: session.exec(select(Inbox)).all())) == closed
    await discord.write(mia, "Can I give frozen food?")
    assert "Yes, until noon." in discord.seen_in(discord.plaza)[-1]


async def test_files_of_a_message_to_the_bot_are_kept_and_a_photo_is_seen_without_the_place_it_was_taken_at(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    said = f"{discord.mention} /suggest A ramp here"
    await discord.write(mia, said, attachments=[("ramp.png", png())])
    kept = await discord.core.store.read(lambda session: session.exec(select(Attachment)).one())
    assert (kept.name, kept.media_type, kept.content) == ("ramp.png", "image/png", png())
    # A photo is seen by who decides, without the place it was taken at.
    said = f"{discord.mention} /problem The ramp is broken"
    await discord.write(mia, said, attachments=[("ramp.jpg", photo())])
    await rosa.says("/queue 2")
    shown = [message for message in discord.messages() if message.attachments and message.components][-1]
    [card] = shown.components
    [gallery] = [part for part in card["components"] if part["type"] == discord_py.ComponentType.media_gallery.value]
    assert gallery["items"][0]["description"] == "#2: ramp.jpg"
    [file] = shown.attachments
    content = discord.env.backend.cdn.get(file["url"])
    assert content
    assert file["filename"] == "picture-1.jpg"
    assert content.startswith(b"\xff\xd8\xff")
    assert PLACE.encode() not in content


@pytest.mark.usefixtures("taught")
async def test_without_the_content_intent_all_but_plain_talk_works(core: Core) -> None:
    async with discord_stage(core, message_content=False) as stage:
        mia = Person(stage, "mia")
        await mia.chats("Can I give frozen food?")
        mia.hears_nothing()
        await stage.write(mia, f"{stage.mention} Can I give frozen food?")
        mia.hears("Yes, until noon.")
        await stage.write_alone(mia, "Can I give frozen food?")
        assert "Yes, until noon." in stage.told_alone(mia)[-1]


async def test_no_privileged_intent_is_asked_for_by_default(core: Core) -> None:
    async with discord_stage(core, message_content=False, help_channels=()) as stage:
        asked = stage.discord.client.intents
        assert {asked.members, asked.presences, asked.message_content} == {False}
    async with discord_stage(core, message_content=True) as stage:
        assert stage.discord.client.intents.message_content


async def test_nobody_is_pinged(discord: DiscordStage, mia: Person, luc: Person) -> None:
    ping = f"@everyone <@{discord.actor(luc).id}> <@&{discord.moderators.id}>"
    await mia.says(f"/suggest {ping}")
    await mia.says("/top")
    await discord.write(mia, f"{discord.mention} {ping} who?")
    sent = [body for one in discord.env.http_requests if (body := _message(one.json))]
    assert len(sent) >= 3
    for body in sent:
        assert body["allowed_mentions"]["parse"] == []
        assert not body["allowed_mentions"].get("replied_user")
    assert not [one for one in discord.messages() if one.ping_user_ids or one.ping_role_ids or one.mention_everyone]


def _message(body: Any) -> Any:
    found = body.get("data", body) if isinstance(body, dict) else {}
    return found if isinstance(found, dict) and {"content", "components"} & found.keys() else None


async def test_a_sticker_or_a_poll_to_the_bot_alone_is_told_what_can_be_read_and_what_discord_says_itself_nothing(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    for person, words in (
        (mia, "I can only read words and files. /help shows what you can do here."),
        (luc, "Je ne lis que les mots et les fichiers. /aide montre ce qu’on peut faire ici."),
    ):
        await person.says(f"/language {person.language}")
        await discord.write_alone(person, "/help")
        for kind in (discord_py.MessageType.pins_add, discord_py.MessageType.call, discord_py.MessageType.poll_result):
            await show_alone(discord, person, type=kind.value)
        for _ in range(2):
            await show_alone(discord, person)
        assert [text.strip() for text in discord.told_alone(person)[1:]] == [words, words]


async def test_news_that_cannot_be_sent_is_shown_the_next_time_and_once_and_never_where_others_read(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    await mia.says("/suggest Sunday opening")
    close_messages(discord, mia)
    await rosa.says("/queue 1 planned")
    assert not discord.told_alone(mia)
    await mia.says("/help")
    mia.hears("What you can do here", "This could not be sent when it happened:", "#1 is now planned.")
    await mia.says("/help")
    assert "planned" not in mia.hears("What you can do here")
    await rosa.says("/queue 1 done")
    discord.core.clock.forward(days=31)  # type: ignore[attr-defined]
    await mia.says("/help")
    assert "is now" not in mia.hears("What you can do here")
    # It comes once they write to the bot.
    await mia.says("/suggest Longer hours")
    await rosa.says("/queue 2 planned")
    open_messages(discord)
    await discord.write_alone(mia, "/help")
    assert [text for text in discord.told_alone(mia) if "#2 is now planned." in text]
    await discord.write_alone(mia, "/help")
    assert len([text for text in discord.told_alone(mia) if "#2 is now planned." in text]) == 1
    # It is never shown where others read.
    await mia.says("/problem I am paid late")
    close_messages(discord, mia)
    await rosa.says("/queue 3 planned")
    await mia.says("/top")
    await discord.write(mia, f"{discord.mention} Where is the moon base?")
    assert not [text for text in discord.seen_in(discord.plaza) if "#3 is now" in text]
