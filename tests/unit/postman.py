"""A platform that delivers, or fails as it is told to; and something to deliver."""

from dataclasses import dataclass, field

from sqlmodel import Session

from bot.core import Core
from bot.ports.adapter import Address
from bot.ports.plain import plain
from bot.ports.reply import Reply, say
from storage.people import communities
from storage.traffic import outbox


@dataclass
class Postman:
    """A platform that delivers, or fails in the way it is told to for an address."""

    name: str = "bare"
    trouble: dict[str, Exception] = field(default_factory=dict)
    delivered: list[tuple[str, str]] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)

    async def run(self) -> None: ...

    async def send(self, address: Address, reply: Reply) -> None:
        self.addresses.append(address)
        if address.id in self.trouble:
            raise self.trouble[address.id]
        self.delivered.append((address.id, plain(reply).strip()))


async def owe(core: Core, place: str, words: str = "News.") -> int:
    """Owe a message to a place of the community."""

    def job(session: Session) -> int:
        kept = communities.join_place(session, communities.every(session)[0].id, "bare", place, staff=False)
        row = outbox.owe(
            session, f"test:{place}:{words}", core.codec.dump(say(words)), core.clock.now(), place_id=kept.id
        )
        assert row
        return row.id

    return await core.store.write(job)
