"""Reads how items stand: all of an item that a message may show, to tell whether it changed."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from storage.items.feedback import AnyItem
from storage.models import Feedback
from storage.vocabulary import Audience, Publication, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands.

    Attributes:
        told: its words, its area, as far as somebody chose that, and whether it may be quoted.
        rest: what is on a moderator's screen besides: who takes care of it until when, a guess.
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
        """A digest of what its author is shown of it, which tells no words."""
        return _digest(self.status, self.publication, self.audience, self.joined_to, self.nameless, self.told)

    @property
    def team_mark(self) -> str:
        """A digest of what stands in the team's places, by which it is urgent, too."""
        return _digest(self.mark, int(self.urgency))

    @property
    def card_mark(self) -> str:
        """A digest of what a card shows of it to those who do not decide."""
        return _digest(self.mark, self.support)

    @property
    def whole_mark(self) -> str:
        """A digest of all of it."""
        return _digest(self.team_mark, self.support, self.rest)


def _digest(*about: object) -> str:
    return hashlib.blake2b(repr(about).encode(), digest_size=8).hexdigest()


def standing(item: AnyItem) -> Standing:
    """How an item stands."""
    if isinstance(item, Feedback):
        joined_to, care = item.joined_to, (item.owner_id, item.team, item.due_on)
    else:
        joined_to, care = None, (None, item.team, None)
    told = (item.text, None if item.area_guessed else item.area, item.quotable)
    rest = (item.area, item.area_guessed, *care)
    decided = (item.status, item.publication, item.audience, joined_to, item.nameless)
    return Standing(*decided, item.urgency, item.support, told, rest)


def of_items(session: Session, ids: Collection[int]) -> dict[int, Standing]:
    """How these items stand, by id; those that are gone are left out."""
    query = select(Feedback).where(col(Feedback.id).in_(ids))
    return {item.id: standing(item) for item in session.exec(query)}
