"""The durable path of updates: kept before Telegram is told they arrived, then handled in order for each person."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeGuard

import structlog
from telegram import Bot, Update

from adapters.telegram.places import PLATFORM
from bot.context import Core
from storage import communities, inbox
from storage.errors import StoreError
from storage.inbox import Arrival

Raw = Mapping[str, Any]
Handle = Callable[[Sequence[Update]], Awaitable[None]]
ALBUM_SECONDS = 0.6
"""How long after one picture of an album the next may come."""
MOST_AT_ONCE = 500
"""Updates that are handled; further ones wait in the store."""
AGAIN_SECONDS = 5.0


class Intake:
    """Takes raw updates in, and sees that each is handled or set aside.

    Args:
        handle: handles one update, or an album's several; it must not raise.
    """

    def __init__(self, core: Core, bot: Bot, handle: Handle) -> None:
        self._core = core
        self._bot = bot
        self._handle = handle
        self._last: dict[str, asyncio.Task[None]] = {}
        """For each person the newest task: the next one waits for it."""
        self._albums: dict[str, list[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(MOST_AT_ONCE)

    async def take(self, updates: Sequence[object]) -> None:
        """Keep updates, then begin to handle those that are new.

        Raises:
            StoreError: nothing was kept; Telegram must not be told that they arrived.
        """
        arrivals = [Arrival(str(raw["update_id"]), json.dumps(raw)) for raw in updates if _is_update(raw)]
        now = self._core.clock.now()
        fresh = set(await self._core.store.write(lambda session: inbox.accept(session, PLATFORM, arrivals, now)))
        for raw in updates:
            if _is_update(raw) and str(raw["update_id"]) in fresh:
                await self._begin(raw)

    async def replay(self) -> None:
        """Begin with what was kept and not handled when the bot last stopped."""
        for arrival in await self._core.store.read(lambda session: inbox.unfinished(session, PLATFORM)):
            await self._begin(json.loads(arrival.payload))

    async def finish(self) -> None:
        """Wait for what was begun."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _begin(self, raw: Raw) -> None:
        await self._room.acquire()
        update = self._parse(raw)
        if update is None:
            self._start(self._close([str(raw["update_id"])]))
            return
        album = update.message.media_group_id if update.message else None
        if album and update.effective_chat:
            self._collect(f"{update.effective_chat.id}/{album}", update)
        else:
            self._queue([update])

    def _parse(self, raw: Raw) -> Update | None:
        """The update; None, and a line for the operator, when it cannot be read."""
        try:
            return Update.de_json(dict(raw), self._bot)
        except Exception as error:
            structlog.get_logger().error("telegram", unreadable=type(error).__name__)
            return None

    def _collect(self, album: str, update: Update) -> None:
        """Put a picture with the others of its album; the first one waits for them."""
        waiting = self._albums.get(album)
        if waiting is not None:
            waiting.append(update)
            self._room.release()
            return
        self._albums[album] = [update]

        async def later() -> None:
            size = 0
            while len(self._albums[album]) > size:
                size = len(self._albums[album])
                await asyncio.sleep(ALBUM_SECONDS)
            self._queue(self._albums.pop(album))

        self._keep(asyncio.create_task(later()))

    def _queue(self, updates: Sequence[Update]) -> None:
        """Handle after what the same person did before."""
        person = str(updates[0].effective_user.id) if updates[0].effective_user else "nobody"
        before = self._last.get(person)

        async def in_turn() -> None:
            if before is not None:
                await asyncio.wait([before])
            await self._handle(updates)

        self._last[person] = task = self._start(in_turn())
        task.add_done_callback(lambda done: self._last.pop(person) if self._last.get(person) is done else None)

    def _start(self, work: Awaitable[None]) -> asyncio.Task[None]:
        async def run() -> None:
            try:
                await work
            finally:
                self._room.release()

        return self._keep(asyncio.create_task(run()))

    def _keep(self, task: asyncio.Task[None]) -> asyncio.Task[None]:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self, event_ids: Iterable[str]) -> None:
        """Set aside what is nothing for the bot."""
        await self._close(list(event_ids))

    async def _close(self, event_ids: list[str]) -> None:
        now = self._core.clock.now()
        try:
            await self._core.store.write(lambda session: inbox.set_aside(session, PLATFORM, event_ids, now))
        except StoreError as error:
            structlog.get_logger().error("telegram", mend=str(error))


async def follow_move(core: Core, update: Update) -> None:
    """When a group became a supergroup, what belonged to the one belongs to the other."""
    message = update.message
    if message is None or message.migrate_to_chat_id is None:
        return
    old, new = str(message.chat.id), str(message.migrate_to_chat_id)
    await core.store.write(lambda session: communities.move_place(session, PLATFORM, old, new))


def _is_update(raw: object) -> TypeGuard[Raw]:
    return isinstance(raw, dict) and isinstance(raw.get("update_id"), int)
