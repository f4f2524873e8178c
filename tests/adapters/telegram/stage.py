"""Telegram as a stage: every act is an update on a fake Bot API, everything heard is read from the bot's calls."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from pydantic import SecretStr
from sqlmodel import Session

from adapters.telegram.connection.client import Telegram
from adapters.telegram.places import PLATFORM
from bot.core import Core
from bot.delivery.courier import Courier
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.ports.adapter import Address, Handle
from bot.ports.card import Face
from bot.ports.inbound import Role
from bot.ports.reply import Reply
from bot.settings.config import StaffPlace
from bot.settings.connections import TelegramSettings
from storage.people import communities
from storage.vocabulary import Audience, Naming
from tests.adapters.telegram.reading import Shown, arrived, is_notice, is_question, receiver, standing
from tests.sockets.fakes.telegram import FakeTelegram, ephemeral
from tests.sockets.fakes.telegram.journal import Call
from tests.sockets.updates import JSON, Updates, private, supergroup, user
from tests.stage import ALOUD, Person, let_in

WORDED = ("text", "question", "heading", "first", "second")
"""The fields that are answered in words."""
TOKEN = "123456:AA-secret_of_the_bot"
GROUP, STAFF = -1001, -1002
PLAZA, DESK = supergroup(GROUP, "Plaza"), supergroup(STAFF, "Desk")
STAFF_PLACE = StaffPlace(platform=PLATFORM, place=str(STAFF))


class Watched(Telegram):
    """The adapter, with a note of which messages make one reply."""

    def __init__(
        self,
        core: Core,
        handle: Handle,
        fake: FakeTelegram,
        show: Callable[[Sequence[Call]], None],
        *,
        introduced: bool,
    ) -> None:
        super().__init__(core, handle)
        self._fake = fake
        self._show = show
        self._introduced = introduced

    async def _introduce(self) -> None:
        if self._introduced:
            await super()._introduce()

    async def send(self, address: Address, reply: Reply) -> str:
        before = len(self._fake.journal.calls)
        places = (address.id, address.detour.chat if address.detour else "", address.person)
        chats = {place.partition(":")[0] for place in places} | {address.edits.partition("/")[0]}
        message = await super().send(address, reply)
        made = self._fake.journal.calls[before:]
        self._show([call for call in made if is_notice(call) or (arrived(call) and str(call.chat) in chats)])
        return message

    async def idle(self) -> None:
        """Wait until everything that came in was handled."""
        await self._intake.finish()


@dataclass
class TelegramStage:
    """A group with a bot in it, a staff chat, and people who also have a private chat with the bot.

    People speak to the bot in their private chat, which is the place of theirs that the dialogues mean; talk to the
    others is in the group. The group's messages are shown to everybody, the staff chat's to whoever acts there.

    Attributes:
        strangers: the ids of people whom the group has not seen; it has seen all others before they act.
        unseen: whether people speak to the bot in the group, by ephemeral messages, instead.
        introduced: whether menus and descriptions are set at the start, a tenth of a small test's time.
    """

    apart: ClassVar[bool] = True
    core: Core
    fake: FakeTelegram
    updates: Updates = field(default_factory=Updates)
    shown: list[Shown] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)
    unseen: bool = False
    introduced: bool = False
    _accounts: dict[str, JSON] = field(default_factory=dict)
    _acting: tuple[str, int] = ("", 0)
    _before: dict[str, int] = field(default_factory=dict)
    _reopened: bool = False

    async def open(self) -> None:
        """Start the bot."""
        handle = App(self.core, Policy(self.core.settings.limits)).handle
        self.telegram = Watched(self.core, handle, self.fake, self._note, introduced=self.introduced)
        self.running = asyncio.create_task(self.telegram.run())
        await self.fake.journal.tried("getUpdates", self.fake.queue.polls + 1)

    async def close(self) -> None:
        """Stop the bot."""
        self.running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.running
        if self._reopened:
            self.core.store.close()

    def account(self, person: Person) -> JSON:
        """Somebody's account on Telegram; moderators administer the group, and they and the staff are in its chat."""
        if person.id not in self._accounts:
            number = 101 + len(self._accounts)
            self._accounts[person.id] = user(number, person.id, person.language)
            inside = "left" if person.role is Role.MEMBER else "member"
            self.fake.world.members[STAFF, number] = {"status": inside}
            if person.role is not Role.MEMBER:
                self.fake.world.promote(GROUP, number)
        return self._accounts[person.id]

    async def say(self, person: Person, text: str) -> None:
        if text.startswith(ALOUD):
            await self._type(person, text.removeprefix(ALOUD), PLAZA)
        else:
            await self._tell(person, text)

    async def _tell(self, person: Person, text: str, reply_to: JSON | None = None) -> None:
        """Say something to the bot, where nobody else reads it."""
        if not self.unseen:
            await self._type(person, text, private(self.account(person)), reply_to=reply_to)
        elif text.strip():
            await self.whisper(person, text, reply_to=reply_to)

    async def _type(self, person: Person, text: str, chat: JSON, **more: Any) -> None:
        """Send a message as Telegram's own programs do: with spaces alone there is none to send."""
        if text.strip():
            await self.write(person, text, chat, **more)

    async def whisper(self, person: Person, text: str, chat: JSON = PLAZA, reply_to: JSON | None = None) -> JSON:
        """Write an ephemeral message, in the group if nowhere else; returns its update."""
        update = self.updates.ephemeral(text, chat, self.account(person), reply_to=reply_to)
        await self.act(person, update)
        return update

    async def write(self, person: Person, text: str | None, chat: JSON = PLAZA, **more: Any) -> JSON:
        """Write a message, in the group if nowhere else; returns its update."""
        update = self.updates.message(text, chat, self.account(person), **more)
        await self.act(person, update)
        return update

    async def fill(self, person: Person, fields: dict[str, str]) -> None:
        """Telegram has no forms: what has choices is pressed, then the question is answered with the words."""
        speech = self.core.languages.speech(person.language)
        if area := fields.get("area"):
            await self.press(person, speech.area(area))
        if (audience := fields.get("audience")) and not self._stands(person, word := speech.word(Audience(audience))):
            await self.press(person, word)
        if (name := fields.get("name")) and not self._stands(person, word := speech.word(Naming(name))):
            await self.press(person, word)
        asked = [call for one in self.seen_by(person) for call in one.calls if is_question(call)]
        words = next(fields[name] for name in WORDED if fields.get(name))
        await self._tell(person, words, reply_to=asked[-1].message)

    def _stands(self, person: Person, word: str) -> bool:
        """Whether a choice is ticked where it was shown last."""
        ticked = f"✓ {word}"
        shown = [one for one in self.seen_by(person) if one.button(word) or one.button(ticked)]
        return bool(shown and shown[-1].button(ticked))

    async def press(self, person: Person, label: str) -> None:
        seen = [one for one in self.shown if self._sees(person, one) or (person.role and one.chat == STAFF)]
        found = [pressed for one in seen if (pressed := one.button(label))]
        assert found, f"{person.id} sees no button {label!r}"
        await self.press_data(person, *found[-1])

    async def press_data(self, person: Person, data: str, message: JSON) -> None:
        """Press what sends this, under this message."""
        await self.act(person, self.updates.callback_query(data, message, self.account(person)))

    async def show_card(self, face: Face) -> None:
        await self.telegram.post(str(GROUP), face.title, face)
        (*_, call) = await self.fake.sent("sendMessage")
        self.shown.append(Shown(GROUP, [call]))

    async def act(self, person: Person, *updates: JSON) -> None:
        """Let somebody do something, until the bot has done what it does about it."""
        if _chat(updates[0]) > 0 and person.id not in self.strangers:
            self.strangers.add(person.id)
            await let_in(self.core, PLATFORM, str(self.account(person)["id"]), person.id)
        self._acting = (person.id, _chat(updates[0]))
        self._before[person.id] = len(self.shown)
        await self.happen(*updates)

    async def happen(self, *updates: JSON) -> None:
        """Let something happen, until the bot has done what it does about it."""
        self.fake.push(*updates)
        await self.fake.queue.emptied()
        await self.telegram.idle()
        await self.deliver()

    def _note(self, calls: Sequence[Call]) -> None:
        who, where = self._acting
        by_chat: dict[int, list[Call]] = {}
        for call in calls:
            # A notice over a chat is shown to whoever pressed alone, an ephemeral message to its receiver.
            alone = self._accounts[who]["id"] if is_notice(call) else receiver(call)
            by_chat.setdefault(alone or call.chat, []).append(call)
        for chat, theirs in by_chat.items():
            self.shown.append(Shown(chat, theirs, who if where == chat else ""))

    def _sees(self, person: Person, one: Shown) -> bool:
        return one.chat in (self.account(person)["id"], GROUP) or one.to == person.id

    def seen_by(self, person: Person) -> list[Shown]:
        """What this person was shown, the oldest first."""
        return [one for one in self.shown if self._sees(person, one)]

    def seen_in(self, chat: int) -> list[str]:
        """What the bot said in a chat, as text."""
        return [one.text for one in self.shown if one.chat == chat]

    def told_alone(self, person: Person) -> list[str]:
        """What the bot said in somebody's private chat, as text."""
        return self.seen_in(self.account(person)["id"])

    def heard(self, person: Person) -> list[str]:
        return [one.text for one in self.seen_by(person)]

    def stands(self, person: Person) -> list[str]:
        calls = [call for one in self.seen_by(person) for call in one.calls if not is_notice(call)]
        return standing(calls, {(chat, number) for chat, _, number in self.fake.world.ephemerals.shown})

    def answered(self, person: Person) -> bool:
        return any(self._sees(person, one) for one in self.shown[self._before.get(person.id, 0) :])

    def staff(self) -> list[str]:
        return self.seen_in(STAFF)

    async def restart(self) -> None:
        await self.close()
        self.core, self._reopened = await open_core(self.core.settings, self.core.clock), True
        await self.open()

    async def deliver(self) -> None:
        await Courier(self.core, {PLATFORM: self.telegram}).drain()

    async def pass_time(self) -> None:
        await Timetable(self.core).catch_up()


