"""Known issues: opened by a moderator or from an alert, and shown to people who ask about or report the same."""

from sqlmodel import Session

from bot.context import Context
from bot.feedback.items import is_open, wrote
from bot.feedback.telling.notices import tell_outcome
from bot.feedback.telling.occasions import AnyOccasion
from bot.locales.words import IncidentAction
from bot.ports.reply import Block, Button, Buttons, Paragraph, Strong, Weight
from storage.items import feedback
from storage.items.desk import incidents
from storage.items.support import groups, supports
from storage.models import Feedback, Incident
from storage.values import frozen
from storage.vocabulary import Audience, Kind, Status

WORDINGS = 8
"""The largest number of texts of one known issue to compare: the team's, its item's, and those of joined items."""


@frozen
class KnownIssue:
    """A known issue as people are told of it.

    Attributes:
        id: the id of its item.
        number: the number of its item.
        text: the team's words, which everybody may read.
    """

    id: int
    number: int
    text: str


def open_incident(session: Session, ctx: AnyOccasion, item: Feedback, text: str, by: int | None = None) -> int:
    """Make an open problem a known issue, and tell its author and supporters that it is being handled.

    Args:
        item: must be locked; a joined item stands for the one it is joined to.
        text: what everybody is told, in the team's words.
        by: the moderator who opens it; None for an alert.

    Returns:
        How many people are told.

    Raises:
        ValueError: the item is no open problem that the team sees.
    """
    item = groups.target(session, item)
    if not can_be_known_issue(item):
        raise ValueError(item.number)
    language = ctx.core.detector.detect(text, ctx.community.language)
    incidents.keep(session, item, text, language, by, ctx.now)
    entry = feedback.change_status(session, item, Status.HANDLED, by, text, ctx.now)
    return tell_outcome(session, ctx, item, entry)


def can_be_known_issue(item: Feedback) -> bool:
    """Whether an item can become a known issue: an open problem that the team sees."""
    return item.kind is Kind.PROBLEM and item.audience is not Audience.TRUSTED and is_open(item)


async def find(ctx: Context, text: str) -> KnownIssue | None:
    """The open known issue that a text is about; None when there is none."""
    running = await ctx.read(lambda session: _running(session, ctx.community.id))
    found = await ctx.core.similar.find_among(ctx.community.id, text, [said for _, said in running])
    return None if found is None else running[found][0]


def _running(session: Session, community_id: int) -> list[tuple[KnownIssue, list[str]]]:
    """Each open known issue, with its wordings."""
    return [
        (KnownIssue(item.id, item.number, incident.text), _texts(session, incident, item))
        for incident, item in incidents.running(session, community_id)
    ]


def _texts(session: Session, incident: Incident, item: Feedback) -> list[str]:
    said = (incident.text, item.text, *(one.text for one in groups.joined(session, item)))
    return list(dict.fromkeys(text for text in said if text))[:WORDINGS]


def blocks(session: Session, ctx: Context, known: KnownIssue) -> tuple[Block, ...]:
    """What a person is told of a known issue, with the button of `join_or_leave_button`."""
    line = ctx.speech.line("It is known, and the team is on it ({number}):", number=Strong(f"#{known.number}"))
    return Paragraph(line), Paragraph(known.text), Buttons((join_or_leave_button(session, ctx, known),))


def join_or_leave_button(session: Session, ctx: Context, known: KnownIssue) -> Button:
    """The button to be told when a known issue is over; for a person who will be told already, the one to leave."""
    item = session.get_one(Feedback, known.id)
    if not wrote(ctx, item, ctx.member) and supports.supports(session, item, ctx.member.id if ctx.member else None):
        return leave_button(ctx, item)
    label, number = ctx.speech.say("Tell me when it is over"), {"number": str(known.number), "on": "1"}
    return Button(label, "join_incident", number, weight=Weight.GOOD)


def leave_button(ctx: Context, item: Feedback) -> Button:
    """The button not to be told of a known issue any more."""
    return Button(ctx.speech.say("Do not tell me any more"), "join_incident", {"number": str(item.number), "on": "0"})


def button(session: Session, ctx: Context, item: Feedback) -> tuple[Button, ...]:
    """A moderator's button to make an open problem a known issue, or to say that it is over; empty for other items."""
    if not can_be_known_issue(item):
        return ()
    number, found = {"number": str(item.number)}, incidents.of_item(session, item.id)
    if found is not None and found.closed_at is None:
        return (Button(ctx.speech.say("It is over"), "incident", {**number, "action": IncidentAction.OVER.value}),)
    return (Button(ctx.speech.say("Known issue: tell people"), "incident", number),)
