"""Stages on which tests play dialogues: people who write to the bot, on one platform or another."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import ClassVar, Protocol

from sqlmodel import Session

from bot.core import Core
from bot.delivery.courier import Courier
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.ports.adapter import Address
from bot.ports.card import Face
from bot.ports.inbound import Actor, Chat, Inbound, Role
from bot.ports.plain import plain
from bot.ports.reply import Ask, Buttons, Reply, Row, Select, buttons_of
from storage.people import communities, members

ALOUD = "(aloud) "
"""The prefix of texts for the others in the place instead of the bot; the stage removes it."""


@dataclass
class Person:
    """A person in a dialogue; their actions go through the platform under test."""

    stage: "Stage" = field(repr=False)
    id: str
    role: Role = Role.MEMBER
    language: str = "en"

    async def says(self, text: str) -> None:
        """Write to the bot in the community's place."""
        await self.stage.say(self, text)

    async def chats(self, text: str) -> None:
        """Write to the others in the community's place, not to the bot."""
        await self.stage.say(self, ALOUD + text)

    async def fills(self, **fields: str) -> None:
        """Fill in the form the bot just showed."""
        await self.stage.fill(self, fields)

    async def presses(self, label: str, short: str = "") -> None:
        """Press the newest button with that label, or with the short label where buttons are apart from their lines."""
        await self.stage.press(self, short if short and self.stage.apart else label)

    def hears(self, *parts: str) -> str:
        """Check that the last message shown to this person contains all the parts; return it."""
        __tracebackhide__ = True
        heard = self.stage.heard(self)
        assert heard, f"{self.id} heard nothing, not {parts}"
        for part in parts:
            assert part in heard[-1], f"{self.id} heard {heard[-1]!r}, without {part!r}"
        return heard[-1]

    def never_heard(self, *parts: str) -> None:
        """Check that no message ever shown to this person contains any of the parts."""
        __tracebackhide__ = True
        for part in parts:
            assert not [text for text in self.stage.heard(self) if part in text], f"{self.id} heard {part!r}"

    def sees_no(self, *parts: str) -> None:
        """Check that none of the bot's messages to this person, as they are now, contains any of the parts."""
        __tracebackhide__ = True
        for part in parts:
            assert not [text for text in self.stage.stands(self) if part in text], f"{self.id} still sees {part!r}"

    def hears_nothing(self) -> None:
        """Check that this person was shown nothing since their last action."""
        __tracebackhide__ = True
        assert not self.stage.answered(self), f"{self.id} heard {self.stage.heard(self)[-1]!r}"


class Stage(Protocol):
    """One platform under test.

    Attributes:
        apart: whether buttons are apart from their lines, with their short labels.
    """

    core: Core
    apart: ClassVar[bool]

    async def say(self, person: Person, text: str) -> None:
        """Write to the bot in the community's place; a text that begins with `ALOUD` is for the others there."""

    async def fill(self, person: Person, fields: dict[str, str]) -> None:
        """Submit the newest form; other fields keep the form's values."""

    async def press(self, person: Person, label: str) -> None:
        """Press the newest button with that label; moderators and staff also see the staff place's buttons."""

    async def show_card(self, face: Face) -> None:
        """Post a card where everybody here sees it."""

    async def restart(self) -> None:
        """Kill the bot and start another on the same data; `core` is then the new one's."""

    def heard(self, person: Person) -> list[str]:
        """All messages the bot has shown this person, as text, oldest first."""

    def stands(self, person: Person) -> list[str]:
        """The bot's messages to this person as they are now, as text; an edited message occurs once."""

    def answered(self, person: Person) -> bool:
        """Whether the bot has shown this person anything since their last action."""

    def staff(self) -> list[str]:
        """All messages shown in the staff place, as text."""

    async def deliver(self) -> None:
        """Deliver the outbox."""

    async def pass_time(self) -> None:
        """Run the scheduled jobs that are due by the clock."""


async def let_in(core: Core, platform: str, account: str, name: str) -> None:
    """Store an account as a member of every community, as if they had written to the bot in its place."""

    def job(session: Session) -> None:
        person = members.resolve_id(session, platform, account, name, core.clock.now().date())
        for community in communities.every(session):
            communities.join(session, person, community.id)

    await core.store.write(job)


PLATFORM = "bare"


