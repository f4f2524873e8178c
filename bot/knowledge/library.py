"""Searches the team's knowledge in an index in memory."""

import asyncio
import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import structlog

from bot.knowledge.indexing import Index, Indexing, build_lexical, read, refused
from bot.knowledge.policy import ANSWER_THRESHOLD, REHEARSED_THRESHOLD, SearchResult, assess
from bot.language.encoding.encoders import LEXICAL, load
from bot.language.text.normalise import question_key
from storage.answers import knowledge, refusals
from storage.answers.refusals import Refused
from storage.engine.store import Store

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Held:
    """An index, with the version of the knowledge and the refusals it was built from."""

    version: int
    index: Index
    refused: tuple[Refused, ...] = ()


class Library:
    """Searches each community's knowledge, whose index is built again after a change.

    Args:
        encoder: the setting `encoder`.
    """

    def __init__(self, store: Store, languages: tuple[str, ...], encoder: str = LEXICAL) -> None:
        self._store, self._languages, self._choice = store, languages, encoder
        self._encoder: Encoder | None = None
        self._loaded = False
        self._held: dict[int, Held] = {}
        self._building, self._loading = asyncio.Lock(), asyncio.Lock()
        self._encoding: dict[int, asyncio.Task[None]] = {}

    async def find(self, community_id: int, question: str) -> SearchResult:
        """Search a community's knowledge for the answers to a question, and decide what to do with them."""
        if not await self._has_knowledge(community_id):
            return assess([])
        index = await self.index(community_id, patient=False)
        return assess(await asyncio.to_thread(index.search, question), threshold_of(index))

    async def warm(self, community_ids: list[int]) -> None:
        """Build the communities' indexes ahead of their first question."""
        for community_id in community_ids:
            if await self._has_knowledge(community_id):
                await self.index(community_id, patient=False)

    async def settle(self) -> None:
        """Wait until what is encoded in the background is done."""
        await asyncio.gather(*self._encoding.values())

    async def group(self, texts: Sequence[tuple[str, str]]) -> list[list[int]]:
        """The numbers of the texts, each with its language, that mean the same; each group is led by its first."""
        from bot.language.search.grouping import group  # noqa: PLC0415 - it brings numpy

        encoder = await self.encoder()
        return await asyncio.to_thread(group, texts, encoder, self._languages)

    async def encoder(self) -> "Encoder | None":
        """The encoder, loaded at its first use; None for the search by words alone."""
        async with self._loading:
            if not self._loaded and self._choice != LEXICAL:
                self._encoder = await asyncio.to_thread(load, self._choice)
            self._loaded = True
            return self._encoder

    async def _has_knowledge(self, community_id: int) -> bool:
        """Whether anything was ever added; if not, no index is built: its libraries take a third of the memory."""
        return await self._store.read(lambda session: knowledge.version(session, community_id)) > 0

    async def index(self, community_id: int, *, patient: bool = True) -> Index:
        """The index of a community's present knowledge, from memory or built now.

        Args:
            patient: whether to wait until everything is encoded; otherwise the words alone are searched meanwhile.
        """
        async with self._building:
            version = await self._store.read(lambda session: knowledge.version(session, community_id))
            held = self._held.get(community_id)
            if held is None or held.version != version or (patient and community_id in self._encoding):
                held = await self._build(community_id, version, patient=patient)
            self._held[community_id] = held = await self._refresh(community_id, held)
            return held.index

    async def _build(self, community_id: int, version: int, *, patient: bool) -> Held:
        encoder = await self.encoder()
        texts = await self._store.read(lambda session: read(session, community_id, encoder))
        if encoder is None:
            return Held(version, await asyncio.to_thread(build_lexical, texts, self._languages), tuple(texts.refused))
        indexing = await asyncio.to_thread(Indexing, texts, encoder, self._languages)
        if patient or indexing.is_quick():
            return Held(version, await self._complete(indexing), tuple(texts.refused))
        self._cancel(community_id)
        task = asyncio.create_task(self._encode(community_id, version, indexing, tuple(texts.refused)))
        self._encoding[community_id] = task
        return Held(version, await asyncio.to_thread(build_lexical, texts, self._languages), tuple(texts.refused))

    async def _complete(self, indexing: Indexing) -> Index:
        await indexing.encode(self._store)
        return await asyncio.to_thread(indexing.build)

    async def _encode(self, community_id: int, version: int, indexing: Indexing, told: tuple[Refused, ...]) -> None:
        """Encode in the background, then search by meaning, too."""
        try:
            self._held[community_id] = Held(version, await self._complete(indexing), told)
        except Exception as error:
            # The words alone are searched until the next change or start.
            structlog.get_logger().error("encoding", error=type(error).__name__)
        finally:
            if self._encoding.get(community_id) is asyncio.current_task():
                del self._encoding[community_id]

    async def _refresh(self, community_id: int, held: Held) -> Held:
        """The index with what was refused since it was built."""
        told = tuple(await self._store.read(lambda session: refusals.newest(session, community_id)))
        if told == held.refused:
            return held
        texts = await self._store.read(lambda session: read(session, community_id, None))
        await asyncio.to_thread(held.index.refuse, refused(replace(texts, refused=told)))
        return Held(held.version, held.index, told)

    def _cancel(self, community_id: int) -> None:
        task = self._encoding.pop(community_id, None)
        if task:
            with contextlib.suppress(RuntimeError):
                task.cancel()


def threshold_of(index: Index) -> float:
    """The confidence from which an index's answers are given."""
    return REHEARSED_THRESHOLD if index.rehearsed else ANSWER_THRESHOLD


def made_id(phrasing: str) -> str:
    """The id of an answer that came without one: derived from its first phrasing, so that it stays the same."""
    return f"q-{hashlib.sha256(question_key(phrasing).encode()).hexdigest()[:16]}"
