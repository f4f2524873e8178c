"""Bulk import of an export: items with their numbers, histories, nameless supporters, and joins."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, func, select

from storage.engine import unique
from storage.engine.changes import note
from storage.items import attachments, details
from storage.items.importing.loading import Item, first_days, resolve_all
from storage.models import Community, Feedback, History, Support
from storage.people import communities
from storage.values import frozen
from storage.vocabulary import CLOSED, Action, Kind, Publication, Status


@frozen
class Told:
    """An entry of an item's history, without the person who made it."""

    at: datetime
    action: Action
    before: str | None
    after: str | None
    note: str


@frozen
class Sent:
    """A file of an item."""

    name: str
    media_type: str
    content: bytes


@frozen
class Restored:
    """An item as it stands in an export.

    Attributes:
        item: the data that every imported item has.
        number: its public number; it gets another if an item already has this one.
        support: the whole support, joined items included.
        supporters: how many people support this item itself.
    """

    item: Item
    number: int
    publication: Publication
    changed_at: datetime
    support: int
    supporters: int
    history: Sequence[Told]
    files: Sequence[Sent] = field(default=())
    details: Mapping[str, str] = field(default_factory=dict)


def supporters(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The number of supporters stored for each of these items itself; items without any are left out."""
    query = sa_select(col(Support.feedback_id), func.count()).where(col(Support.feedback_id).in_(ids))
    return {row[0]: row[1] for row in session.execute(query.group_by(col(Support.feedback_id)))}


def targets(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The public numbers of these items, by id."""
    return dict(session.exec(select(Feedback.id, Feedback.number).where(col(Feedback.id).in_(ids))).all())


def sources(session: Session, marks: Collection[str]) -> dict[str, int]:
    """The public numbers of the items with these marks of rows."""
    query = select(Feedback.source, Feedback.number).where(col(Feedback.source).in_(marks))
    return {mark or "": number for mark, number in session.exec(query)}


def taken(session: Session, community_id: int, numbers: Collection[int]) -> set[int]:
    """Those of these public numbers that items have."""
    query = select(Feedback.number).where(Feedback.community_id == community_id, col(Feedback.number).in_(numbers))
    return set(session.exec(query))


def restore(session: Session, community_id: int, platform: str, items: Sequence[Restored]) -> dict[int, int]:
    """Insert items with their histories, supporters and files.

    Returns:
        By the number in the export, the number each item has now. Items a concurrent import filed first are left out.
    """
    numbers = _numbers(session, community_id, [one.number for one in items])
    authors = resolve_all(session, platform, first_days(one.item for one in items))
    rows = [_values(community_id, number, one, authors) for number, one in zip(numbers, items, strict=True)]
    filing = unique.insert(session, Feedback).on_conflict_do_nothing(index_elements=["source"])
    session.connection().execute(filing, rows)
    query = select(Feedback.number, Feedback.id).where(Feedback.community_id == community_id)
    ids = dict(session.exec(query.where(col(Feedback.number).in_(numbers))).all())
    filed = [(ids[number], one) for number, one in zip(numbers, items, strict=True) if number in ids]
    _insert(session, History, [_entry(own, told) for own, one in filed for told in one.history])
    _insert(session, Support, [_supporter(own, one) for own, one in filed for _ in range(one.supporters)])
    for own, one in filed:
        note(session, community_id, own)
        for file in one.files:
            attachments.add(session, own, file.name, file.media_type, file.content)
        if one.details:
            details.add(session, own, one.details)
    return {one.number: number for number, one in zip(numbers, items, strict=True) if number in ids}


def link(session: Session, community_id: int, joins: Mapping[int, int]) -> int:
    """Join items to others, by their numbers, where they are not joined yet; their support stays as it was restored.

    Returns:
        How many could not be joined because the target is missing; they get a status that says so (exists, explained).
    """
    every = {*joins, *joins.values()}
    query = select(Feedback.number, Feedback.id).where(Feedback.community_id == community_id)
    ids = dict(session.exec(query.where(col(Feedback.number).in_(every))).all())
    found = {ids[one]: ids[to] for one, to in joins.items() if one in ids and to in ids and one != to}
    for one, to in found.items():
        left = (col(Feedback.joined_to).is_(None), col(Feedback.status).in_((Status.JOINED, Status.WITHDRAWN)))
        session.exec(update(Feedback).where(col(Feedback.id) == one, *left).values(joined_to=to))
    lost = [ids[one] for one in joins if one in ids and ids[one] not in found]
    alone = (col(Feedback.id).in_(lost), col(Feedback.joined_to).is_(None), col(Feedback.status) == Status.JOINED)
    for kind, status in ((Kind.SUGGESTION, Status.EXISTS), (Kind.PROBLEM, Status.EXPLAINED)):
        session.exec(update(Feedback).where(*alone, col(Feedback.kind) == kind).values(status=status))
    return len(joins) - len(found)


def rename(session: Session, community_id: int, numbers: Mapping[int, int], among: Collection[int]) -> None:
    """Replace the old numbers in the history entries of joins by the new ones.

    Args:
        numbers: the new numbers by the old ones.
        among: the new numbers of the items whose histories contain old numbers.
    """
    query = select(History).join(Feedback, col(Feedback.id) == col(History.feedback_id))
    here = (Feedback.community_id == community_id, col(Feedback.number).in_(among))
    about = col(History.action).in_((Action.JOINED, Action.SEPARATED))
    names = {f"#{before}": f"#{now}" for before, now in numbers.items()}
    for entry in session.exec(query.where(*here, about)):
        entry.before, entry.after = (names.get(name or "", name) for name in (entry.before, entry.after))
        session.add(entry)


def _numbers(session: Session, community_id: int, wanted: Sequence[int]) -> list[int]:
    """A number for each item: its own if free, else the next one; the community's counter continues after them."""
    there, times = taken(session, community_id, wanted), Counter[int]()
    free = []
    for number in wanted:
        times[number] += 1
        free.append(number not in there and times[number] == 1)
    last = max((one for one, own in zip(wanted, free, strict=True) if own and _is_counted(one)), default=0)
    behind = (col(Community.id) == community_id, col(Community.last_number) < last)
    session.exec(update(Community).where(*behind).values(last_number=last))
    others = iter(communities.take_numbers(session, community_id, missing) if (missing := free.count(False)) else ())
    return [one if own else next(others) for one, own in zip(wanted, free, strict=True)]


def _is_counted(number: int) -> bool:
    """Whether a number is a consecutive one, not a random one."""
    return len(str(number)) not in communities.DRAWN


def _values(community_id: int, number: int, one: Restored, authors: Mapping[str, int]) -> dict[str, Any]:
    item = one.item
    closed = [told.at for told in one.history if told.after in CLOSED or told.action is Action.JOINED]
    return {
        "community_id": community_id,
        "number": number,
        "kind": item.kind,
        "area": item.area,
        "status": item.status,
        "audience": item.audience,
        "nameless": item.nameless,
        "publication": one.publication,
        "language": item.language,
        "text": item.text,
        "author_id": authors.get(item.author),
        "base_support": item.support,
        "support": one.support,
        # Whoever has the file has seen the text with its author's name.
        "seen": not item.nameless,
        "source": item.source,
        "created_at": item.at,
        "changed_at": one.changed_at,
        "closed_at": max(closed, default=one.changed_at) if item.status in CLOSED else None,
    }


def _entry(own: int, told: Told) -> dict[str, Any]:
    return {
        "feedback_id": own,
        "at": told.at,
        "action": told.action,
        "actor_id": None,
        "before": told.before,
        "after": told.after,
        "note": told.note,
    }


def _supporter(own: int, one: Restored) -> dict[str, Any]:
    """A supporter without a member, as after an erasure, dated so that no digest counts them as new."""
    return {"feedback_id": own, "member_id": None, "at": one.item.at}


def _insert(session: Session, table: type[History] | type[Support], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(unique.table_of(table)), rows)
