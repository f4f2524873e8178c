"""A month in the life of a community: sixty people, four hundred visits, about half of them without a name."""

import random
from dataclasses import dataclass, field
from itertools import count

from bot.core import Core
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.ports.inbound import Actor, Chat, Inbound
from bot.ports.reply import Ask, Buttons, Reply, Row, buttons_of
from bot.privacy.retention import Sweep
from tests.clock import StillClock
from tests.words import strange

PEOPLE, VISITS, DAYS = 60, 400, 30
PLATFORM = "bare"


@dataclass
class Month:
    """The month, and who really wrote what.

    Attributes:
        authors: by the words of each nameless item, the account of its author, and the day.
        visitors: by day, the accounts that did something.
    """

    core: Core
    clock: StillClock
    authors: dict[str, tuple[str, str]] = field(default_factory=dict)
    visitors: dict[str, set[str]] = field(default_factory=dict)
    _shown: dict[str, Reply] = field(default_factory=dict)
    _events: "count[int]" = field(default_factory=count)
    _dice: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - the same month each time

    def __post_init__(self) -> None:
        self.app = App(self.core, Policy(self.core.settings.limits))

    async def live(self) -> None:
        """Let everybody visit at random moments of the month; each night, what is to be cleared is cleared."""
        moments = sorted((self._dice.randrange(DAYS), self._dice.uniform(7, 22)) for _ in range(VISITS))
        begun, today = self.clock.now().replace(hour=0, minute=0), 0
        for day, hour in moments:
            if day != today:
                today = day
                self.clock.time = begun
                self.clock.forward(days=day, hours=4)
                await Sweep(self.core).clear()
            self.clock.time = begun
            self.clock.forward(days=day, hours=hour)
            await self._visit(f"person-{self._dice.randrange(PEOPLE)}")

    async def _visit(self, who: str) -> None:
        """Half write without a name; half of those, and all others, do something with their name in the same visit."""
        day = f"{self.clock.now():%F}"
        self.visitors.setdefault(day, set()).add(who)
        unnamed = self._dice.random() < 0.5
        if not unnamed or self._dice.random() < 0.5:
            await self._act(who)
            self.clock.forward(seconds=self._dice.randrange(20, 200))
        if unnamed:
            words = f"Nobody listens here, {len(self.authors)}"
            self.authors[words] = who, day
            await self._do(who, text="/problem")
            await self._fill(who, text=words, audience="everyone", name="nameless")
            self.clock.forward(seconds=self._dice.randrange(5, 60))
            await self._press(who, "Send")
            assert "#" in str(self._shown[who]), self._shown[who]

    async def _act(self, who: str) -> None:
        act = self._dice.choice(("ask", "suggest", "support", "follow"))
        number = self._dice.randrange(1, 30)
        match act:
            case "ask":
                await self._do(who, text=f"/ask Is there a key number {number}?")
            case "suggest":
                await self._do(who, text=f"/suggest {strange(next(self._events))}")
            case "support":
                await self._do(who, command="support", args={"number": str(number)})
            case _:
                await self._do(who, command="follow", args={"number": str(number)})

    async def _fill(self, who: str, **fields: str) -> None:
        ask = next(block for block in self._shown[who].blocks if isinstance(block, Ask))
        await self._do(who, command=ask.command, args={**ask.values, **fields}, answers=ask.prompt)

    async def _press(self, who: str, label: str) -> None:
        rows = [block for block in self._shown[who].blocks if isinstance(block, Buttons | Row)]
        token = next(one.token for row in rows for one in buttons_of(row) if one.label == label)
        await self._do(who, button=token)

    async def _do(self, who: str, **what: object) -> None:
        usual = {
            "id": f"event-{next(self._events)}",
            "actor": Actor(PLATFORM, who, f"{who} on {self.clock.now():%d}", locale="en"),
            "chat": Chat(PLATFORM, "plaza"),
            "at": self.clock.now(),
        }
        reply = await self.app.handle(Inbound(**{**usual, **what}))  # type: ignore[arg-type]
        if reply is not None:
            self._shown[who] = reply