@dataclass
class BareStage:
    """A stage without a platform: the core is called directly. The simplest form of an adapter."""

    apart: ClassVar[bool] = False
    core: Core
    name: str = PLATFORM
    _shown: dict[str, list[Reply]] = field(default_factory=dict)
    _stands: dict[str, list[Reply]] = field(default_factory=dict)
    _staff: list[Reply] = field(default_factory=list)
    _cards: list[Reply] = field(default_factory=list)
    _answered: dict[str, bool] = field(default_factory=dict)
    _reopened: bool = False
    _last: dict[str, Inbound] = field(default_factory=dict)
    _events: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.app = App(self.core, Policy(self.core.settings.limits))

    async def say(self, person: Person, text: str) -> None:
        await self.do(person, text=text.removeprefix(ALOUD), addressed=not text.startswith(ALOUD))

    async def fill(self, person: Person, fields: dict[str, str]) -> None:
        ask = next(block for reply in self._shown[person.id][::-1] for block in reply.blocks if isinstance(block, Ask))
        await self.do(person, command=ask.command, args={**ask.values, **fields}, answers=ask.prompt)

    async def press(self, person: Person, label: str) -> None:
        token = self.token(person, label)
        on_card = any(
            button.token == token for card in self._cards for one in card.blocks for button in buttons_of(one)
        )
        await self.do(person, button=token, aloud=on_card)

    async def show_card(self, face: Face) -> None:
        self._cards.append(face.reply)

    def token(self, person: Person, label: str) -> str:
        """The token of the newest button with that label that this person sees."""
        alone = self._shown.get(person.id, []) + (self._staff if person.role is not Role.MEMBER else [])
        shown = self._cards + alone
        tokens = [
            button.token
            for reply in shown
            for block in reply.blocks
            if isinstance(block, Buttons | Row | Select)
            for button in buttons_of(block)
            if button.label == label
        ]
        assert tokens, f"{person.id} sees no button {label!r}"
        return tokens[-1]

    async def do(self, person: Person, **what: object) -> Reply | None:
        usual = {
            "id": f"event-{next(self._events)}",
            "actor": Actor(self.name, person.id, person.id, person.role, person.language),
            "chat": Chat(self.name, "plaza"),
            "at": self.core.clock.now(),
        }
        inbound = Inbound(**{**usual, **what})  # type: ignore[arg-type]
        return await self.receive(person, inbound)

    async def again(self, person: Person) -> Reply | None:
        """Deliver the person's last event again, as platforms may."""
        return await self.receive(person, self._last[person.id])

    async def receive(self, person: Person, inbound: Inbound) -> Reply | None:
        self._last[person.id] = inbound
        reply = await self.app.handle(inbound)
        self._answered[person.id] = reply is not None
        if reply is not None:
            self._shown.setdefault(person.id, []).append(reply)
            self._place(self._stands.setdefault(person.id, []), inbound, reply)
        return reply

    def _place(self, stands: list[Reply], inbound: Inbound, reply: Reply) -> None:
        """Show a reply in place of the message whose button was pressed if it says so, else as the last message."""
        for place, other in enumerate(stands if reply.edits else ()):
            if any(button.token == inbound.button for block in other.blocks for button in buttons_of(block)):
                stands[place] = reply
                return
        stands.append(reply)

    async def send(self, address: Address, reply: Reply) -> None:
        (self._shown.setdefault(address.id, []) if address.private else self._staff).append(reply)
        self._stands.setdefault(address.id, []).append(reply)

    async def run(self) -> None: ...

    async def restart(self) -> None:
        if self._reopened:
            self.core.store.close()
        self.core, self._reopened = await open_core(self.core.settings, self.core.clock), True
        self.app = App(self.core, Policy(self.core.settings.limits))

    def heard(self, person: Person) -> list[str]:
        return [plain(reply) for reply in self._shown.get(person.id, [])]

    def stands(self, person: Person) -> list[str]:
        return [plain(reply) for reply in self._stands.get(person.id, [])]

    def answered(self, person: Person) -> bool:
        return self._answered.get(person.id, False)

    def staff(self) -> list[str]:
        return [plain(reply) for reply in self._staff]

    async def deliver(self) -> None:
        await Courier(self.core, {self.name: self}).drain()

    async def pass_time(self) -> None:
        await Timetable(self.core).catch_up()

    def close(self) -> None:
        """Close the core that a restart opened; the first core is closed by its fixture."""
        if self._reopened:
            self.core.store.close()


@asynccontextmanager
async def bare_stage(core: Core, events: int = 0) -> AsyncIterator[BareStage]:
    """A bare stage on a core, closed at the end of the block.

    Args:
        events: the number of its first event, as a database handles each event id only once.
    """
    stage = BareStage(core, _events=count(events))
    try:
        yield stage
    finally:
        stage.close()
