"""What was said while the bot was away is answered once it is back, once, and only while it is fresh."""

from collections.abc import Sequence

import pytest
from simcord.backend.models import Message
from sqlmodel import select

from adapters.discord.connection import absence
from storage.models import Attachment, Question
from storage.traffic import inbox
from tests.adapters.discord.away import QUESTION, looked_into
from tests.adapters.discord.stage import DiscordStage
from tests.pictures import png
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")


async def leave(stage: DiscordStage) -> None:
    """The connection is lost."""
    shard = stage.discord.client.get_shard(0)
    assert shard
    with stage.env._bot_scope():
        await shard.disconnect()
    await stage.env.settle()


async def come_back(stage: DiscordStage) -> None:
    """Discord takes the bot again, in a new session."""
    shard = stage.discord.client.get_shard(0)
    assert shard
    with stage.env._bot_scope():
        await shard.connect()
    await stage.env.settle()
    await stage.deliver()


async def call(stage: DiscordStage, person: Person, text: str = QUESTION) -> None:
    await stage.actor(person).send(stage.plaza, f"{stage.mention} {text}")


def write_alone(stage: DiscordStage, person: Person, text: str, files: Sequence[tuple[str, bytes]] = ()) -> Message:
    """Somebody writes to the bot, which does not hear of it."""
    world = stage.env.backend
    alone = world.get_dm_channel(stage.actor(person).id)
    kept = world.store_attachments(alone.id, files)
    return world.create_message(alone.id, stage.actor(person).id, text, attachments=kept)


async def questions(stage: DiscordStage) -> int:
    return len(await stage.core.store.read(lambda session: session.exec(select(Question)).all()))


async def test_a_mention_missed_during_a_restart_is_answered_once_unless_it_is_older_than_an_hour(
    discord: DiscordStage, mia: Person
) -> None:
    await mia.says("/suggest Sunday opening")
    await leave(discord)
    await call(discord, mia)
    assert not discord.seen_in(discord.plaza)
    for _ in range(2):
        await discord.restart()
        await discord.deliver()
        [answer] = discord.seen_in(discord.plaza)
        assert "Yes, until noon." in answer
    assert await questions(discord) == 1
    # What is older than an hour is left.
    await leave(discord)
    await call(discord, mia)
    await discord.env.advance_time(3_700)
    await call(discord, mia, "Where is the moon base?")
    await discord.restart()
    await discord.deliver()
    [_, answer] = discord.seen_in(discord.plaza)
    assert "I've passed it on" in answer


async def test_what_is_missed_while_disconnected_is_answered_once_and_plain_talk_left_alone(
    discord: DiscordStage, mia: Person
) -> None:
    discord.actor(mia)
    await leave(discord)
    await call(discord, mia)
    await come_back(discord)
    assert len(discord.seen_in(discord.plaza)) == 1
    await discord.write(mia, f"{discord.mention} Where is the moon base?")
    await leave(discord)
    await discord.actor(mia).send(discord.plaza, QUESTION)
    await come_back(discord)
    assert len(discord.seen_in(discord.plaza)) == 2, "nothing again of what was answered, and no plain talk"
    # Alone with the bot, too.
    await discord.write_alone(mia, "/help")
    await leave(discord)
    write_alone(discord, mia, QUESTION)
    for _ in range(2):
        await come_back(discord)
        assert len([text for text in discord.told_alone(mia) if "Yes, until noon." in text]) == 1
        await leave(discord)


async def test_what_was_said_before_the_bot_ever_came_is_left_alone(discord: DiscordStage, mia: Person) -> None:
    discord.actor(mia)
    await leave(discord)
    await call(discord, mia)
    await discord.restart()
    await discord.deliver()
    assert not discord.seen_in(discord.plaza)


async def test_channels_in_which_nothing_was_said_are_not_asked_for(discord: DiscordStage, mia: Person) -> None:
    await discord.write_alone(mia, "/suggest Sunday opening")
    await discord.restart()
    read = [one for one in discord.env.http_requests if one.method == "GET" and one.path.endswith("/messages")]
    assert len(read) == looked_into(discord, mia) == 1


async def test_direct_messages_missed_during_a_restart_are_answered_in_order_once_and_with_their_files(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    await discord.write_alone(mia, "/help")
    await discord.write_alone(luc, "/help")
    before = len(discord.told_alone(mia))
    await leave(discord)
    write_alone(discord, mia, "/suggest Sunday opening")
    write_alone(discord, mia, "/withdraw 1")
    write_alone(discord, luc, QUESTION)
    for _ in range(2):
        await discord.restart()
        await discord.deliver()
        filed, withdrawn = discord.told_alone(mia)[before:]
        assert "Got it: suggestion #1." in filed
        assert "#1 is withdrawn." in withdrawn
        assert "Yes, until noon." in discord.told_alone(luc)[-1]
    assert await questions(discord) == 1
    # Their files are kept.
    await leave(discord)
    write_alone(discord, mia, "/suggest A ramp here", [("ramp.png", png())])
    await discord.restart()
    kept = await discord.core.store.read(lambda session: session.exec(select(Attachment)).one())
    assert (kept.name, kept.content) == ("ramp.png", png())
    # One older than an hour is left, without an apology.
    await discord.deliver()
    told = discord.told_alone(mia)
    await leave(discord)
    write_alone(discord, mia, QUESTION)
    await discord.env.advance_time(3_700)
    await discord.restart()
    await discord.deliver()
    assert discord.told_alone(mia) == told


async def test_only_the_chats_somebody_wrote_in_last_are_looked_into(
    discord: DiscordStage, mia: Person, luc: Person, rosa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(absence, "MOST_CHATS", 1)
    await discord.write_alone(mia, "/help")
    await rosa.says("/help")
    discord.core.clock.forward(days=1)  # type: ignore[attr-defined]
    await discord.write_alone(luc, "/help")
    await discord.restart()
    assert [looked_into(discord, one) for one in (mia, luc, rosa)] == [0, 1, 0]


async def test_neither_a_chat_that_cannot_be_read_nor_what_came_after_hides_what_was_said(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    for person in (mia, luc):
        await discord.write_alone(person, "/help")
    await leave(discord)
    for person in (mia, luc):
        write_alone(discord, person, QUESTION)
    closed = discord.env.backend.get_dm_channel(discord.actor(luc).id)
    discord.env.inject_error("GET", f"/channels/{closed.id}/messages", status=403, code=50001, times=None)
    await discord.restart()
    await discord.deliver()
    assert "Yes, until noon." in discord.told_alone(mia)[-1]
    assert "Yes, until noon." not in discord.told_alone(luc)[-1]
    # What was on its way when the bot died.
    await leave(discord)
    missed = write_alone(discord, mia, "How do I change my email address?")
    later, now = str(missed.id + (1_000 << 22)), discord.core.clock.now()
    await discord.core.store.write(lambda session: inbox.close(session, "discord", later, now))
    await discord.restart()
    await discord.deliver()
    assert "Under Account." in discord.told_alone(mia)[-1]


async def test_an_edit_hides_nothing_that_was_said_after_it(discord: DiscordStage, mia: Person) -> None:
    said = await discord.write(mia, f"{discord.mention} {QUESTION}")
    await discord.actor(mia).edit(said, f"{discord.mention} And frozen fruit?")
    await leave(discord)
    await call(discord, mia, "Where is the moon base?")
    await discord.restart()
    await discord.deliver()
    assert "I've passed it on" in discord.seen_in(discord.plaza)[-1]