@asynccontextmanager
async def telegram_stage(
    core: Core, *, unseen: bool = False, introduced: bool = False, **own: Any
) -> AsyncIterator[TelegramStage]:
    """The adapter on a fake Telegram of its own, with a group and a staff chat; closed afterwards.

    Args:
        unseen: whether its server has ephemeral messages, and people use them.
        introduced: whether the bot sets its menus and descriptions.
        own: settings of `[telegram]`.
    """
    async with FakeTelegram() as fake:
        fake.world.ephemerals.api = ephemeral.NESTED if unseen else ephemeral.NONE
        found = tuple(item.model_copy(update={"staff": STAFF_PLACE}) for item in core.settings.communities)
        connection = TelegramSettings(token=SecretStr(TOKEN), api_url=fake.url, **own)
        settings = core.settings.model_copy(update={"telegram": connection, "communities": found})
        await core.store.write(_give_places)
        stage = TelegramStage(replace(core, settings=settings), fake, unseen=unseen, introduced=introduced)
        await stage.open()
        try:
            yield stage
        finally:
            await stage.close()
        assert not fake.world.unheard, "a selective question reached nobody"
        assert not fake.world.ephemerals.leaked, "everybody was shown what was meant for one"


def _chat(update: JSON) -> int:
    if "callback_query" in update:
        return int(update["callback_query"]["message"]["chat"]["id"])
    return int((update.get("message") or update["edited_message"])["chat"]["id"])


def _give_places(session: Session) -> None:
    for community in communities.every(session):
        communities.join_place(session, community.id, PLATFORM, str(GROUP), staff=False)
        communities.join_place(session, community.id, PLATFORM, str(STAFF), staff=True)
