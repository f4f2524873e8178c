"""What was done among others by somebody the bot may not write to first is shown once they open its chat."""

from dataclasses import dataclass, field

from bot.delivery.courier import Courier
from bot.ports.adapter import Address
from bot.ports.inbound import Actor, Chat, Inbound, Means
from bot.ports.reply import Reply
from tests.stage import BareStage, Person


@dataclass
class Postbox:
    """A platform that only keeps where answers were to go."""

    name: str = "bare"
    addresses: list[Address] = field(default_factory=list)

    async def run(self) -> None: ...

    async def send(self, address: Address, reply: Reply) -> None:
        self.addresses.append(address)


async def done_among_others(stage: BareStage, person: Person, text: str) -> Address:
    actor = Actor(stage.name, person.id, person.id, person.role, person.language)
    chat, at = Chat(stage.name, "plaza", overlooked=True, own=person.id), stage.core.clock.now()
    await stage.app.handle(Inbound(text, actor, chat, at, text=text, means=Means(durable=True)))
    postbox = Postbox()
    await Courier(stage.core, {stage.name: postbox}).drain()
    return postbox.addresses[-1]


DONE = (
    ("/edit 1 Sunday opening", ("> Sunday opening #1", "Status: received")),
    ("/area 1 Quality", ("Area: Quality",)),
    ("/visibility 1 team", ("> Sunday opening #1",)),
    ("/withdraw 1", ("Status: withdrawn",)),
)


async def test_pressing_start_shows_what_became_of_it(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    for typed, shown in DONE:
        address = await done_among_others(stage, camille, typed)
        assert address.detour is not None, typed
        assert (address.detour.received, address.detour.changed) == (False, True), typed
        await stage.do(camille, button=address.detour.command)
        camille.hears(*shown)
