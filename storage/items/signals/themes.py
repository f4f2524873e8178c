"""Stores themes and which items belong to each; reads the texts and vectors that themes are computed from."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Executable, Select, bindparam, cast, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select, update

from storage import conditions
from storage.engine.listing import at_most, each
from storage.engine.prepared import prepared
from storage.engine.unique import insert_in
from storage.items.vectors import put
from storage.models import Feedback, ItemVector, Theme, ThemeItem
from storage.values import frozen
from storage.vocabulary import Kind

AT_ONCE = 500
"""The most values in one statement."""
MOST = 200
"""The most themes to recognise again: those seen last, and those a moderator named, muted or merged."""
T = TypeVar("T")


@frozen
class ThemeText:
    """The text of an item and what themes need of it.

    Attributes:
        theme: the id of the stored theme it belongs to; None for none.
    """

    id: int
    text: str
    kind: Kind
    language: str
    author_id: int | None
    author_hash: str | None
    source: str | None
    nameless: bool
    theme: int | None = None

    @property
    def voice(self) -> int | str | None:
        """The author it counts for: a member id, or a nameless author's mark; None when unknown."""
        return self.author_id if self.author_id is not None else self.author_hash


def item_ids(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Collection[str] = ()
) -> list[int]:
    """The ids of the items of a span, `until` excluded, that the team sees and that were not erased."""
    query = select(Feedback.id).where(Feedback.community_id == community_id, *conditions.team_sees_or_erased())
    here = query.where(Feedback.created_at >= since, Feedback.created_at < until, col(Feedback.text) != "")
    return list(session.exec(here.where(col(Feedback.area).in_(areas)) if areas else here))


def texts(session: Session, ids: Collection[int]) -> list[ThemeText]:
    """The texts of the items among these that the team sees and that were not erased."""
    return [ThemeText(*row) for row in _texts.rows(session, {"ids": json.dumps(list(ids))})]


def visible(session: Session, ids: Collection[int]) -> Iterator[int]:
    """The ids among these of items that the team sees and that were not erased."""
    query = select(Feedback.id).where(*conditions.team_sees_or_erased(), col(Feedback.text) != "")
    for some in _parts(ids):
        yield from session.exec(query.where(col(Feedback.id).in_(some)))


def vectors(session: Session, encoder: str, ids: Collection[int]) -> dict[int, tuple[str, bytes]]:
    """The vectors of items stored by this encoder, by item id, each with the digest of the encoded text."""
    query = select(ItemVector.feedback_id, ItemVector.digest, ItemVector.row).where(ItemVector.encoder == encoder)
    parts = (query.where(col(ItemVector.feedback_id).in_(some)) for some in _parts(ids))
    return {own: (digest, row) for part in parts for own, digest, row in session.exec(part)}


def keep_vectors(session: Session, encoder: str, found: Mapping[int, tuple[str, bytes]]) -> None:
    """Store vectors by item id, each with the digest of its text; items that the team no longer sees are skipped."""
    put(session, encoder, found, sorted(visible(session, found)))


def every(session: Session, community_id: int, since: datetime) -> list[Theme]:
    """The themes to recognise again: those seen since an instant, and all that a moderator named, muted or merged."""
    query = select(Theme).where(Theme.community_id == community_id)
    chosen = or_(col(Theme.name) != "", col(Theme.muted), col(Theme.merged_into).is_not(None))
    order = (col(Theme.seen_at).desc(), col(Theme.id).desc())
    marked = list(session.exec(query.where(chosen).order_by(*order).limit(MOST)))
    recent = session.exec(query.where(~chosen, Theme.seen_at >= since).order_by(*order).limit(MOST))
    return [*marked, *recent][:MOST]


def get(session: Session, community_id: int, own: int) -> Theme | None:
    """A theme of a community; None when there is none."""
    query = select(Theme).where(Theme.id == own, Theme.community_id == community_id)
    return session.exec(query.with_for_update()).first()


def newest(session: Session, themes: Collection[int], most: int) -> dict[int, list[int]]:
    """By theme id, the ids of its newest items, at most `most` of each."""
    return {own: [item for (item,) in _newest.rows(session, {"theme": own, "most": most})] for own in themes}


def of_items(session: Session, ids: Collection[int]) -> dict[int, int]:
    """By item id, the id of its stored theme; items without one are left out."""
    query = sa_select(col(ThemeItem.feedback_id), col(ThemeItem.theme_id))
    parts = (query.where(col(ThemeItem.feedback_id).in_(some)) for some in _parts(ids))
    return {own: theme for part in parts for own, theme in session.execute(part)}


def latest(session: Session, community_id: int) -> int:
    """The id of a community's newest theme; 0 when it has none."""
    query = select(Theme.id).where(Theme.community_id == community_id).order_by(col(Theme.id).desc())
    return session.exec(query.limit(1)).first() or 0


def begin(session: Session, community_id: int, now: datetime) -> int:
    """Store a new theme; return its id."""
    theme = Theme(community_id=community_id, created_at=now, seen_at=now)
    session.add(theme)
    session.flush()
    return theme.id


def touch(session: Session, themes: Collection[int], now: datetime) -> None:
    """Record that themes occur at present."""
    session.exec(update(Theme).where(col(Theme.id).in_(themes)).values(seen_at=now))


def assign(session: Session, themes: Mapping[int, int]) -> None:
    """Store the theme of each item, by item id; items that the team no longer sees are skipped."""
    _assign.each(session, [{"feedback_id": own, "theme_id": themes[own]} for own in sorted(visible(session, themes))])


def merge(session: Session, own: int, into: int) -> None:
    """Merge a theme, and those merged into it before, into another one, which is itself no longer merged."""
    session.exec(update(Theme).where(col(Theme.id) == into).values(merged_into=None))
    session.exec(update(Theme).where(col(Theme.merged_into) == own).values(merged_into=into))
    session.exec(update(Theme).where(col(Theme.id) == own).values(merged_into=into))


# Thousands of rows are read for each digest.
@prepared()
def _texts(dialect: str) -> "Select[*tuple[Any, ...]]":
    whose = (col(Feedback.author_id), col(Feedback.author_hash), col(Feedback.source), col(Feedback.nameless))
    what = (col(Feedback.id), col(Feedback.text), col(Feedback.kind), col(Feedback.language))
    query = sa_select(*what, *whose, col(ThemeItem.theme_id))
    query = query.join(ThemeItem, col(ThemeItem.feedback_id) == col(Feedback.id), isouter=True)
    ids = sa_select(cast(each(dialect, "ids").c.value, BigInteger)).scalar_subquery()
    return query.where(col(Feedback.id).in_(ids), *conditions.team_sees_or_erased(), col(Feedback.text) != "")


@prepared("feedback_id", "theme_id")
def _assign(dialect: str) -> Executable:
    new = insert_in(dialect, ThemeItem)
    return new.on_conflict_do_update(index_elements=["feedback_id"], set_={"theme_id": new.excluded.theme_id})


@prepared()
def _newest(_: str) -> Select[int]:
    """The ids of a theme's newest items."""
    query = sa_select(col(ThemeItem.feedback_id)).where(col(ThemeItem.theme_id) == bindparam("theme"))
    return query.order_by(col(ThemeItem.feedback_id).desc()).limit(at_most("most"))


def _parts(ids: Collection[T]) -> Iterator[Sequence[T]]:
    waiting = iter(ids)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
