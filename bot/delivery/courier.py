"""The outbox, drained to adapters."""

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.core import Core
from bot.debts import Fresh
from bot.delivery import parcel as parcels
from bot.delivery.destinations import destination
from bot.delivery.parcel import Lane, Parcel
from bot.delivery.parking import Parking
from bot.ports.adapter import Adapter, Offline, TryLater, Uncertain, Unreachable
from storage import deliveries
from storage.engine.errors import StoreError

PAUSE = 1.0
"""Seconds between looks at the outbox: another process may have written to it."""
MOST_UNMARKED = 50
"""Deliveries that were made and are not marked so yet, before all are: of these a crash repeats the last of a lane."""
MOST_AT_ONCE = 200
"""Rows in a courier's hands; the others wait in the store."""
OFF = timedelta(minutes=1)
"""How long to wait before looking whether a platform is on again."""
STALE = timedelta(seconds=1)
"""What has waited longer behind others may have been erased meanwhile."""
LONGEST = timedelta(minutes=10)
"""The longest wait between two attempts: a platform that recovers must not be kept waiting for an hour."""
MOST_ATTEMPTS = 60
MOST_IN_LANE = 20
"""Rows of one lane in a courier's hands: a flood to one chat must not fill them."""
CROWDED = timedelta(seconds=1)
"""How long the rest of a full lane waits in the store."""


