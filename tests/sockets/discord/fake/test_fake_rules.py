import asyncio
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.sockets.discord.client import Bare, running
from tests.sockets.discord.events import (
    MANAGE_MESSAGES,
    MEMBER,
    Events,
    channel,
    direct,
    guild,
    joined,
    member,
    message_deleted,
    role,
    user,
)
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.rest.interactions import LAST
from tests.sockets.fakes.journal import Upload

CAMILLE, NOOR = user(7), user(8, "noor")
MODERATOR = member(NOOR, [5], MEMBER | MANAGE_MESSAGES)
PLAZA = guild(
    1 << 30, channels=[channel(11 << 22, "general")], roles=[role(5, "keepers", MANAGE_MESSAGES)], members=[MODERATOR]
)
(GENERAL,) = PLAZA["channels"]
EVENTS = Events()


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        fake.push(joined(PLAZA))
        yield fake


@pytest.fixture
async def bot(fake: FakeDiscord) -> AsyncIterator[Bare]:
    bot = Bare()
    async with running(fake, bot):
        yield bot
    assert asyncio.all_tasks() == {asyncio.current_task()}


def general(bot: Bare) -> discord.TextChannel:
    found = bot.get_channel(int(GENERAL["id"]))
    assert isinstance(found, discord.TextChannel)
    return found


async def pressed(fake: FakeDiscord, bot: Bare) -> "discord.Interaction[Any]":
    """A button somebody just pressed on a message of the bot's."""
    await general(bot).send("Choose", view=View())
    message = (await fake.sent("create_message"))[-1].result
    fake.push(EVENTS.press("pv:1", message, GENERAL, MODERATOR))
    (interaction,) = await bot.hears("interaction")
    assert isinstance(interaction, discord.Interaction)
    return interaction


