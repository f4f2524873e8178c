"""Searches the team's knowledge, and decides by confidence thresholds what is done with the result."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.language.candidate import Candidate
from bot.language.normalise import question_key
from storage.answers import knowledge
from storage.engine.store import Store
from storage.vocabulary import Decision

if TYPE_CHECKING:
    from bot.language.index import LexicalIndex

ANSWER_THRESHOLD = 0.7
"""The confidence from which an answer is given."""
DISPLAY_THRESHOLD = 0.05
"""The confidence from which a candidate is shown beside a better one; worse ones only make people doubt it."""
OFFER_THRESHOLD = 0.25
"""The confidence from which answers are offered to choose from."""
UNASKED_THRESHOLD = 0.97
"""The confidence from which a message in a public place that was not addressed to the bot is answered."""
OFFERED = 3
"""The most answers that are offered to choose from."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The result of a search.

    Attributes:
        decision: whether to answer, to offer a choice or to stay silent.
        candidates: the answers found, the best first.
    """

    decision: Decision
    candidates: tuple[Candidate, ...]

    @property
    def displayed(self) -> tuple[Candidate, ...]:
        """The candidates that reach `DISPLAY_THRESHOLD`."""
        return tuple(one for one in self.candidates if one.score >= DISPLAY_THRESHOLD)

    @property
    def score(self) -> float:
        """The best candidate's confidence, 0 when there is none."""
        return self.candidates[0].score if self.candidates else 0.0

    @property
    def answers_unasked(self) -> bool:
        """Whether it is sure enough to answer a message that was not addressed to the bot."""
        return self.decision is Decision.ANSWER and self.score >= UNASKED_THRESHOLD


class Library:
    """Searches each community's knowledge in an index in memory, rebuilt after the knowledge has changed."""

    def __init__(self, store: Store, languages: tuple[str, ...]) -> None:
        self._store = store
        self._languages = languages
        self._indexes: dict[int, tuple[int, LexicalIndex]] = {}
        self._building = asyncio.Lock()

    async def find(self, community_id: int, question: str) -> SearchResult:
        """Search a community's knowledge for the answers to a question, and decide what to do with them."""
        if not await self._has_knowledge(community_id):
            return assess([])
        index = await self.index(community_id)
        return assess(await asyncio.to_thread(index.search, question))

    async def warm(self, community_ids: list[int]) -> None:
        """Build the communities' indexes ahead of their first question."""
        for community_id in community_ids:
            if await self._has_knowledge(community_id):
                await self.index(community_id)

    async def _has_knowledge(self, community_id: int) -> bool:
        """Whether anything was ever added; if not, no index is built: its libraries take a third of the memory."""
        return await self._store.read(lambda session: knowledge.version(session, community_id)) > 0

    async def index(self, community_id: int) -> "LexicalIndex":
        """The index of a community's present knowledge, from memory or built now."""
        async with self._building:
            version = await self._store.read(lambda session: knowledge.version(session, community_id))
            held = self._indexes.get(community_id)
            if held and held[0] == version:
                return held[1]
            phrasings = await self._store.read(lambda session: knowledge.phrasings(session, community_id))
            index = await asyncio.to_thread(_build, phrasings, self._languages)
            self._indexes[community_id] = (version, index)
            return index


def _build(phrasings: list[tuple[int, str]], languages: tuple[str, ...]) -> "LexicalIndex":
    # Imported here: it takes a second, which commands without a search should not wait for.
    from bot.language.index import LexicalIndex  # noqa: PLC0415

    return LexicalIndex(phrasings, languages)


def made_id(phrasing: str) -> str:
    """The id of an answer that came without one: derived from its first phrasing, so that it stays the same."""
    return f"q-{hashlib.sha256(question_key(phrasing).encode()).hexdigest()[:16]}"


def assess(candidates: list[Candidate]) -> SearchResult:
    """Candidates, the best first, as a result with its decision."""
    return SearchResult(decide(candidates), tuple(candidates))


def decide(candidates: list[Candidate]) -> Decision:
    """Answer, offer or stay silent, by the best candidate's confidence and the thresholds above."""
    best = candidates[0].score if candidates else 0.0
    if best >= ANSWER_THRESHOLD:
        return Decision.ANSWER
    return Decision.OFFER if best >= OFFER_THRESHOLD else Decision.SILENT
