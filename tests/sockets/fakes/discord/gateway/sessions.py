"""What the gateway tells a bot that identified, and keeps for it while it is away."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.sockets.fakes.discord.gateway.intents import EVERY, PRIVILEGED, shaped, wanted
from tests.sockets.fakes.discord.gateway.link import DISPATCH, Link
from tests.sockets.fakes.discord.world import JSON, World

BAD_TOKEN, BAD_SHARD, BAD_INTENTS, DENIED_INTENTS = 4004, 4010, 4013, 4014
MOST_KEPT = 5_000
"""Events kept for a bot that resumes."""


@dataclass
class Session:
    """One shard of one bot, connected or not.

    Attributes:
        shard: its number, and how many there are.
        sequence: the number of its newest event.
    """

    token: str
    intents: int
    shard: tuple[int, int]
    link: Link | None = None
    sequence: int = 0
    _kept: deque[tuple[int, str, JSON]] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))

    def tell(self, event: str, data: JSON) -> None:
        """Tell of an event now, or when the bot is back."""
        self.sequence += 1
        self._kept.append((self.sequence, event, data))
        if self.link:
            self.link.send(DISPATCH, data, self.sequence, event)

    def offer(self, event: str, data: JSON) -> bool:
        """Tell of an event if it concerns this shard and its intents; returns whether it does."""
        if not self.concerns(event, data) or not wanted(event, data, self.intents):
            return False
        self.tell(event, shaped(event, data, self.intents))
        return True

    def concerns(self, event: str, data: JSON) -> bool:
        """Whether an event's guild is this shard's; what happens in none is the first's."""
        guild = data.get("guild_id") or (data.get("id") if event.startswith("GUILD_") else 0) or 0
        return (int(guild) >> 22) % self.shard[1] == self.shard[0]

    def replay(self, link: Link, sequence: int) -> None:
        """Tell again what came after an event, and everything from now on."""
        self.link = link
        for number, event, data in self._kept:
            if number > sequence:
                link.send(DISPATCH, data, number, event)
        self.tell("RESUMED", {})

    def remembers(self, sequence: int) -> bool:
        """Whether everything after an event is kept."""
        return not self._kept or sequence >= self._kept[0][0] - 1


def objection(data: JSON, world: World, admits: Callable[[str], bool]) -> int:
    """The code of the close a bot's identity earns; 0 is none."""
    intents, (number, count) = data["intents"], data.get("shard") or (0, 1)
    objections = {
        BAD_TOKEN: not admits(data["token"]),
        BAD_SHARD: not 0 <= number < count,
        BAD_INTENTS: not 0 <= intents <= EVERY,
        DENIED_INTENTS: bool(intents & PRIVILEGED & ~world.privileged),
    }
    return next((code for code, applies in objections.items() if applies), 0)


def welcome(identity: str, session: Session, world: World) -> None:
    """Tell who the bot is and which guilds it is in."""
    guilds = [guild for guild in world.guilds.values() if session.concerns("GUILD_CREATE", guild)]
    application = world.application()
    ready = {
        "v": 10,
        "user": world.me(),
        "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
        "session_id": identity,
        "resume_gateway_url": world.gateway,
        "shard": list(session.shard),
        "application": {"id": application["id"], "flags": application["flags"]},
    }
    session.tell("READY", ready)
    for guild in guilds:
        session.offer("GUILD_CREATE", {**guild, "unavailable": False})
