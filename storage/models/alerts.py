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
    """The area that it is about, of an alert about an area; of others, that of most of its items."""
    severe: bool = neutral(default=False)
    """Whether one of its items is severe: then it is posted in quiet hours, too."""
    began_at: datetime = neutral()
    """When the first of its items with a name was filed."""
    opened_at: datetime = neutral()
    counted_at: datetime = neutral()
    """When it was counted last."""
    items: int = neutral(default=0)
    people: int = neutral(default=0)
    """The distinct people who wrote them; of a shift, those of each of its days, added up."""
    questions: int = neutral(default=0)
    """How many of its items are questions that wait for an answer."""
    usual_low: int | None = neutral(default=None)
    usual_high: int | None = neutral(default=None)
    """How many people are usual in 24 hours, of a shift in a week; None where it is too early to tell."""
    over_at: datetime | None = neutral(default=None)
    """Since when it is back to normal; None while it is not."""
    dismissed_at: datetime | None = neutral(default=None)
    """When a moderator said that it was a false alarm; what it is about is muted for a time."""
    closed_at: datetime | None = neutral(default=None)
    """From when it is neither reopened nor muted any more."""
    owner_id: int | None = owner("which alerts a person takes care of", default=None, nullable=True)


class AlertItem(TableRow, table=True):
    """Links a named item to an alert. Nameless items have no row, since it would reveal when they were filed."""

    __tablename__ = "alert_item"

    feedback_id: int = neutral(primary_key=True, foreign_key="feedback.id", ondelete="CASCADE")
    alert_id: int = personal("which alert the feedback belongs to", Erase.ROW, index=True)
    rank: int = neutral(default=0)
    """Its place among them: 0 is the most central."""


class AlertQuestion(TableRow, table=True):
    """Links a named question to an alert. Once the question is erased, the row is no longer about a person."""

    __tablename__ = "alert_question"

    question_id: int = neutral(primary_key=True, foreign_key="question.id", ondelete="CASCADE")
    alert_id: int = neutral(foreign_key="alert.id", index=True)
    rank: int = neutral(default=0)
    """Its place among the alert's items: 0 is the most central."""


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
    """How often in a row posting or editing it failed."""
