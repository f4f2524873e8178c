"""Lists the items that everybody may see, in the orders in which members browse them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from storage import conditions
from storage.conditions import Conditions, literal
from storage.models import Feedback
from storage.vocabulary import Order, Status

UNDER_WAY = (Status.UNDER_REVIEW, Status.PLANNED, Status.IN_PROGRESS, Status.HANDLED)


def browse(session: Session, community_id: int, order: Order, area: str | None = None) -> list[int]:
    """The ids of the public items of an order (`Order`), such as the newest or those that were done.

    Args:
        area: only items of this area.
    """
    which, by = _VIEWS[order]()
    query = select(Feedback.id).where(Feedback.community_id == community_id, *which)
    if area is not None:
        query = query.where(Feedback.area == area)
    return list(session.exec(query.order_by(*by, col(Feedback.id).desc())))


def texts(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The texts of items, by id."""
    return dict(session.exec(select(Feedback.id, Feedback.text).where(col(Feedback.id).in_(ids))).all())


def rows(session: Session, ids: Sequence[int]) -> list[Feedback]:
    """The items with these ids, in the order given."""
    found = {item.id: item for item in session.exec(select(Feedback).where(col(Feedback.id).in_(ids)))}
    return [found[own] for own in ids if own in found]


View = tuple[Conditions, tuple[ColumnElement[Any], ...]]


def _supported() -> View:
    return conditions.public_open(), (col(Feedback.support).desc(), col(Feedback.created_at).desc())


def _newest() -> View:
    return conditions.public_open(), (col(Feedback.created_at).desc(),)


def _under_way() -> View:
    status = col(Feedback.status).in_([literal(one) for one in UNDER_WAY])
    return (*conditions.public_open(), status), (col(Feedback.changed_at).desc(),)


def _done() -> View:
    return conditions.public_done(), (col(Feedback.closed_at).desc(),)


_VIEWS = {Order.SUPPORTED: _supported, Order.NEWEST: _newest, Order.UNDER_WAY: _under_way, Order.DONE: _done}
