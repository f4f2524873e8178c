"""Files, finds and changes feedback items, with their history."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Executable, Insert, Select, bindparam, func, union_all
from sqlalchemy import select as sa_select
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, col, select

from storage.engine import drawing
from storage.engine.changes import note as note_change
from storage.engine.drawing import FIRST_HALF, draw_id
from storage.engine.listing import among, at_most, listed
from storage.engine.loading import add as add_entry
from storage.engine.loading import change, loaded
from storage.engine.prepared import prepared
from storage.engine.unique import add_row, counted_insert, put, table_of
from storage.items.support import groups
from storage.models import Feedback, History
from storage.people import communities
from storage.vocabulary import CLOSED, Action, Audience, Kind, Naming, Publication, Status, Urgency

DRAWS = 8
"""Numbers drawn in vain after which longer ones are drawn."""


@dataclass(slots=True)
class NewItem:
    """An item to file, with the columns of its row; creating a model object takes ten times as long."""

    community_id: int
    kind: Kind
    audience: Audience
    language: str
    text: str
    created_at: datetime
    changed_at: datetime
    area: str | None = None
    author_id: int | None = None
    author_hash: str | None = None
    nameless: bool = False
    publication: Publication = Publication.SHOWN
    seen: bool = False
    source: str | None = None
    status: Status = Status.RECEIVED
    base_support: int = 0
    support: int = 0
    closed_at: datetime | None = None
    carded: bool = False
    area_guessed: bool = False
    muted: bool = False
    quotable: bool = False
    urgency: int = Urgency.ORDINARY
    team: str | None = None
    number: int = 0
    id: int = 0


COLUMNS = tuple(field.name for field in fields(NewItem) if field.name != "id")
AnyItem = Feedback | NewItem
Item = TypeVar("Item", Feedback, NewItem)


def add(session: Session, item: Item) -> Item:
    """Insert an item with a public number and the first entry of its history; sets number and id.

    The number is the community's next; a nameless item's is drawn by chance, as are the ids of its rows, since their
    order would tell between which others it was written.
    """
    prepare(item)
    if item.nameless:
        return _add_nameless(session, item)
    item.number = communities.take_number(session, item.community_id)
    if isinstance(item, Feedback):
        add_row(session, item)
    else:
        item.id = _insert_item.value(session, {name: getattr(item, name) for name in COLUMNS})
    note_change(session, item.community_id, item.id, item if isinstance(item, NewItem) else None)
    filed = {"feedback_id": item.id, "at": item.created_at, "action": Action.FILED, "actor_id": item.author_id}
    _insert_filed.rows(session, {**filed, "after": str(item.status), "note": ""})
    return item


def _add_nameless(session: Session, item: Item) -> Item:
    item.number, item.id = draw_number(session, item.community_id), draw_id(session, Feedback)
    values = {name: getattr(item, name) for name in COLUMNS}
    put(session, Feedback, id=item.id, **values)
    if isinstance(item, Feedback):
        make_transient_to_detached(item)
        session.add(item)
    own = draw_id(session, History, FIRST_HALF)
    filed = {"feedback_id": item.id, "at": item.created_at, "action": Action.FILED, "after": str(item.status)}
    put(session, History, id=own, **filed)
    note_change(session, item.community_id, item.id)
    return item


def draw_number(session: Session, community_id: int) -> int:
    """A public number that no item of a community has, drawn from those with so many digits that half are free."""
    for digits in communities.DRAWN:
        among = range(10 ** (digits - 1), 10**digits)
        for _ in range(DRAWS):
            drawn = drawing.draw(among)
            if by_number(session, community_id, drawn) is None:
                return drawn
    return communities.take_number(session, community_id)


def prepare(item: AnyItem) -> None:
    """Set the computed values of a new item: its support and, for a closed status, when it was closed."""
    item.support = item.base_support
    if item.status in CLOSED:
        item.closed_at = item.closed_at or item.changed_at


def by_number(session: Session, community_id: int, number: int) -> Feedback | None:
    """The item with this public number in a community, or None."""
    return _numbered.first(session, {"community_id": community_id, "number": number})


@loaded(Feedback)
def _numbered(_: str) -> Select[Feedback]:
    own = (col(Feedback.community_id) == bindparam("community_id"), col(Feedback.number) == bindparam("number"))
    return sa_select(Feedback).where(*own)


def hold(session: Session, item: Feedback) -> None:
    """Lock an item until the transaction ends, and read it again."""
    groups.lock(session, [item.id])


def by_source(session: Session, source: str) -> Feedback | None:
    """The item filed from this event or imported row, by its keyed mark; None when there is none."""
    return session.exec(select(Feedback).where(Feedback.source == source)).first()


def of_author(
    session: Session, community_id: int, member_id: int, marks: Collection[str], most: int = 20
) -> list[Feedback]:
    """A person's items, the newest first: those with their member id, and nameless ones with their keyed marks."""
    given = {"community_id": community_id, "member_id": member_id, "marks": listed(marks), "most": most}
    return _of_author.all(session, given)


