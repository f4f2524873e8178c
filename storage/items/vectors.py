"""Reads the words of the open items that all members see, and stores their vectors, so that a start encodes none."""

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, Executable, Select, bindparam, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select

from storage import conditions
from storage.conditions import Conditions, said
from storage.engine.listing import among, at_most, listed
from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.engine.unique import insert_in
from storage.items.feedback import NewItem
from storage.models import Feedback, ItemVector
from storage.values import frozen
from storage.vocabulary import Audience, Kind, Publication

AT_ONCE = 500
"""Values in one statement at most."""
MOST = 10_000
"""Items that are read at once at most."""


@frozen
class OpenItem:
    """An open item that all members see.

    Attributes:
        encoder: the id of the encoder whose vector of it is stored; empty for none.
        digest: of the words that vector is of.
    """

    id: int
    text: str
    nameless: bool
    encoder: str = ""
    digest: str = ""


def open_items(session: Session, community_id: int) -> list[OpenItem]:
    """The open items of a community that all members see, each with what is known of its vector.

    Of more than `MOST`, the most supported ones, and of those with equal support the newest; these come last.
    """
    rows = reversed(_open_items.rows(session, {"community_id": community_id, "most": MOST}))
    return [OpenItem(own, text, nameless, encoder or "", digest or "") for own, text, nameless, encoder, digest in rows]


def has_open_items(session: Session, community_id: int) -> bool:
    """Whether there is one of them."""
    return bool(_any_open.rows(session, {"community_id": community_id}))


def filed_since(session: Session, community_id: int, since: datetime) -> list[OpenItem]:
    """Those that were filed at an instant or later, of whose vectors nothing is read."""
    query = select(Feedback.id, Feedback.text, col(Feedback.nameless)).where(Feedback.community_id == community_id)
    rows = session.exec(query.where(col(Feedback.created_at) >= since, *conditions.shown()))
    return [OpenItem(*row) for row in rows]


def open_among(session: Session, community_id: int, ids: Collection[int]) -> list[OpenItem]:
    """Those of these items of a community that are open and all members see, of whose vectors nothing is read."""
    given = {"community_id": community_id, "ids": listed(ids)}
    return [OpenItem(*row) for row in _open_among.rows(session, given)]


def as_open(item: NewItem) -> OpenItem | None:
    """A new item as one that all members see; None when they do not."""
    shown = item.audience is Audience.EVERYONE and item.publication is Publication.SHOWN and item.closed_at is None
    return OpenItem(item.id, item.text, item.nameless) if shown and item.kind is not Kind.PRAISE and item.text else None


def team_items(session: Session, community_id: int, since: datetime) -> list[OpenItem]:
    """The open items for the team only that were filed at an instant or later, of whose vectors nothing is read."""
    rows = _team_items.rows(session, {"community_id": community_id, "since": since})
    return [OpenItem(*row) for row in rows]


def has_team_items(session: Session, community_id: int, since: datetime) -> bool:
    """Whether there is one of them."""
    return bool(_any_team.rows(session, {"community_id": community_id, "since": since}))


@prepared()
def _team_items(_: str) -> Select[int, str, bool]:
    return sa_select(col(Feedback.id), col(Feedback.text), col(Feedback.nameless)).where(*_for_team())


@prepared()
def _any_team(_: str) -> Select[int]:
    return sa_select(col(Feedback.id)).where(*_for_team()).limit(literal_column("1"))


def _for_team() -> Conditions:
    """Open items of a community for the team only, filed at an instant or later."""
    here = (col(Feedback.community_id) == bindparam("community_id"), col(Feedback.audience) == said(Audience.TEAM))
    return (*here, col(Feedback.created_at) >= bindparam("since"), *_open())


def in_team(session: Session, ids: Collection[int]) -> list[Feedback]:
    """The items with these ids that are open and for the team only by now, in the order of the ids."""
    if not ids:
        return []
    given = {"ids": listed(ids), "audience": Audience.TEAM}
    found = {one.id: one for one in _in_team.all(session, given)}
    return [found[own] for own in ids if own in found]


