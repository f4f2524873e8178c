"""Stores themes and which items belong to each; reads the texts and vectors that themes are computed from."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Executable, Select, bindparam, cast, func, or_
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlmodel import Session, col, select, update

from storage import conditions
from storage.engine.listing import among, at_most, each, listed
from storage.engine.loading import loaded
from storage.engine.prepared import Prepared, prepared
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
    given = {"community_id": community_id, "since": since, "until": until, "areas": listed(areas)}
    return [own for (own,) in _ids_said(of_areas=bool(areas)).rows(session, given)]


def texts(session: Session, ids: Collection[int]) -> list[ThemeText]:
    """The texts of the items among these that the team sees and that were not erased."""
    return [ThemeText(*row) for row in _texts.rows(session, {"ids": json.dumps(list(ids))})]


def in_view(session: Session, ids: Collection[int]) -> list[Feedback]:
    """The items with these ids that the team still sees."""
    return _in_view.all(session, {"ids": listed(ids)})


def visible(session: Session, ids: Collection[int]) -> Iterator[int]:
    """The ids among these of items that the team sees and that were not erased."""
    yield from (own for (own,) in _seen.rows(session, {"ids": listed(ids)}))


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
    given = {"community_id": community_id, "since": since, "most": MOST}
    return [*_marked.all(session, given), *_recent.all(session, given)][:MOST]


def get(session: Session, community_id: int, own: int) -> Theme | None:
    """A theme of a community; None when there is none."""
    query = select(Theme).where(Theme.id == own, Theme.community_id == community_id)
    return session.exec(query.with_for_update()).first()


def newest(session: Session, themes: Collection[int], most: int) -> dict[int, list[int]]:
    """By theme id, the ids of its newest items, at most `most` of each."""
    return {own: [item for (item,) in _newest.rows(session, {"theme": own, "most": most})] for own in themes}


def of_items(session: Session, ids: Collection[int]) -> dict[int, int]:
    """By item id, the id of its stored theme; items without one are left out."""
    return dict(_of_items.rows(session, {"ids": listed(ids)}))


def latest(session: Session, community_id: int) -> int:
    """The id of a community's newest theme; 0 when it has none."""
    return _latest.value(session, {"community_id": community_id}) or 0


def begin(session: Session, community_id: int, now: datetime) -> int:
    """Store a new theme; return its id."""
    theme = Theme(community_id=community_id, created_at=now, seen_at=now)
    session.add(theme)
    session.flush()
    return theme.id


def touch(session: Session, themes: Collection[int], now: datetime) -> None:
    """Record that themes occur at present."""
    _touched.all(session, {"ids": listed(themes), "now": now})


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


@cache
def _ids_said(*, of_areas: bool) -> Prepared:
    at, here = col(Feedback.created_at), col(Feedback.community_id) == bindparam("community_id")
    span = (here, at >= bindparam("since"), at < bindparam("until"))
    query = sa_select(col(Feedback.id)).where(*span, *conditions.team_sees_or_erased(), col(Feedback.text) != "")
    return Prepared(lambda dialect: query.where(among(dialect, col(Feedback.area), "areas")) if of_areas else query)


@prepared()
def _seen(dialect: str) -> Select[int]:
    worded = (*conditions.team_sees_or_erased(), col(Feedback.text) != "")
    return sa_select(col(Feedback.id)).where(among(dialect, col(Feedback.id), "ids"), *worded)


@prepared()
def _of_items(dialect: str) -> Select[int, int]:
    query = sa_select(col(ThemeItem.feedback_id), col(ThemeItem.theme_id))
    return query.where(among(dialect, col(ThemeItem.feedback_id), "ids"))


@loaded(Theme, anew=True)
def _touched(dialect: str) -> Executable:
    own = sa_update(Theme).where(among(dialect, col(Theme.id), "ids"))
    return own.values(seen_at=bindparam("now")).returning(Theme)


@loaded(Feedback)
def _in_view(dialect: str) -> Select[Feedback]:
    return sa_select(Feedback).where(among(dialect, col(Feedback.id), "ids"), *conditions.team_sees_or_erased())


@loaded(Theme)
def _marked(_: str) -> Select[Theme]:
    return _newest_first(_is_marked())


@loaded(Theme)
def _recent(_: str) -> Select[Theme]:
    return _newest_first(~_is_marked(), col(Theme.seen_at) >= bindparam("since"))


@prepared()
def _latest(_: str) -> Select[int]:
    return sa_select(func.max(col(Theme.id))).where(col(Theme.community_id) == bindparam("community_id"))


@prepared("feedback_id", "theme_id")
def _assign(dialect: str) -> Executable:
    new = insert_in(dialect, ThemeItem)
    return new.on_conflict_do_update(index_elements=["feedback_id"], set_={"theme_id": new.excluded.theme_id})


@prepared()
def _newest(_: str) -> Select[int]:
    """The ids of a theme's newest items."""
    query = sa_select(col(ThemeItem.feedback_id)).where(col(ThemeItem.theme_id) == bindparam("theme"))
    return query.order_by(col(ThemeItem.feedback_id).desc()).limit(at_most("most"))


def _newest_first(*which: ColumnElement[bool]) -> Select[Theme]:
    """A query of a community's themes, those seen last first."""
    query = sa_select(Theme).where(col(Theme.community_id) == bindparam("community_id"), *which)
    return query.order_by(col(Theme.seen_at).desc(), col(Theme.id).desc()).limit(at_most("most"))


def _is_marked() -> ColumnElement[bool]:
    """The condition for themes that a moderator named, muted or merged."""
    return or_(col(Theme.name) != "", col(Theme.muted), col(Theme.merged_into).is_not(None))


def _parts(ids: Collection[T]) -> Iterator[Sequence[T]]:
    waiting = iter(ids)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