def last_decision(session: Session, item: Feedback) -> int:
    """The id of the history entry of an item's last change of status; 0 when there is none."""
    return _last_decision.value(session, {"feedback_id": item.id}) or 0


@prepared()
def _last_decision(_: str) -> Select[int]:
    of_item = (col(History.feedback_id) == bindparam("feedback_id"), col(History.action) == Action.STATUS)
    return sa_select(func.max(col(History.id))).where(*of_item)


def change_status(
    session: Session, item: Feedback, status: Status, actor_id: int | None, note: str, now: datetime
) -> History:
    """Change an item's status, and record it with the reason; return the history entry."""
    before, closed_at = item.status, now if status in CLOSED else None
    changed = {"status": status, "changed_at": now, "closed_at": closed_at}
    if item.nameless and actor_id is not None and item.edited_at is not None and item.edited_at >= now:
        # Its last edit was earlier on this day, of which the end is stored: the decision is on the edited words.
        changed["edited_at"] = now - timedelta(microseconds=1)
    change(session, item, **changed)
    groups.settle(session, item)
    return record(session, item, Action.STATUS, actor_id, before=before, after=status, note=note, at=now)


def change_visibility(
    session: Session, item: Feedback, audience: Audience, naming: Naming, actor_id: int | None, now: datetime
) -> History:
    """Change who may see an item, and whether with its author's name, and record both; return the history entry."""
    before = f"{item.audience}, {naming_of(item)}"
    change(session, item, audience=audience, nameless=naming is Naming.NAMELESS, changed_at=now)
    groups.settle(session, item)
    return record(session, item, Action.VISIBILITY, actor_id, before=before, after=f"{audience}, {naming}", at=now)


def naming_of(item: AnyItem) -> Naming:
    """Whether an item has its author's name."""
    return Naming.NAMELESS if item.nameless else Naming.NAMED


def change_area(session: Session, item: Feedback, area: str, actor_id: int | None, now: datetime) -> None:
    """Change an item's area, or confirm the one that was guessed, and record it."""
    before = item.area
    change(session, item, area=area, area_guessed=False, changed_at=now)
    record(session, item, Action.AREA, actor_id, before=before, after=area, at=now)


def record(
    session: Session,
    item: AnyItem,
    action: Action,
    actor_id: int | None,
    *,
    before: str | None = None,
    after: str | None = None,
    note: str = "",
    at: datetime | None = None,
) -> History:
    """Append an entry to an item's history; the caller must not give the author of a nameless item as the actor.

    Args:
        at: when; None for when the item was filed. Of what a nameless author does, the day.
    """
    note_change(session, item.community_id, item.id)
    return add_entry(
        session,
        History,
        id=draw_id(session, History) if item.nameless and actor_id is None else None,
        feedback_id=item.id,
        at=at or item.created_at,
        action=action,
        actor_id=actor_id,
        before=str(before) if before else None,
        after=str(after) if after else None,
        note=note,
    )


def history(session: Session, feedback_id: int) -> list[History]:
    """The entries of an item's history, the oldest first."""
    return sorted(_history.all(session, {"feedback_id": feedback_id}), key=_order)


@loaded(History)
def _history(_: str) -> Select[History]:
    return sa_select(History).where(col(History.feedback_id) == bindparam("feedback_id"))


def histories(session: Session, feedback_ids: Collection[int]) -> dict[int, list[History]]:
    """The entries of several items' histories, the oldest first, by item id."""
    found: dict[int, list[History]] = {own: [] for own in feedback_ids}
    query = select(History).where(col(History.feedback_id).in_(feedback_ids))
    for entry in sorted(session.exec(query), key=_order):
        found[entry.feedback_id].append(entry)
    return found


def _order(entry: History) -> tuple[datetime, bool, int]:
    """The order of a history: by time and id. What a nameless author did stands at the beginning of its day.

    Of an item whose name was taken off later the filing has a counted id, which is more than a drawn one.
    """
    return entry.at, entry.action is not Action.FILED, entry.id


# Run with every message: built once, since building a statement takes longer than running it.
@prepared(*COLUMNS)
def _insert_item(dialect: str) -> Executable:
    return counted_insert(dialect, Feedback).returning(table_of(Feedback).c.id)


@prepared("feedback_id", "at", "action", "actor_id", "after", "note")
def _insert_filed(dialect: str) -> Insert:
    return counted_insert(dialect, History)


@loaded(Feedback)
def _of_author(dialect: str) -> Select[Feedback]:
    here = sa_select(col(Feedback.id)).where(col(Feedback.community_id) == bindparam("community_id"))
    # With OR, SQLite would read all items of the community.
    named = here.where(col(Feedback.author_id) == bindparam("member_id"))
    theirs = union_all(named, here.where(among(dialect, col(Feedback.author_hash), "marks")))
    query = sa_select(Feedback).where(col(Feedback.id).in_(theirs))
    return query.order_by(col(Feedback.created_at).desc(), col(Feedback.id).desc()).limit(at_most("most"))
