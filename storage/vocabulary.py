"""The words the store keeps: kinds, statuses and visibilities of feedback."""

from enum import StrEnum


class Kind(StrEnum):
    """What a member brought."""

    SUGGESTION = "suggestion"
    PROBLEM = "problem"
    PRAISE = "praise"


class Visibility(StrEnum):
    """Who may see an item, chosen by its author; nameless is also without an author in the store."""

    NAMED = "named"
    NAMELESS = "nameless"
    TEAM = "team"


class Status(StrEnum):
    """Where an item stands. `STATUSES` says which belong to which kind."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    DONE = "done"
    NOT_PLANNED = "not_planned"
    EXISTS = "already_exists"
    JOINED = "joined"
    HANDLED = "being_handled"
    RESOLVED = "resolved"
    EXPLAINED = "explained"
    READ = "read"
    WITHDRAWN = "withdrawn"


STATUSES: dict[Kind, tuple[Status, ...]] = {
    Kind.SUGGESTION: (
        Status.RECEIVED,
        Status.UNDER_REVIEW,
        Status.PLANNED,
        Status.IN_PROGRESS,
        Status.ON_HOLD,
        Status.DONE,
        Status.NOT_PLANNED,
        Status.EXISTS,
        Status.JOINED,
        Status.WITHDRAWN,
    ),
    Kind.PROBLEM: (
        Status.RECEIVED,
        Status.HANDLED,
        Status.RESOLVED,
        Status.EXPLAINED,
        Status.JOINED,
        Status.WITHDRAWN,
    ),
    Kind.PRAISE: (Status.RECEIVED, Status.READ, Status.WITHDRAWN),
}

CLOSED = frozenset(
    {
        Status.DONE,
        Status.NOT_PLANNED,
        Status.EXISTS,
        Status.JOINED,
        Status.RESOLVED,
        Status.EXPLAINED,
        Status.READ,
        Status.WITHDRAWN,
    }
)

DEFAULT_VISIBILITY: dict[Kind, Visibility] = {
    Kind.SUGGESTION: Visibility.NAMED,
    Kind.PROBLEM: Visibility.TEAM,
    Kind.PRAISE: Visibility.NAMED,
}
"""Problems are the team's business until their author says otherwise."""


class Action(StrEnum):
    """What an entry of an item's history records."""

    FILED = "filed"
    STATUS = "status"
    VISIBILITY = "visibility"
    EDITED = "edited"
    AREA = "area"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What the answering policy did with a question."""

    ANSWER = "answer"
    OFFER = "offer"
    SILENT = "silent"


class Delivery(StrEnum):
    """Where an outbox row stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It may have arrived: repeating it is for a person to decide."""