class Courier:
    """Delivers what the bot owes: in order within a chat, at once across chats."""

    def __init__(self, core: Core, adapters: Mapping[str, Adapter]) -> None:
        self._core = core
        self._adapters = adapters
        self._lanes: dict[Lane, deque[Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._flying: set[int] = set()
        self._sent: dict[int, tuple[Lane, datetime]] = {}
        """Rows that were sent and are not marked so yet: they must not be sent again."""
        self._parking = Parking()
        self._made = 0
        self._begun = False
        self._looked = 0.0

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            try:
                await self._go_round()
            except StoreError as error:
                structlog.get_logger().error("outbox", mend=str(error))
            except Exception as error:
                structlog.get_logger().error("outbox", error=type(error).__name__)
            await self._core.debts.wait(PAUSE)

    async def _go_round(self) -> None:
        """Deliver what was handed on, and from time to time, or when told, look for what else is due."""
        fresh, stored = self._core.debts.take()
        now, moment = self._core.clock.now(), asyncio.get_running_loop().time()
        await self._take_fresh(fresh, now)
        if stored or moment >= self._looked + PAUSE:
            self._looked = moment
            await self._settle()
            while await self._take(now):
                continue
        elif len(self._sent) >= MOST_UNMARKED:
            await self._settle()

    async def drain(self) -> int:
        """Deliver everything that is due by now, and wait for it; what is owed meanwhile is another round's.

        Returns:
            How many deliveries were made.
        """
        before, now = self._made, self._core.clock.now()
        fresh, _ = self._core.debts.take()
        try:
            await self._take_fresh(fresh, now)
            while await self._take(now) or self._tasks:
                if self._tasks:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
                await self._settle()
        finally:
            # Also when there is no time left: what was sent must not be sent again after the next start.
            await self._settle()
        return self._made - before

    async def stop(self) -> None:
        """Leave what was not delivered to the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self, now: datetime) -> bool:
        """Take what is due by an instant, and put each row in its lane.

        Returns:
            Whether there may be more.
        """
        busy = {*self._flying, *self._sent}
        most = MOST_AT_ONCE - len(self._flying)
        if most <= 0:
            return False
        store = self._core.store
        await self._begin()
        if store.shared:
            rows = await store.write(lambda session: deliveries.take(session, now, most, busy))
        else:
            rows = await store.read(lambda session: deliveries.due(session, now, most, busy))
        if not rows:
            return False
        keys, spoken = store.keys, list(self._adapters)
        found = await store.read(lambda session: [destination(session, keys, row, spoken) for row in rows])
        held: dict[tuple[datetime, str], list[int]] = defaultdict(list)
        for row, place in zip(rows, found, strict=True):
            if isinstance(place, str):
                await self._give_up(row.id, place)
            elif wait := self._wait(place[0], place[1].id, now):
                held[wait].append(row.id)
            else:
                self._line_up(parcels.read(row, *place, now))
        for (until, why), row_ids in held.items():
            await self._hold(row_ids, until, why)
        return len(rows) == most

    async def _begin(self) -> None:
        """Take up what was in the hands of this database's only courier when it last stopped."""
        if not (self._begun or self._core.store.shared):
            now = self._core.clock.now()
            await self._core.store.write(lambda session: deliveries.release(session, now))
        self._begun = True

    async def _take_fresh(self, fresh: Sequence[Fresh], now: datetime) -> None:
        """Put answers that were just stored in their lanes."""
        await self._begin()
        for one in fresh:
            if wait := self._wait(one.platform, one.address.id, now):
                await self._hold([one.id], *wait)
            else:
                self._line_up(parcels.handed(one, now))

    def _wait(self, platform: str, chat: str, now: datetime) -> tuple[datetime, str] | None:
        """Until when a row must wait, and why; None when it may go."""
        if platform not in self._adapters:
            return now + OFF, "platform is off"
        lane = (platform, chat)
        until = self._parking.until(lane, now)
        if until is None and len(self._lanes.get(lane, ())) >= MOST_IN_LANE:
            until = now + CROWDED
            self._parking.park(lane, until)
        return (until, "behind another") if until else None

    def _line_up(self, parcel: Parcel) -> None:
        lane = parcel.lane
        self._flying.add(parcel.id)
        waiting = self._lanes.get(lane)
        if waiting is not None:
            waiting.append(parcel)
            return
        self._lanes[lane] = deque([parcel])
        task = asyncio.create_task(self._serve(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, lane: Lane) -> None:
        """Deliver what is in a lane, one after another; when the platform asks to wait, the whole lane does."""
        waiting = self._lanes[lane]
        try:
            while waiting:
                parcel = waiting.popleft()
                try:
                    until = await self._deliver(parcel)
                    if until:
                        await self._park(lane, until)
                except StoreError as error:
                    structlog.get_logger().error("outbox", mend=str(error))
                    self._parking.park(lane, self._core.clock.now() + CROWDED)
                    return
                finally:
                    self._flying.discard(parcel.id)
        finally:
            del self._lanes[lane]
            self._flying -= {parcel.id for parcel in waiting}

    async def _deliver(self, parcel: Parcel) -> datetime | None:
        """Deliver a row, or note why not.

        Returns:
            Until when its chat must wait, or None.
        """
        now = self._core.clock.now()
        if now - parcel.taken > STALE and not await self._still_owed(parcel, now):
            return None
        # A full disk must keep nothing back; what is sent meanwhile is remembered until it can be marked.
        with contextlib.suppress(StoreError):
            await self._prepare(parcel)
        try:
            await self._adapters[parcel.platform].send(parcel.address, parcel.words(self._core.wire))
        except Unreachable as error:
            await self._give_up(parcel.id, str(error), deliveries.unreachable)
        except Uncertain as error:
            await self._set_aside(parcel.id, str(error))
        except Offline as error:
            return await self._all_wait(parcel, error, now)
        except TryLater as error:
            return await self._postpone(parcel, error, now)
        except Exception as error:
            # An adapter's fault must hold up neither the others nor the loop.
            return await self._postpone(parcel, TryLater(type(error).__name__), now)
        else:
            self._sent[parcel.id] = (parcel.lane, now)
            self._parking.heard(parcel.platform)
            self._made += 1
            if len(self._sent) == MOST_UNMARKED:
                self._core.debts.wake()
        return None

    async def _prepare(self, parcel: Parcel) -> None:
        """Note what a crash while this is being sent must not repeat."""
        if parcel.posted:
            await self._core.store.write(lambda session: deliveries.begun(session, parcel.id))
        elif any(lane == parcel.lane for lane, _ in self._sent.values()):
            await self._settle()

    async def _still_owed(self, parcel: Parcel, now: datetime) -> bool:
        """Whether a row that waited behind others is still to be sent, and by this process; with its words of now."""
        store = self._core.store
        if store.shared:
            found = await store.write(lambda session: deliveries.renew(session, parcel.id, parcel.leased, now))
        else:
            found = await store.read(lambda session: deliveries.get(session, parcel.id))
        if found is None or found.dedupe_key != parcel.key:
            return False
        parcel.payload, parcel.reply = found.payload, None
        return found.payload is not None

    async def _settle(self) -> None:
        """Mark what was sent, all together."""
        made = dict(self._sent)
        if made:
            at = {row_id: when for row_id, (_, when) in made.items()}
            await self._core.store.write(lambda session: deliveries.all_sent(session, at))
            for row_id in made:
                self._sent.pop(row_id, None)

    async def _park(self, lane: Lane, until: datetime) -> None:
        self._parking.park(lane, until)
        waiting = self._lanes[lane]
        held = [parcel.id for parcel in waiting]
        waiting.clear()
        self._flying.difference_update(held)
        if held:
            await self._hold(held, until, "behind another")

    async def _all_wait(self, parcel: Parcel, error: Offline, now: datetime) -> datetime:
        """Let all that goes to a platform wait; to no row is it an attempt."""
        until, why = self._parking.silence(parcel.platform, error.seconds, now), str(error)
        await self._core.store.write(lambda session: deliveries.postponed(session, parcel.id, until, why, counts=False))
        return until

    async def _hold(self, row_ids: list[int], until: datetime, why: str) -> None:
        await self._core.store.write(lambda session: deliveries.all_held(session, row_ids, until, why))

    async def _give_up(
        self, row_id: int, why: str, mark: Callable[[Session, int, str], None] = deliveries.failed
    ) -> None:
        structlog.get_logger().error("undelivered", row=row_id, why=why, see="portevoix outbox list")
        await self._core.store.write(lambda session: mark(session, row_id, why))

    async def _set_aside(self, row_id: int, why: str) -> None:
        structlog.get_logger().error("perhaps delivered", row=row_id, why=why, see="portevoix outbox list")
        await self._core.store.write(lambda session: deliveries.uncertain(session, row_id, why))

    async def _postpone(self, row: Parcel, error: TryLater, now: datetime) -> datetime | None:
        """Wait as long as the platform asks, else twice as long each time; after many attempts, give up."""
        why = str(error)
        if error.seconds is None and row.attempts + 1 >= MOST_ATTEMPTS:
            structlog.get_logger().error("given up", row=row.id, why=why, see="portevoix outbox list")
            await self._core.store.write(lambda session: deliveries.exhausted(session, row.id, why))
            return None
        own = min(timedelta(seconds=2.0 ** min(row.attempts, 12)), LONGEST)
        asked = error.seconds is not None
        until = now + (timedelta(seconds=error.seconds) if error.seconds is not None else own)
        await self._core.store.write(
            lambda session: deliveries.postponed(session, row.id, until, why, counts=not asked)
        )
        return until
