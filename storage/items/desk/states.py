"""Reads the state of items: everything of an item that a message may show, to detect changes."""

import hashlib
from collections.abc import Collection
from datetime import date

from sqlalchemy import Executable, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.engine.prepared import prepared
from storage.items.feedback import AnyItem
from storage.models import Feedback
from storage.values import frozen
from storage.vocabulary import Audience, Publication, Status


@frozen
class ItemState:
    """Everything of an item that a message may show.

    Attributes:
        told: what its author is shown: its text, its area unless guessed, and whether it may be quoted.
        rest: what only moderators are shown: its area even if guessed, its owner and due date.
    """

    status: Status
    publication: Publication
    audience: Audience
    joined_to: int | None
    nameless: bool
    urgency: int
    support: int
    told: tuple[str | bool | None, ...]
    rest: tuple[str | int | bool | date | None, ...]

    @property
    def mark(self) -> str:
        """A digest of what its author is shown; it does not reveal the text."""
        return _mark(self.status, self.publication, self.audience, self.joined_to, self.nameless, self.told)

    @property
    def team_mark(self) -> str:
        """A digest of what posts in the team's places show: as `mark`, with the urgency."""
        return _digest(self.mark, int(self.urgency))

    @property
    def card_mark(self) -> str:
        """A digest of what cards for members show: as `mark`, with the support."""
        return _digest(self.mark, self.support)

    @property
    def whole_mark(self) -> str:
        """A digest of the whole state."""
        return _digest(self.team_mark, self.support, self.rest)


def _mark(
    status: Status,
    publication: Publication,
    audience: Audience,
    joined_to: int | None,
    nameless: bool,
    told: tuple[str | bool | None, ...],
) -> str:
    return _digest(status, publication, audience, joined_to, nameless, told)


def _digest(*about: object) -> str:
    return hashlib.blake2b(repr(about).encode(), digest_size=8).hexdigest()


def state_of(item: AnyItem) -> ItemState:
    """The present state of an item."""
    if isinstance(item, Feedback):
        joined_to, care = item.joined_to, (item.owner_id, item.team, item.due_on)
    else:
        joined_to, care = None, (None, item.team, None)
    told = (item.text, None if item.area_guessed else item.area, item.quotable)
    rest = (item.area, item.area_guessed, *care)
    decided = (item.status, item.publication, item.audience, joined_to, item.nameless)
    return ItemState(*decided, item.urgency, item.support, told, rest)


def mark_of_own(session: Session, item_id: int, member_id: int) -> str | None:
    """The mark of an item, which is locked (shared); None where the member is not its author.

    Run for each item filed, so no `Feedback` object is made, which would take several times as long.
    """
    found = _own.rows(session, {"id": item_id, "author_id": member_id})
    if not found:
        return None
    status, publication, audience, joined_to, nameless, text, area, area_guessed, quotable = found[0]
    return _mark(status, publication, audience, joined_to, nameless, (text, None if area_guessed else area, quotable))


def of_items(session: Session, ids: Collection[int]) -> dict[int, ItemState]:
    """The states of these items by id; deleted items are left out."""
    query = select(Feedback).where(col(Feedback.id).in_(ids))
    return {item.id: state_of(item) for item in session.exec(query)}


@prepared()
def _own(dialect: str) -> Executable:
    decided = (col(Feedback.status), col(Feedback.publication), col(Feedback.audience), col(Feedback.joined_to))
    told = (col(Feedback.text), col(Feedback.area), col(Feedback.area_guessed), col(Feedback.quotable))
    theirs = (col(Feedback.id) == bindparam("id"), col(Feedback.author_id) == bindparam("author_id"))
    query = sa_select(*decided, col(Feedback.nameless), *told).where(*theirs)
    return query.with_for_update(read=True) if dialect == "postgresql" else query
