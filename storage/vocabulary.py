"""The enumerations stored in the database: kinds, statuses, audiences, actions, decisions and deliveries."""

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """The kind of a feedback item."""

    SUGGESTION = "suggestion"
    PROBLEM = "problem"
    PRAISE = "praise"


class Audience(StrEnum):
    """Who may see an item; chosen by its author."""

    EVERYONE = "everyone"
    TEAM = "team"
    """Moderators and staff."""
    TRUSTED = "trusted"
    """Only the community's trusted contacts: for items about a moderator or the team, and for people in danger."""


class Naming(StrEnum):
    """Whether an item has its author's name; chosen by the author, apart from its audience."""

    NAMED = "named"
    NAMELESS = "nameless"
    """Neither members nor the team learn its author, whose member id is not stored."""


class Publication(StrEnum):
    """Whether an item is shown to its audience."""

    SHOWN = "shown"
    HELD = "held"
    """Shown to the team, but not to members until a moderator publishes it."""
    REMOVED = "removed"
    """Removed from view by a moderator; its author and moderators still find it."""


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

DEFAULT_AUDIENCE: dict[Kind, Audience] = {
    Kind.SUGGESTION: Audience.EVERYONE,
    Kind.PROBLEM: Audience.TEAM,
    Kind.PRAISE: Audience.EVERYONE,
}
"""Problems are shown to the team only, unless their author decides otherwise."""


class Urgency(IntEnum):
    """How urgent an item is; the queue shows more urgent items first."""

    ORDINARY = 0
    LATE = 1
    """Past the answer time of its area."""
    SEVERE = 2
    """Harmful, growing fast, or found to be severe by a moderator."""


class Order(StrEnum):
    """The lists of public items that members can browse."""

    SUPPORTED = "supported"
    """Open items, the most supported first."""
    NEWEST = "newest"
    UNDER_WAY = "under_way"
    DONE = "done"


class Action(StrEnum):
    """The kind of change that an entry of an item's history records."""

    FILED = "filed"
    STATUS = "status"
    VISIBILITY = "visibility"
    """A change of the audience, of the name, or of both."""
    EDITED = "edited"
    AREA = "area"
    UNDONE = "undone"
    """A decision that was undone before anybody was notified; until then it was `STATUS`."""
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    """Removed from view by a moderator."""
    RESTORED = "restored"
    PUBLISHED = "published"
    """Shown to members after it was held."""
    APPEALED = "appealed"
    BLOCKED = "blocked"
    """Its author may not file feedback for a time."""
    UNBLOCKED = "unblocked"
    CONTESTED = "contested"
    """Its author appealed against a block; `APPEALED` is about a removal."""
    JOINED = "joined"
    """Joined to another item, or moved there together with the one it was joined to before."""
    SEPARATED = "separated"
    OBJECTED = "objected"
    """Its author says that it is not the same as what it was joined to."""
    ASKED = "asked"
    """The team asked its author something."""
    REPLIED = "replied"
    """Its author answered the team, or wrote to it about the outcome."""
    OWNED = "owned"
    """Its owner changed; before and after are a team's name, `person`, or nothing."""
    DUE = "due"
    """Its due date changed; before and after are ISO dates, or nothing."""
    NOTED = "noted"
    """A note that only the team sees."""
    URGENCY = "urgency"
    """Its urgency changed; before and after are numbers of `Urgency`."""
    OVERDUE = "overdue"
    """Its author and supporters were notified, once, that it is not decided yet."""


class Decision(StrEnum):
    """The decision on a question: what the answering policy did with it, or the team afterwards."""

    ANSWER = "answer"
    OFFER = "offer"
    SILENT = "silent"
    """Nothing was answered or offered; the team is to answer it."""
    SET_ASIDE = "set_aside"
    """The team does not answer it."""
    TO_FILE = "to_file"
    """The team considers it feedback and has asked the asker to file it; until they agree, it stays unanswered."""
    LEFT = "left"
    """The asker was asked to file it and wants it to remain a question; it stays unanswered."""
    FILED = "filed"
    """The asker filed it as feedback."""


class Alarm(StrEnum):
    """What an alert is about."""

    THEME = "theme"
    """Many people write nearly the same."""
    KIND = "kind"
    """More feedback of a kind than usual, on various topics."""
    AREA = "area"
    QUESTIONS = "questions"
    """More unanswered questions than usual on various topics, all of them nameless."""
    SHIFT = "shift"
    """More people than usual day after day, of a kind or about an area."""


class Delivery(StrEnum):
    """The state of an outbox row."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It may have arrived; an operator decides whether to send it again."""
    HELD = "held"
    """News for a person, held until it is due to be gathered with other news for them."""


class News(StrEnum):
    """How often a person is sent news of what they wrote, support or follow."""

    SPACED = "spaced"
    """At most once a day: the first immediately, what follows within a day in one message at its end."""
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Wish(StrEnum):
    """What a person who is ready to talk wishes in return."""

    NOTHING = "nothing"
    RESULT = "result"
    """To see the result."""
    TRIAL = "trial"
    """To try it first."""
    OTHER = "other"
