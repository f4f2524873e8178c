"""Themes and their items: what was said in a span, to which themes it belongs, and what moderators made of those."""

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
"""Values in one statement at most."""
MOST = 200
"""Themes that are recognised at most: those talked about last, and those a moderator named, muted or merged."""
T = TypeVar("T")


@frozen
class Said:
    """An item as themes are found in it.

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
        """Whom it counts for: a member id, or the mark of a nameless author; None when no author is known."""
        return self.author_id if self.author_id is not None else self.author_hash


def ids_said(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Collection[str] = ()
) -> list[int]:
    """The ids of the items of a span, `until` excluded, that the team sees and that have words."""
    given = {"community_id": community_id, "since": since, "until": until, "areas": listed(areas)}
    return [own for (own,) in _ids_said(of_areas=bool(areas)).rows(session, given)]


def said(session: Session, ids: Collection[int]) -> list[Said]:
    """Those of these items that the team still sees and that have words."""
    return [Said(*row) for row in _said.rows(session, {"ids": json.dumps(list(ids))})]


def in_view(session: Session, ids: Collection[int]) -> list[Feedback]:
    """Those of these items that the team still sees."""
    return _in_view.all(session, {"ids": listed(ids)})


def seen(session: Session, ids: Collection[int]) -> Iterator[int]:
    """Those of these items that the team sees and that have words."""
    yield from (own for (own,) in _seen.rows(session, {"ids": listed(ids)}))


def vectors(session: Session, encoder: str, ids: Collection[int]) -> dict[int, tuple[str, bytes]]:
    """The stored vectors of items by this encoder, by item id, each with the digest of the words it is of."""
    query = select(ItemVector.feedback_id, ItemVector.digest, ItemVector.row).where(ItemVector.encoder == encoder)
    parts = (query.where(col(ItemVector.feedback_id).in_(some)) for some in _parts(ids))
    return {own: (digest, row) for part in parts for own, digest, row in session.exec(part)}


def keep_vectors(session: Session, encoder: str, found: Mapping[int, tuple[str, bytes]]) -> None:
    """Store vectors, each with the digest of its words; items that the team no longer sees are passed over."""
    put(session, encoder, found, sorted(seen(session, found)))


def every(session: Session, community_id: int, since: datetime) -> list[Theme]:
    """The themes to recognise: those seen since an instant, and all that a moderator named, muted or merged."""
    given = {"community_id": community_id, "since": since, "most": MOST}
    return [*_marked.all(session, given), *_recent.all(session, given)][:MOST]


def one(session: Session, community_id: int, own: int) -> Theme | None:
    """A theme of a community; None when there is no such."""
    query = select(Theme).where(Theme.id == own, Theme.community_id == community_id)
    return session.exec(query.with_for_update()).first()


def newest(session: Session, themes: Collection[int], most: int) -> dict[int, list[int]]:
    """The ids of the newest items of themes, at most so many of each."""
    return {own: [item for (item,) in _newest.rows(session, {"theme": own, "most": most})] for own in themes}


def of_items(session: Session, ids: Collection[int]) -> dict[int, int]:
    """By id of an item, the id of the stored theme it belongs to; items without one are left out."""
    return dict(_of_items.rows(session, {"ids": listed(ids)}))


def latest(session: Session, community_id: int) -> int:
    """The id of a community's newest theme; 0 when it has none."""
    return _latest.value(session, {"community_id": community_id}) or 0


def begin(session: Session, community_id: int, now: datetime) -> int:
    """Store a new theme; returns its id."""
    theme = Theme(community_id=community_id, created_at=now, seen_at=now)
    session.add(theme)
    session.flush()
    return theme.id


def touch(session: Session, themes: Collection[int], now: datetime) -> None:
    """Note that themes are talked about."""
    _touched.all(session, {"ids": listed(themes), "now": now})


def belong(session: Session, themes: Mapping[int, int]) -> None:
    """Note by item id which theme each belongs to; items that the team no longer sees are passed over."""
    _belong.each(session, [{"feedback_id": own, "theme_id": themes[own]} for own in sorted(seen(session, themes))])


def merge(session: Session, own: int, into: int) -> None:
    """Let a theme, and what was merged into it, count as another, which stands on its own from now on."""
    session.exec(update(Theme).where(col(Theme.id) == into).values(merged_into=None))
    session.exec(update(Theme).where(col(Theme.merged_into) == own).values(merged_into=into))
    session.exec(update(Theme).where(col(Theme.id) == own).values(merged_into=into))


# Read by the thousands with each digest.
@prepared()
def _said(dialect: str) -> "Select[*tuple[Any, ...]]":
    whose = (col(Feedback.author_id), col(Feedback.author_hash), col(Feedback.source), col(Feedback.nameless))
    what = (col(Feedback.id), col(Feedback.text), col(Feedback.kind), col(Feedback.language))
    query = sa_select(*what, *whose, col(ThemeItem.theme_id))
    query = query.join(ThemeItem, col(ThemeItem.feedback_id) == col(Feedback.id), isouter=True)
    ids = sa_select(cast(each(dialect, "ids").c.value, BigInteger)).scalar_subquery()
    return query.where(col(Feedback.id).in_(ids), *conditions.in_view(), col(Feedback.text) != "")


@cache
def _ids_said(*, of_areas: bool) -> Prepared:
    at, here = col(Feedback.created_at), col(Feedback.community_id) == bindparam("community_id")
    span = (here, at >= bindparam("since"), at < bindparam("until"))
    query = sa_select(col(Feedback.id)).where(*span, *conditions.in_view(), col(Feedback.text) != "")
    return Prepared(lambda dialect: query.where(among(dialect, col(Feedback.area), "areas")) if of_areas else query)


@prepared()
def _seen(dialect: str) -> Select[int]:
    worded = (*conditions.in_view(), col(Feedback.text) != "")
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
    return sa_select(Feedback).where(among(dialect, col(Feedback.id), "ids"), *conditions.in_view())


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
def _belong(dialect: str) -> Executable:
    new = insert_in(dialect, ThemeItem)
    return new.on_conflict_do_update(index_elements=["feedback_id"], set_={"theme_id": new.excluded.theme_id})


@prepared()
def _newest(_: str) -> Select[int]:
    """The ids of a theme's newest items."""
    query = sa_select(col(ThemeItem.feedback_id)).where(col(ThemeItem.theme_id) == bindparam("theme"))
    return query.order_by(col(ThemeItem.feedback_id).desc()).limit(at_most("most"))


def _newest_first(*which: ColumnElement[bool]) -> Select[Theme]:
    """Themes of a community, those seen last first."""
    query = sa_select(Theme).where(col(Theme.community_id) == bindparam("community_id"), *which)
    return query.order_by(col(Theme.seen_at).desc(), col(Theme.id).desc()).limit(at_most("most"))


def _is_marked() -> ColumnElement[bool]:
    """Whether a moderator named, muted or merged a theme."""
    return or_(col(Theme.name) != "", col(Theme.muted), col(Theme.merged_into).is_not(None))


def _parts(ids: Collection[T]) -> Iterator[Sequence[T]]:
    waiting = iter(ids)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
