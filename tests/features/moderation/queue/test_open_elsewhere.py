"""An item that a moderator has open changes under their eyes when somebody else changes it, wherever it stands."""

from dataclasses import dataclass, field

import pytest

from bot.delivery.courier import Courier
from bot.features.screens.keeping import Keeping
from bot.features.screens.refreshing import Refreshing
from bot.features.screens.storing import Storing
from bot.operations.assembly import POSTINGS, VIEWS
from bot.ports.adapter import Address
from bot.ports.inbound import Chat, Means
from bot.ports.plain import plain
from bot.ports.reply import Reply, buttons_of, say
from bot.screens import Screen
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.stage import BareStage, Person, let_in

TYPED = Means(forms=False, durable=True)


@dataclass
class Messenger:
    """A platform where each answer is a message that can be edited."""

    stage: BareStage
    stands: dict[str, Reply] = field(default_factory=dict)
    edits: int = 0
    sent: int = 0

    async def send(self, address: Address, reply: Reply) -> str:
        if address.edits:
            self.edits += 1
            if address.edits in self.stands:
                self.stands[address.edits] = reply
            if address.edits in self.stands or address.edits_only:
                return address.edits
        self.sent += 1
        message = f"{address.id}/{self.sent}"
        self.stands[message] = reply
        return message

    async def run(self) -> None: ...

    async def says(self, person: Person, text: str) -> str:
        """Type something to the bot alone; returns the message that answers."""
        await let_in(self.stage.core, self.stage.name, person.id, person.id)
        await self.stage.do(person, text=text, chat=self._alone(person), means=TYPED)
        await self.settle()
        return next(reversed(self.stands))

    async def presses(self, person: Person, message: str, label: str) -> None:
        buttons = [one for block in self.stands[message].blocks for one in buttons_of(block) if one.label == label]
        assert buttons, f"no {label!r} on {self.reads(message)!r}"
        chat = self._alone(person)
        await self.stage.do(person, button=buttons[0].token, chat=chat, means=TYPED, pressed=message)
        await self.settle()

    async def settle(self) -> None:
        """Let the outbox be delivered, what is open be looked at, and the edits be delivered."""
        courier = Courier(self.stage.core, {self.stage.name: self})  # type: ignore[dict-item]
        await courier.drain()
        await Storing(self.stage.core, POSTINGS).look()
        await Refreshing(self.stage.core).look()
        await Keeping(self.stage.core, POSTINGS, VIEWS).look()
        await courier.drain()

    def reads(self, message: str) -> str:
        return plain(self.stands[message])

    def _alone(self, person: Person) -> Chat:
        return Chat(self.stage.name, f"alone-with-{person.id}", private=True, own=person.id)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    own = tuple(one.model_copy(update={"undo": 60}) for one in settings.communities)
    return settings.model_copy(update={"communities": own})


@pytest.fixture
def messenger(stage: BareStage) -> Messenger:
    return Messenger(stage)


async def test_a_decision_shows_on_a_colleagues_screen_and_what_is_undone_too(
    messenger: Messenger, camille: Person, alex: Person, lea: Person, clock: StillClock
) -> None:
    await camille.says("/suggest A bench at the stop")
    hers, his = await messenger.says(lea, "/queue 1"), await messenger.says(alex, "/queue 1")
    await messenger.presses(alex, his, "Planned")
    assert "Changed meanwhile: #1 is planned." in messenger.reads(hers)
    assert "Status: planned" in messenger.reads(hers)
    assert "Changed meanwhile" not in messenger.reads(his)
    clock.forward(seconds=6)
    await messenger.presses(alex, his, "Undo")
    assert "Changed meanwhile: #1 is received." in messenger.reads(hers)
    assert "Status: received" in messenger.reads(hers)
    await messenger.presses(lea, hers, "Done")
    assert "#1 is now done." in messenger.reads(hers)


