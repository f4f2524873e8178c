"""The words for stored values and for choices, marked for translation."""

from collections.abc import Mapping
from enum import Enum, StrEnum

from storage.vocabulary import Audience, Kind, Naming, News, Order, Status, Wish


def mark(message: str) -> str:
    """Mark a message for the translation catalogues, and return it unchanged; it is translated where it is shown."""
    return message


class Verdict(StrEnum):
    """A moderator's decision on an item; together with the item's kind it determines the new status."""

    REVIEW = "review"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    DONE = "done"
    NOT_PLANNED = "not_planned"
    EXISTS = "exists"
    ANSWERED = "answered"
    JOINED = "joined"
    """The item says the same as another, which is asked for."""
    NEEDS_MORE = "needs_more"
    """The author is asked a question first."""


class Reasoned(StrEnum):
    """A status that has ready-made reasons; the values are those of the statuses."""

    NOT_PLANNED = "not_planned"
    EXISTS = "already_exists"
    EXPLAINED = "explained"
    ON_HOLD = "on_hold"
    DONE = "done"
    RESOLVED = "resolved"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    HANDLED = "being_handled"
    UNDER_REVIEW = "under_review"


class Term(StrEnum):
    """How long the author of an item can be blocked."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Age(StrEnum):
    """A filter of the queue by the least age of its items, in days."""

    WEEK = "7"
    MONTH = "30"
    QUARTER = "90"


class DigestAction(StrEnum):
    """An action on a digest."""

    PREVIEW = "preview"
    NOW = "now"


class PlaceUse(StrEnum):
    """A special use of a place of the community."""

    IDEAS = "ideas"
    """The place for the cards of items filed for everyone."""


class RouteUse(StrEnum):
    """A setting of an area's route."""

    HERE = "here"
    TEAM = "called"
    ANSWER = "answer"
    AT_ONCE = "at_once"
    DIGEST = "digest"
    USUAL = "usual"


class IncidentAction(StrEnum):
    """An action on a known issue."""

    OVER = "over"


class Preset(StrEnum):
    """The sort of a community, which gives it areas and words."""

    COMPANY = "company"
    ASSOCIATION = "association"
    INSTITUTION = "institution"
    INTERNAL = "internal"
    NONE = "none"


class Useful(StrEnum):
    """Whether an answer helped a member."""

    YES = "yes"
    NO = "no"


class LanguageChoice(StrEnum):
    """A choice of `/language`: a language, or `auto` for the one set on the platform."""

    EN = "en"
    FR = "fr"
    AUTO = "auto"


# A verdict with the same value as a status is the same key here, since StrEnums compare as strings.
STATES: Mapping[Status, str] = {Status.EXISTS: mark("marked as existing")}
"""Statuses whose words cannot follow “is”, in a form that can."""
WORDS: dict[Enum, str] = {
    Kind.SUGGESTION: mark("suggestion"),
    Kind.PROBLEM: mark("problem"),
    Kind.PRAISE: mark("praise"),
    Audience.EVERYONE: mark("everyone"),
    Audience.TEAM: mark("the team only"),
    Audience.TRUSTED: mark("not the team: its trusted contacts only"),
    Naming.NAMED: mark("with my name"),
    Naming.NAMELESS: mark("without my name"),
    Status.RECEIVED: mark("received"),
    Status.UNDER_REVIEW: mark("under review"),
    Status.PLANNED: mark("planned"),
    Status.IN_PROGRESS: mark("in progress"),
    Status.ON_HOLD: mark("on hold"),
    Status.DONE: mark("done"),
    Status.NOT_PLANNED: mark("not planned"),
    Status.EXISTS: mark("already exists"),
    Status.JOINED: mark("joined to another"),
    Status.HANDLED: mark("being handled"),
    Status.RESOLVED: mark("resolved"),
    Status.EXPLAINED: mark("explained"),
    Status.READ: mark("read"),
    Status.WITHDRAWN: mark("withdrawn"),
    Verdict.REVIEW: mark("under review"),
    Verdict.EXISTS: mark("already exists"),
    Verdict.ANSWERED: mark("answered"),
    Verdict.NEEDS_MORE: mark("needs more"),
    Term.DAY: mark("a day"),
    Term.WEEK: mark("a week"),
    Term.MONTH: mark("a month"),
    Age.WEEK: mark("older than 7 days"),
    Age.MONTH: mark("older than 30 days"),
    Age.QUARTER: mark("older than 90 days"),
    DigestAction.PREVIEW: mark("preview"),
    DigestAction.NOW: mark("now"),
    Order.SUPPORTED: mark("most supported"),
    Order.NEWEST: mark("newest"),
    Order.UNDER_WAY: mark("being worked on"),
    PlaceUse.IDEAS: mark("ideas"),
    RouteUse.HERE: mark("here"),
    RouteUse.TEAM: mark("team"),
    RouteUse.ANSWER: mark("answer"),
    RouteUse.AT_ONCE: mark("at once"),
    RouteUse.DIGEST: mark("with the digest"),
    RouteUse.USUAL: mark("as usual"),
    IncidentAction.OVER: mark("over"),
    Preset.COMPANY: mark("a company"),
    Preset.ASSOCIATION: mark("an association"),
    Preset.INSTITUTION: mark("an institution"),
    Preset.INTERNAL: mark("an internal community"),
    Preset.NONE: mark("none of these"),
    News.SPACED: mark("at most once a day"),
    News.AT_ONCE: mark("at once"),
    News.DAILY: mark("every day at nine"),
    News.WEEKLY: mark("on Mondays"),
    News.NEVER: mark("never"),
    Wish.NOTHING: mark("nothing"),
    Wish.RESULT: mark("to see the result"),
    Wish.TRIAL: mark("to try it first"),
    Wish.OTHER: mark("something else"),
    Useful.YES: mark("yes"),
    Useful.NO: mark("no"),
    LanguageChoice.EN: mark("English"),
    LanguageChoice.FR: mark("French"),
    LanguageChoice.AUTO: mark("as on the platform"),
}

