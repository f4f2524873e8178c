"""A simulated Discord with a guild in it, the people there, and what each of them is shown."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import discord
import simcord
from discord.permissions import PermissionOverwrite, Permissions
from simcord.backend.models import Interaction, Message, Overwrite
from simcord.backend.models.interaction import ResponseKind
from simcord.enums import OverwriteType

from bot.ports.adapter import Address
from bot.ports.inbound import Role
from tests.adapters.discord.text import buttons_of, told
from tests.stage import Person

JSON = dict[str, Any]
PATIENCE = 30.0
"""Seconds the bot may take over one thing: the first question loads what questions are compared with."""
TOKEN = "a.secret.token"
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
    read: Callable[[str], bytes | None] = field(default=lambda _: None, compare=False)
    """Reads a file by its address."""

    @property
    def text(self) -> str:
        """What a reader sees, in the shape of `bot.ports.plain`."""
        if self.form and self.form.modal:
            return "\n".join(
                [self.form.modal["title"], *(str(one.get("label")) for one in self.form.modal["components"])]
            )
        return told(self.messages, self.read)

    def buttons(self) -> Iterator[tuple[Message, JSON]]:
        """Its buttons, each with the message it is under."""
        for message in self.messages:
            yield from ((message, button) for button in buttons_of(message))


@functools.cache
def _nobody() -> discord.AutoShardedClient:
    """The client of a Discord with no bot running yet: it never runs, so that one is enough."""
    return discord.AutoShardedClient(intents=discord.Intents(guilds=True), shard_count=1)


@dataclass
class World:
    """A guild with an open channel, and one of the staff's that moderators see as well.

    Attributes:
        replies: those that were no answer to an interaction, each as its messages.
        lost_files: whether links to files have expired.
        joining: whether a guild that appears is one the bot was just added to.
    """

    apart: ClassVar[bool] = False
    replies: list[list[Message]] = field(default_factory=list)
    lost_files: bool = False
    joining: bool = False
    _actors: dict[str, simcord.MemberActor] = field(default_factory=dict)
    _languages: dict[int, str] = field(default_factory=dict)

    def build(self) -> None:
        """Make the guild, with no bot running yet."""
        self.env = simcord.Env(_nobody(), shard_count=1, settle_timeout=PATIENCE)
        settle = self.env._settle_internal

        async def patient(*, timeout: float | None = None, **asked: Any) -> None:
            # By default it looks every 50 ms whether the bot is done: most of a dialogue would be spent waiting.
            # And it gives a bot five seconds to begin, which is short on a busy machine.
            await settle(timeout=timeout and max(timeout, PATIENCE), **{**asked, "idle": GLANCE})

        self.env._settle_internal = patient  # type: ignore[method-assign]
        self.guild = self.env.create_guild("Plaza")
        self.plaza = self.guild.create_text_channel("plaza")
        self.moderators = self.guild.create_role("moderators", permissions=Permissions(manage_messages=True))
        hidden, seen = PermissionOverwrite(view_channel=False), PermissionOverwrite(view_channel=True)
        overwrites: Any = {self.guild.default_role: hidden, self.moderators: seen}
        self.desk = self.guild.create_text_channel("desk", overwrites=overwrites)
        self._let_the_bot_in()
        emit = self.env.backend.emit
        self.env.backend.emit = lambda event, payload: emit(event, self._localised(event, payload))  # type: ignore[method-assign]

    def _let_the_bot_in(self) -> None:
        seen = PermissionOverwrite(view_channel=True, send_messages=True).pair()
        me = self.env.backend.bot_user.id
        overwrite = Overwrite(target_id=me, type=OverwriteType.MEMBER, allow=seen[0].value, deny=0)
        self.env.backend.get_channel(self.desk.id).overwrites.append(overwrite)

    def let_in(self, person: Person, channel: simcord.ChannelHandle | None = None) -> None:
        """Let somebody see a channel, the staff's if no other."""
        number = (channel or self.desk).id
        seen = Permissions(view_channel=True).value
        overwrite = Overwrite(target_id=self.actor(person).id, type=OverwriteType.MEMBER, allow=seen, deny=0)
        there = self.env.backend.get_channel(number)
        self.env.backend.edit_channel(number, {}, overwrites=[*there.overwrites, overwrite])

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

    def actor(self, person: Person) -> simcord.MemberActor:
        """Somebody's account, in the guild; moderators have a role that sees the staff's channel."""
        if person.id not in self._actors:
            roles = [] if person.role is Role.MEMBER else [self.moderators]
            user = self.env.create_user(person.id)
            self._languages[user.id] = "fr" if person.language == "fr" else "en-US"
            self._actors[person.id] = self.guild.add_member(user, roles=roles)
        return self._actors[person.id]

    def button(self, person: Person, label: str) -> tuple[Message, JSON]:
        """The newest button with that label this person sees, and the message it is under."""
        seen = [one for one in self.shown() if self._sees(person, one) or (person.role and one.channel == self.desk.id)]
        found = [pair for one in seen for pair in one.buttons() if pair[1]["label"] == label]
        assert found, f"{person.id} sees no button {label!r}"
        return found[-1]

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
        read = self.env.backend.cdn.get
        others = [Shown(one[0].id, one[0].channel_id, one, read=read) for one in self.replies if one]
        listed = {message.id for one in (*answers, *others) for message in one.messages}
        alone = [one for one in self.messages() if one.id not in listed and one.interaction_metadata is None]
        single = [Shown(one.id, one.channel_id, [one], read=read) for one in alone]
        return sorted([*answers, *others, *single], key=lambda one: one.id)

    def _answered_with(self, record: Interaction) -> Shown | None:
        if record.modal:
            return Shown(record.id, record.channel_id, form=record, to=record.user_id)
        kept = self.env.backend.messages.get(record.channel_id, {})
        # What is edited is shown once more, as it is now.
        is_answer = record.message_id != record.source_message_id or record.response_kind is ResponseKind.UPDATE
        own = [record.message_id] if is_answer else []
        found = [kept[number] for number in [*own, *record.followup_ids] if number in kept]
        if not found or record.loading:
            return None
        to = record.user_id if found[0].is_ephemeral else None
        return Shown(record.id, record.channel_id, found, to=to, read=self.env.backend.cdn.get)

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
