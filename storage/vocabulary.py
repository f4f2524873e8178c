"""The enumerations stored in the database: kinds, statuses, visibilities, actions, decisions and deliveries."""

from enum import StrEnum


class Kind(StrEnum):
    """The kind of a feedback item."""

    SUGGESTION = "suggestion"
    PROBLEM = "problem"
    PRAISE = "praise"


class Visibility(StrEnum):
    """Who may see an item, and its author; chosen by the author. A nameless item has no author in the database."""

    NAMED = "named"
    NAMELESS = "nameless"
    TEAM = "team"


class Status(StrEnum):
    """The status of an item; `STATUSES` lists those of each kind."""

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
"""Problems are shown to the team only, unless their author decides otherwise."""


class Action(StrEnum):
    """The change that an entry of an item's history records."""

    FILED = "filed"
    STATUS = "status"
    VISIBILITY = "visibility"
    EDITED = "edited"
    AREA = "area"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What the answering policy did with a question: answered it, offered candidates, or neither."""

    ANSWER = "answer"
    OFFER = "offer"
    SILENT = "silent"


class Delivery(StrEnum):
    """The state of an outbox row."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It may have arrived; an operator decides whether to send it again."""
