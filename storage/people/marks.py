"""The keyed marks that identify a person on their nameless items and questions: one for each community and month.

Marks allow people to be counted and blocked. They change every month, so that if the author of one item becomes known,
only few other items can be linked to it.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from storage.engine.keys import Keys

if TYPE_CHECKING:
    from storage.people.situation import AnyCommunity, AnyMember

OFF = timedelta(days=366)
"""How far a machine's clock may have been ahead when something was sent, for it to be found and erased still.

With a clock that is further off, the platforms' certificates are invalid, so that nothing is received.
"""


def month_of(at: datetime) -> str:
    """The month of an instant in UTC, such as `2026-03`."""
    return f"{at:%Y-%m}"


def mark(keys: Keys, community_id: int, member_id: int, at: datetime) -> str:
    """A person's mark for something sent at an instant."""
    return keys.mark(community_id, member_id, month_of(at))


def marks(keys: Keys, community: "AnyCommunity", member_id: int, until: datetime, off: timedelta = OFF) -> list[str]:
    """All marks a person has had in a community, newest first.

    The last ones are for times at which the clock may have been ahead, and the mark that earlier versions used.

    Args:
        until: the present.
        off: how far the clock may have been ahead; each further month costs one keyed mark.
    """
    months = list(dict.fromkeys((*_months(community.created_at - off, until), *_months(until, until + off))))
    return [*(keys.mark(community.id, member_id, one) for one in months), keys.mark(community.id, member_id)]


def of_person(
    keys: Keys, community: "AnyCommunity", member_id: int, known: "AnyMember | None", until: datetime
) -> list[str]:
    """All marks a person has had in a community, including those by member ids from before accounts were linked.

    Args:
        known: their row, if it was read already.
    """
    former = former_of(known.former) if known is not None and known.id == member_id else {}
    return [mark for own in (member_id, *former) for mark in marks(keys, community, own, until)]


def recent_marks(keys: Keys, community: "AnyCommunity", member: "AnyMember", until: datetime) -> list[str]:
    """As `of_person`, assuming that the clock was never ahead, which saves some keyed marks."""
    numbers = (member.id, *former_of(member.former))
    return [mark for own in numbers for mark in marks(keys, community, own, until, off=timedelta())]


def former_of(stored: str) -> dict[int, date]:
    """The member ids a person had before accounts were linked, each with its first day; parsed from `Member.former`."""
    pairs = (one.split(":") for one in stored.split())
    return {int(own): date.fromisoformat(day) for own, day in pairs}


def _months(since: datetime, until: datetime) -> list[str]:
    """The months from one instant to another, the newest first."""
    first, last = (12 * one.year + one.month - 1 for one in (since, until))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(last, first - 1, -1)]
