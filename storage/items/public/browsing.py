"""Finds what everybody may see, in the orders in which members browse it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage import conditions
from storage.conditions import Conditions, said
from storage.engine.listing import among, at_most, listed
from storage.engine.loading import loaded
from storage.engine.prepared import Prepared, prepared
from storage.models import Feedback
from storage.vocabulary import Order, Status

MOST = 10_000
"""Items that are browsed in one order; of more, the last are not reached."""
UNDER_WAY = (Status.UNDER_REVIEW, Status.PLANNED, Status.IN_PROGRESS, Status.HANDLED)


def browse(session: Session, community_id: int, order: Order, area: str | None = None) -> list[int]:
    """The ids of what everybody may see, in an order: one more than `MOST` at most, which tells that there are more.

    Args:
        area: only what is of this area.
    """
    given = {"community_id": community_id, "area": area, "most": MOST + 1}
    return [own for (own,) in _browse(order, of_area=area is not None).rows(session, given)]


@cache
def _browse(order: Order, *, of_area: bool) -> Prepared:
    which, by = _VIEWS[order]()
    query = sa_select(col(Feedback.id)).where(col(Feedback.community_id) == bindparam("community_id"), *which)
    own = query.where(col(Feedback.area) == bindparam("area")) if of_area else query
    return Prepared(lambda _: own.order_by(*by, col(Feedback.id).desc()).limit(at_most("most")))


def texts(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The words of items, by id."""
    return dict(_texts.rows(session, {"ids": listed(ids)}))


def rows(session: Session, ids: Sequence[int]) -> list[Feedback]:
    """Items by their ids, in the order of these."""
    found = {item.id: item for item in _rows.all(session, {"ids": listed(ids)})}
    return [found[own] for own in ids if own in found]


@prepared()
def _texts(dialect: str) -> Select[int, str]:
    return sa_select(col(Feedback.id), col(Feedback.text)).where(among(dialect, col(Feedback.id), "ids"))


@loaded(Feedback)
def _rows(dialect: str) -> Select[Feedback]:
    return sa_select(Feedback).where(among(dialect, col(Feedback.id), "ids"))


View = tuple[Conditions, tuple[ColumnElement[Any], ...]]


def _supported() -> View:
    return conditions.shown(), (col(Feedback.support).desc(), col(Feedback.created_at).desc())


def _newest() -> View:
    return conditions.shown(), (col(Feedback.created_at).desc(),)


def _under_way() -> View:
    status = col(Feedback.status).in_([said(one) for one in UNDER_WAY])
    # By the index of what has a status: few of the open items are under way.
    of_index = (*conditions.teams(), col(Feedback.status) != said(Status.RECEIVED))
    return (*conditions.shown(), *of_index, status), (col(Feedback.changed_at).desc(),)


def _done() -> View:
    return conditions.done(), (col(Feedback.closed_at).desc(),)


_VIEWS = {Order.SUPPORTED: _supported, Order.NEWEST: _newest, Order.UNDER_WAY: _under_way, Order.DONE: _done}
