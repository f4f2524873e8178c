"""Compares a community's knowledge with newly read entries, updates it, and undoes such changes."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.transfer.entries import list_entries
from storage.answers import changes, knowledge
from storage.answers.knowledge import Entry
from storage.values import frozen

Scope = Callable[[str], bool]
"""Whether answers from a source are removed if they are not among the newly read ones."""


@frozen
class Change:
    """The difference between a community's knowledge and newly read entries.

    Attributes:
        added: the entries to be added.
        changed: the entries to be changed, with their new content.
        removed: the entries to be removed.
        same: the number of unchanged entries.
        moved: unchanged entries with another source, or whose source was changed since.
        before: the entries to be changed or removed, with their present content.
    """

    added: Sequence[Entry]
    changed: Sequence[Entry]
    removed: Sequence[Entry]
    same: int
    moved: Sequence[Entry]
    before: Sequence[Entry]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to add, change or remove."""
        return not (self.added or self.changed or self.removed)


def compare(session: Session, community_id: int, entries: Iterable[Entry], scope: Scope | None = None) -> Change:
    """The change that brings a community's knowledge to these entries.

    Args:
        scope: which other entries are removed; None for none. Entries without a source, written by the team, never are.
    """
    read = {entry.external_id: entry for entry in entries}
    held = held_entries(session, community_id)
    gone = [
        entry for name, entry in held.items() if name not in read and entry.source and scope and scope(entry.source)
    ]
    changed = [entry for name, entry in read.items() if name in held and held[name] != entry]
    same = [entry for name, entry in read.items() if held.get(name) == entry]
    return Change(
        added=[entry for name, entry in read.items() if name not in held],
        changed=changed,
        removed=gone,
        same=len(same),
        moved=[one for one in same if one.source and _origin(one) != _origin(held[one.external_id])],
        before=[*(held[entry.external_id] for entry in changed), *gone],
    )


def carry_out(session: Session, community_id: int, change: Change, at: datetime) -> int | None:
    """Apply a change; return the id by which it can be undone, None when there was nothing to do."""
    knowledge.come_from(session, community_id, change.moved)
    if change.is_empty:
        return None
    own = replace(change, before=_unowned(session, community_id, change.before))
    _write(session, community_id, [*change.added, *change.changed], [entry.external_id for entry in change.removed])
    return record(session, community_id, own, at)


def record(session: Session, community_id: int, change: Change, at: datetime) -> int | None:
    """Store a change that was applied, to undo it; return its id, None when undoing would have no effect."""
    if not (change.added or any(entry.phrasings for entry in change.before)):
        return None
    return changes.keep(session, community_id, at, _dump(change))


def held_entry(session: Session, community_id: int, external_id: str) -> Entry | None:
    """The entry with this external id, without members' phrasings, so perhaps without any; None if there is none."""
    held = held_entries(session, community_id).get(external_id)
    return _unowned(session, community_id, [held])[0] if held else None


def undo(session: Session, community_id: int, change_id: int | None = None) -> tuple[int, int] | None:
    """Undo a change, by default the newest.

    Returns:
        The numbers of answers restored and removed; None when there is no such change.
    """
    found = changes.take(session, community_id, change_id)
    if found is None:
        return None
    record = json.loads(found.before)
    back = [_entry(row) for row in record["back"]]
    _write(session, community_id, back, record["away"])
    return len(back), len(record["away"])


def held_entries(session: Session, community_id: int) -> dict[str, Entry]:
    """The entries by external id, without members' phrasings, which files neither have nor remove."""
    members = knowledge.members_phrasings(session, community_id)
    return {entry.external_id: entry for entry in list_entries(session, community_id, without=members)}


def _origin(entry: Entry) -> tuple[str, date | None]:
    return entry.source, entry.written_on


def _write(session: Session, community_id: int, entries: Sequence[Entry], away: Sequence[str]) -> None:
    names = {answer.id: answer.external_id for answer in knowledge.answers(session, community_id)}
    kept: dict[str, list[str]] = {}
    for answer_id, text in sorted(knowledge.members_phrasings(session, community_id)):
        kept.setdefault(names[answer_id], []).append(text)
    merged = (
        replace(one, phrasings=tuple(dict.fromkeys((*one.phrasings, *kept.get(one.external_id, ())))))
        for one in entries
    )
    whole = [one for one in merged if one.phrasings]
    knowledge.remove(session, community_id, away)
    if whole:
        knowledge.add(session, community_id, whole)


def _unowned(session: Session, community_id: int, entries: Iterable[Entry]) -> list[Entry]:
    """Entries without members' phrasings, since what is stored for undoing must not keep them after an erasure."""
    names = {answer.id: answer.external_id for answer in knowledge.answers(session, community_id)}
    members = {(names[own], text) for own, text in knowledge.members_phrasings(session, community_id)}
    return [
        replace(one, phrasings=tuple(text for text in one.phrasings if (one.external_id, text) not in members))
        for one in entries
    ]


def _dump(change: Change) -> str:
    back = [asdict(entry) for entry in change.before]
    away = [entry.external_id for entry in change.added]
    return json.dumps({"back": back, "away": away}, ensure_ascii=False, default=str)


def _entry(row: Mapping[str, Any]) -> Entry:
    days = {name: date.fromisoformat(row[name]) for name in ("valid_until", "written_on") if row.get(name)}
    return Entry(**{**row, "phrasings": tuple(row["phrasings"]), "tags": tuple(row.get("tags", ())), **days})
