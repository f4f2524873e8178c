"""Tables of alerts: topics that suddenly many people write about, and the messages that notify the staff."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from storage.engine.columns import Erase, TableRow, choice, neutral, owner, personal
from storage.models.indexes import partial
from storage.vocabulary import Alarm, Kind


class Alert(TableRow, table=True):
    """An alert. It stores no text of members: what it shows is read from its items each time."""

    __table_args__ = (
        partial("ix_alert_current", "closed_at IS NULL", "community_id"),
        partial("ix_alert_dismissed", "dismissed_at IS NOT NULL", "community_id", "dismissed_at"),
        Index("ix_alert_opened", "community_id", "opened_at"),
    )

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    alarm: Alarm = neutral(sa_type=choice(Alarm))
    kind: Kind | None = neutral(default=None, sa_type=choice(Kind))
    """The kind of all its items; None where they are of several."""
    area: str | None = neutral(default=None)
    """The area of an alert about an area; for other alerts, that of most of its items."""
    severe: bool = neutral(default=False)
    """Whether one of its items is severe, so that it is also posted in quiet hours."""
    began_at: datetime = neutral()
    """When the first of its named items was filed."""
    opened_at: datetime = neutral()
    counted_at: datetime = neutral()
    """When its numbers were last computed."""
    items: int = neutral(default=0)
    people: int = neutral(default=0)
    """The number of distinct people who wrote its items; for a shift, the sum of each day's distinct people."""
    questions: int = neutral(default=0)
    """How many of its items are unanswered questions."""
    usual_low: int | None = neutral(default=None)
    usual_high: int | None = neutral(default=None)
    """The upper limit of the usual number of people in 24 hours, for a shift in a week; None where unknown yet."""
    over_at: datetime | None = neutral(default=None)
    """Since when it is back to normal; None while it is not."""
    dismissed_at: datetime | None = neutral(default=None)
    """When a moderator dismissed it as a false alarm; its topic is then muted for a time."""
    closed_at: datetime | None = neutral(default=None)
    """Since when it can no longer be reopened, nor mutes its topic; None while it is current."""
    owner_id: int | None = owner("which alerts a person takes care of", default=None, nullable=True)


class AlertItem(TableRow, table=True):
    """Links a named item to an alert. Nameless items have no row, since it would reveal when they were filed."""

    __tablename__ = "alert_item"

    feedback_id: int = neutral(primary_key=True, foreign_key="feedback.id", ondelete="CASCADE")
    alert_id: int = personal("which alert the feedback belongs to", Erase.ROW, index=True)
    rank: int = neutral(default=0)
    """Its rank among the alert's items: 0 is the most central."""


class AlertQuestion(TableRow, table=True):
    """Links a named question to an alert. Once the question is erased, the row is no longer about a person."""

    __tablename__ = "alert_question"

    question_id: int = neutral(primary_key=True, foreign_key="question.id", ondelete="CASCADE")
    alert_id: int = neutral(foreign_key="alert.id", index=True)
    rank: int = neutral(default=0)
    """Its rank among the alert's items: 0 is the most central."""


class AlertPost(TableRow, table=True):
    """The message of an alert in a place; it is edited when the alert's numbers change."""

    __tablename__ = "alert_post"
    __table_args__ = (UniqueConstraint("alert_id", "place_id"),)

    id: int = neutral(default=None, primary_key=True)
    alert_id: int = neutral(foreign_key="alert.id")
    place_id: int = neutral(foreign_key="place.id", ondelete="CASCADE", index=True)
    message: str = neutral(default="")
    """Its id on the platform; empty while it is not posted."""
    shown: str = neutral(default="")
    """A digest of what it shows."""
    quoted: int = neutral(default=0)
    """The id of the item that it quotes; 0 for none."""
    next_at: datetime = neutral()
    """When it may be posted or edited next."""
    failures: int = neutral(default=0)
    """The number of consecutive failures to post or edit it."""
