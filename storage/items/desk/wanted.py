"""What a moderator wants of the queue: a kind, an area, a status, an age, an owner, or any of these together."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col

from storage import conditions
from storage.conditions import Conditions, said
from storage.models import Feedback
from storage.vocabulary import Kind, Status


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted; without a status and an owner, what waits for the team.

    Attributes:
        status: what has this status, whatever waits.
        filed_before: what was filed before an instant.
        owner_id: what is open and taken care of by this person.
        owned: only what is open and taken care of by a team.
    """

    kind: Kind | None = None
    area: str | None = None
    status: Status | None = None
    filed_before: datetime | None = None
    owner_id: int | None = None
    owned: bool = False

    @property
    def waits(self) -> bool:
        """Whether what waits for the team is wanted, and not what has a status or an owner."""
        return self.status in (None, Status.RECEIVED) and self.owner_id is None and not self.owned


def sources(wanted: Wanted) -> tuple[Conditions, ...]:
    """The conditions of which an item meets one, each with an index of its own where items wait."""
    if wanted.owner_id is not None or wanted.owned or wanted.status not in (None, Status.RECEIVED):
        return ((*conditions.teams(), *_status(wanted), *_owner(wanted)),)
    received = (conditions.to_decide(), conditions.to_read())
    return received if wanted.status else (*received, conditions.to_publish())


def narrowed(wanted: Wanted) -> Conditions:
    """The conditions of which an item meets all."""
    return (
        *([col(Feedback.kind) == said(wanted.kind)] if wanted.kind else []),
        *([col(Feedback.area) == wanted.area] if wanted.area else []),
        *([col(Feedback.created_at) < wanted.filed_before] if wanted.filed_before else []),
    )


def _status(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    if wanted.status is None:
        return (col(Feedback.closed_at).is_(None),)
    return (col(Feedback.status) == said(wanted.status),)


def _owner(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    owner = () if wanted.owner_id is None else (col(Feedback.owner_id) == wanted.owner_id,)
    return (*owner, *([col(Feedback.team).is_not(None)] if wanted.owned else []))
