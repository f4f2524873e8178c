"""The outbox, drained to adapters."""

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.core import Core
from bot.delivery.destinations import destination
from bot.ports.adapter import Adapter, Address, Offline, TryLater, Uncertain, Unreachable
from storage import outbox
from storage.engine.errors import StoreError
from storage.models import Outbox

PAUSE = 1.0
"""Seconds between looks at the outbox: another process may have written to it."""
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
SILENCE = 10.0
"""The longest wait, in seconds, before a platform that cannot be reached is tried again."""
EVERYWHERE = ""
"""Stands for all chats of a platform."""

Lane = tuple[str, str]
"""A platform and a chat on it: what goes there goes in order, and what waits there holds nobody else up."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A row in the courier's hands, with where it goes."""

    row: Outbox
    platform: str
    address: Address
    taken: datetime


class Courier:
    """Delivers what the bot owes: in order within a chat, at once across chats."""

    def __init__(self, core: Core, adapters: Mapping[str, Adapter]) -> None:
        self._core = core
        self._adapters = adapters
        self._lanes: dict[Lane, deque[Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._flying: set[int] = set()
        self._sent: dict[int, datetime] = {}
        """Rows that were sent and are not marked so yet, as on a full disk: they must not be sent again."""
        self._parked: dict[Lane, datetime] = {}
        """Lanes that wait, and until when: what is owed there meanwhile waits as well, and keeps its order."""
        self._silences: dict[str, int] = defaultdict(int)
        """How often in a row a platform could not be reached."""
        self._made = 0

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            self._core.owed.clear()
            try:
                await self._settle()
                while await self._take(self._core.clock.now()):
                    continue
            except StoreError as error:
                structlog.get_logger().error("outbox", mend=str(error))
            except Exception as error:
                structlog.get_logger().error("outbox", error=type(error).__name__)
            # Not wait_for: before Python 3.12 it swallows a cancellation that comes with the event.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PAUSE):
                    await self._core.owed.wait()

    async def drain(self) -> int:
        """Deliver everything that is due by now, and wait for it; what is owed meanwhile is another round's.

        Returns:
            How many deliveries were made.
        """
        before, now = self._made, self._core.clock.now()
        try:
            while await self._take(now) or self._tasks:
                if self._tasks:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
                await self._settle()
        finally:
            # Also when there is no time left: what was sent must not be sent again after the next start.
            await self._settle()
        return self._made - before

    async def _take(self, now: datetime) -> bool:
        """Take what is due by an instant, and put each row in its lane.

        Returns:
            Whether there may be more.
        """
        busy = {*self._flying, *self._sent}
        self._parked = {lane: until for lane, until in self._parked.items() if until > now}
        most = MOST_AT_ONCE - len(self._flying)
        if most <= 0:
            return False
        store = self._core.store
        if store.shared:
            rows = await store.write(lambda session: outbox.take(session, now, most, busy))
        else:
            rows = await store.read(lambda session: outbox.due(session, now, most, busy))
        if not rows:
            return False
        keys, spoken = store.keys, list(self._adapters)
        found = await store.read(lambda session: [destination(session, keys, row, spoken) for row in rows])
        held: dict[tuple[datetime, str], list[int]] = defaultdict(list)
        for row, place in zip(rows, found, strict=True):
            if isinstance(place, str):
                await self._give_up(row, place)
            elif wait := self._wait(place[0], place[1].id, now):
                held[wait].append(row.id)
            else:
                self._line_up(Parcel(row, *place, taken=now))
        for (until, why), row_ids in held.items():
            await self._hold(row_ids, until, why)
        return len(rows) == most

    def _wait(self, platform: str, chat: str, now: datetime) -> tuple[datetime, str] | None:
        """Until when a row must wait, and why; None when it may go."""
        if platform not in self._adapters:
            return now + OFF, "platform is off"
        lane = (platform, chat)
        for parked in ((platform, EVERYWHERE), lane):
            until = self._parked.get(parked)
            if until and until > now:
                return until, "behind another"
        if len(self._lanes.get(lane, ())) < MOST_IN_LANE:
            return None
        self._parked[lane] = now + CROWDED
        return self._parked[lane], "behind another"

    def _line_up(self, parcel: Parcel) -> None:
        lane = (parcel.platform, parcel.address.id)
        self._flying.add(parcel.row.id)
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
                    self._parked[lane] = self._core.clock.now() + CROWDED
                    return
                finally:
                    self._flying.discard(parcel.row.id)
        finally:
            del self._lanes[lane]
            self._flying -= {parcel.row.id for parcel in waiting}

    async def _deliver(self, parcel: Parcel) -> datetime | None:
        """Deliver a row, or note why not.

        Returns:
            Until when its chat must wait, or None.
        """
        row, now = parcel.row, self._core.clock.now()
        if now - parcel.taken > STALE and not await self._still_owed(row, now):
            return None
        if row.place_id is not None:
            # A full disk must not keep it back; what is sent meanwhile is remembered until it can be marked.
            with contextlib.suppress(StoreError):
                await self._core.store.write(lambda session: outbox.begun(session, row.id))
        try:
            await self._adapters[parcel.platform].send(parcel.address, self._core.wire.load(row.payload or {}))
        except Unreachable as error:
            await self._give_up(row, str(error), outbox.unreachable)
        except Uncertain as error:
            await self._set_aside(row, str(error))
        except Offline as error:
            return await self._all_wait(parcel.platform, row, error, now)
        except TryLater as error:
            return await self._postpone(row, error, now)
        except Exception as error:
            # An adapter's fault must hold up neither the others nor the loop.
            return await self._postpone(row, TryLater(type(error).__name__), now)
        else:
            self._sent[row.id] = now
            self._silences.pop(parcel.platform, None)
            self._made += 1
            self._core.owed.set()
        return None

    async def _still_owed(self, row: Outbox, now: datetime) -> bool:
        """Whether a row that waited behind others is still to be sent, and by this process; with its words of now."""
        store = self._core.store
        if store.shared:
            found = await store.write(lambda session: outbox.renew(session, row, now))
        else:
            found = await store.read(lambda session: outbox.get(session, row.id))
        if found is None or found.dedupe_key != row.dedupe_key:
            return False
        row.payload = found.payload
        return found.payload is not None

    async def _settle(self) -> None:
        """Mark what was sent, all together."""
        made = dict(self._sent)
        if made:
            await self._core.store.write(lambda session: outbox.all_sent(session, made))
            for row_id in made:
                del self._sent[row_id]

    async def _park(self, lane: Lane, until: datetime) -> None:
        self._parked[lane] = until
        waiting = self._lanes[lane]
        held = [parcel.row.id for parcel in waiting]
        waiting.clear()
        self._flying.difference_update(held)
        if held:
            await self._hold(held, until, "behind another")

    async def _all_wait(self, platform: str, row: Outbox, error: Offline, now: datetime) -> datetime:
        """Let all that goes to a platform wait; to no row is it an attempt."""
        everywhere = (platform, EVERYWHERE)
        until = self._parked.get(everywhere, now)
        if until <= now:
            own = min(2.0 ** self._silences[platform], SILENCE)
            self._silences[platform] = min(self._silences[platform] + 1, 10)
            until = self._parked[everywhere] = now + timedelta(seconds=error.seconds or own)
        await self._core.store.write(lambda session: outbox.postponed(session, row.id, until, str(error), counts=False))
        return until

    async def _hold(self, row_ids: list[int], until: datetime, why: str) -> None:
        await self._core.store.write(lambda session: outbox.all_held(session, row_ids, until, why))

    async def _give_up(self, row: Outbox, why: str, mark: Callable[[Session, int, str], None] = outbox.failed) -> None:
        structlog.get_logger().error("undelivered", row=row.id, why=why, see="portevoix outbox list")
        await self._core.store.write(lambda session: mark(session, row.id, why))

    async def _set_aside(self, row: Outbox, why: str) -> None:
        structlog.get_logger().error("perhaps delivered", row=row.id, why=why, see="portevoix outbox list")
        await self._core.store.write(lambda session: outbox.uncertain(session, row.id, why))

    async def _postpone(self, row: Outbox, error: TryLater, now: datetime) -> datetime | None:
        """Wait as long as the platform asks, else twice as long each time; after many attempts, give up."""
        why = str(error)
        if error.seconds is None and row.attempts + 1 >= MOST_ATTEMPTS:
            structlog.get_logger().error("given up", row=row.id, why=why, see="portevoix outbox list")
            await self._core.store.write(lambda session: outbox.exhausted(session, row.id, why))
            return None
        own = min(timedelta(seconds=2.0 ** min(row.attempts, 12)), LONGEST)
        asked = error.seconds is not None
        until = now + (timedelta(seconds=error.seconds) if error.seconds is not None else own)
        await self._core.store.write(lambda session: outbox.postponed(session, row.id, until, why, counts=not asked))
        return until
