"""Sends the rows of the outbox through the adapters, with retries, in order within each chat."""

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.core import Core
from bot.debts import FreshAnswer
from bot.delivery import leased
from bot.delivery import parcel as parcels
from bot.delivery.destinations import destination
from bot.delivery.outcomes import Outcomes
from bot.delivery.parcel import Lane, Parcel
from bot.delivery.pauses import Pauses
from bot.delivery.repeats import mark_repeat
from bot.ports.adapter import Adapter, Offline, TryLater, Uncertain, Unreachable
from bot.troubles import Troubles
from storage.engine.errors import StoreError
from storage.traffic import deliveries
from storage.traffic.outbox import LEASE

POLL_INTERVAL = 1.0
"""Seconds between polls of the outbox: another process may have written to it."""
MOST_UNMARKED = 50
"""The most rows sent and not yet marked as sent; 1 where other processes would send such rows again."""
MARK_INTERVAL = 0.02
"""Seconds after which sent rows are marked as sent; after a crash before that, they are sent again."""
MOST_AT_ONCE = 200
"""The most rows in memory; the others wait in the store."""
PLATFORM_OFF_RETRY = timedelta(minutes=1)
"""How long rows for a platform that is not running wait before the next attempt."""
STALE = timedelta(seconds=1)
"""After how long in memory a row is read again before sending: it may have been erased meanwhile."""
CLOCK_STEP = timedelta(seconds=10)
"""By how much the clock must be set back for the waiting rows to be scheduled anew."""
MOST_IN_LANE = 20
"""The most rows of one lane in memory, so that many messages to one chat do not delay the others."""
FULL_LANE_RETRY = timedelta(seconds=1)
"""How long further rows of a full lane wait in the store."""


