"""The items that wait for a decision: now or, for a past period, as it was at its end."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from storage.items.desk.backlog import COUNTED
from storage.models import Feedback
from storage.reports import past, reporting
from storage.reports.spans import Areas
from storage.values import frozen
from storage.vocabulary import CLOSED, Kind, Status


@frozen
class Pending:
    """The items that wait for a decision at an instant.

    Attributes:
        at: the instant.
        items: the first of them in the queue's order, each with its support.
        total: how many there are, counted up to `COUNTED` + 1.
        long: how many of them have waited for long, counted likewise.
        since: when the oldest was filed; None for no item.
        then: by id, the items whose status has changed since the instant, with the status they had.
    """

    at: datetime
    items: tuple[tuple[Feedback, int], ...]
    total: int
    long: int
    since: datetime | None
    then: Mapping[int, tuple[Feedback, Status]]

    def closed(self, since: datetime, until: datetime) -> int:
        """How many more of the items filed in a span were closed at the instant than are now; negative for fewer."""
        filed = [(one, was) for one, was in self.then.values() if since <= one.created_at < until]
        return sum((was in CLOSED) - (one.status in CLOSED) for one, was in filed)


def read(
    session: Session, community_id: int, at: datetime, about: Areas, patience: int, most: int, *, rebuilt: bool
) -> Pending:
    """Read the items that wait for a decision at an instant.

    Args:
        about: the areas to read; empty for everything.
        patience: days after which an item counts as waiting long.
        most: the largest number of items to read.
        rebuilt: whether the instant is past, so that items decided since count as waiting.
    """
    late = at - timedelta(days=patience)
    items = reporting.waiting(session, community_id, at, most, about)
    total = reporting.waiting_count(session, community_id, at, about)
    long = reporting.waiting_count(session, community_id, at, about, before=late)
    since = reporting.waiting_since(session, community_id, at, about)
    now = Pending(at, tuple(items), total, long, since, {})
    then = past.statuses(session, community_id, at, about) if rebuilt else {}
    return _as_it_was(now, then, late, most) if then else now


def _as_it_was(now: Pending, then: Mapping[int, tuple[Feedback, Status]], late: datetime, most: int) -> Pending:
    """What waited at an instant, computed from what still waits and the statuses that changed since.

    Args:
        now: the items filed before the instant that still wait.
        then: by id, the items whose status changed since, with the status they had.
        late: the instant before which an item must have been filed to count as waiting long.
    """
    more = [one for one, was in then.values() if was is Status.RECEIVED and one.kind is not Kind.PRAISE]
    less = {one.id for one, was in then.values() if was is not Status.RECEIVED and one.status is Status.RECEIVED}
    more = [one for one in more if one.status is not Status.RECEIVED]
    whole = [(one, support) for one, support in now.items if one.id not in less] + [(one, one.support) for one in more]
    whole.sort(key=lambda row: (-row[0].urgency, -row[1], row[0].created_at, row[0].id))
    added = sum(one.created_at < late for one in more)
    gone = sum(then[own][0].created_at < late for own in less)
    return Pending(
        now.at,
        tuple(whole[:most]),
        min(now.total - len(less) + len(more), COUNTED + 1),
        min(now.long - gone + added, COUNTED + 1),
        min((one.created_at for one, _ in whole), default=None) if less else _earlier(now.since, more),
        then,
    )


def _earlier(since: datetime | None, more: list[Feedback]) -> datetime | None:
    return min((*([since] if since else []), *(one.created_at for one in more)), default=None)
