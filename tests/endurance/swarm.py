"""Several bots on one PostgreSQL and both fakes, what people do on them, and what became of it."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import create_engine
from sqlmodel import Session

from storage.engine import leases
from storage.schema.opening import Location
from tests.sockets import updates as telegram
from tests.sockets.discord.answers import is_answered
from tests.sockets.discord.client import TOKEN
from tests.sockets.discord.events import JSON, Events, direct, user
from tests.sockets.discord.running import GENERAL
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.world import Interaction
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.process import Bot
from tests.words import strange

PEOPLE = range(100, 108)
MEMBERS = [user(number, f"person{number}") for number in PEOPLE]
CHANNELS = [direct((1_000 + number) << 22, who) for number, who in zip(PEOPLE, MEMBERS, strict=True)]


@dataclass
class Told:
    """What was said to the bot, by the way it was said."""

    updates: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    calm: list[str] = field(default_factory=list)
    """The commands that were used while no bot was killed."""


@dataclass
class Swarm:
    """The bots, which share everything, and the platforms they are on."""

    bots: Sequence[Bot]
    place: Location
    updates: FakeTelegram
    discord: FakeDiscord
    told: Told = field(default_factory=Told)
    _events: Events = field(default_factory=Events)
    _messages: telegram.Updates = field(default_factory=telegram.Updates)
    _turns: "count[int]" = field(default_factory=count)

    def speak(self) -> None:
        """Let everybody write on Telegram, use a command on Discord, and write a letter there."""
        turn = next(self._turns)
        for number in PEOPLE:
            who = telegram.user(number)
            self.told.updates.append(strange(f"update {turn} of {number}"))
            self.updates.push(self._messages.message(f"/suggest {self.told.updates[-1]}", telegram.private(who), who))
        for number, who, where in zip(PEOPLE, MEMBERS, CHANNELS, strict=True):
            self.told.letters.append(strange(f"letter {turn} of {number}"))
            self.discord.push(self._events.message(f"/suggest {self.told.letters[-1]}", where, who))
        self.told.commands += self.use(f"Command {turn}")

    def use(self, idea: str) -> list[str]:
        """Let everybody use a command on Discord."""
        ideas = [strange(f"{idea} of {who['id']}") for who in MEMBERS]
        for who, one in zip(MEMBERS, ideas, strict=True):
            self.discord.push(self._events.slash("suggest", {"text": one}, GENERAL, who))
        return ideas

    async def holders(self, name: str) -> list[Bot]:
        """Those that have a lease."""
        return await asyncio.to_thread(self._holders, name)

    def _holders(self, name: str) -> list[Bot]:
        engine = create_engine(self.place.server)
        with Session(engine) as session:
            found = [who.rpartition(":")[2] for _, who in leases.holders(session, name)]
        engine.dispose()
        return [bot for bot in self.bots if bot.running and str(bot.process.pid) in found]

    def connected(self, shards: int) -> bool:
        """Whether every shard is."""
        return sum(session.link is not None for session in self.discord.gateway.sessions.values()) == shards

    def commands(self) -> dict[str, Interaction]:
        """By the idea, what became of every command."""
        return {one.data["data"]["options"][0]["value"]: one for one in self.discord.world.interactions.values()}

    def answered(self) -> set[str]:
        """The ideas whose command was answered."""
        return {idea for idea, one in self.commands().items() if is_answered(self.discord, one)}

    def receipts(self) -> tuple[Counter[int], Counter[int]]:
        """How many answers each person got on Telegram, and to their letters on Discord."""
        sent = Counter(
            one.chat for one in self.updates.journal.calls if one.method == "sendMessage" and one.status == 200
        )
        letters = {number: _written(self.discord, where) for number, where in zip(PEOPLE, CHANNELS, strict=True)}
        return sent, Counter(letters)


def settings(updates: FakeTelegram, discord: FakeDiscord) -> dict[str, str]:
    """The environment of each bot."""
    own = {"TOKEN": TOKEN, "API_URL": discord.api_url, "GATEWAY_URL": discord.gateway_url}
    limits = {f"PORTEVOIX_LIMITS__{name}": "100000 per minute" for name in ("FILINGS", "COMMANDS")}
    here = {"PORTEVOIX_TELEGRAM__API_URL": updates.url, "PORTEVOIX_LIMITS__OPEN_ITEMS": "100000"}
    return {**here, **limits, **{f"PORTEVOIX_DISCORD__{name}": value for name, value in own.items()}}


def _written(discord: FakeDiscord, channel: JSON) -> int:
    return sum(one["author"]["bot"] for one in discord.world.messages[int(channel["id"])].values())