class Courier:
    """Delivers the outbox: one row after another within a chat (a lane), concurrently across chats."""

    def __init__(self, core: Core, adapters: Mapping[str, Adapter]) -> None:
        self._core = core
        self._adapters = adapters
        self._troubles = Troubles("outbox")
        self._lanes: dict[Lane, deque[Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_flight: set[int] = set()
        self._sent: dict[int, tuple[Lane, datetime]] = {}
        """By row id, what was sent and is not marked as sent yet, and must not be sent again."""
        self._unmarked: set[Lane] = set()
        """The lanes of these rows."""
        self._stored: deque[int] = deque(maxlen=MOST_AT_ONCE)
        """The ids of the latest rows read from the store, which may come in memory, too: see `_enqueue_fresh`."""
        self._pauses = Pauses()
        self._outcomes = Outcomes(core, self._pauses)
        self._delivered = 0
        self._most_unmarked = 1 if core.store.shared else MOST_UNMARKED
        self._leases_released = False
        self._polled_at = self._marked_at = 0.0
        self._polled_to: datetime | None = None
        """The instant of the last poll, by the clock."""

    async def run(self) -> None:
        """Deliver until cancelled; errors are logged and retried."""
        while True:
            with self._troubles.guard():
                await self._run_once()
            await self._core.debts.wait(MARK_INTERVAL if self._sent else POLL_INTERVAL)

    async def _run_once(self) -> None:
        """Enqueue what is passed on in memory; poll the outbox when notified or when the interval is over."""
        fresh, stored = self._core.debts.pull()
        now, moment = self._core.clock.now(), asyncio.get_running_loop().time()
        await self._enqueue_fresh(fresh, now)
        if stored or moment >= self._polled_at + POLL_INTERVAL:
            self._polled_at = moment
            await self._mark_sent()
            while await self._take_due(now):
                continue
        elif len(self._sent) >= self._most_unmarked or moment >= self._marked_at + MARK_INTERVAL:
            await self._mark_sent()

    async def drain(self) -> int:
        """Deliver everything due by now, except rows added meanwhile; return the number of successful deliveries.

        Raises:
            StoreError: the outbox cannot be read or written.
        """
        before, now = self._delivered, self._core.clock.now()
        fresh, _ = self._core.debts.pull()
        try:
            await self._enqueue_fresh(fresh, now)
            while await self._take_due(now) or self._tasks:
                if self._tasks:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
                await self._mark_sent()
        finally:
            # Also when cancelled: what was sent must not be sent again after the next start.
            await self._mark_sent()
        return self._delivered - before

    async def stop(self) -> None:
        """Cancel the deliveries in progress; their rows are delivered after the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take_due(self, now: datetime) -> bool:
        """Read the rows due by an instant, with a lease where processes share the store, and enqueue each in its lane.

        Returns:
            Whether more rows may be due.
        """
        busy, store = {*self._in_flight, *self._sent}, self._core.store
        most = MOST_AT_ONCE - len(self._in_flight)
        if most <= 0:
            return False
        await self._release_leases()
        await self._follow_clock(now)
        if store.shared:
            rows = await store.write(lambda session: leased.take(session, now, most, busy))
        else:
            rows = await store.read(lambda session: deliveries.due(session, now, most, busy))
        if not rows:
            return False
        keys, spoken = store.keys, list(self._adapters)
        found = await store.read(lambda session: [destination(session, keys, row, spoken) for row in rows])
        held: dict[tuple[datetime, str], list[int]] = defaultdict(list)
        for row, place in zip(rows, found, strict=True):
            if isinstance(place, str):
                await self._outcomes.fail(row.id, place)
            elif wait := self._find_pause(place[0], place[1].id, now):
                held[wait].append(row.id)
            else:
                self._stored.append(row.id)
                self._enqueue(parcels.from_row(row, *place, now))
        for (until, why), row_ids in held.items():
            await self._outcomes.hold(row_ids, until, why)
        return len(rows) == most

    async def _release_leases(self) -> None:
        """Once, make due what the last run left, where no other process uses the store; later if it refuses."""
        now, store = self._core.clock.now(), self._core.store
        with contextlib.suppress(StoreError):
            if not (self._leases_released or store.shared):
                await store.write(lambda session: leased.take_over(session, now))
            self._leases_released = True

    async def _follow_clock(self, now: datetime) -> None:
        """When the clock was set back, end all pauses and make rows due that would now wait for too long."""
        before, self._polled_to = self._polled_to, now
        if before is None or now > before - CLOCK_STEP:
            return
        self._pauses.clear()
        try:
            await self._core.store.write(lambda session: deliveries.hurry(session, now, now + LEASE, leased=False))
        except StoreError:
            self._polled_to = before
            raise

    async def _enqueue_fresh(self, fresh: Sequence[FreshAnswer], now: datetime) -> None:
        """Enqueue answers passed on in memory, except those read from the store since, as after their lease ran out."""
        await self._release_leases()
        for one in fresh:
            if one.id in self._stored:
                continue
            if wait := self._find_pause(one.platform, one.address.id, now):
                await self._outcomes.hold([one.id], *wait)
            else:
                self._enqueue(parcels.from_fresh(one, now))

    def _find_pause(self, platform: str, chat: str, now: datetime) -> tuple[datetime, str] | None:
        """Until when a row must wait, and why; None when it may be sent."""
        if platform not in self._adapters:
            return now + PLATFORM_OFF_RETRY, "platform is off"
        lane = (platform, chat)
        until = self._pauses.until(lane, now)
        if until is None and len(self._lanes.get(lane, ())) >= MOST_IN_LANE:
            until = now + FULL_LANE_RETRY
            self._pauses.pause(lane, until)
        return (until, "behind another") if until else None

    def _enqueue(self, parcel: Parcel) -> None:
        lane = parcel.lane
        self._in_flight.add(parcel.id)
        waiting = self._lanes.get(lane)
        if waiting is not None:
            waiting.append(parcel)
            return
        self._lanes[lane] = deque([parcel])
        task = asyncio.create_task(self._process_lane(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _process_lane(self, lane: Lane) -> None:
        """Deliver the rows of a lane one after another; when one must wait, the whole lane waits."""
        waiting = self._lanes[lane]
        try:
            while waiting:
                parcel = waiting.popleft()
                try:
                    until = await self._deliver(parcel)
                    self._troubles.end(part="sending")
                    if until:
                        await self._pause_lane(lane, until)
                except StoreError as error:
                    self._troubles.tell(error, part="sending")
                    self._pauses.pause(lane, self._core.clock.now() + FULL_LANE_RETRY)
                    return
                finally:
                    self._in_flight.discard(parcel.id)
        finally:
            del self._lanes[lane]
            self._in_flight -= {parcel.id for parcel in waiting}

    async def _deliver(self, parcel: Parcel) -> datetime | None:
        """Send a row, and record the result.

        Returns:
            Until when its lane must wait, or None.
        """
        now = self._core.clock.now()
        if now - parcel.taken > STALE and not await self._still_owed(parcel, now):
            return None
        # With a full disk deliveries continue; what is sent is kept in memory until it can be marked.
        with contextlib.suppress(StoreError):
            await self._mark_begun(parcel)
        try:
            reply = await mark_repeat(self._core, parcel, parcel.load_reply(self._core.codec))
            message = await self._adapters[parcel.platform].send(parcel.address, reply)
        except Unreachable as error:
            await self._outcomes.give_up(parcel.id, str(error))
        except Uncertain as error:
            return await self._outcomes.repeat_uncertain(parcel, error, now)
        except Offline as error:
            return await self._outcomes.pause_platform(parcel, error, now)
        except TryLater as error:
            return await self._outcomes.postpone(parcel, error, now)
        except Exception as error:
            # A fault of an adapter must not stop other deliveries.
            return await self._outcomes.postpone(parcel, TryLater(type(error).__name__), now)
        else:
            self._core.screens.deliver(parcel.platform, parcel.address, message or "", now)
            self._sent[parcel.id] = (parcel.lane, now)
            self._unmarked.add(parcel.lane)
            self._pauses.platform_reached(parcel.platform)
            self._delivered += 1
            if len(self._sent) == 1 or len(self._sent) >= self._most_unmarked:
                self._core.debts.wake()
        return None

    async def _mark_begun(self, parcel: Parcel) -> None:
        """Record, before sending, what must not be resent after a crash."""
        if parcel.posted:
            await self._core.store.write(lambda session: deliveries.begun(session, parcel.id))
        elif parcel.lane in self._unmarked:
            await self._mark_sent()

    async def _still_owed(self, parcel: Parcel, now: datetime) -> bool:
        """Read a row again and renew its lease; False when it was erased, or another process has it."""
        store = self._core.store
        if store.shared:
            found = await store.write(lambda session: deliveries.renew(session, parcel.id, parcel.leased, now))
        else:
            found = await store.read(lambda session: deliveries.get(session, parcel.id))
        if found is None or found.dedupe_key != parcel.key:
            return False
        parcel.payload, parcel.reply = found.payload, None
        return found.payload is not None

    async def _mark_sent(self) -> None:
        """Mark everything sent as sent, in one transaction."""
        made, self._marked_at = dict(self._sent), asyncio.get_running_loop().time()
        if made:
            at = {row_id: when for row_id, (_, when) in made.items()}
            await self._core.store.write(lambda session: deliveries.all_sent(session, at))
            for row_id in made:
                self._sent.pop(row_id, None)
            self._unmarked = {lane for lane, _ in self._sent.values()}

    async def _pause_lane(self, lane: Lane, until: datetime) -> None:
        self._pauses.pause(lane, until)
        waiting = self._lanes[lane]
        held = [parcel.id for parcel in waiting]
        waiting.clear()
        self._in_flight.difference_update(held)
        if held:
            await self._outcomes.hold(held, until, "behind another")
