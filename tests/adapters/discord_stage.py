"""Discord as a stage: people act in a simulated Discord, everything heard is read from what it shows them."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import discord
import simcord
from discord.permissions import PermissionOverwrite, Permissions
from pydantic import SecretStr
from simcord.backend.models import Interaction, Message, Overwrite
from simcord.enums import OverwriteType
from sqlmodel import Session

from adapters.discord.client import Discord
from adapters.discord.names import PLATFORM, opener_of
from bot.app import App
from bot.arguments import split, spread
from bot.assembly import open_core
from bot.config import DiscordSettings, StaffPlace
from bot.context import Core
from bot.delivery import Courier
from bot.events import Inbound, Role
from bot.policy import Policy
from bot.ports import Address, Handle
from bot.registry import Command, Shape
from bot.reply import Reply
from bot.schedule import Timetable
from storage import communities
from tests.adapters.discord_text import told
from tests.stage import ALOUD, Person

JSON = dict[str, Any]
TOKEN = "a.secret.token"
PATIENCE = 30.0
"""Seconds the bot may take over one thing: the first question loads what questions are compared with."""
GLANCE = 0.002


@dataclass(frozen=True)
class Shown:
    """One thing the bot showed: a form, or the messages of a reply.

    Attributes:
        id: Discord's, which grows with time.
        to: the one person who sees it, or nobody in particular.
    """

    id: int
    channel: int
    messages: Sequence[Message] = ()
    form: Interaction | None = None
    to: int | None = None

    @property
    def text(self) -> str:
        """What a reader sees, in the shape of `bot.plain`."""
        if self.form and self.form.modal:
            return "\n".join(
                [self.form.modal["title"], *(str(one.get("label")) for one in self.form.modal["components"])]
            )
        return told(self.messages)

    def buttons(self) -> Iterator[tuple[Message, JSON]]:
        """Its buttons, each with the message it is under."""
        for message in self.messages:
            for row in message.components:
                yield from ((message, button) for button in row["components"])


class Watched(Discord):
    """The adapter, with a note of which messages make one reply."""

    def __init__(self, core: Core, handle: Handle, stage: "DiscordStage") -> None:
        super().__init__(core, handle)
        self._stage = stage

    async def send(self, address: Address, reply: Reply) -> None:
        before = {message.id for message in self._stage.messages()}
        await super().send(address, reply)
        new = [message for message in self._stage.messages() if message.id not in before]
        self._stage.replies.append([one for one in new if self._stage.goes_to(one, address)])


@dataclass
class DiscordStage:
    """A guild with the bot in it, an open channel, and a channel of the staff's that moderators see as well.

    People use commands where Discord has them; all else they say to the bot by mentioning it in the open channel.
    """

    core: Core
    replies: list[list[Message]] = field(default_factory=list)
    """The replies that were no answer to an interaction, each as its messages."""
    lost_files: bool = False
    """Whether links to files have expired."""
    joining: bool = False
    slow: asyncio.Event | None = None
    """While it is there and not set, the core takes as long as it likes; time is `env.advance_time`'s."""
    _actors: dict[str, simcord.MemberActor] = field(default_factory=dict)
    _languages: dict[int, str] = field(default_factory=dict)
    _before: dict[str, int] = field(default_factory=dict)
    _reopened: bool = False

    async def open(self, **own: Any) -> None:
        """Build the guild, and start the bot in it."""
        nobody = discord.AutoShardedClient(intents=discord.Intents(guilds=True), shard_count=1)
        self.env = simcord.Env(nobody, shard_count=1, settle_timeout=PATIENCE)
        # By default it looks every 50 ms whether the bot is done: most of a dialogue would be spent waiting.
        self.env._settle_internal = partial(self.env._settle_internal, idle=GLANCE)  # type: ignore[method-assign]
        self.guild = self.env.create_guild("Plaza")
        self.plaza = self.guild.create_text_channel("plaza")
        self.moderators = self.guild.create_role("moderators", permissions=Permissions(manage_messages=True))
        hidden, seen = PermissionOverwrite(view_channel=False), PermissionOverwrite(view_channel=True)
        overwrites: Any = {self.guild.default_role: hidden, self.moderators: seen}
        self.desk = self.guild.create_text_channel("desk", overwrites=overwrites)
        self._let_the_bot_in()
        emit = self.env.backend.emit
        self.env.backend.emit = lambda event, payload: emit(event, self._localised(event, payload))  # type: ignore[method-assign]
        await self.core.store.write(self._give_places)
        self.core = replace(self.core, settings=self._settings(**own))
        self.discord = self._adapter()
        self.env.bot = self.discord.client
        await self.env.start()

    def _let_the_bot_in(self) -> None:
        seen = PermissionOverwrite(view_channel=True, send_messages=True).pair()
        me = self.env.backend.bot_user.id
        overwrite = Overwrite(target_id=me, type=OverwriteType.MEMBER, allow=seen[0].value, deny=0)
        self.env.backend.get_channel(self.desk.id).overwrites.append(overwrite)

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

    def join(self, name: str) -> simcord.GuildHandle:
        """Add the bot to another guild."""
        self.joining = True
        guild = self.env.create_guild(name)
        self.joining = False
        return guild

    def _localised(self, event: str, payload: Any) -> Any:
        """An event as it comes from somebody whose Discord is in their language."""
        if event == "GUILD_CREATE" and self.joining:
            # One the bot is added to; those it was in before come with `unavailable`.
            return {key: value for key, value in payload.items() if key != "unavailable"}
        if event != "INTERACTION_CREATE":
            return payload
        if self.lost_files:
            self.env.backend.cdn._blobs.clear()
        user = payload.get("user") or payload["member"]["user"]
        return {**payload, "locale": self._languages.get(int(user["id"]), "en-US")}

    async def close(self) -> None:
        """Stop the bot."""
        await self.env.shutdown()
        self.env.raise_errors()
        if self._reopened:
            self.core.store.close()

    async def restart(self) -> None:
        settings = self.core.settings
        if self._reopened:
            self.core.store.close()
        self.core, self._reopened = await open_core(settings, self.core.clock), True
        self.discord = self._adapter()
        await self.env.restart_bot(self.discord.client)

    def actor(self, person: Person) -> simcord.MemberActor:
        """Somebody's account, in the guild; moderators have a role that sees the staff's channel."""
        if person.id not in self._actors:
            roles = [] if person.role is Role.MEMBER else [self.moderators]
            user = self.env.create_user(person.id)
            self._languages[user.id] = "fr" if person.language == "fr" else "en-US"
            self._actors[person.id] = self.guild.add_member(user, roles=roles)
        return self._actors[person.id]

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
            await self.write(person, f"{self._mention} {text}")
        elif asked.form and asked.form.modal:
            await self.submit(person, asked.form, {_first_text(asked.form.modal): text})
        else:
            await self._answer(person, asked, text)

    async def _support(self, person: Person, number: str) -> None:
        """Discord shows no command for what has a button."""
        await self.slash(person, "status", number=int(number))
        await self.press(person, self.core.languages.speech(person.language).say("Support"))

    @property
    def _mention(self) -> str:
        return f"<@{self.env.backend.bot_user.id}>"

    def _options(self, command: Command, rest: str) -> JSON | None:
        """What a person would choose and fill in for what is typed; None where Discord has no such command."""
        held = self.env.backend.find_command(command.name, self.guild.id)
        given = spread(command, rest, self.core.languages.all())
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
            chosen = [one["value"] for one in option["choices"] if value.strip().casefold() in _names(one)]
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
            await self.submit(person, result._interaction, {_first_text(result.modal or {}): text})
        elif asked.channel == self.plaza.id:
            await self.write(person, f"{self._mention} {text}")
        else:
            await self.write_alone(person, text)

    async def write(self, person: Person, text: str, **more: Any) -> discord.Message:
        """Write in the open channel."""
        self._begin(person)
        said = await self.actor(person).send(self.plaza, text, **more)
        await self.deliver()
        return said

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
        values = {**_preset(form.modal), **fields}
        selects = {one["component"]["custom_id"] for one in form.modal["components"] if one["component"]["type"] == 3}
        sent = {name: [value] if name in selects else value for name, value in values.items()}
        self._begin(person)
        shown = simcord.InteractionResult(self.env, form)
        result: simcord.InteractionResult = await self._present(person, form.channel_id).submit_modal(shown, sent)
        await self.deliver()
        return result

    async def press(self, person: Person, label: str) -> None:
        await self._click(person, *self.button(person, label))
        await self.deliver()

    def button(self, person: Person, label: str) -> tuple[Message, JSON]:
        """The newest button with that label this person sees, and the message it is under."""
        seen = [one for one in self.shown() if self._sees(person, one) or (person.role and one.channel == self.desk.id)]
        found = [pair for one in seen for pair in one.buttons() if pair[1]["label"] == label]
        assert found, f"{person.id} sees no button {label!r}"
        return found[-1]

    async def _click(self, person: Person, message: Message, button: JSON) -> simcord.InteractionResult:
        self._begin(person)
        there = simcord.ResponseMessage(self.env, message)
        result: simcord.InteractionResult = await self._present(person, message.channel_id).click(
            there, custom_id=button["custom_id"]
        )
        return result

    def _present(self, person: Person, channel: int) -> Any:
        """Somebody as they act in a channel: as themselves in their direct messages, as a member in the guild."""
        actor = self.actor(person)
        return actor if self.env.backend.get_channel(channel).guild_id else actor.user

    def _begin(self, person: Person) -> None:
        self.actor(person)
        self._before[person.id] = len(self.seen_by(person))

    def messages(self) -> list[Message]:
        """Every message of the bot's, the oldest first."""
        me = self.env.backend.bot_user.id
        found = [one for channel in self.env.backend.messages.values() for one in channel.values()]
        return sorted((one for one in found if one.author_id == me), key=lambda one: one.id)

    def goes_to(self, message: Message, address: Address) -> bool:
        """Whether a message stands where an address leads, or its detour."""
        alone = self.env.backend.dm_channels.get(int(address.id)) if address.private else int(address.id)
        around = int(address.detour.chat) if address.detour else None
        return message.channel_id in (alone, around)

    def shown(self) -> list[Shown]:
        """Everything the bot showed, the oldest first."""
        answers = [one for record in self.env.backend.interactions.values() if (one := self._answered_with(record))]
        others = [Shown(one[0].id, one[0].channel_id, one) for one in self.replies if one]
        listed = {message.id for one in (*answers, *others) for message in one.messages}
        alone = [one for one in self.messages() if one.id not in listed and one.interaction_metadata is None]
        single = [Shown(one.id, one.channel_id, [one]) for one in alone]
        return sorted([*answers, *others, *single], key=lambda one: one.id)

    def _answered_with(self, record: Interaction) -> Shown | None:
        if record.modal:
            return Shown(record.id, record.channel_id, form=record, to=record.user_id)
        kept = self.env.backend.messages.get(record.channel_id, {})
        own = [record.message_id] if record.message_id != record.source_message_id else []
        found = [kept[number] for number in [*own, *record.followup_ids] if number in kept]
        if not found or record.loading:
            return None
        return Shown(record.id, record.channel_id, found, to=record.user_id if found[0].is_ephemeral else None)

    def _sees(self, person: Person, one: Shown) -> bool:
        actor = self.actor(person)
        alone = self.env.backend.dm_channels.get(actor.id)
        return one.to == actor.id or (one.to is None and one.channel in (self.plaza.id, alone))

    def seen_by(self, person: Person) -> list[Shown]:
        """What this person was shown, the oldest first."""
        return [one for one in self.shown() if self._sees(person, one)]

    def seen_in(self, channel: simcord.ChannelHandle) -> list[str]:
        """What the bot said in a channel for all to see, as text."""
        return [one.text for one in self.shown() if one.channel == channel.id and one.to is None]

    def told_alone(self, person: Person) -> list[str]:
        """What the bot said in somebody's direct messages, as text."""
        alone = self.env.backend.dm_channels.get(self.actor(person).id)
        return [one.text for one in self.shown() if one.channel == alone]

    def heard(self, person: Person) -> list[str]:
        return [one.text for one in self.seen_by(person)]

    def answered(self, person: Person) -> bool:
        return len(self.seen_by(person)) > self._before.get(person.id, 0)

    def staff(self) -> list[str]:
        return self.seen_in(self.desk)

    async def deliver(self) -> None:
        await Courier(self.core, {PLATFORM: self.discord}).drain()
        await self.env.settle(idle=GLANCE)

    async def pass_time(self) -> None:
        await Timetable(self.core).catch_up()


def _names(choice: JSON) -> set[str]:
    said = [choice["name"], choice["value"], *(choice.get("name_localizations") or {}).values()]
    return {str(one).casefold() for one in said} | {str(one).casefold().replace("_", " ") for one in said}


def _first_text(modal: JSON) -> str:
    return next(str(one["component"]["custom_id"]) for one in modal["components"] if one["component"]["type"] == 4)


def _preset(modal: JSON) -> JSON:
    """What a form shows filled in."""
    found: JSON = {}
    for component in (one["component"] for one in modal["components"]):
        chosen = [option["value"] for option in component.get("options", ()) if option.get("default")]
        if chosen or component.get("value"):
            found[component["custom_id"]] = chosen[0] if chosen else component["value"]
    return found


@asynccontextmanager
async def discord_stage(core: Core, **own: Any) -> AsyncIterator[DiscordStage]:
    """The adapter in a simulated Discord of its own; closed afterwards.

    Args:
        own: settings of `[discord]`.
    """
    stage = DiscordStage(core)
    await stage.open(**own)
    try:
        yield stage
    finally:
        await stage.close()
