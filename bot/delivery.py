"""The outbox, drained to adapters; the only reader of sealed addresses."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.context import Core
from bot.ports import Adapter, Address, TryLater, Unreachable
from storage import addresses, members, outbox
from storage.errors import StoreError, WrongKey
from storage.keys import Keys
from storage.models import Feedback, Outbox, Place

PAUSE = 1.0
"""Seconds between looks at the outbox: another process may have written to it."""
LONGEST = timedelta(hours=1)
MOST_ATTEMPTS = 30


def seal_address(session: Session, keys: Keys, item: Feedback, platform: str, account: str) -> None:
    """Keep the way back to the author of a nameless item, sealed."""
    addresses.keep(session, item.id, keys.seal(json.dumps([platform, account]).encode()))


def drop_address(session: Session, item: Feedback) -> None:
    """Forget the sealed address of an item whose author shows their name again."""
    addresses.drop(session, item.id)


class Courier:
    """Delivers what the bot owes, each row on its own: one that fails holds no other up."""

    def __init__(self, core: Core, adapters: Mapping[str, Adapter]) -> None:
        self._core = core
        self._adapters = adapters
        self._sent: dict[int, datetime] = {}
        """Rows that were sent and could not be marked so, as on a full disk: they must not be sent again."""

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            self._core.owed.clear()
            try:
                while await self.drain():
                    continue
            except StoreError as error:
                structlog.get_logger().error("outbox", mend=str(error))
            try:
                await asyncio.wait_for(self._core.owed.wait(), PAUSE)
            except TimeoutError:
                continue

    async def drain(self) -> int:
        """Deliver everything that is due.

        Returns:
            How many deliveries were made.
        """
        rows = await self._core.store.read(lambda session: outbox.due(session, self._core.clock.now()))
        made = [await self._deliver(row) for row in rows]
        return sum(made)

    async def _deliver(self, row: Outbox) -> bool:
        now = self._core.clock.now()
        if row.id in self._sent:
            await self._mark(row.id)
            return True
        try:
            found = await self._core.store.read(lambda session: self._destination(session, row))
        except WrongKey as error:
            # Only this row is lost: its address was sealed with a key that is no longer here.
            why = str(error)
            await self._core.store.write(lambda session: outbox.failed(session, row.id, why))
            return False
        if found is None:
            await self._core.store.write(lambda session: outbox.failed(session, row.id, "no address"))
            return False
        platform, address = found
        adapter = self._adapters.get(platform)
        if adapter is None:
            later = now + timedelta(minutes=1)
            await self._core.store.write(lambda session: outbox.held(session, row.id, later, "platform is off"))
            return False
        try:
            await adapter.send(address, self._core.wire.load(row.payload or {}))
        except Unreachable as error:
            why = str(error)
            await self._core.store.write(lambda session: outbox.failed(session, row.id, why))
            return False
        except TryLater as error:
            await self._postpone(row, error, now)
            return False
        except Exception as error:
            # An adapter's fault must hold up neither the others nor the loop.
            await self._postpone(row, TryLater(type(error).__name__), now)
            return False
        self._sent[row.id] = now
        await self._mark(row.id)
        return True

    async def _mark(self, row_id: int) -> None:
        when = self._sent[row_id]
        await self._core.store.write(lambda session: outbox.sent(session, row_id, when))
        del self._sent[row_id]

    async def _postpone(self, row: Outbox, error: TryLater, now: datetime) -> None:
        """Wait as long as the platform asks, else twice as long each time; after many attempts, give up."""
        why = str(error)
        if row.attempts + 1 >= MOST_ATTEMPTS:
            await self._core.store.write(lambda session: outbox.failed(session, row.id, why))
            return
        own = min(timedelta(seconds=2.0 ** min(row.attempts, 12)), LONGEST)
        wait = own if error.seconds is None else timedelta(seconds=error.seconds)
        until = now + wait
        await self._core.store.write(lambda session: outbox.postponed(session, row.id, until, why))

    def _destination(self, session: Session, row: Outbox) -> tuple[str, Address] | None:
        """Where a row goes: a place, a person's account, or the sealed address of a nameless author."""
        if row.place_id is not None:
            place = session.get(Place, row.place_id)
            return (place.platform, Address(place.external_id, False, row.dedupe_key)) if place else None
        if row.recipient_id is not None:
            running = members.address(session, row.recipient_id, list(self._adapters))
            identity = running or members.address(session, row.recipient_id)
            return (identity.platform, Address(identity.external_id, True, row.dedupe_key)) if identity else None
        sealed = addresses.find(session, row.feedback_id) if row.feedback_id is not None else None
        if sealed is None:
            return None
        platform, account = json.loads(self._core.store.keys.unseal(sealed))
        return platform, Address(account, True, row.dedupe_key)
