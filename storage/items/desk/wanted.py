"""What a moderator wants of the queue: a kind, an area, a status, an age, an owner, or any of these together."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col

from storage import conditions
from storage.conditions import Conditions, literal
from storage.models import Feedback
from storage.values import frozen
from storage.vocabulary import CLOSED, Kind, Status, Urgency

OPEN = tuple(status for status in Status if status not in CLOSED)
"""The statuses of what is open."""


@frozen
class Wanted:
    """What is wanted; without a status and an owner, what waits for the team.

    Attributes:
        status: what has this status, whatever waits.
        filed_before: what was filed before an instant.
        owner_id: what is open and taken care of by this person.
        unowned: what nobody takes care of, neither a person nor a team.
        urgent: what is more urgent than usual.
        teams: what is open, or has the status, and is taken care of by one of these teams, by their names.
    """

    kind: Kind | None = None
    area: str | None = None
    status: Status | None = None
    filed_before: datetime | None = None
    owner_id: int | None = None
    teams: tuple[str, ...] | None = None
    unowned: bool = False
    urgent: bool = False

    @property
    def waits(self) -> bool:
        """Whether what waits for the team is wanted, and not what has a status or an owner."""
        return self.status in (None, Status.RECEIVED) and self.owner_id is None and self.teams is None


def sources(wanted: Wanted) -> tuple[Conditions, ...]:
    """The conditions of which an item meets one, each with an index of its own."""
    if wanted.teams is not None:
        statuses = OPEN if wanted.status is None else (wanted.status,)
        return tuple((*conditions.team_sees(), *_of_team(team, status)) for team in wanted.teams for status in statuses)
    if wanted.owner_id is not None:
        return ((*conditions.team_sees(), *_status(wanted), col(Feedback.owner_id) == wanted.owner_id),)
    if wanted.status not in (None, Status.RECEIVED):
        return ((*conditions.team_sees(), *conditions.decided(wanted.status)),)
    received = (conditions.to_decide(), conditions.to_read())
    return received if wanted.status else (*received, conditions.to_publish())


def narrowed(wanted: Wanted) -> Conditions:
    """The conditions of which an item meets all."""
    return (
        *([col(Feedback.kind) == literal(wanted.kind)] if wanted.kind else []),
        *([col(Feedback.area) == wanted.area] if wanted.area else []),
        *([col(Feedback.created_at) < wanted.filed_before] if wanted.filed_before else []),
        *([col(Feedback.owner_id).is_(None), col(Feedback.team).is_(None)] if wanted.unowned else []),
        *([col(Feedback.urgency) > Urgency.ORDINARY] if wanted.urgent else []),
    )


def _status(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    if wanted.status is None:
        return (col(Feedback.closed_at).is_(None),)
    return (col(Feedback.status) == literal(wanted.status),)


def _of_team(team: str, status: Status) -> Conditions:
    """What a team takes care of and has a status: in the order of the index with both."""
    return (col(Feedback.team).is_not(None), col(Feedback.team) == team, col(Feedback.status) == literal(status))
