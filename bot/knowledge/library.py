"""The answering policy: what the team's knowledge says to a question, and how sure it is."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.language.candidate import Candidate
from bot.language.normalise import same_question
from storage import knowledge
from storage.engine.store import Store
from storage.vocabulary import Decision

if TYPE_CHECKING:
    from bot.language.index import LexicalIndex

SURE = 0.7
"""From this confidence an answer is given."""
POSSIBLE = 0.05
"""Below this a candidate is not shown beside a better one: it only makes people doubt the others."""
LIKELY = 0.25
"""From this confidence answers are offered."""
CERTAIN = 0.97
"""From this confidence plain talk in a public place, which nobody put to the bot, is answered."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what the policy makes of it."""

    decision: Decision
    candidates: tuple[Candidate, ...]

    @property
    def likely(self) -> tuple[Candidate, ...]:
        """The candidates worth showing."""
        return tuple(one for one in self.candidates if one.score >= POSSIBLE)

    @property
    def score(self) -> float:
        """The best candidate's confidence, 0 when there is none."""
        return self.candidates[0].score if self.candidates else 0.0

    @property
    def certain(self) -> bool:
        """Whether it is good enough to speak up unasked."""
        return self.decision is Decision.ANSWER and self.score >= CERTAIN


class Library:
    """Searches a community's knowledge; an index is built anew when the knowledge has changed."""

    def __init__(self, store: Store, languages: tuple[str, ...]) -> None:
        self._store = store
        self._languages = languages
        self._indexes: dict[int, tuple[int, LexicalIndex]] = {}
        self._building = asyncio.Lock()

    async def find(self, community_id: int, question: str) -> Finding:
        """Search, and decide whether to answer, to offer three or to stay quiet."""
        if not await self._taught(community_id):
            return weigh([])
        index = await self.index(community_id)
        return weigh(await asyncio.to_thread(index.search, question))

    async def warm(self, community_ids: list[int]) -> None:
        """Build the indexes ahead of the first question."""
        for community_id in community_ids:
            if await self._taught(community_id):
                await self.index(community_id)

    async def _taught(self, community_id: int) -> bool:
        """Whether anything was ever added: the index's libraries are a third of the bot's memory."""
        return await self._store.read(lambda session: knowledge.version(session, community_id)) > 0

    async def index(self, community_id: int) -> "LexicalIndex":
        """The index of a community's knowledge as it is now."""
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
    # Imported here: it takes a second, and a command that asks nothing need not wait for it.
    from bot.language.index import LexicalIndex  # noqa: PLC0415

    return LexicalIndex(phrasings, languages)


def made_id(phrasing: str) -> str:
    """An id for an answer that has none, which stays the same as long as its first phrasing does."""
    return f"q-{hashlib.sha256(same_question(phrasing).encode()).hexdigest()[:16]}"


def weigh(candidates: list[Candidate]) -> Finding:
    """What was found, with what the policy makes of it."""
    return Finding(decide(candidates), tuple(candidates))


def decide(candidates: list[Candidate]) -> Decision:
    """Abstain rather than guess: a likely answer is offered beside the next ones, an unlikely one kept back."""
    best = candidates[0].score if candidates else 0.0
    if best >= SURE:
        return Decision.ANSWER
    return Decision.OFFER if best >= LIKELY else Decision.SILENT
