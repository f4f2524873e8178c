"""Goes through all items of a community, one page in memory at a time."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from storage.models import Feedback
from storage.vocabulary import Audience


def walk(
    session: Session, community_id: int, page: int = 500, *which: ColumnElement[bool]
) -> Iterator[tuple[Feedback, int]]:
    """Every item of a community that its team may see, with its support, by number; one page is in memory at a time.

    No cursor stays open between pages: the next one is queried from the last number (keyset pagination).

    Args:
        page: items in a page.
        which: further conditions.
    """
    last = 0
    while True:
        here = (Feedback.community_id == community_id, Feedback.audience != Audience.TRUSTED)
        query = select(Feedback).where(*here, *which, Feedback.number > last)
        rows = list(session.exec(query.order_by(col(Feedback.number)).limit(page)))
        yield from ((item, item.support) for item in rows)
        if len(rows) < page:
            return
        last = rows[-1].number
        session.expunge_all()