def _open() -> Conditions:
    """Open items that can say the same as others; praise is read, and not joined."""
    return (
        col(Feedback.closed_at).is_(None),
        col(Feedback.kind) != said(Kind.PRAISE),
        col(Feedback.publication) != said(Publication.REMOVED),
        col(Feedback.text) != conditions.NO_WORDS,
    )


def shown(session: Session, ids: Collection[int]) -> list[Feedback]:
    """The items with these ids that are open and that all members see by now, in the order of the ids."""
    if not ids:
        return []
    found = {one.id: one for one in _shown.all(session, {"ids": listed(ids)})}
    return [found[own] for own in ids if own in found]


def load(session: Session, encoder: str, ids: Collection[int]) -> dict[int, bytes]:
    """The stored vectors of items by this encoder, by item id."""
    found: dict[int, bytes] = {}
    waiting = iter(ids)
    while some := list(islice(waiting, AT_ONCE)):
        query = select(ItemVector.feedback_id, ItemVector.row).where(ItemVector.encoder == encoder)
        found.update(session.exec(query.where(col(ItemVector.feedback_id).in_(some))).all())
    return found


def keep(session: Session, encoder: str, found: Mapping[int, tuple[str, bytes]]) -> None:
    """Store vectors, each with the digest of its words; items that are gone by now are passed over."""
    query = select(Feedback.id).where(col(Feedback.id).in_(list(found)), *conditions.shown())
    put(session, encoder, found, sorted(session.exec(query)))


def put(session: Session, encoder: str, found: Mapping[int, tuple[str, bytes]], ids: Collection[int]) -> None:
    """Store the vectors of these items, each with the digest of its words."""
    rows = ((own, *found[own]) for own in ids)
    _keep.each(
        session, [{"feedback_id": own, "encoder": encoder, "digest": digest, "row": row} for own, digest, row in rows]
    )


def drop(session: Session, ids: Collection[int]) -> None:
    """Delete the vectors of items that are closed, erased, or no longer for everyone."""
    waiting = iter(ids)
    while some := list(islice(waiting, AT_ONCE)):
        session.exec(delete(ItemVector).where(col(ItemVector.feedback_id).in_(some)))


# Run with every item: built once, since building a statement takes longer than running it.
@prepared("feedback_id", "encoder", "digest", "row")
def _keep(dialect: str) -> Executable:
    new = insert_in(dialect, ItemVector)
    said = {name: new.excluded[name] for name in ("encoder", "digest", "row")}
    return new.on_conflict_do_update(index_elements=["feedback_id"], set_=said)


@prepared()
def _open_items(_: str) -> Select[int, str, bool, str | None, str | None]:
    known = (col(ItemVector.encoder), col(ItemVector.digest))
    query = sa_select(col(Feedback.id), col(Feedback.text), col(Feedback.nameless), *known)
    here = col(Feedback.community_id) == bindparam("community_id")
    first = (col(Feedback.support).desc(), col(Feedback.created_at).desc(), col(Feedback.id).desc())
    found = query.join(ItemVector, isouter=True).where(here, *conditions.shown())
    return found.order_by(*first).limit(at_most("most"))


@prepared()
def _any_open(_: str) -> Select[int]:
    here = col(Feedback.community_id) == bindparam("community_id")
    return sa_select(col(Feedback.id)).where(here, *conditions.shown()).limit(literal_column("1"))


@loaded(Feedback)
def _shown(dialect: str) -> Select[Feedback]:
    return sa_select(Feedback).where(_is_listed(dialect), *conditions.shown())


@loaded(Feedback)
def _in_team(dialect: str) -> Select[Feedback]:
    # A parameter, no literal: PostgreSQL may take the index of what is for the team, instead of that of the ids.
    return sa_select(Feedback).where(_is_listed(dialect), col(Feedback.audience) == bindparam("audience"), *_open())


def _is_listed(dialect: str) -> ColumnElement[bool]:
    return among(dialect, col(Feedback.id), "ids")


@prepared()
def _open_among(dialect: str) -> Select[int, str, bool]:
    query = sa_select(col(Feedback.id), col(Feedback.text), col(Feedback.nameless)).where(_is_listed(dialect))
    return query.where(col(Feedback.community_id) == bindparam("community_id"), *conditions.shown())
