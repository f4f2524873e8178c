"""The title of a forum post says what it is about: it is read with the first message, and with no other."""

import simcord
from sqlmodel import select

from storage.models import Feedback, Question
from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person


async def post(stage: DiscordStage, person: Person, title: str, *words: str) -> simcord.ChannelHandle:
    """Somebody opens a post with the first words, and goes on with the others; returns it."""
    backend, author = stage.env.backend, stage.actor(person).id
    forum = stage.guild.create_forum_channel("help-forum")
    thread = backend.create_thread(forum.id, title, author, broadcast=False)
    backend.announce_thread_create(thread)
    first, *others = words
    opening = backend.create_message(thread.id, author, first, broadcast=False)
    del backend.messages[thread.id][opening.id]
    opening.id = thread.id
    backend.messages[thread.id][opening.id] = opening
    backend.announce_message_create(opening)
    for more in others:
        backend.create_message(thread.id, author, more)
    await stage.env.settle()
    await stage.deliver()
    return forum.threads[-1]


async def asked(stage: DiscordStage) -> list[str]:
    return sorted(await stage.core.store.read(lambda session: session.exec(select(Question.text)).all()))


async def test_the_title_of_a_post_is_part_of_what_it_asks(discord: DiscordStage, mia: Person) -> None:
    await post(discord, mia, "Moon base", f"{discord.mention} where is it?", f"{discord.mention} why the sun?")
    assert await asked(discord) == ["Moon base\nwhere is it?", "why the sun?"]


async def test_the_title_of_a_post_is_part_of_what_it_suggests(discord: DiscordStage, mia: Person) -> None:
    await post(discord, mia, "A bench by the door", f"{discord.mention} /suggest in the shade, please")
    [text] = await discord.core.store.read(lambda session: session.exec(select(Feedback.text)).all())
    assert text == "A bench by the door\nin the shade, please"


async def test_a_title_that_the_words_begin_with_is_not_repeated(discord: DiscordStage, mia: Person) -> None:
    await post(discord, mia, "Where is the moon base", f"{discord.mention} where is the moon base?")
    assert await asked(discord) == ["where is the moon base?"]


async def test_the_title_of_a_post_is_passed_on_with_it(discord: DiscordStage, mia: Person, rosa: Person) -> None:
    thread = await post(discord, mia, "The back door", "It is locked on Sundays")
    await discord.actor(rosa).context_menu(thread, "Pass on to the team", thread.history()[0])
    rosa.hears("Pass this on to the team, with its author's name?", "> The back door\n> It is locked on Sundays")
