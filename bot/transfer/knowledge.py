"""Imports drafts of answers into a community's knowledge, and exports the knowledge to files."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from sqlmodel import Session

from bot.cells import escape_formula
from bot.core import Core
from bot.knowledge.library import made_id
from bot.knowledge.sources import Draft, Problem
from bot.transfer.changes import carry_out, compare
from storage.answers.knowledge import Entry
from storage.models import Community
from storage.values import frozen

Tell = Callable[[Problem], None]


@frozen
class ImportSummary:
    """The numbers of answers that an import added, changed and left unchanged."""

    added: int
    changed: int
    same: int


async def import_answers(
    core: Core,
    community: Community,
    found: Iterable[Draft | Problem],
    language: str | None,
    tell: Tell,
    source: str = "",
) -> ImportSummary:
    """Add drafts to a community's knowledge; one with a known id replaces that answer.

    Args:
        found: drafts, and problems in place of those that could not be read.
        language: the language of drafts without one; None detects it.
        tell: called with each problem.
        source: the file they come from.
    """
    entries = entries_of(core, community, found, language, tell, source)
    at = core.clock.now()

    def job(session: Session) -> ImportSummary:
        change = compare(session, community.id, entries)
        carry_out(session, community.id, change, at)
        return ImportSummary(len(change.added), len(change.changed), change.same)

    return await core.store.write(job)


def write_lines(entries: Iterable[Entry], out: TextIO) -> None:
    """Write JSON Lines, one answer a line."""
    for entry in entries:
        line = {
            "id": entry.external_id,
            "phrasings": entry.phrasings,
            "answer": entry.text or None,
            "language": entry.language,
            **({"address": entry.address} if entry.address else {}),
            **({"valid_until": entry.valid_until.isoformat()} if entry.valid_until else {}),
            **({"tags": entry.tags} if entry.tags else {}),
        }
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def write_csv(entries: Iterable[Entry], out: TextIO) -> None:
    """Write CSV, one phrasing a row, with cells escaped that spreadsheets would run as formulas.

    Questions known not to be covered are left out, since a row cannot express that.
    """
    table = csv.writer(out)
    table.writerow(("question", "answer", "id", "language"))
    for entry in entries:
        for phrasing in entry.phrasings if entry.text else ():
            table.writerow(escape_formula(cell) for cell in (phrasing, entry.text, entry.external_id, entry.language))


def entries_of(
    core: Core,
    community: Community,
    found: Iterable[Draft | Problem],
    language: str | None,
    tell: Tell,
    source: str = "",
) -> list[Entry]:
    """Drafts as entries with an id and a language; of two with the same id the first is kept."""
    return list(_entries(core, community, found, language, tell, source))


def _entries(
    core: Core, community: Community, found: Iterable[Draft | Problem], language: str | None, tell: Tell, source: str
) -> Iterator[Entry]:
    """Drafts as entries with an id and a language; of two with the same id the first is kept."""
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
        phrasings = tuple(dict.fromkeys(draft.phrasings))
        from_ = draft.source or source
        told = (draft.address, draft.valid_until, draft.tags, draft.written_on)
        yield Entry(own, phrasings, draft.answer, spoken, from_, *told)


def _detect(core: Core, community: Community, draft: Draft) -> str:
    return core.detector.detect(" ".join((*draft.phrasings, draft.answer)), community.language)
