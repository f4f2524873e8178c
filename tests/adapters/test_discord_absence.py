"""What was said while the bot was away is answered once it is back, once, and only while it is fresh."""

import pytest
from sqlmodel import select

from storage.models import Question
from tests.adapters.discord_stage import DiscordStage
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")
QUESTION = "Can I give frozen food?"


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


async def questions(stage: DiscordStage) -> int:
    return len(await stage.core.store.read(lambda session: session.exec(select(Question)).all()))


async def test_a_mention_missed_during_a_restart_is_answered_once(discord: DiscordStage, mia: Person) -> None:
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


async def test_a_mention_missed_while_disconnected_is_answered_once(discord: DiscordStage, mia: Person) -> None:
    discord.actor(mia)
    await leave(discord)
    await call(discord, mia)
    await come_back(discord)
    assert len(discord.seen_in(discord.plaza)) == 1
    await leave(discord)
    await come_back(discord)
    assert len(discord.seen_in(discord.plaza)) == 1


async def test_what_was_answered_before_is_not_answered_again(discord: DiscordStage, mia: Person) -> None:
    await discord.write(mia, f"{discord.mention} {QUESTION}")
    await leave(discord)
    await come_back(discord)
    assert len(discord.seen_in(discord.plaza)) == 1


async def test_what_is_older_than_an_hour_is_left(discord: DiscordStage, mia: Person) -> None:
    await mia.says("/suggest Sunday opening")
    await leave(discord)
    await call(discord, mia)
    await discord.env.advance_time(3_700)
    await call(discord, mia, "Where is the moon base?")
    await discord.restart()
    await discord.deliver()
    [answer] = discord.seen_in(discord.plaza)
    assert "I've passed it on" in answer


async def test_plain_talk_of_meanwhile_is_left_alone(discord: DiscordStage, mia: Person) -> None:
    discord.actor(mia)
    await leave(discord)
    await discord.actor(mia).send(discord.plaza, QUESTION)
    await come_back(discord)
    assert not discord.seen_in(discord.plaza)


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
    assert not read