class View(ui.View):
    """One button that lasts."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Button[Any](label="Yes", custom_id="pv:1"))


class Form(ui.Modal, title="A suggestion"):
    """A text, a choice and a file."""

    words = ui.Label[Any](text="Words", component=ui.TextInput[Any](style=discord.TextStyle.long, custom_id="words"))
    area = ui.Label[Any](
        text="Area",
        component=ui.Select[Any](custom_id="area", options=[discord.SelectOption(label="Parks", value="3")]),
    )
    shot = ui.Label[Any](text="Picture", component=ui.FileUpload[Any](custom_id="shot", required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        words, area, shot = (one.component for one in (self.words, self.area, self.shot))
        assert isinstance(words, ui.TextInput)
        assert isinstance(area, ui.Select)
        assert isinstance(shot, ui.FileUpload)
        picture = await shot.values[0].read()
        await interaction.response.send_message(f"{words.value} {area.values} {picture!r}")


async def test_a_modal_is_opened_filled_in_and_sent(fake: FakeDiscord, bot: Bare) -> None:
    @bot.tree.command()
    async def suggest(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    fake.push(EVENTS.slash("suggest", {}, GENERAL, CAMILLE))
    (opened,) = await fake.sent("callback")
    photo = fake.world.keep(Upload("photo.jpg", "image/jpeg", b"jpeg"))
    values = {"words": "Benches", "area": ["3"], "shot": [photo]}
    fake.push(EVENTS.submit(opened.payload["data"], values, GENERAL, CAMILLE))
    _, answer = await fake.sent("callback", 2)
    assert answer.content == "Benches ['3'] b'jpeg'"


async def test_options_are_completed_while_typed(fake: FakeDiscord, bot: Bare) -> None:
    @bot.tree.command()
    async def status(interaction: discord.Interaction, number: int) -> None:
        """Never used here."""

    @status.autocomplete("number")
    async def _(_: discord.Interaction, current: str) -> list[app_commands.Choice[int]]:
        return [app_commands.Choice(name=f"#12 Benches ({current})", value=12)]

    fake.push(EVENTS.slash("status", {"number": "1"}, GENERAL, CAMILLE, focused="number"))
    (call,) = await fake.sent("callback")
    assert call.payload == {"type": 8, "data": {"choices": [{"name": "#12 Benches (1)", "value": 12}]}}


async def test_a_messages_menu_brings_the_message(fake: FakeDiscord, bot: Bare) -> None:
    @bot.tree.context_menu(name="Pass on")
    async def pass_on(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{message.author.name}: {message.content}")

    said = EVENTS.message("The lamp is out", GENERAL, CAMILLE)
    fake.push(said, EVENTS.menu("Pass on", said["d"], GENERAL, MODERATOR))
    (call,) = await fake.sent("callback")
    assert call.content == "camille: The lamp is out"


async def test_a_button_edits_its_message_and_knows_who_pressed_it(fake: FakeDiscord, bot: Bare) -> None:
    interaction = await pressed(fake, bot)
    assert interaction.permissions.manage_messages
    assert isinstance(interaction.user, discord.Member)
    assert [one.name for one in interaction.user.roles] == ["@everyone", "keepers"]
    await interaction.response.edit_message(content="Chosen", view=None)
    await interaction.edit_original_response(content="Chosen, for good")
    message = await general(bot).fetch_message(interaction.message.id if interaction.message else 0)
    assert (message.content, message.components) == ("Chosen, for good", [])
    assert [one.content for one in bot.named("message_edit")] == ["Choose", "Chosen"]


async def test_something_is_chosen_from_a_menu(fake: FakeDiscord, bot: Bare) -> None:
    menu = ui.Select[Any](custom_id="pv:m", options=[discord.SelectOption(label="Parks", value="3")])
    await general(bot).send("Which?", view=ui.View(timeout=None).add_item(menu))
    (call,) = await fake.sent("create_message")
    fake.push(EVENTS.select("pv:m", ["3"], call.result, GENERAL, CAMILLE))
    (interaction,) = await bot.hears("interaction")
    assert interaction.data["values"] == ["3"]
    assert interaction.message.content == "Which?"


async def test_too_many_suggestions_are_refused(fake: FakeDiscord, bot: Bare) -> None:
    fake.push(EVENTS.slash("status", {"number": "1"}, GENERAL, CAMILLE, focused="number"))
    (interaction,) = await bot.hears("interaction")
    choices = [app_commands.Choice(name=str(number), value=number) for number in range(26)]
    with pytest.raises(discord.HTTPException, match="25 or fewer"):
        await interaction.response.autocomplete(choices)
    await interaction.response.autocomplete(choices[1:])


async def test_an_interaction_in_private_has_no_guild(fake: FakeDiscord, bot: Bare) -> None:
    fake.push(EVENTS.slash("mine", {}, direct(99, CAMILLE), CAMILLE))
    (interaction,) = await bot.hears("interaction")
    assert (interaction.guild, interaction.user.id, interaction.channel.id) == (None, 7, 99)
    await interaction.response.send_message("Yours")
    assert (await interaction.original_response()).content == "Yours"


async def test_an_interaction_is_acknowledged_once(fake: FakeDiscord, bot: Bare) -> None:
    interaction = await pressed(fake, bot)
    with pytest.raises(discord.NotFound) as early:
        await interaction.followup.send("Too early")
    await interaction.response.defer()
    interaction.response._response_type = None
    with pytest.raises(discord.HTTPException) as caught:
        await interaction.response.defer()
    assert (early.value.code, caught.value.code) == (10015, 40060)


async def test_an_interaction_is_acknowledged_within_three_seconds(fake: FakeDiscord, bot: Bare) -> None:
    interaction = await pressed(fake, bot)
    fake.world.pass_time(3)
    with pytest.raises(discord.NotFound) as caught:
        await interaction.response.defer()
    assert caught.value.code == 10062


async def test_an_interaction_is_followed_up_within_fifteen_minutes(fake: FakeDiscord, bot: Bare) -> None:
    interaction = await pressed(fake, bot)
    await interaction.response.defer()
    fake.world.pass_time(LAST - 60)
    sent = await interaction.followup.send("In time", wait=True)
    await sent.edit(content="Changed")
    await sent.delete()
    with pytest.raises(discord.NotFound):
        await sent.fetch()
    posted = await general(bot).send("Not an answer")
    with pytest.raises(discord.NotFound):
        await interaction.followup.edit_message(posted.id, content="Changed")
    fake.world.pass_time(60)
    with pytest.raises(discord.HTTPException) as caught:
        await interaction.followup.send("Late")
    assert (caught.value.status, caught.value.code) == (401, 50027)


async def test_a_refused_callback_leaves_the_interaction_to_be_acknowledged(fake: FakeDiscord, bot: Bare) -> None:
    interaction = await pressed(fake, bot)
    with pytest.raises(discord.HTTPException, match="2000 or fewer"):
        await interaction.response.send_message("x" * 2001)
    await interaction.response.send_message("x")


async def test_a_modal_too_long_is_refused(fake: FakeDiscord, bot: Bare) -> None:
    interaction = await pressed(fake, bot)
    with pytest.raises(discord.HTTPException, match="between 1 and 45"):
        await interaction.response.send_modal(Form(title="x" * 46))


async def test_a_modal_does_not_answer_a_modal(fake: FakeDiscord, bot: Bare) -> None:
    fake.push(EVENTS.submit({"custom_id": "m", "components": []}, {}, GENERAL, CAMILLE))
    (interaction,) = await bot.hears("interaction")
    with pytest.raises(discord.HTTPException) as caught:
        await interaction.response.send_modal(Form())
    assert caught.value.code == 50035


async def test_a_message_is_edited_and_deleted_by_its_author_alone(fake: FakeDiscord, bot: Bare) -> None:
    mine = await general(bot).send("Mine", file=discord.File(__file__))
    assert (await mine.edit(content="Changed")).attachments
    assert not (await mine.edit(attachments=[])).attachments
    await mine.delete()
    with pytest.raises(discord.NotFound):
        await mine.edit(content="Gone")
    said = EVENTS.message("Theirs", GENERAL, CAMILLE)
    fake.push(said)
    theirs = general(bot).get_partial_message(int(said["d"]["id"]))
    for attempt, code in ((theirs.edit(content="Mine?"), 50005), (theirs.delete(), 50013)):
        with pytest.raises(discord.Forbidden) as caught:
            await attempt
        assert caught.value.code == code
    fake.push(message_deleted(said["d"]))
    with pytest.raises(discord.NotFound):
        await theirs.fetch()


async def test_a_moderating_bot_deletes_what_others_wrote(fake: FakeDiscord) -> None:
    keepers = role(5, "keepers", MANAGE_MESSAGES)
    fake.push(joined(guild(1 << 30, channels=[channel(11 << 22, "general")], roles=[keepers], bot_roles=[5])))
    bot, said = Bare(), EVENTS.message("Theirs", GENERAL, CAMILLE)
    async with running(fake, bot):
        fake.push(said)
        await general(bot).get_partial_message(int(said["d"]["id"])).delete()
        assert await bot.hears("raw_message_delete")


async def test_a_reply_names_what_it_replies_to(fake: FakeDiscord, bot: Bare) -> None:
    said = EVENTS.message("Question", GENERAL, CAMILLE)
    fake.push(said, EVENTS.message("Me too", GENERAL, NOOR, reply_to=said["d"]))
    first, second = await bot.hears("message", 2)
    assert second.reference.resolved.id == first.id
    answer = await first.reply("Answer")
    assert answer.reference
    assert answer.reference.message_id == first.id
    gone = discord.MessageReference(message_id=1, channel_id=general(bot).id)
    with pytest.raises(discord.HTTPException, match="Unknown message"):
        await general(bot).send("Answer", reference=gone)
    gone.fail_if_not_exists = False
    await general(bot).send("Answer", reference=gone)


async def test_commands_are_kept_by_guild_with_their_ids(fake: FakeDiscord, bot: Bare) -> None:
    @bot.tree.command(description="One")
    async def one(_: discord.Interaction) -> None:
        """Never used here."""

    plaza = bot.guilds[0]
    first, again = await bot.tree.sync(), await bot.tree.sync()
    assert [command.id for command in first] == [command.id for command in again]
    assert await bot.tree.fetch_commands(guild=plaza) == []
    bot.tree.copy_global_to(guild=plaza)
    assert [command.guild_id for command in await bot.tree.sync(guild=plaza)] == [plaza.id]
    assert [command.name for command in await bot.tree.fetch_commands()] == ["one"]
    assert dict(fake.world.creates) == {0: 1, plaza.id: 1}
    with pytest.raises(discord.Forbidden):
        await bot.tree.sync(guild=discord.Object(1))
