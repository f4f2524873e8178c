"""A moderator who clears the queue only by pressing buttons, and counts the presses."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from bot.core import Core
from storage.items import feedback
from storage.items.desk import backlog
from storage.models import Feedback
from storage.people import communities
from storage.vocabulary import DEFAULT_AUDIENCE, Kind
from tests.stage import Person

PLANNED, DONE, REFUSED = ("Planned",), ("Done",), ("Not planned", "Not ours to decide.")
HELD, LOOKED = ("More decisions", "On hold"), ("More decisions", "Under review")
HANDLED, RESOLVED, EXPLAINED = ("Being handled",), ("Resolved",), ("Explained", "It works as it is meant to.")
WAYS: Mapping[str, Sequence[Sequence[str]]] = {
    "Suggestion": (PLANNED, PLANNED, PLANNED, DONE, REFUSED, REFUSED, REFUSED, HELD, LOOKED),
    "Problem": (HANDLED, HANDLED, HANDLED, RESOLVED, RESOLVED, EXPLAINED, EXPLAINED),
    "Praise": (("Mark all praise as read",), ("Read",)),
}
"""By kind, the presses for each decision; the last one for praise is for a single item."""
MIXED = (Kind.SUGGESTION,) * 9 + (Kind.PROBLEM,) * 7 + (Kind.PRAISE,) * 4
_SCREEN = re.compile(r"(Suggestion|Problem|Praise) #(\d+)")


async def fill(core: Core, how_many: int) -> None:
    """File `how_many` items of all kinds, in a random order."""
    chance = random.Random(7)  # noqa: S311 - the same each time

    def job(session: Session) -> None:
        own, now = communities.every(session)[0].id, core.clock.now()
        for place in range(how_many):
            kind = chance.choice(MIXED)
            item = Feedback(
                community_id=own,
                kind=kind,
                audience=DEFAULT_AUDIENCE[kind],
                language="en",
                text=f"Words {place} of somebody",
                created_at=now,
                changed_at=now,
            )
            feedback.add(session, item)

    await core.store.write(job)


@dataclass
class Clearing:
    """One moderator at the queue.

    Attributes:
        presses: the number of presses so far, including the one that opens the queue.
    """

    moderator: Person
    presses: int = 1
    _chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - the same each time

    async def run(self) -> int:
        """Decide on all waiting items; return the number of presses."""
        await self.moderator.says("/queue")

        while (screen := self._screen()) is not None:
            await self._decide(screen)
        return self.presses

    def _screen(self) -> str | None:
        """The kind of the item shown in full; None when the queue is empty."""
        heard = self.moderator.stage.heard(self.moderator)[-1]
        found = _SCREEN.findall(heard)
        return found[-1][0] if found else None

    async def _decide(self, kind: str) -> None:
        heard = self.moderator.stage.heard(self.moderator)[-1]
        ways = WAYS[kind]
        if kind == "Praise":
            ways = ways[:1] if ways[0][0] in heard else ways[1:]
        for label in self._chance.choice(ways):
            await self.moderator.presses(label)
            self.presses += 1


async def waiting(core: Core) -> int:
    """The number of undecided items and unread praises."""
    return await core.store.read(lambda session: sum(backlog.waiting_count(session, communities.every(session)[0].id)))
