"""Knowledge in and out: drafts become answers, those there already are left alone, and all are written to files."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from sqlmodel import Session

from bot.cells import guard
from bot.core import Core
from bot.knowledge.library import made_id
from bot.knowledge.sources import Draft, Problem
from storage import knowledge
from storage.knowledge import Entry
from storage.models import Community

Tell = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a file brought."""

    added: int
    changed: int
    same: int


async def learn(
    core: Core, community: Community, found: Iterable[Draft | Problem], language: str | None, tell: Tell
) -> Learnt:
    """Add what a file holds.

    Args:
        language: of the answers whose file does not say; None detects it.
        tell: hears what could not be read.
    """
    entries = {entry.external_id: entry for entry in _entries(core, community, found, language, tell)}

    def job(session: Session) -> Learnt:
        held = {entry.external_id: entry for entry in held_by(session, community.id)}
        fresh = [entry for entry in entries.values() if held.get(entry.external_id) != entry]
        if fresh:
            knowledge.add(session, community.id, fresh)
        added = sum(entry.external_id not in held for entry in fresh)
        return Learnt(added, len(fresh) - added, len(entries) - len(fresh))

    return await core.store.write(job)


def held_by(session: Session, community_id: int) -> Iterator[Entry]:
    """A community's knowledge, as files carry it."""
    asked: dict[int, list[str]] = {}
    for answer_id, text in knowledge.phrasings(session, community_id):
        asked.setdefault(answer_id, []).append(text)
    for answer in knowledge.answers(session, community_id):
        if answer.id in asked:
            yield Entry(answer.external_id, tuple(asked[answer.id]), answer.text, answer.language)


def write_lines(entries: Iterable[Entry], out: TextIO) -> None:
    """Write JSON Lines, one answer a line."""
    for entry in entries:
        line = {
            "id": entry.external_id,
            "phrasings": entry.phrasings,
            "answer": entry.text,
            "language": entry.language,
        }
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def write_csv(entries: Iterable[Entry], out: TextIO) -> None:
    """Write a table, one phrasing a row, that no spreadsheet takes for formulas."""
    table = csv.writer(out)
    table.writerow(("question", "answer", "id", "language"))
    for entry in entries:
        for phrasing in entry.phrasings:
            table.writerow(guard(cell) for cell in (phrasing, entry.text, entry.external_id, entry.language))


def _entries(
    core: Core, community: Community, found: Iterable[Draft | Problem], language: str | None, tell: Tell
) -> Iterator[Entry]:
    """Drafts as entries; of two with one id the first is kept."""
    owners: dict[str, str] = {}
    for draft in found:
        if isinstance(draft, Problem):
            tell(draft)
            continue
        own = draft.id or made_id(draft.phrasings[0])
        first = owners.setdefault(own, draft.where)
        if first != draft.where:
            same = f"has the id {own}" if draft.id else f"asks “{draft.phrasings[0]}”"
            tell(Problem(draft.where, f"{same} as {first} does, which is kept"))
            continue
        spoken = draft.language or language or _detect(core, community, draft)
        yield Entry(own, tuple(dict.fromkeys(draft.phrasings)), draft.answer, spoken)


def _detect(core: Core, community: Community, draft: Draft) -> str:
    return core.detector.detect(" ".join((*draft.phrasings, draft.answer)), community.language)
