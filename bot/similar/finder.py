"""Finds the open items of a community that say nearly the same as a text, and keeps their index up to date.

The index follows the store: what this process filed, edited, closed or hid is noticed with the next search, and the
rest, as after an erasure or an import from the command line, within a minute. Where other processes share the
database, what they filed is noticed at once, and where there are few items, everything. What is found is only shown if
it still stands there so (`bot.feedback.display.similar`).
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.clock import Clock
from bot.language.text.normalise import has_words
from bot.similar import overlap
from bot.similar.saving import save
from bot.similar.shelf import Shelf, digest
from bot.similar.sources import DAY, EVERYONES, Among, Source
from storage.engine.changes import Changed
from storage.engine.store import Store
from storage.items import vectors
from storage.items.feedback import NewItem
from storage.items.vectors import OpenItem
from storage.people import communities

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder
    from bot.language.search.alike.near import Near

FEW = 500
"""Items of a community that are all read with each search, where other processes or no notes tell of changes."""
AT_ONCE = 64
"""Items that a search encodes first, when they are new; more are left to the background."""
BATCH = 512
"""Items that are encoded at a time in the background; a search waits for them."""
PATIENCE = 0.3
"""Seconds that a search waits for the index to be brought up to date; then it takes the index as it is."""
PAUSE = 60
"""Seconds between two looks at what has changed."""
FIRST_PATIENCE = 5.0
"""Seconds that a search waits for the index to be made, the first time."""


class Finder:
    """Finds similar items.

    Args:
        encoder: loads the encoder at its first use; None stands for the search by words.
        source: reads the items that are searched.
    """

    def __init__(
        self,
        store: Store,
        languages: tuple[str, ...],
        encoder: "Callable[[], Awaitable[Encoder | None]]",
        clock: Clock,
        source: Source = EVERYONES,
    ) -> None:
        self._source = source
        self._store, self._languages, self._encoder, self._clock = store, languages, encoder, clock
        self._shelves: dict[int, Shelf] = {}
        self._few: dict[int, Shelf] = {}
        """By community, the index of `find_among`."""
        self._making: dict[int, asyncio.Task[Shelf]] = {}
        """By community, the index that is made for the first time."""
        self._due = asyncio.Event()
        self._changed: dict[int, dict[int, object]] = {}
        """By indexed community and item id, what this process has filed since the last search; None for a change."""
        if source.among:
            store.listeners.append(self._note)

    async def find(self, community_id: int, text: str, most: int) -> dict[int, str]:
        """The ids of the items near to a text, the nearest first, each with the digest of the words that were compared.

        Raises:
            StoreError: the store cannot be read.
        """
        if not has_words(text):
            return {}
        shelf = await self._current(community_id)
        if shelf is None or not shelf.digests:
            return {}
        return _digests(shelf, await shelf.find(text, most))

    async def follow(self, community_id: int) -> None:
        """Bring the index of a community up to date, as a search does, before `near` is asked.

        Raises:
            StoreError: the store cannot be read.
        """
        await self._current(community_id)

    def near(self, community_id: int, text: str, most: int) -> dict[int, str]:
        """As `find`, in the thread of the caller, and with the index as it is."""
        shelf = self._shelves.get(community_id)
        if shelf is None or not shelf.digests or not has_words(text):
            return {}
        return _digests(shelf, shelf.search(text, most))

    async def find_among(self, community_id: int, text: str, things: Sequence[Sequence[str]]) -> int | None:
        """The place of the thing, of a few, that a text is about; None when it is about none of them.

        Args:
            things: what is said of each, in several wordings, which everybody may know; their index is kept until the
                next search.
        """
        if not things or not has_words(text):
            return None
        if community_id not in self._few:
            self._few.setdefault(community_id, await self._new_shelf())
        shelf = self._few[community_id]
        if shelf.encoder is None:
            return await asyncio.to_thread(overlap.nearest, text, things)
        said = [(place, wording) for place, wordings in enumerate(things) for wording in wordings]
        items = [OpenItem(own, wording, nameless=False) for own, (_, wording) in enumerate(said)]
        async with shelf.lock:
            shelf.remove(
                [*(shelf.digests.keys() - {one.id for one in items}), *(one.id for one in shelf.changed(items))]
            )
            await asyncio.to_thread(shelf.index, shelf.changed(items))
            found = await shelf.find(text, 1)
        return said[found[0].id][0] if found else None

    def look_again(self) -> None:
        """Let the background look at once for what has changed, as after an erasure."""
        self._due.set()

    async def run(self) -> None:
        """Keep the indexes of all communities up to date, and their vectors stored, until cancelled."""
        while True:
            self._due.clear()
            await self.look()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._due.wait(), PAUSE)

    async def look(self) -> None:
        """Bring all indexes up to date, and store their vectors; errors are logged."""
        try:
            for community in await self._store.read(communities.every):
                await self.refresh(community.id)
        except Exception as error:
            # The next look tries again; meanwhile what is found is checked before it is shown.
            structlog.get_logger().error("similar", error=type(error).__name__)

    async def refresh(self, community_id: int) -> None:
        """Bring the index of a community up to date, and store the vectors that are not."""
        items = await self._read_all(community_id)
        shelf = await self._shelf(community_id) if items or community_id in self._shelves else None
        while shelf is not None:
            async with shelf.lock:
                shelf.forget_searches()
                items = await self._read_all(community_id)
                gone = shelf.digests.keys() - {item.id for item in items}
                done = await self._take(shelf, items, BATCH, whole=True)
            await save(self._store, shelf, items, list(gone), since=self._clock.now() - DAY)
            if done:
                return

    async def _current(self, community_id: int) -> Shelf | None:
        """The index with what is new; None where there is nothing to index."""
        shelf = self._shelves.get(community_id)
        if shelf is None:
            now = self._clock.now()
            if not await self._store.glance(lambda session: self._source.has_any(session, community_id, now)):
                return None
            return await self._first(community_id)
        try:
            # A timeout takes a timer and a task, which a lock that is free need not have.
            await (asyncio.wait_for(shelf.lock.acquire(), PATIENCE) if shelf.lock.locked() else shelf.lock.acquire())
        except TimeoutError:
            return shelf
        try:
            await self._catch_up(community_id, shelf)
        finally:
            shelf.lock.release()
        return shelf

    async def _first(self, community_id: int) -> Shelf | None:
        """The index, made now; as far as it goes where that takes longer than people wait."""
        making = self._making.get(community_id)
        if making is None:
            making = self._making[community_id] = asyncio.create_task(self._make(community_id))
            making.add_done_callback(partial(self._made, community_id))
        await asyncio.wait({making}, timeout=FIRST_PATIENCE)
        return making.result() if making.done() else self._shelves.get(community_id)

    async def _make(self, community_id: int) -> Shelf:
        shelf = await self._shelf(community_id)
        async with shelf.lock:
            await self._catch_up(community_id, shelf)
        return shelf

    def _made(self, community_id: int, making: asyncio.Task[Shelf]) -> None:
        del self._making[community_id]
        if not making.cancelled() and (error := making.exception()):
            structlog.get_logger().error("similar", error=type(error).__name__)

    def _note(self, changed: Sequence[Changed]) -> None:
        for community_id, own, filed in changed:
            if community_id in self._shelves:
                self._changed.setdefault(community_id, {})[own] = filed

    async def _catch_up(self, community_id: int, shelf: Shelf) -> None:
        changed = self._changed.pop(community_id, {})
        try:
            if shelf.whole is not None and self._source.among and not self._store.has_others:
                await self._follow(community_id, shelf, self._source.among, changed)
            else:
                await self._look_for_new(community_id, shelf)
        except BaseException:
            self._changed[community_id] = changed | self._changed.get(community_id, {})
            raise

    async def _follow(self, community_id: int, shelf: Shelf, among: Among, changed: Mapping[int, object]) -> None:
        """Index what this process has filed or changed, and forget what it has closed or hidden."""
        items = [one for item in changed.values() if isinstance(item, NewItem) and (one := vectors.as_open(item))]
        if unread := [own for own, item in changed.items() if item is None]:
            items += await self._store.glance(lambda session: among(session, community_id, unread))
            shelf.remove((set(unread) & shelf.digests.keys()) - {item.id for item in items})
        if items and not await self._take(shelf, items, AT_ONCE, whole=False):
            self.look_again()

    async def _look_for_new(self, community_id: int, shelf: Shelf) -> None:
        if shelf.whole is None or len(shelf.digests) <= FEW:
            done = await self._take(shelf, await self._read_all(community_id), AT_ONCE, whole=True)
        else:
            since = shelf.whole - DAY
            new = await self._store.read(lambda session: self._source.filed_since(session, community_id, since))
            done = await self._take(shelf, new, AT_ONCE, whole=False)
        if not done:
            self.look_again()

    async def _take(self, shelf: Shelf, items: Sequence[OpenItem], most: int, *, whole: bool) -> bool:
        """Index what is not; returns whether nothing is left to encode.

        Args:
            whole: whether these are all, so that others are gone.
        """
        changed = shelf.changed(items)
        gone = shelf.digests.keys() - {item.id for item in items} if whole else set()
        if gone or changed:
            if known := [own for own in (*gone, *(item.id for item in changed)) if own in shelf.digests]:
                await asyncio.to_thread(shelf.remove, known)
            changed = await self._load(shelf, changed)
            some = changed if shelf.encoder is None else changed[-most:]
            if some and len(some) <= AT_ONCE and shelf.is_quick(some):
                shelf.index(some)
            elif some:
                await asyncio.to_thread(shelf.index, some)
            changed = changed[: len(changed) - len(some)]
        if whole and not changed:
            shelf.whole = self._clock.now()
        return not changed

    async def _load(self, shelf: Shelf, changed: Sequence[OpenItem]) -> list[OpenItem]:
        """Index what has a stored vector; returns the rest."""
        encoder = shelf.encoder
        known = [
            item for item in changed if encoder and item.encoder == encoder.id and item.digest == digest(item.text)
        ]
        if not encoder or not known:
            return list(changed)
        ids, own = [item.id for item in known], encoder.id
        rows = await self._store.read(lambda session: vectors.load(session, own, ids))
        await asyncio.to_thread(shelf.load, [item for item in known if item.id in rows], rows)
        return shelf.changed(changed)

    async def _read_all(self, community_id: int) -> list[OpenItem]:
        now = self._clock.now()
        return await self._store.read(lambda session: self._source.every(session, community_id, now))

    async def _shelf(self, community_id: int) -> Shelf:
        if community_id not in self._shelves:
            self._shelves.setdefault(community_id, await self._new_shelf())
        return self._shelves[community_id]

    async def _new_shelf(self) -> Shelf:
        """An empty index, made in a thread: the first one imports the language tools."""
        return await asyncio.to_thread(Shelf, await self._encoder(), self._languages)


def _digests(shelf: Shelf, found: "Sequence[Near]") -> dict[int, str]:
    """The digests of what was found and is still indexed, by item id."""
    digests = shelf.digests
    return {near.id: kept for near in found if (kept := digests.get(near.id))}
