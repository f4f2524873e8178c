"""Tables of the teams and places of areas, and of known issues."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from storage.engine.columns import TableRow, neutral, owner
from storage.models.indexes import partial


class Route(TableRow, table=True):
    """A moderator's settings for an area: its team's place and name, and the days within which it aims to answer."""

    __table_args__ = (UniqueConstraint("community_id", "area"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    area: str = neutral()
    place_id: int | None = neutral(default=None, foreign_key="place.id", ondelete="SET NULL", index=True)
    """The place of its team; None for the community's staff place."""
    team: str | None = neutral(default=None)
    answer_days: int | None = neutral(default=None)
    at_once: bool | None = neutral(default=None)
    """Whether each of its items is posted there immediately; None or false for only the digest."""


class Incident(TableRow, table=True):
    """A known issue. Its text answers questions about it, and is shown to people who are about to report it again."""

    __table_args__ = (partial("ix_incident_running", "closed_at IS NULL", "community_id"),)

    feedback_id: int = neutral(primary_key=True, foreign_key="feedback.id")
    """The item; people who want to be notified of its end support it."""
    community_id: int = neutral(foreign_key="community.id")
    text: str = neutral()
    """The team's text about it, which everybody may read."""
    language: str = neutral()
    opened_at: datetime = neutral()
    closed_at: datetime | None = neutral(default=None)
    """When it was declared over; None while it is open."""
    opened_by: int | None = owner("which known issues a person told about", default=None, nullable=True)
