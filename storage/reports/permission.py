"""The words of a span that their authors allow the team to quote in public."""

from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage import conditions
from storage.engine.listing import at_most
from storage.engine.loading import Loaded
from storage.models import Feedback
from storage.reports import spans
from storage.reports.spans import Areas
from storage.vocabulary import Kind


def permitted(
    session: Session,
    community_id: int,
    since: datetime,
    until: datetime,
    areas: Areas = (),
    *,
    most: int,
    kind: Kind | None = None,
) -> list[Feedback]:
    """The items whose authors allow to quote them, the newest first, at most so many.

    Args:
        areas: the areas to read; empty for everything.
        kind: the kind to read; None for every kind.
    """
    given = {**spans.given(community_id, since, until, areas), "most": most, "kind": kind}
    return _permitted(of_kind=kind is not None).all(session, given)


@cache
def _permitted(*, of_kind: bool) -> Loaded[Feedback]:
    def build(dialect: str) -> Select[Feedback]:
        query = sa_select(Feedback).where(*spans.filed(dialect), *conditions.permitted())
        own = query.where(col(Feedback.kind) == bindparam("kind")) if of_kind else query
        return own.order_by(col(Feedback.created_at).desc(), col(Feedback.id).desc()).limit(at_most("most"))

    return Loaded(Feedback, build)
