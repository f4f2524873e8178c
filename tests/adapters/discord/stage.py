"""Discord as a stage: people act in a simulated Discord, everything heard is read from what it shows them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import discord
import simcord
from pydantic import SecretStr
from simcord.backend.models import Interaction, Message
from sqlmodel import Session

from adapters.discord.connection.client import Discord
from adapters.discord.names import PLATFORM, opener_of
from bot.commands.arguments import assign_words, split
from bot.commands.registry import Command, Shape
from bot.core import Core
from bot.delivery.courier import Courier
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.ports.adapter import Address, Handle
from bot.ports.card import Face
from bot.ports.inbound import Inbound
from bot.ports.reply import Reply
from bot.settings.config import StaffPlace
from bot.settings.connections import DiscordSettings
from storage.people import communities
from tests.adapters.discord.modal import fields as shown_fields
from tests.adapters.discord.modal import first_text, names, preset
from tests.adapters.discord.text import told
from tests.adapters.discord.world import JSON, TOKEN, Shown, World
from tests.stage import ALOUD, Person, let_in


class Watched(Discord):
    """The adapter, with a note of which messages make one reply."""

    def __init__(self, core: Core, handle: Handle, stage: "DiscordStage") -> None:
        super().__init__(core, handle)
        self._stage = stage

    async def send(self, address: Address, reply: Reply) -> str:
        before = {message.id for message in self._stage.messages()}
        message = await super().send(address, reply)
        new = [message for message in self._stage.messages() if message.id not in before]
        self._stage.replies.append([one for one in new if self._stage.goes_to(one, address)])
        return message


@dataclass
class DiscordStage(World):
    """The bot in a guild.

    People use commands where Discord has them; all else they say to the bot by mentioning it in the open channel.

    Attributes:
        slow: while it is there and not set, the core takes as long as it likes; time is `env.advance_time`'s.
    """

    core: Core = field(kw_only=True)
    slow: asyncio.Event | None = None
    _before: dict[str, int] = field(default_factory=dict)
    _reopened: bool = False

    async def open(self, **own: Any) -> None:
        """Build the guild, and start the bot in it."""
        self.build()
        await self.core.store.write(self._give_places)
        self.core = replace(self.core, settings=self._settings(**own))
        self.discord = self._adapter()
        self.env.bot = self.discord.client
        await self.env.start()

    def _settings(self, **own: Any) -> Any:
        place = StaffPlace(platform=PLATFORM, place=str(self.desk.id))
        found = tuple(item.model_copy(update={"staff": place}) for item in self.core.settings.communities)
        given = {"message_content": True, "help_channels": (self.plaza.id,), **own}
        connection = DiscordSettings(token=SecretStr(TOKEN), **given)
        return self.core.settings.model_copy(update={"discord": connection, "communities": found})

    def _give_places(self, session: Session) -> None:
        for community in communities.every(session):
            communities.join_place(session, community.id, PLATFORM, str(self.guild.id), staff=False)
            communities.join_place(session, community.id, PLATFORM, str(self.desk.id), staff=True)

    def _adapter(self) -> Discord:
        app = App(self.core, Policy(self.core.settings.limits))

        async def handle(inbound: Inbound) -> Reply | None:
            if self.slow:
                await self.env.external_wait(self.slow.wait(), reason="a slow store")
            return await app.handle(inbound)

        return Watched(self.core, handle, self)

    async def close(self) -> None:
        """Stop the bot."""
        await self.env.shutdown()
        self.env.raise_errors()
        if self._reopened:
            self.core.store.close()

    async def send(self, address: Address, reply: Reply) -> str:
        """Let the bot send something, as the outbox does; returns the id of its message."""
        message = await self.discord.send(address, reply)
        await self.env.settle()
        return message

    async def restart(self) -> None:
        settings = self.core.settings
        if self._reopened:
            self.core.store.close()
        self.core, self._reopened = await open_core(settings, self.core.clock), True
        self.discord = self._adapter()
        await self.env.restart_bot(self.discord.client)

    async def say(self, person: Person, text: str) -> None:
        if text.startswith(ALOUD):
            await self.write(person, text.removeprefix(ALOUD))
            return
        typed = split(text)
        command = self.core.registry.find(typed.name) if typed else None
        if typed and command and (options := self._options(command, typed.rest)) is not None:
            await self.slash(person, command.name, **options)
        elif typed and command and command.name == "support":
            await self._support(person, typed.rest)
        elif typed or not (asked := self._asked(person)):
            await self.write(person, f"{self.mention} {text}")
        elif asked.form and asked.form.modal:
            await self.submit(person, asked.form, {first_text(asked.form.modal): text})
        else:
            await self._answer(person, asked, text)

    async def _support(self, person: Person, number: str) -> None:
        """Discord shows no command for what has a button."""
        await self.slash(person, "status", number=int(number))
        await self.press(person, self.core.languages.speech(person.language).say("Support"))

    @property
    def mention(self) -> str:
        """What calls the bot."""
        return f"<@{self.env.backend.bot_user.id}>"

    def _options(self, command: Command, rest: str) -> JSON | None:
        """What a person would choose and fill in for what is typed; None where Discord has no such command."""
        held = self.env.backend.find_command(command.name, self.guild.id)
        given = assign_words(command, rest, self.core.languages.all())
        if held is None:
            return None
        found: JSON = {}
        for option in held.get("options", ()):
            value = given.get(option["name"], "")
            if not value.strip() and option.get("required"):
                return None
            if value.strip():
                found[option["name"]] = self._value(command, option, value)
        unfit = any(found.get(option["name"], "") is None for option in held.get("options", ()))
        return None if unfit else found

    def _value(self, command: Command, option: JSON, value: str) -> str | int | None:
        """A value as Discord takes it, or None where it does not."""
        number = value.strip().removeprefix("#")
        if command.parameter(option["name"]).shape is Shape.NUMBER:
            return int(number) if number.isdecimal() else None
        if option.get("choices"):
            chosen = [one["value"] for one in option["choices"] if value.strip().casefold() in names(one)]
            return str(chosen[0]) if chosen else None
        # The apps take no longer text; what comes all the same must be kept all the same.
        option.pop("max_length", None)
        return value

    def _asked(self, person: Person) -> Shown | None:
        """The question this person was shown last, if it is still the last thing they were shown."""
        seen = self.seen_by(person)
        return seen[-1] if seen and (seen[-1].form or self._opener(seen[-1]) or "?" in seen[-1].text) else None

    def _opener(self, shown: Shown) -> tuple[Message, JSON] | None:
        return next((found for found in shown.buttons() if opener_of(found[1]["custom_id"])), None)

    async def _answer(self, person: Person, asked: Shown, text: str) -> None:
        """Answer in the form a button opens, or where the question was put."""
        if opener := self._opener(asked):
            result = await self._click(person, *opener)
            await self.submit(person, result._interaction, {first_text(result.modal or {}): text})
        elif asked.channel == self.plaza.id:
            await self.write(person, f"{self.mention} {text}")
        else:
            await self.write_alone(person, text)

    async def write(self, person: Person, text: str, **more: Any) -> discord.Message:
        """Write in the open channel."""
        self._begin(person)
        said = await self.actor(person).send(self.plaza, text, **more)
        await self.deliver()
        return said

    async def seen(self, person: Person) -> Person:
        """Somebody who has written to the bot in the guild before; who was not is a stranger to it when alone."""
        await let_in(self.core, PLATFORM, str(self.actor(person).id), person.id)
        return person

    async def write_alone(self, person: Person, text: str) -> None:
        """Write to the bot alone."""
        self._begin(person)
        await self.actor(person).send_dm(text)
        await self.deliver()

    async def slash(self, person: Person, name: str, **options: Any) -> simcord.InteractionResult:
        """Use a command."""
        self._begin(person)
        result = await self.actor(person).slash(self.plaza, name, **options)
        await self.deliver()
        return result

    async def fill(self, person: Person, fields: dict[str, str]) -> None:
        shown = next(one for one in reversed(self.seen_by(person)) if one.form or self._opener(one))
        form = shown.form
        if form is None:
            opener = self._opener(shown)
            assert opener
            form = (await self._click(person, *opener))._interaction
        await self.submit(person, form, fields)

    async def submit(self, person: Person, form: Interaction, fields: Mapping[str, Any]) -> simcord.InteractionResult:
        """Send a form; what is not named stays as the form shows it."""
        assert form.modal
        values = {**preset(form.modal), **fields}
        selects = {one["custom_id"] for one in shown_fields(form.modal) if one["type"] == 3}
        sent = {name: [value] if name in selects else value for name, value in values.items()}
        self._begin(person)
        shown = simcord.InteractionResult(self.env, form)
        result: simcord.InteractionResult = await self._present(person, form.channel_id).submit_modal(shown, sent)
        await self.deliver()
        return result

    async def show_card(self, face: Face) -> None:
        await self.send(Address(str(self.plaza.id), False, face.title), face.reply)

    async def press(self, person: Person, label: str) -> None:
        await self._click(person, *self.button(person, label))
        await self.deliver()

    async def _click(self, person: Person, message: Message, button: JSON) -> simcord.InteractionResult:
        self._begin(person)
        there = simcord.ResponseMessage(self.env, message)
        present, pressed = self._present(person, message.channel_id), button["custom_id"]
        result: simcord.InteractionResult = await (
            present.select(there, [pressed], custom_id=button["list"])
            if "list" in button
            else present.click(there, custom_id=pressed)
        )
        return result

    def _present(self, person: Person, channel: int) -> Any:
        """Somebody as they act in a channel: as themselves in their direct messages, as a member in the guild."""
        actor = self.actor(person)
        return actor if self.env.backend.get_channel(channel).guild_id else actor.user

    def _begin(self, person: Person) -> None:
        self.actor(person)
        self._before[person.id] = len(self.seen_by(person))

    def heard(self, person: Person) -> list[str]:
        return [one.text for one in self.seen_by(person)]

    def stands(self, person: Person) -> list[str]:
        there = {message.id: message for one in self.seen_by(person) for message in one.messages}
        return [told([message], self.env.backend.cdn.get) for message in there.values()]

    def answered(self, person: Person) -> bool:
        return len(self.seen_by(person)) > self._before.get(person.id, 0)

    def staff(self) -> list[str]:
        return self.seen_in(self.desk)

    async def deliver(self) -> None:
        await Courier(self.core, {PLATFORM: self.discord}).drain()
        await self.env.settle()

    async def pass_time(self) -> None:
        await Timetable(self.core).catch_up()


@asynccontextmanager
async def discord_stage(core: Core, **own: Any) -> AsyncIterator[DiscordStage]:
    """The adapter in a simulated Discord of its own; closed afterwards.

    Args:
        own: settings of `[discord]`.
    """
    stage = DiscordStage(core=core)
    await stage.open(**own)
    try:
        yield stage
    finally:
        await stage.close()
