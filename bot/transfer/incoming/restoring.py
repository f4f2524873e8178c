"""Imports an export in JSON or JSON Lines, with all data of items; each once, even if the file is imported again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from sqlmodel import Session

from bot.core import Core
from bot.knowledge.sources.draft import Problem
from bot.transfer.incoming import matching
from bot.transfer.incoming.boxes import Files
from bot.transfer.incoming.grouping import Idea
from bot.transfer.incoming.identity import Identities
from bot.transfer.incoming.intake import PLATFORM
from bot.transfer.incoming.pace import LEAST
from bot.transfer.incoming.restored import Reading
from bot.transfer.outgoing.record import ItemPart
from storage.items.importing import restoring
from storage.items.importing.loading import Tally
from storage.items.importing.restoring import Restored, Sent
from storage.models import Community

SCOPE = "portevoix"
"""The scope of the ids, which are the items' numbers; the same as for tables of our own export."""


@dataclass(slots=True)
class Outcome:
    """The outcome of importing an export.

    Attributes:
        unjoined: the number of items that were joined to an item that is not there.
        missing: the number of files that are not there.
        numbers: by number in the file, the number that the item has now.
        joins: by number in the file, the number, also in the file, of the item it is joined to.
        restored: the present numbers of the imported items.
    """

    imported: int = 0
    known: int = 0
    skipped: int = 0
    unjoined: int = 0
    missing: int = 0
    numbers: dict[int, int] = field(default_factory=dict)
    joins: dict[int, int] = field(default_factory=dict)
    restored: list[int] = field(default_factory=list)

    @property
    def moved(self) -> dict[int, int]:
        """By number in the file, the present number, for items whose number changed."""
        return {before: now for before, now in self.numbers.items() if before != now}

    def __str__(self) -> str:
        return f"imported {self.imported}, already there {self.known}, skipped {self.skipped}"

    def lines(self) -> Iterator[str]:
        """Remarks as lines of text."""
        if self.moved:
            yield f"{len(self.moved)} have another number here than in the file"
        if self.unjoined:
            yield f"{self.unjoined} were joined to what is not there, and stand alone"
        if self.missing:
            yield f"{self.missing} files are not there: --files names the zip or folder exported with them"


async def restore(
    core: Core,
    community: Community,
    found: Iterable[ItemPart | Problem],
    reading: Reading,
    tell: Callable[[Problem], None],
    files: Files | None = None,
    *,
    apply: bool = True,
) -> Outcome:
    """Import the items of an export.

    Args:
        tell: called with each problem.
        files: the exported files; None for none.
        apply: whether to import them; else they are only counted.
    """
    outcome, coming = Outcome(), iter(found)
    with closing(Tally()) as tally:
        identities = Identities(core.store.keys, community, tally, SCOPE, earlier=False)
        while batch := list(islice(coming, LEAST)):
            parts = [one for one in batch if isinstance(one, ItemPart)]
            for problem in (one for one in batch if isinstance(one, Problem)):
                tell(problem)
            outcome.skipped += len(batch) - len(parts)
            marks, known = await core.store.read(partial(_match, identities, reading, parts))
            new = [part for part in parts if part.number not in known]
            items = [
                _restored(part, identities.sources(marks[part.number])[0], reading, files, outcome) for part in new
            ]
            _count(outcome, parts, known, new)
            if items and apply:
                outcome.numbers |= await core.store.write(partial(_write, community.id, items))
    if apply:
        outcome.restored = sorted(set(outcome.numbers.values()))
        await core.store.write(partial(_join, community.id, outcome))
    return outcome


def _match(
    identities: Identities, reading: Reading, parts: Sequence[ItemPart], session: Session
) -> tuple[dict[int, str], dict[int, int]]:
    """By number in the file, the marks of items; and the present numbers of those that are there already."""
    rows = {part.number: reading.row(part) for part in parts}
    ideas = [Idea(row, identities.mark(row), [], None, 0, first=True) for row in rows.values()]
    found = matching.match(session, identities, ideas, exported=True)
    marks = {int(one.idea.row.id): one.mark for one in found}
    held = {int(one.idea.row.id): one.held.id for one in found if one.held}
    numbers = restoring.targets(session, set(held.values()))
    # An item without words can only be identified by its number.
    silent = restoring.taken(session, identities.community.id, [part.number for part in parts if not part.text])
    here = {int(one.idea.row.id) for one in found if one.known} | silent
    return marks, {number: number for number in here} | {number: numbers[own] for number, own in held.items()}


def _count(outcome: Outcome, parts: Sequence[ItemPart], known: Mapping[int, int], new: Sequence[ItemPart]) -> None:
    outcome.imported += len(new)
    outcome.known += len(parts) - len(new)
    outcome.numbers |= known
    outcome.joins |= {part.number: part.joined_to for part in parts if part.joined_to is not None}


def _restored(part: ItemPart, source: str, reading: Reading, files: Files | None, outcome: Outcome) -> Restored:
    sent = []
    for file in part.files:
        content = files.content(file.path) if files and file.path else None
        if content is None:
            outcome.missing += 1
        else:
            sent.append(Sent(file.name, file.media_type, content))
    return reading.restored(part, source, tuple(sent))


def _write(community_id: int, items: Sequence[Restored], session: Session) -> dict[int, int]:
    return restoring.restore(session, community_id, PLATFORM, items)


def _join(community_id: int, outcome: Outcome, session: Session) -> None:
    """Join items as in the file, now that all are there, and change the numbers in histories to the present ones."""
    numbers = outcome.numbers
    joins = {numbers[one]: numbers.get(to, 0) for one, to in outcome.joins.items() if one in numbers}
    for batch in _batches(list(joins)):
        outcome.unjoined += restoring.link(session, community_id, {one: joins[one] for one in batch})
    if outcome.moved:
        for batch in _batches(outcome.restored):
            restoring.rename(session, community_id, outcome.moved, batch)


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + LEAST] for start in range(0, len(numbers), LEAST))
