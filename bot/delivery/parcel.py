"""A row of the outbox in the courier's hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.debts import Fresh
from bot.ports.adapter import Address
from bot.ports.reply import Reply, Wire
from storage import outbox
from storage.models import Outbox

Lane = tuple[str, str]
"""A platform and a chat on it: what goes there goes in order, and what waits there holds nobody else up."""


@dataclass(slots=True)
class Parcel:
    """What is to be delivered, and where.

    Attributes:
        id: the row's.
        key: the row's, unique to this delivery.
        taken: when the courier took it.
        leased: until when other processes leave the row alone.
        attempts: how often its delivery failed.
        posted: whether it goes to a place, where a double is worse than for one person.
        payload: its words as the outbox has them.
        reply: its words, where they need not be read from the payload.
    """

    id: int
    key: str
    platform: str
    address: Address
    taken: datetime
    leased: datetime
    attempts: int = 0
    posted: bool = False
    payload: Mapping[str, Any] | None = None
    reply: Reply | None = None

    @property
    def lane(self) -> Lane:
        """Where it waits its turn."""
        return self.platform, self.address.id

    def words(self, wire: Wire) -> Reply:
        """What is said."""
        return self.reply or wire.load(self.payload or {})


def read(row: Outbox, platform: str, address: Address, now: datetime) -> Parcel:
    """A parcel from a row that was read."""
    posted = row.place_id is not None
    return Parcel(
        row.id, row.dedupe_key, platform, address, now, row.next_at, row.attempts, posted, payload=row.payload
    )


def handed(fresh: Fresh, now: datetime) -> Parcel:
    """A parcel from an answer that was just stored."""
    leased = fresh.stored_at + outbox.LEASE
    return Parcel(fresh.id, fresh.dedupe_key, fresh.platform, fresh.address, now, leased, reply=fresh.reply)
