"""The durable path of updates: kept before Telegram is told they arrived, then handled in order for each person."""

import asyncio
import json
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from adapters.telegram.places import PLATFORM
from bot.core import Core
from storage import inbox
from storage.engine.errors import StoreError
from storage.inbox import Arrival

Raw = dict[str, Any]
Handle = Callable[[Sequence[Update]], Awaitable[None]]
ALBUM_SECONDS = 0.6
"""How long after one picture of an album the next may come."""
MOST_AT_ONCE = 500
"""People whose updates are handled at the same time."""
MOST_HELD = 5_000
"""Updates in memory; with more, Telegram keeps the rest."""
AGAIN_SECONDS = 5.0
"""How long to wait for the store before an update is handled once more."""
PAUSES = (1.0, 3.0)
"""Seconds before an update that Telegram's trouble stopped is handled once more."""
TRIES = "portevoix_tries"
"""Where a kept update counts the starts of the bot after which it was begun again."""
MOST_TRIES = 4


class Intake:
    """Takes raw updates in, and sees that each is handled or set aside.

    Args:
        handle: handles one update, or an album's several.
    """

    def __init__(self, core: Core, bot: Bot, handle: Handle) -> None:
        self._core = core
        self._bot = bot
        self._handle = handle
        self._lanes: dict[str, deque[list[Update]]] = {}
        """For each person what waits behind what is being handled."""
        self._albums: dict[str, list[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._hands = asyncio.Semaphore(MOST_AT_ONCE)
        self._held = 0
        self._room = asyncio.Event()
        self._room.set()

    async def take(self, updates: Sequence[object]) -> None:
        """Keep updates, then begin to handle those that are new.

        Raises:
            StoreError: nothing was kept; Telegram must not be told that they arrived.
        """
        await self._room.wait()
        sound = {str(raw["update_id"]): raw for raw in updates if isinstance(raw, dict) and is_update(raw)}
        if sound:
            now = self._core.clock.now()
            arrivals = [Arrival(event_id, json.dumps(raw)) for event_id, raw in sound.items()]
            for event_id in await self._core.store.write(
                lambda session: inbox.accept(session, PLATFORM, arrivals, now)
            ):
                self._begin(sound[event_id])
        if not all(map(is_update, updates)):
            structlog.get_logger().error("telegram", update="unreadable: it has no number")

    async def replay(self) -> None:
        """Begin with what was kept and not handled when the bot last stopped.

        What was begun again before, and yet is not handled, is begun alone: what stops the process each time is then
        known for certain, and set aside.
        """
        kept = [_read(one) for one in await self._core.store.read(lambda session: inbox.unfinished(session, PLATFORM))]
        for _, unit in groupby((raw for raw in kept if raw.get(TRIES)), key=_unit):
            await self._replay_alone(list(unit))
        others = [raw for raw in kept if not raw.get(TRIES)]
        await self._count(others)
        for raw in others:
            self._begin(raw)

    async def _replay_alone(self, unit: list[Raw]) -> None:
        if unit[0][TRIES] >= MOST_TRIES:
            structlog.get_logger().error("telegram", set_aside="an update that stopped the bot again and again")
            await self._close([str(raw["update_id"]) for raw in unit])
            return
        await self._count(unit)
        for raw in unit:
            self._begin(raw)
        await self.finish()

    async def _count(self, raws: list[Raw]) -> None:
        """Count one more start, before anything can go wrong."""
        counted = [Arrival(str(raw["update_id"]), json.dumps({**raw, TRIES: raw.get(TRIES, 0) + 1})) for raw in raws]
        if counted:
            await self._core.store.write(lambda session: inbox.rewrite(session, PLATFORM, counted))

    async def finish(self) -> None:
        """Wait for what was begun."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Leave the rest for the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self, updates: Sequence[Update]) -> None:
        """Set updates aside, once the store lets it: there is nothing, or no more, to do about them."""
        await self._close([str(update.update_id) for update in updates])

    async def _close(self, event_ids: list[str]) -> None:
        now = self._core.clock.now()
        write = self._core.store.write
        await _once_stored(lambda: write(lambda session: inbox.set_aside(session, PLATFORM, event_ids, now)))

    def _begin(self, raw: Raw) -> None:
        """Put an update in its person's lane; pictures of one album together."""
        try:
            update = Update.de_json(raw, self._bot)
            album, person = _album(update), _person(update)
        except Exception as error:
            _report("unreadable", error)
            # Without its content it is nothing for the bot, and is closed as such.
            self._line_up("nobody", [Update(raw["update_id"])])
            return
        if album and album in self._albums:
            self._albums[album].append(update)
            self._weigh(1)
            return
        updates = [update]
        if album:
            self._albums[album] = updates
        self._line_up(person, updates)

    def _line_up(self, person: str, updates: list[Update]) -> None:
        self._weigh(1)
        waiting = self._lanes.get(person)
        if waiting is not None:
            waiting.append(updates)
            return
        self._lanes[person] = deque([updates])
        task = asyncio.create_task(self._serve(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, person: str) -> None:
        """Handle what is in a lane, one after another."""
        waiting = self._lanes[person]
        try:
            while waiting:
                updates = waiting.popleft()
                await self._complete(updates)
                async with self._hands:
                    await self._see_through(updates)
                self._weigh(-len(updates))
        finally:
            del self._lanes[person]

    async def _complete(self, updates: list[Update]) -> None:
        """Wait until an album has all its pictures."""
        album, size = _album(updates[0]), 0
        if album is None:
            return
        while len(updates) > size:
            size = len(updates)
            await asyncio.sleep(ALBUM_SECONDS)
        del self._albums[album]

    async def _see_through(self, updates: list[Update]) -> None:
        """Handle updates until they are done with: a fault that lasts sets them aside, or they would come for ever."""
        for pause in (*PAUSES, None):
            try:
                await _once_stored(lambda: self._handle(updates))
            except Exception as error:
                if pause is None or not isinstance(error, TelegramError):
                    _report("set aside", error)
                    break
                await asyncio.sleep(pause)
            else:
                return
        await self.close(updates)

    def _weigh(self, change: int) -> None:
        self._held += change
        if self._held < MOST_HELD:
            self._room.set()
        else:
            self._room.clear()


async def _once_stored(work: Callable[[], Awaitable[None]]) -> None:
    """Do what needs the store, again and again while the store refuses."""
    while True:
        try:
            return await work()
        except StoreError as error:
            structlog.get_logger().error("telegram", mend=str(error))
            await asyncio.sleep(AGAIN_SECONDS)


def _read(arrival: Arrival) -> Raw:
    raw: Raw = json.loads(arrival.payload or "{}")
    return {**raw, "update_id": int(arrival.event_id)}


def _unit(raw: Raw) -> object:
    """What raw updates are handled together: an album's, or one alone."""
    message = raw.get("message")
    album = message.get("media_group_id") if isinstance(message, dict) else None
    return album or raw["update_id"]


def _album(update: Update) -> str | None:
    message = update.message
    return f"{message.chat.id}/{message.media_group_id}" if message and message.media_group_id else None


def _person(update: Update) -> str:
    """Whose update it is; who speaks as a group is one in each group."""
    message = update.effective_message
    if message and message.sender_chat:
        return f"chat {message.sender_chat.id}"
    return str(update.effective_user.id) if update.effective_user else "nobody"


def _report(what: str, error: Exception) -> None:
    """A fault by its place in the code, never with what was said or who said it."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    structlog.get_logger().error("telegram", update=what, error=type(error).__name__, frames=frames[-4:])


def is_update(raw: object) -> bool:
    """Whether it has what every update has, so that it can be kept."""
    return isinstance(raw, dict) and type(raw.get("update_id")) is int
