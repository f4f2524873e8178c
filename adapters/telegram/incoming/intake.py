"""Stores updates before they are acknowledged to Telegram, then handles them in order for each person."""

import asyncio
import contextlib
import json
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.incoming.asides import set_aside
from adapters.telegram.incoming.revisits import Revisits
from adapters.telegram.incoming.sorting import album_of, in_batches, in_turns, person_of
from adapters.telegram.places import PLATFORM
from adapters.values import JSON
from bot.core import Core
from storage.engine.errors import StoreError
from storage.traffic import inbox
from storage.traffic.inbox import PARKED, Arrival
from storage.traffic.inbox import TRIES as TRIES_KEY

Handle = Callable[[Sequence[Update]], Awaitable[None]]
Show = Callable[[Update], Awaitable[bool]]
ALBUM_SECONDS = 0.6
"""Seconds to wait for the next picture of an album."""
MOST_AT_ONCE = 500
"""People whose updates are handled concurrently."""
MOST_HELD = 5_000
"""Updates in memory at most; when full, no more are accepted and Telegram keeps them."""
STORE_RETRY_SECONDS = 5.0
"""Seconds before a retry after a store error."""
RETRY_SECONDS = (1.0, 3.0)
"""Seconds before each retry of an update whose handling failed with an error of Telegram."""
MOST_TRIES = 5
"""The starts stopped while an update was handled, before it is set aside; at least the last three handled it alone."""