OR = " · "
"""The separator of synonyms within one message, and of choices in a list."""

SYNONYMS: Mapping[Enum, tuple[str, ...]] = {
    Audience.EVERYONE: (mark("Show to everyone"), mark("public · all · to all")),
    Audience.TEAM: (mark("Team only"), mark("the team · only the team · private")),
    Audience.TRUSTED: (mark("Trusted contacts only"), mark("trusted contacts · about a moderator · about the team")),
    Naming.NAMED: (mark("Show my name"), mark("with name · my name")),
    Naming.NAMELESS: (
        mark("Take my name off"),
        mark("anonymous · anonymously · no name · without name · without a name"),
    ),
    Term.DAY: (mark("one day · 1 day · 24 hours"),),
    Term.WEEK: (mark("one week · 1 week · 7 days"),),
    Term.MONTH: (mark("one month · 1 month · 30 days"),),
    News.SPACED: (mark("usual · once a day at most"),),
    News.DAILY: (mark("daily · every day"),),
    News.WEEKLY: (mark("weekly · every week"),),
    RouteUse.ANSWER: (mark("answers · answer in · answers in · answer within · answers within"),),
    RouteUse.DIGEST: (mark("digest"),),
    IncidentAction.OVER: (mark("it is over · resolved · finished"),),
    Verdict.REVIEW: (mark("to review · reviewing"),),
    Verdict.PLANNED: (mark("plan"),),
    Verdict.IN_PROGRESS: (WORDS[Status.HANDLED], mark("started · under way")),
    Verdict.ON_HOLD: (mark("paused · later"),),
    Verdict.EXISTS: (mark("exists already · exists"),),
    Verdict.JOINED: (mark("joined to · joined with · the same as"),),
    Verdict.NEEDS_MORE: (mark("needs more information · ask the author · ask"),),
    Verdict.DONE: (WORDS[Status.RESOLVED], WORDS[Status.READ]),
    Verdict.NOT_PLANNED: (mark("declined"),),
    Verdict.ANSWERED: (WORDS[Status.EXPLAINED],),
}
"""More names of a choice: labels of buttons, and words people type."""


DESCRIPTIONS: Mapping[Enum, str] = {
    Audience.EVERYONE: mark("Members and the team read it."),
    Audience.TEAM: mark("Moderators and staff read it; other members do not."),
    Audience.TRUSTED: mark("For what is about a moderator or the team: neither reads it."),
    Naming.NAMED: mark("Your name stands beside your words."),
    Naming.NAMELESS: mark("Nobody sees who wrote it, the team neither."),
}
"""The meaning of a choice, shown where a form has room for it."""


def forms(choice: Enum) -> tuple[str, ...]:
    """The messages that name a choice; one message may hold several names with `OR` between them."""
    return (WORDS[choice], *SYNONYMS.get(choice, ()))


KIND_OF: Mapping[str, Kind] = {"suggest": Kind.SUGGESTION, "problem": Kind.PROBLEM, "praise": Kind.PRAISE}
"""The kind of feedback that each filing command files."""

AREAS: tuple[str, ...] = (
    mark("Innovation"),
    mark("Support"),
    mark("Quality"),
    mark("Understanding"),
    mark("Image"),
)
"""The five impacts, offered as areas to communities without areas of their own."""
