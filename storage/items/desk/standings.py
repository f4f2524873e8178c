"""Reads how items stand: all of an item that its screen for moderators may show, to tell whether it changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from storage.models import Feedback
from storage.vocabulary import Audience, Publication, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands.

    Attributes:
        rest: of its words, area, urgency, support, and who takes care of it until when.
    """

    status: Status
    publication: Publication
    audience: Audience
    joined_to: int | None
    nameless: bool
    rest: tuple[str | int | bool | date | None, ...]


def standing(item: Feedback) -> Standing:
    """How an item stands."""
    care = (item.owner_id, item.team, item.due_on)
    rest = (item.text, item.area, item.area_guessed, item.urgency, item.support, *care)
    return Standing(item.status, item.publication, item.audience, item.joined_to, item.nameless, rest)


def of_items(session: Session, ids: Collection[int]) -> dict[int, Standing]:
    """How these items stand, by id; those that are gone are left out."""
    query = select(Feedback).where(col(Feedback.id).in_(ids))
    return {item.id: standing(item) for item in session.exec(query)}