async def test_words_that_nobody_is_to_read_any_more_are_gone_from_it(
    messenger: Messenger, camille: Person, alex: Person, lea: Person
) -> None:
    await camille.says("/suggest A bench at the stop")
    hers = await messenger.says(lea, "/queue 1")
    await camille.says("/withdraw 1")
    if "Yes, withdraw" in messenger.stage.heard(camille)[-1]:
        await camille.presses("Yes, withdraw")
    await messenger.settle()
    assert "Meanwhile #1 was withdrawn by its author." in messenger.reads(hers)
    assert "A bench" not in messenger.reads(hers)
    await camille.says("/suggest A dark theme")
    hers = await messenger.says(lea, "/queue 2")
    await messenger.says(alex, "/remove 2 spam")
    await messenger.settle()
    assert "Meanwhile #2 was taken from view." in messenger.reads(hers)
    assert "A dark theme" not in messenger.reads(hers)


async def test_a_screen_is_edited_once_in_five_seconds_and_the_last_state_arrives(
    messenger: Messenger, camille: Person, alex: Person, lea: Person, clock: StillClock
) -> None:
    await camille.says("/suggest A bench at the stop")
    hers = await messenger.says(lea, "/queue 1")
    for verdict in ("planned", "in_progress", "planned", "in_progress"):
        await messenger.says(alex, f"/queue 1 {verdict}")
    assert messenger.edits == 1
    clock.forward(seconds=6)
    await messenger.settle()
    assert messenger.edits == 2
    assert "Status: in progress" in messenger.reads(hers)


async def test_a_message_that_shows_something_else_by_now_is_left_alone_and_a_deleted_one_is_not_sent_anew(
    messenger: Messenger, camille: Person, alex: Person, lea: Person
) -> None:
    await camille.says("/suggest A bench at the stop")
    await camille.says("/suggest A dark theme")
    hers = await messenger.says(lea, "/queue 1")
    await messenger.presses(lea, hers, "Next")
    assert "#2" in messenger.reads(hers)
    before = messenger.reads(hers)
    await messenger.says(alex, "/queue 1 planned")
    assert messenger.reads(hers) == before
    # One that was deleted is not sent anew.
    edits = messenger.edits
    del messenger.stands[await messenger.says(lea, "/queue 1")]
    await messenger.says(alex, "/queue 1 in progress")
    assert messenger.edits == edits + 1
    assert [message for message in messenger.stands if message.startswith("alone-with-Léa")] == [hers]


async def test_who_may_have_left_the_team_since_sees_no_more_of_it(
    messenger: Messenger, camille: Person, alex: Person, lea: Person, clock: StillClock
) -> None:
    await camille.says("/suggest A bench at the stop")
    hers = await messenger.says(lea, "/queue 1")
    before = messenger.reads(hers)
    clock.forward(hours=13)
    await messenger.says(alex, "/queue 1 planned")
    assert messenger.reads(hers) == before
    await messenger.presses(lea, hers, "Planned")
    assert "planned" in messenger.reads(next(reversed(messenger.stands)))


async def test_a_message_that_cannot_be_stored_keeps_no_other_from_it(
    messenger: Messenger, camille: Person, alex: Person, lea: Person, clock: StillClock
) -> None:
    core, now = messenger.stage.core, clock.now()
    await camille.says("/suggest A bench at the stop")
    core.screens.draw(Screen("answer:of nothing", None, {}, lambda *_: say(""), now, now, lambda _, made: made, 1))
    core.screens.deliver(messenger.stage.name, Address("room", True, "answer:of nothing"), "room/1", now)
    with pytest.raises(ValueError, match="unpack"):
        await messenger.says(lea, "/queue 1")
    hers, his = next(reversed(messenger.stands)), await messenger.says(alex, "/queue 1")
    await messenger.presses(alex, his, "Planned")
    assert "Changed meanwhile: #1 is planned." in messenger.reads(hers)
