"""Filters of the queue: by kind, area, status, age, owner, or any combination of these."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col

from storage import conditions
from storage.conditions import Conditions, literal
from storage.models import Feedback
from storage.values import frozen
from storage.vocabulary import CLOSED, Kind, Status, Urgency

OPEN = tuple(status for status in Status if status not in CLOSED)
"""The statuses of open items."""


@frozen
class Wanted:
    """Which items of the queue to show; without a status and an owner, the items that wait for the team.

    Attributes:
        status: only items with this status, waiting or not.
        filed_before: only items filed before this instant.
        owner_id: only items owned by this person: open ones, or those with the status.
        unowned: only items owned by neither a person nor a team.
        urgent: only items more urgent than usual.
        teams: only items owned by one of the teams with these names: open ones, or those with the status.
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
        """Whether only items that wait for the team are wanted: neither a decided status nor an owner is given."""
        return self.status in (None, Status.RECEIVED) and self.owner_id is None and self.teams is None


def sources(wanted: Wanted) -> tuple[Conditions, ...]:
    """Alternatives of which an item must meet one, each covered by its own index."""
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
    """Further conditions, all of which an item must meet."""
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
    """Items owned by a team with a status, with the columns in the order of the index."""
    return (col(Feedback.team).is_not(None), col(Feedback.team) == team, col(Feedback.status) == literal(status))
