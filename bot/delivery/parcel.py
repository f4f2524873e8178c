"""A row of the outbox in the courier's memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.debts import FreshAnswer
from bot.ports.adapter import Address
from bot.ports.codec import ReplyCodec
from bot.ports.reply import Reply
from storage.models import Outbox
from storage.traffic import outbox

Lane = tuple[str, str]
"""A platform and a chat on it: deliveries within a lane are in order, lanes are independent of each other."""


@dataclass(slots=True)
class Parcel:
    """One delivery.

    Attributes:
        id: the row's id.
        key: the row's key, unique to this delivery.
        taken: when the courier read it.
        leased: until when the lease keeps other processes from taking the row.
        attempts: the failed attempts so far.
        posted: whether it goes to a place, where a duplicate is worse than a loss.
        payload: the reply as JSON.
        reply: the reply, when it was passed on in memory.
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
        """The lane it is delivered in."""
        return self.platform, self.address.id

    def load_reply(self, codec: ReplyCodec) -> Reply:
        """The reply to send."""
        return self.reply or codec.load(self.payload or {})


def from_row(row: Outbox, platform: str, address: Address, now: datetime) -> Parcel:
    """Make a parcel from a row."""
    posted = row.place_id is not None
    return Parcel(
        row.id, row.dedupe_key, platform, address, now, row.next_at, row.attempts, posted, payload=row.payload
    )


def from_fresh(fresh: FreshAnswer, now: datetime) -> Parcel:
    """Make a parcel from an answer passed on in memory."""
    leased = fresh.stored_at + outbox.LEASE
    return Parcel(fresh.id, fresh.dedupe_key, fresh.platform, fresh.address, now, leased, reply=fresh.reply)