class Intake:
    """Stores raw updates, and handles each until it succeeds or is set aside.

    Args:
        handle: handles one update, or all updates of an album.
        show: answers an update that the store refuses, if that needs no storing; returns whether it did.
    """

    def __init__(self, core: Core, bot: Bot, handle: Handle, show: Show) -> None:
        self._core = core
        self._bot = bot
        self._handle = handle
        self._show = show
        self.revisits = Revisits(core, self.replay)
        self._shown: BoundedDict[str, bool] = BoundedDict(MOST_HELD)
        """By id, the updates that the store refused, and whether they were answered all the same."""
        self._lanes: dict[str, deque[list[Update]]] = {}
        """By person, a queue of the updates waiting behind the one being handled."""
        self._albums: dict[str, list[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(MOST_AT_ONCE)
        self._held = 0
        self._counted: dict[int, JSON] = {}
        """By id, the updates of former starts that are being handled again, as they were before this start."""
        self._ids: set[int] = set()
        """The ids of the updates in memory."""
        self._has_room = asyncio.Event()
        self._has_room.set()

    async def take(self, updates: Sequence[object]) -> None:
        """Store updates, then start handling those that are new; waits while too many are in memory.

        Raises:
            StoreError: nothing was stored; they must not be acknowledged to Telegram.
        """
        await self._has_room.wait()
        sound = {str(raw["update_id"]): raw for raw in updates if isinstance(raw, dict) and is_update(raw)}
        if sound:
            await self._accept(sound)
        if not all(map(is_update, updates)):
            structlog.get_logger().error("telegram", update="unreadable: it has no number")

    async def _accept(self, sound: Mapping[str, JSON]) -> None:
        now = self._core.clock.now()
        arrivals = [Arrival(event_id, json.dumps(raw)) for event_id, raw in sound.items()]
        try:
            new = await self._core.store.write(lambda session: inbox.accept(session, PLATFORM, arrivals, now))
        except StoreError:
            await self._show_unstored(sound)
            raise
        shown = {event_id for event_id in new if self._shown.pop(event_id, False)}
        if shown:
            await self._close(sorted(shown))
        for event_id in new:
            if event_id not in shown:
                self._start(sound[event_id])

    async def _show_unstored(self, sound: Mapping[str, JSON]) -> None:
        """Answer what needs no storing, each update once; the others wait at Telegram until they can be stored."""
        for event_id, raw in sound.items():
            if event_id in self._shown:
                continue
            self._shown[event_id] = False
            try:
                self._shown[event_id] = await self._show(Update.de_json(raw, self._bot))
            except Exception as error:
                _log_fault("not shown", error)

    async def replay(self, older: timedelta = timedelta()) -> None:
        """Handle the updates that were stored and not finished when the bot last stopped.

        Those that a former start already tried are handled as `in_batches` says, so that an update that crashes the
        process is identified; it is set aside after `MOST_TRIES` starts. The least tried go first: a process that is
        killed from outside, again and again, would else begin with the same harmless update each time.

        Args:
            older: how old they are at least, where other processes handle newer ones.
        """
        before = self._core.clock.now() - older if older else None
        found = await self._core.store.read(lambda session: inbox.unfinished(session, PLATFORM, before))
        kept = [raw for one in found if int(one.event_id) not in self._ids and PARKED not in (raw := _read(one))]
        for batch in in_batches(in_turns([raw for raw in kept if raw.get(TRIES_KEY)], self._parse)):
            await self._replay_tried(batch)
        others = [raw for raw in kept if not raw.get(TRIES_KEY)]
        await self._count_start(others)
        for raw in others:
            self._start(raw)

    async def _replay_tried(self, batch: list[JSON]) -> None:
        if batch[0][TRIES_KEY] >= MOST_TRIES:
            await self._set_aside([self._parse(raw) for raw in batch], "an update that stopped the bot again and again")
            return
        await self._count_start(batch)
        for raw in batch:
            self._start(raw)
        await self.finish()

    async def _count_start(self, raws: list[JSON]) -> None:
        """Store that one more start begins handling these updates."""
        counted = [
            Arrival(str(raw["update_id"]), json.dumps({**raw, TRIES_KEY: raw.get(TRIES_KEY, 0) + 1})) for raw in raws
        ]
        self._counted.update((raw["update_id"], raw) for raw in raws)
        if counted:
            await self._core.store.write(lambda session: inbox.rewrite(session, PLATFORM, counted))

    async def _discount_start(self) -> None:
        """Take back the count of this start: the bot ends by itself, so no update stopped it."""
        counted, self._counted = self._counted, {}
        former = [Arrival(str(number), json.dumps(raw)) for number, raw in counted.items()]
        if former:
            with contextlib.suppress(StoreError):
                await self._core.store.write(lambda session: inbox.rewrite(session, PLATFORM, former))

    async def finish(self) -> None:
        """Wait until every started update is handled."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Cancel the handling; unfinished updates are handled at the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._discount_start()

    async def close(self, updates: Sequence[Update]) -> None:
        """Mark updates as finished without an answer, retrying while the store refuses."""
        await self._close([str(update.update_id) for update in updates])

    async def _close(self, event_ids: list[str]) -> None:
        now = self._core.clock.now()
        write = self._core.store.write
        await _retry_store(lambda: write(lambda session: inbox.set_aside(session, PLATFORM, event_ids, now)))

    def _start(self, raw: JSON) -> None:
        """Enqueue an update in its person's lane; the updates of an album together."""
        try:
            update = Update.de_json(raw, self._bot)
            album, person = album_of(update), person_of(update)
        except Exception as error:
            _log_fault("unreadable", error)
            # An update without content is closed as not meant for the bot.
            self._enqueue("nobody", [Update(raw["update_id"])])
            return
        if album and album in self._albums:
            self._albums[album].append(update)
            self._ids.add(update.update_id)
            self._count_held(1)
            return
        updates = [update]
        if album:
            self._albums[album] = updates
        self._enqueue(person, updates)

    def _enqueue(self, person: str, updates: list[Update]) -> None:
        self._ids.update(one.update_id for one in updates)
        self._count_held(1)
        waiting = self._lanes.get(person)
        if waiting is not None:
            waiting.append(updates)
            return
        self._lanes[person] = deque([updates])
        task = asyncio.create_task(self._process_lane(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _process_lane(self, person: str) -> None:
        """Handle the updates in a lane, one after another."""
        waiting = self._lanes[person]
        try:
            while waiting:
                updates = waiting.popleft()
                await self._wait_for_album(updates)
                async with self._slots:
                    await self._handle_with_retries(updates)
                self._count_held(-len(updates))
                self._forget(updates)
        finally:
            del self._lanes[person]

    def _forget(self, updates: Sequence[Update]) -> None:
        for one in updates:
            self._ids.discard(one.update_id)
            self._counted.pop(one.update_id, None)

    async def _wait_for_album(self, updates: list[Update]) -> None:
        """Wait until no more pictures of an album arrive."""
        album, size = album_of(updates[0]), 0
        if album is None:
            return
        while len(updates) > size:
            size = len(updates)
            await asyncio.sleep(ALBUM_SECONDS)
        del self._albums[album]

    async def _handle_with_retries(self, updates: list[Update]) -> None:
        """Handle updates, with retries after errors of Telegram; any other error, or the last, sets them aside."""
        for pause in (*RETRY_SECONDS, None):
            try:
                await _retry_store(lambda: self._handle(updates))
            except Exception as error:
                if pause is None or not isinstance(error, TelegramError):
                    _log_fault("set aside", error)
                    await self._set_aside(updates, type(error).__name__)
                    if isinstance(error, TelegramError):
                        self.revisits.note(updates)
                    return
                await asyncio.sleep(pause)
            else:
                return

    async def _set_aside(self, updates: Sequence[Update], why: str) -> None:
        await _retry_store(lambda: set_aside(self._core, updates, why))

    def _parse(self, raw: JSON) -> Update:
        """The update; an empty one when the library cannot read it."""
        try:
            return Update.de_json(raw, self._bot)
        except Exception as error:
            _log_fault("unreadable", error)
            return Update(raw["update_id"])

    def _count_held(self, change: int) -> None:
        self._held += change
        if self._held < MOST_HELD:
            self._has_room.set()
        else:
            self._has_room.clear()


async def _retry_store(work: Callable[[], Awaitable[None]]) -> None:
    """Do the work, and retry it without limit while it raises `StoreError`."""
    told = ""
    while True:
        try:
            return await work()
        except StoreError as error:
            if str(error) != told:
                structlog.get_logger().error("telegram", mend=str(error))
            told = str(error)
            await asyncio.sleep(STORE_RETRY_SECONDS)


def _read(arrival: Arrival) -> JSON:
    raw: JSON = json.loads(arrival.payload or "{}")
    return {**raw, "update_id": int(arrival.event_id)}


def _log_fault(what: str, error: Exception) -> None:
    """Log a fault with its place in the code, without the update's content or person."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    structlog.get_logger().error("telegram", update=what, error=type(error).__name__, frames=frames[-4:])


def is_update(raw: object) -> bool:
    """Whether a value is an object with an `update_id`, so that it can be stored."""
    return isinstance(raw, dict) and type(raw.get("update_id")) is int
