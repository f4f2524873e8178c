"""Joins items that say the same, and separates them again: only `joined_to` and the status change, no row moves."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.listing import among, listed
from storage.engine.loading import change, loaded
from storage.items import feedback
from storage.items.support import groups
from storage.models import Feedback, History
from storage.vocabulary import CLOSED, STATUSES, Action, Audience, Publication, Status


class Obstacle(StrEnum):
    """Why an item cannot be joined to another."""

    ITSELF = "itself"
    ELSEWHERE = "elsewhere"
    """They are of different communities."""
    KIND = "kind"
    """One of them is praise, which is only read."""
    TRUSTED = "trusted"
    JOINED = "joined"
    """It is joined already."""
    CLOSED = "closed"
    HIDDEN = "hidden"
    """The target is withdrawn, erased, held or taken from view."""
    NARROWER = "narrower"
    """Everyone sees it, and not the target: who supports it would be told of what they may not see."""


class Unjoinable(Exception):
    """An item cannot be joined to another."""

    def __init__(self, why: Obstacle) -> None:
        super().__init__(why.value)
        self.why = why


def obstacle(item: Feedback, to: Feedback) -> Obstacle | None:
    """What keeps an item from being joined to another, which is a group's target; None when it can be."""
    tests = (
        (Obstacle.ITSELF, item.id == to.id),
        (Obstacle.ELSEWHERE, item.community_id != to.community_id),
        (Obstacle.TRUSTED, Audience.TRUSTED in (item.audience, to.audience)),
        (Obstacle.KIND, any(Status.JOINED not in STATUSES[one.kind] for one in (item, to))),
        (Obstacle.JOINED, item.joined_to is not None),
        (Obstacle.CLOSED, item.status in CLOSED),
        (Obstacle.HIDDEN, to.status is Status.WITHDRAWN or not to.text or to.publication is not Publication.SHOWN),
        (Obstacle.NARROWER, item.audience is Audience.EVERYONE is not to.audience),
    )
    return next((why for why, applies in tests if applies), None)


def join(session: Session, item: Feedback, to: Feedback, actor_id: int | None, now: datetime) -> list[History]:
    """Join an item, and those joined to it, to another one, or to what that is joined to.

    Returns:
        The new entries of their histories, the item's own first.

    Raises:
        Unjoinable: it cannot be; nothing is changed.
    """
    groups.hold(session, item, to)
    to = groups.target(session, to)
    if why := obstacle(item, to):
        raise Unjoinable(why)
    brought, before = groups.joined(session, item), item.status
    change(session, item, status=Status.JOINED, closed_at=now)
    entries = [
        _link(session, one, to, actor_id, now, str(before) if one is item else _name(item)) for one in (item, *brought)
    ]
    groups.recount(session, to.id)
    groups.recount(session, item.id)
    return entries


def separate(session: Session, item: Feedback, actor_id: int | None, now: datetime) -> list[History]:
    """Undo the joining of an item: it is as before, with those that were joined to it then and were not separated.

    Returns:
        The new entries of their histories, the item's own first; none when it is not joined.
    """
    groups.hold(session, item)
    if item.joined_to is None:
        return []
    to = groups.target(session, item)
    brought = [one for one in groups.joined(session, to) if _came_with(session, one, item, to)]
    if item.status is not Status.WITHDRAWN:
        change(session, item, status=_former_status(session, item), closed_at=None)
    change(session, item, joined_to=None, changed_at=now)
    said = {"before": _name(to), "after": str(item.status)}
    entry = feedback.record(session, item, Action.SEPARATED, actor_id, at=now, **said)
    entries = [entry, *(_link(session, one, item, actor_id, now, _name(to)) for one in brought)]
    for one in (to, item):
        groups.recount(session, one.id)
    return entries


def scatter(session: Session, to: Feedback, actor_id: int | None, now: datetime) -> list[Feedback]:
    """Separate all items joined to one that is given up, so that what others said stands on its own again.

    Returns:
        Those that stand on their own now.
    """
    groups.hold(session, to)
    found = []
    for one in groups.joined(session, to):
        if one.joined_to == to.id and not _was_moved(session, one):
            separate(session, one, actor_id, now)
            found.append(one)
            if one.status is Status.WITHDRAWN:
                found += scatter(session, one, actor_id, now)
    # What came with an item that has left already.
    for one in groups.joined(session, to):
        separate(session, one, actor_id, now)
        found.append(one)
    return found


def give_up(session: Session, member_id: int, marks: Collection[str], now: datetime) -> None:
    """Separate all that is joined to the open items of somebody who is about to be erased.

    Args:
        marks: the keyed marks of their nameless items that are erased, too.
    """
    for one in _open_of_author.all(session, {"author": member_id}):
        scatter(session, one, None, now)
    for one in _open_of_marks.all(session, {"marks": listed(marks)}) if marks else ():
        scatter(session, one, None, now)


def last_join(session: Session, item: Feedback) -> History | None:
    """The last entry of an item's history by which it was joined; None when it never was."""
    return next(reversed(_joins(session, item)), None)


def _link(session: Session, item: Feedback, to: Feedback, actor_id: int | None, now: datetime, before: str) -> History:
    change(session, item, joined_to=to.id, changed_at=now)
    return feedback.record(session, item, Action.JOINED, actor_id, before=before, after=_name(to), at=now)


def _joins(session: Session, item: Feedback) -> list[History]:
    return sorted(_joined_by.all(session, {"feedback_id": item.id}), key=lambda entry: (entry.at, entry.id))


def _former_status(session: Session, item: Feedback) -> Status:
    """The status that an item had before it was joined; an entry of being moved along has another item's number."""
    said = [entry.before or "" for entry in _joins(session, item)]
    return Status(next(before for before in reversed(said) if not before.startswith("#")))


def _came_with(session: Session, item: Feedback, brought_by: Feedback, to: Feedback) -> bool:
    """Whether an item was moved to its target along with another that it was joined to."""
    entry = last_join(session, item)
    return entry is not None and (entry.before, entry.after) == (_name(brought_by), _name(to))


def _was_moved(session: Session, item: Feedback) -> bool:
    entry = last_join(session, item)
    return entry is not None and (entry.before or "").startswith("#")


def _name(item: Feedback) -> str:
    return f"#{item.number}"


# Run for everybody who is erased, too: built once, since building a statement takes longer than running it.
@loaded(History)
def _joined_by(_: str) -> Select[History]:
    of_item = col(History.feedback_id) == bindparam("feedback_id")
    return sa_select(History).where(of_item, col(History.action) == Action.JOINED)


@loaded(Feedback)
def _open_of_author(_: str) -> Select[Feedback]:
    theirs = col(Feedback.author_id) == bindparam("author")
    return sa_select(Feedback).where(theirs, col(Feedback.closed_at).is_(None))


@loaded(Feedback)
def _open_of_marks(dialect: str) -> Select[Feedback]:
    theirs = among(dialect, col(Feedback.author_hash), "marks")
    return sa_select(Feedback).where(theirs, col(Feedback.closed_at).is_(None))
