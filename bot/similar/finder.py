"""Finds the open items of a community that are similar to a text, and keeps their index up to date.

A search first indexes what this process filed, edited, closed or hid; other changes, as by an erasure or an import
from the command line, are indexed within a minute. Where other processes share the database, a search also indexes
what they filed, and all changes in a community with few items. Before an item is shown, it is read from the store
again (`bot.feedback.display.similar`).
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
from bot.similar.community_index import CommunityIndex, digest
from bot.similar.saving import save
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
"""The most items of a community that are all read at each search, where changes are not known otherwise."""
AT_ONCE = 64
"""The most new items that a search encodes first; more are left to the background."""
BATCH = 512
"""The most items encoded at a time in the background, during which a search has to wait."""
PATIENCE = 0.3
"""The most seconds that a search waits for the index to be updated; then it uses the index as it is."""
PAUSE = 60
"""Seconds between two updates in the background."""
FIRST_PATIENCE = 5.0
"""The most seconds that the first search of a community waits for its index to be built."""


class Finder:
    """Finds similar items.

    Args:
        encoder: loads the encoder at its first use; it returns None to compare by words.
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
        self._indexes: dict[int, CommunityIndex] = {}
        self._few: dict[int, CommunityIndex] = {}
        """By community, the index of `find_among`."""
        self._building: dict[int, asyncio.Task[CommunityIndex]] = {}
        """By community, the task that builds its first index."""
        self._due = asyncio.Event()
        self._changed: dict[int, dict[int, object]] = {}
        """By community and item id, the items this process filed since the last search; None for a changed item."""
        if source.among:
            store.listeners.append(self._note)

    async def find(self, community_id: int, text: str, most: int) -> dict[int, str]:
        """The ids of the items similar to a text, the nearest first, each with the digest of its indexed words.

        Raises:
            StoreError: the store cannot be read.
        """
        if not has_words(text):
            return {}
        index = await self._current(community_id)
        if index is None or not index.digests:
            return {}
        return _digests(index, await index.find(text, most))

    async def update(self, community_id: int) -> None:
        """Bring the index of a community up to date, as a search does, before `near` is asked.

        Raises:
            StoreError: the store cannot be read.
        """
        await self._current(community_id)

    def near(self, community_id: int, text: str, most: int) -> dict[int, str]:
        """As `find`, but in the thread of the caller and without updating the index."""
        index = self._indexes.get(community_id)
        if index is None or not index.digests or not has_words(text):
            return {}
        return _digests(index, index.search(text, most))

    async def find_among(self, community_id: int, text: str, things: Sequence[Sequence[str]]) -> int | None:
        """The place, in a short list of things, of the one that a text is about; None when it is about none.

        Args:
            things: of each, several wordings of it, which must not be confidential: their index is kept until the next
                search.
        """
        if not things or not has_words(text):
            return None
        if community_id not in self._few:
            self._few.setdefault(community_id, await self._new_index())
        index = self._few[community_id]
        if index.encoder is None:
            return await asyncio.to_thread(overlap.nearest, text, things)
        said = [(place, wording) for place, wordings in enumerate(things) for wording in wordings]
        items = [OpenItem(own, wording, nameless=False) for own, (_, wording) in enumerate(said)]
        async with index.lock:
            index.remove(
                [*(index.digests.keys() - {one.id for one in items}), *(one.id for one in index.changed(items))]
            )
            await asyncio.to_thread(index.add, index.changed(items))
            found = await index.find(text, 1)
        return said[found[0].id][0] if found else None

    def refresh_soon(self) -> None:
        """Have the background update all indexes at once, as after an erasure."""
        self._due.set()

    async def run(self) -> None:
        """Keep the indexes of all communities up to date, and their vectors stored, until cancelled."""
        while True:
            self._due.clear()
            await self.refresh_all()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._due.wait(), PAUSE)

    async def refresh_all(self) -> None:
        """Bring all indexes up to date, and store their vectors; errors are logged."""
        try:
            for community in await self._store.read(communities.every):
                await self.refresh(community.id)
        except Exception as error:
            # The next update tries again; meanwhile what is found is checked before it is shown.
            structlog.get_logger().error("similar", error=type(error).__name__)

    async def refresh(self, community_id: int) -> None:
        """Bring the index of a community up to date, and store the vectors that are not stored yet."""
        items = await self._read_all(community_id)
        index = await self._index_of(community_id) if items or community_id in self._indexes else None
        while index is not None:
            async with index.lock:
                index.forget_searches()
                items = await self._read_all(community_id)
                gone = index.digests.keys() - {item.id for item in items}
                done = await self._take(index, items, BATCH, whole=True)
            await save(self._store, index, items, list(gone), since=self._clock.now() - DAY)
            if done:
                return

    async def _current(self, community_id: int) -> CommunityIndex | None:
        """The updated index of a community; None where there is nothing to index."""
        index = self._indexes.get(community_id)
        if index is None:
            now = self._clock.now()
            if not await self._store.glance(lambda session: self._source.has_any(session, community_id, now)):
                return None
            return await self._build_first(community_id)
        try:
            # A timeout takes a timer and a task, which a lock that is free need not have.
            await (asyncio.wait_for(index.lock.acquire(), PATIENCE) if index.lock.locked() else index.lock.acquire())
        except TimeoutError:
            return index
        try:
            await self._update(community_id, index)
        finally:
            index.lock.release()
        return index

    async def _build_first(self, community_id: int) -> CommunityIndex | None:
        """The first index of a community, built now; incomplete or None if that takes longer than `FIRST_PATIENCE`."""
        building = self._building.get(community_id)
        if building is None:
            building = self._building[community_id] = asyncio.create_task(self._build(community_id))
            building.add_done_callback(partial(self._forget_building, community_id))
        await asyncio.wait({building}, timeout=FIRST_PATIENCE)
        return building.result() if building.done() else self._indexes.get(community_id)

    async def _build(self, community_id: int) -> CommunityIndex:
        index = await self._index_of(community_id)
        async with index.lock:
            await self._update(community_id, index)
        return index

    def _forget_building(self, community_id: int, building: asyncio.Task[CommunityIndex]) -> None:
        del self._building[community_id]
        if not building.cancelled() and (error := building.exception()):
            structlog.get_logger().error("similar", error=type(error).__name__)

    def _note(self, changed: Sequence[Changed]) -> None:
        for community_id, own, filed in changed:
            if community_id in self._indexes:
                self._changed.setdefault(community_id, {})[own] = filed

    async def _update(self, community_id: int, index: CommunityIndex) -> None:
        changed = self._changed.pop(community_id, {})
        try:
            if index.whole is not None and self._source.among and not self._store.has_others:
                await self._add_changed(community_id, index, self._source.among, changed)
            else:
                await self._add_new(community_id, index)
        except BaseException:
            self._changed[community_id] = changed | self._changed.get(community_id, {})
            raise

    async def _add_changed(
        self, community_id: int, index: CommunityIndex, among: Among, changed: Mapping[int, object]
    ) -> None:
        """Index what this process has filed or changed, and remove what it has closed or hidden."""
        items = [one for item in changed.values() if isinstance(item, NewItem) and (one := vectors.as_open(item))]
        if unread := [own for own, item in changed.items() if item is None]:
            items += await self._store.glance(lambda session: among(session, community_id, unread))
            index.remove((set(unread) & index.digests.keys()) - {item.id for item in items})
        if items and not await self._take(index, items, AT_ONCE, whole=False):
            self.refresh_soon()

    async def _add_new(self, community_id: int, index: CommunityIndex) -> None:
        if index.whole is None or len(index.digests) <= FEW:
            done = await self._take(index, await self._read_all(community_id), AT_ONCE, whole=True)
        else:
            since = index.whole - DAY
            new = await self._store.read(lambda session: self._source.filed_since(session, community_id, since))
            done = await self._take(index, new, AT_ONCE, whole=False)
        if not done:
            self.refresh_soon()

    async def _take(self, index: CommunityIndex, items: Sequence[OpenItem], most: int, *, whole: bool) -> bool:
        """Index those of these items that are not, at most so many; return whether none is left.

        Args:
            whole: whether these are all items of the community, so that any others are removed.
        """
        changed = index.changed(items)
        gone = index.digests.keys() - {item.id for item in items} if whole else set()
        if gone or changed:
            if known := [own for own in (*gone, *(item.id for item in changed)) if own in index.digests]:
                await asyncio.to_thread(index.remove, known)
            changed = await self._load(index, changed)
            some = changed if index.encoder is None else changed[-most:]
            if some and len(some) <= AT_ONCE and index.is_quick(some):
                index.add(some)
            elif some:
                await asyncio.to_thread(index.add, some)
            changed = changed[: len(changed) - len(some)]
        if whole and not changed:
            index.whole = self._clock.now()
        return not changed

    async def _load(self, index: CommunityIndex, changed: Sequence[OpenItem]) -> list[OpenItem]:
        """Index the items that have a stored vector; return the rest."""
        encoder = index.encoder
        known = [
            item for item in changed if encoder and item.encoder == encoder.id and item.digest == digest(item.text)
        ]
        if not encoder or not known:
            return list(changed)
        ids, own = [item.id for item in known], encoder.id
        rows = await self._store.read(lambda session: vectors.load(session, own, ids))
        await asyncio.to_thread(index.load, [item for item in known if item.id in rows], rows)
        return index.changed(changed)

    async def _read_all(self, community_id: int) -> list[OpenItem]:
        now = self._clock.now()
        return await self._store.read(lambda session: self._source.every(session, community_id, now))

    async def _index_of(self, community_id: int) -> CommunityIndex:
        if community_id not in self._indexes:
            self._indexes.setdefault(community_id, await self._new_index())
        return self._indexes[community_id]

    async def _new_index(self) -> CommunityIndex:
        """An empty index, made in a thread: the first one imports the language tools."""
        return await asyncio.to_thread(CommunityIndex, await self._encoder(), self._languages)


def _digests(index: CommunityIndex, found: "Sequence[Near]") -> dict[int, str]:
    """By item id, the digests of the items that were found and are still indexed."""
    digests = index.digests
    return {near.id: kept for near in found if (kept := digests.get(near.id))}
