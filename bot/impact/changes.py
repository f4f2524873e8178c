"""Reads what changed because of the community: items done or resolved in a period, and praise that may be quoted."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.impact.rows import Reach
from storage.models import Feedback
from storage.reports import impact
from storage.reports.impact import Course
from storage.values import frozen
from storage.vocabulary import Audience, Publication, Status

DONE = (Status.DONE, Status.RESOLVED)
QUOTES = 3
"""The most items of praise quoted."""


@frozen
class Change:
    """An item done or resolved, and whether its words were edited since."""

    item: Feedback
    edited: bool


@frozen
class Changes:
    """The items done or resolved.

    Attributes:
        shown: those that everybody may see, the most supported first.
        hidden: the number of those that only the team sees.
        praise: the praise that its authors allow to be quoted in public.
    """

    shown: tuple[Change, ...]
    hidden: int
    praise: tuple[Feedback, ...] = ()

    @property
    def people(self) -> int:
        """The number of distinct authors of the shown items, named or known by a keyed mark."""
        whose = {one.item.author_id or one.item.author_hash for one in self.shown}
        return len(whose - {None})

    @property
    def unsigned(self) -> int:
        """The number of shown items without an author."""
        return sum(not (one.item.author_id or one.item.author_hash) for one in self.shown)


def read(session: Session, community_id: int, reach: Reach) -> Changes:
    """The items that somebody here set to done or resolved in a period, and that still are."""
    found = [
        made for one in impact.courses(session, community_id, reach.since, reach.until) if (made := _made(one, reach))
    ]
    shown = [one for one in found if is_for_everyone(one.item)]
    shown.sort(key=lambda one: (-one.item.support, one.item.id))
    praise = impact.praise(session, community_id, reach.since, reach.until, QUOTES)
    return Changes(tuple(shown), len(found) - len(shown), tuple(praise))


def is_for_everyone(item: Feedback) -> bool:
    """Whether all members see an item, with words: the page is for readers outside the team, too."""
    return item.audience is Audience.EVERYONE and item.publication is Publication.SHOWN and bool(item.text)


def _made(course: Course, reach: Reach) -> Change | None:
    item, turns = course.item, _decisions(course, reach)
    if not turns or turns[-1].status not in DONE or item.status is not turns[-1].status:
        return None
    return Change(item, item.edited_at is not None and item.edited_at >= turns[-1].at)


def _decisions(course: Course, reach: Reach) -> Sequence[impact.Turn]:
    return [one for one in course.turns if one.status and one.by_hand and reach.since <= one.at < reach.until]
