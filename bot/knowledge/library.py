"""Searches the team's knowledge in an index in memory."""

import asyncio
import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.knowledge.indexing import Index, Indexing, Texts, build_former, build_lexical, read, refused
from bot.knowledge.policy import ANSWER_THRESHOLD, CROSS_VALIDATED_THRESHOLD, SearchResult, assess
from bot.language.encoding.caching import CachingEncoder
from bot.language.encoding.encoders import LEXICAL, load
from bot.language.text.normalise import question_key
from storage.answers import knowledge, refusals
from storage.answers.refusals import Refused
from storage.engine.store import Store
from storage.values import frozen

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder
    from bot.language.search.index import LexicalIndex


@frozen
class BuiltIndex:
    """An index, with the version of the knowledge and the refusals it was built from.

    Attributes:
        until: the instant at which a further answer expires; None for none.
        former: the index of the expired answers; None when there are none.
    """

    version: int
    index: Index
    refused: tuple[Refused, ...] = ()
    until: datetime | None = None
    former: "LexicalIndex | None" = None

    def is_current(self, version: int, now: datetime) -> bool:
        """Whether it was built from the present knowledge."""
        return self.version == version and (self.until is None or now < self.until)


class State(NamedTuple):
    """The version of a community's knowledge, and its refusals, by which it is known whether an index is current."""

    version: int
    refused: tuple[Refused, ...]


