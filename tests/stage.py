"""The stage a dialogue is played on: people who say things to a bot, on one platform or another."""

from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from bot.app import App
from bot.context import Core
from bot.delivery import Courier
from bot.events import Actor, Chat, Inbound, Role
from bot.plain import plain
from bot.policy import Policy
from bot.ports import Address
from bot.reply import Ask, Buttons, Reply
from bot.schedule import Timetable


@dataclass
class Person:
    """Somebody on stage; `says` and the rest go through the platform under test."""

    stage: "Stage"
    id: str
    role: Role = Role.MEMBER
    language: str = "en"

    async def says(self, text: str) -> None:
        """Type something in the community's place."""
        await self.stage.say(self, text)

    async def fills(self, **fields: str) -> None:
        """Fill in the form the bot just showed."""
        await self.stage.fill(self, fields)

    async def presses(self, label: str) -> None:
        """Press the newest button with that label."""
        await self.stage.press(self, label)

    def hears(self, *parts: str) -> str:
        """Check that the last thing this person was shown has all the parts; returns it."""
        heard = self.stage.heard(self)
        assert heard, f"{self.id} heard nothing, not {parts}"
        for part in parts:
            assert part in heard[-1], f"{self.id} heard {heard[-1]!r}, without {part!r}"
        return heard[-1]

    def hears_nothing(self) -> None:
        """Check that this person was shown nothing since they last spoke."""
        assert not self.stage.answered(self), f"{self.id} heard {self.stage.heard(self)[-1]!r}"


class Stage(Protocol):
    """One platform under test."""

    core: Core

    async def say(self, person: Person, text: str) -> None: ...
    async def fill(self, person: Person, fields: dict[str, str]) -> None: ...
    async def press(self, person: Person, label: str) -> None: ...
    async def restart(self) -> None:
        """Stop the bot and start it again on the same data."""

    def heard(self, person: Person) -> list[str]:
        """Everything this person was shown by the bot, as text, the oldest first."""

    def answered(self, person: Person) -> bool:
        """Whether the bot showed this person anything since they last did something."""

    def staff(self) -> list[str]:
        """Everything the staff place was shown, as text."""

    async def deliver(self) -> None:
        """Let the outbox be delivered."""

    async def pass_time(self) -> None:
        """Let the timetable look at the clock."""


PLATFORM = "bare"


@dataclass
class BareStage:
    """No platform at all: the core is called directly. What every adapter must do, at its simplest."""

    core: Core
    name: str = PLATFORM
    _shown: dict[str, list[Reply]] = field(default_factory=dict)
    _staff: list[Reply] = field(default_factory=list)
    _answered: dict[str, bool] = field(default_factory=dict)
    _events: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.app = App(self.core, Policy(self.core.settings.limits))

    async def say(self, person: Person, text: str) -> None:
        addressed = not text.startswith("(aloud) ")
        await self.do(person, text=text.removeprefix("(aloud) "), addressed=addressed)

    async def fill(self, person: Person, fields: dict[str, str]) -> None:
        ask = next(block for reply in self._shown[person.id][::-1] for block in reply.blocks if isinstance(block, Ask))
        await self.do(person, command=ask.command, args={**ask.values, **fields}, answers=ask.prompt)

    async def press(self, person: Person, label: str) -> None:
        shown = self._shown.get(person.id, []) + (self._staff if person.role is not Role.MEMBER else [])
        tokens = [
            button.token
            for reply in shown
            for block in reply.blocks
            if isinstance(block, Buttons)
            for button in block.buttons
            if button.label == label
        ]
        assert tokens, f"{person.id} sees no button {label!r}"
        await self.do(person, button=tokens[-1])

    async def do(self, person: Person, **what: object) -> Reply | None:
        actor = Actor(self.name, person.id, person.id, person.role, person.language)
        inbound = Inbound(
            id=f"event-{next(self._events)}",
            actor=actor,
            chat=Chat(self.name, "plaza"),
            at=self.core.clock.now(),
            **what,  # type: ignore[arg-type]
        )
        return await self.receive(person, inbound)

    async def receive(self, person: Person, inbound: Inbound) -> Reply | None:
        reply = await self.app.handle(inbound)
        self._answered[person.id] = reply is not None
        if reply is not None:
            self._shown.setdefault(person.id, []).append(reply)
        return reply

    async def send(self, address: Address, reply: Reply) -> None:
        (self._shown.setdefault(address.id, []) if address.private else self._staff).append(reply)

    async def run(self) -> None: ...

    async def restart(self) -> None:
        self.app = App(self.core, Policy(self.core.settings.limits))

    def heard(self, person: Person) -> list[str]:
        return [plain(reply) for reply in self._shown.get(person.id, [])]

    def answered(self, person: Person) -> bool:
        return self._answered.get(person.id, False)

    def staff(self) -> list[str]:
        return [plain(reply) for reply in self._staff]

    async def deliver(self) -> None:
        await Courier(self.core, {self.name: self}).drain()

    async def pass_time(self) -> None:
        await Timetable(self.core).catch_up()