class Library:
    """Searches each community's knowledge, whose index is built again after a change.

    Args:
        clock: tells which answers have expired.
        encoder: the setting `encoder`.
    """

    def __init__(self, store: Store, languages: tuple[str, ...], clock: Clock, encoder: str = LEXICAL) -> None:
        self._store, self._languages, self._clock, self._choice = store, languages, clock, encoder
        self._encoder: Encoder | None = None
        self._loaded = False
        self._held: dict[int, BuiltIndex] = {}
        self._building, self._loading = asyncio.Lock(), asyncio.Lock()
        self._encoding: dict[int, asyncio.Task[None]] = {}

    async def find(self, community_id: int, question: str) -> SearchResult:
        """Search a community's knowledge for the answers to a question, and decide whether to give or to offer them."""
        async with self._building:
            state = await self._state(community_id)
            # Where nothing was ever added no index is built: its libraries take a third of the memory.
            if not state.version:
                return assess([])
            index = await self._current(community_id, state, patient=False)
            former = self._held[community_id].former
        found = await asyncio.to_thread(index.search, question)
        over = await asyncio.to_thread(former.search, question) if former else ()
        return assess(found, threshold_of(index), over)

    async def warm(self, community_ids: list[int]) -> None:
        """Build the communities' indexes ahead of their first question."""
        for community_id in community_ids:
            async with self._building:
                state = await self._state(community_id)
                if state.version:
                    await self._current(community_id, state, patient=False)

    async def wait_until_encoded(self) -> None:
        """Wait until everything in the background is encoded, or cancelled for newer knowledge."""
        if self._encoding:
            await asyncio.wait(self._encoding.values())

    async def group(self, texts: Sequence[tuple[str, str]], people: Sequence[int]) -> list[list[int]]:
        """Group texts that mean the same; see `bot.language.search.grouping.group`."""
        from bot.language.search.grouping import group  # noqa: PLC0415 - it brings numpy

        encoder = await self.encoder()
        return await asyncio.to_thread(group, texts, encoder, self._languages, people)

    async def find_related(
        self, texts: Sequence[tuple[str, str]], people: Sequence[int]
    ) -> tuple[list[int], list[int], list[int]]:
        """Find the texts related to the first one; see `bot.language.search.grouping.find_related`."""
        from bot.language.search.grouping import find_related  # noqa: PLC0415 - it brings numpy

        encoder = await self.encoder()
        return await asyncio.to_thread(find_related, texts, encoder, self._languages, people)

    @property
    def by_meaning(self) -> bool:
        """Whether an encoder is loaded."""
        return self._encoder is not None

    async def encoder(self) -> "Encoder | None":
        """The encoder, loaded at its first use; None for the search by words alone."""
        async with self._loading:
            if not self._loaded and self._choice != LEXICAL:
                self._encoder = await asyncio.to_thread(load, self._choice)
            self._loaded = True
            return self._encoder

    def release(self) -> None:
        """Release the memory that the encoder does not need until the next text."""
        if isinstance(self._encoder, CachingEncoder):
            self._encoder.release()

    async def index(self, community_id: int, *, patient: bool = True) -> Index:
        """The index of a community's present knowledge, from memory or built now.

        Args:
            patient: whether to wait until everything is encoded; otherwise the words alone are searched meanwhile.
        """
        async with self._building:
            return await self._current(community_id, await self._state(community_id), patient=patient)

    async def _state(self, community_id: int) -> State:
        return await self._store.read(lambda session: _read_state(session, community_id))

    async def _current(self, community_id: int, state: State, *, patient: bool) -> Index:
        held = self._held.get(community_id)
        current = held is not None and held.is_current(state.version, self._clock.now())
        if held is None or not current or (patient and community_id in self._encoding):
            held = await self._build(community_id, state.version, patient=patient)
        elif state.refused != held.refused:
            held = await self._refuse(community_id, held, state.refused)
        self._held[community_id] = held
        return held.index

    async def _build(self, community_id: int, version: int, *, patient: bool) -> BuiltIndex:
        encoder = await self.encoder()
        texts = await self._read(community_id, encoder)
        former = await asyncio.to_thread(build_former, texts, self._languages)
        made = partial(BuiltIndex, version, refused=tuple(texts.refused), until=texts.until, former=former)
        if encoder is None:
            return made(index=await asyncio.to_thread(build_lexical, texts, self._languages))
        indexing = await asyncio.to_thread(Indexing, texts, encoder, self._languages)
        if patient or indexing.is_quick():
            return made(index=await self._complete(indexing))
        self._cancel(community_id)
        held = made(index=await asyncio.to_thread(build_lexical, texts, self._languages))
        self._encoding[community_id] = asyncio.create_task(self._encode(community_id, held, indexing))
        return held

    async def _read(self, community_id: int, encoder: "Encoder | None") -> Texts:
        now = self._clock.now()
        return await self._store.read(lambda session: read(session, community_id, encoder, now))

    async def _complete(self, indexing: Indexing) -> Index:
        await indexing.encode(self._store)
        return await asyncio.to_thread(indexing.build)

    async def _encode(self, community_id: int, held: BuiltIndex, indexing: Indexing) -> None:
        """Encode in the background, then search by meaning, too."""
        try:
            self._held[community_id] = replace(held, index=await self._complete(indexing))
        except Exception as error:
            # Searches go by words alone until the next change or start.
            structlog.get_logger().error("encoding", error=type(error).__name__)
        finally:
            if self._encoding.get(community_id) is asyncio.current_task():
                del self._encoding[community_id]

    async def _refuse(self, community_id: int, held: BuiltIndex, told: tuple[Refused, ...]) -> BuiltIndex:
        """The index, updated with the refusals since it was built."""
        texts = await self._read(community_id, None)
        await asyncio.to_thread(held.index.refuse, refused(replace(texts, refused=told)))
        return replace(held, refused=told)

    def _cancel(self, community_id: int) -> None:
        task = self._encoding.pop(community_id, None)
        if task:
            with contextlib.suppress(RuntimeError):
                task.cancel()


def _read_state(session: Session, community_id: int) -> State:
    return State(knowledge.version(session, community_id), tuple(refusals.newest(session, community_id)))


def threshold_of(index: Index) -> float:
    """The confidence from which an index's answers are given."""
    return CROSS_VALIDATED_THRESHOLD if index.cross_validated else ANSWER_THRESHOLD


def made_id(phrasing: str) -> str:
    """The id of an answer that was imported without one: derived from its first phrasing, so that it is stable."""
    return f"q-{hashlib.sha256(question_key(phrasing).encode()).hexdigest()[:16]}"
