"""Plans one decision on several items: what it changes, how many people are told, and which items are left out."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.context import Context
from bot.features.moderation.outcomes.verdicts import BECOMES, NEED_REASON
from bot.features.moderation.queue.finding import find
from bot.feedback import items
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.notices import recipients
from bot.locales.words import Verdict
from bot.ports.reply import Block, Bullets, Line, Paragraph, Strong
from storage.items import feedback
from storage.items.support import groups
from storage.models import Feedback
from storage.values import frozen
from storage.vocabulary import Publication, Status


@frozen
class Change:
    """The change of one item.

    Attributes:
        status: the status it gets.
        seen: the id of its last decision.
    """

    item: Feedback
    status: Status
    seen: int


@frozen
class Plan:
    """The effects of a decision on several items.

    Attributes:
        left: a sentence for each item that is left out, with the reason.
    """

    changes: tuple[Change, ...]
    left: tuple[str, ...]

    @property
    def needs_reason(self) -> Status | None:
        """The first status that needs a reason; None when none does."""
        return next((one.status for one in self.changes if one.status in NEED_REASON), None)


def plan(session: Session, ctx: Context, wanted: Sequence[tuple[int, int | None]], verdict: Verdict) -> Plan:
    """Plan a decision on several items.

    Args:
        wanted: each number, with the id of its last decision as it was shown; None when it was not shown yet.
    """
    changes: list[Change] = []
    left: list[str] = []
    for number, seen in wanted:
        try:
            changes.append(_change(session, ctx, number, seen, verdict))
        except Outdated as why:
            left.append(str(why))
    return Plan(tuple(changes), tuple(left))


def count_told(session: Session, ctx: Context, found: Plan) -> int:
    """The number of distinct people who are told; nameless authors count once for each of their items."""
    people: set[int] = set()
    nameless: set[int] = set()
    for one in found.changes:
        members, unnamed = recipients(session, ctx, one.item)
        people.update(members)
        nameless.update(item.id for item in unnamed)
    return len(people) + len(nameless)


def shown(ctx: Context, found: Plan) -> tuple[Block, ...]:
    """The changes and the items left out, as lists."""
    lines = tuple(_line(ctx, one) for one in found.changes)
    return (*((Bullets(lines),) if lines else ()), *left_out(ctx, found))


def left_out(ctx: Context, found: Plan) -> tuple[Block, ...]:
    """The items left out, with the reasons; empty for none."""
    return (Paragraph(ctx.speech.say("Left out:")), Bullets(found.left)) if found.left else ()


def _line(ctx: Context, one: Change) -> Line:
    return ctx.speech.line(
        "{number} {title}: {before} → {after}",
        number=Strong(f"#{one.item.number}"),
        title=items.title(one.item) if one.item.text else "",
        before=items.status_word(ctx.speech, one.item),
        after=ctx.speech.word(one.status),
    )


def _change(session: Session, ctx: Context, number: int, seen: int | None, verdict: Verdict) -> Change:
    """Plan the change of one item.

    Raises:
        Outdated: it is left out; the message says why.
    """
    item, say_ = find(session, ctx, number), ctx.speech.say
    status = BECOMES[item.kind].get(verdict)
    last, word = feedback.last_decision(session, item), items.status_word(ctx.speech, item)
    if item.publication is Publication.REMOVED:
        raise Outdated(say_("#{number} is taken from view.", number=number))
    if item.status is Status.JOINED:
        to = groups.target(session, item).number
        raise Outdated(say_("#{number} is joined to #{to}.", number=number, to=to))
    if seen is not None and last != seen:
        raise Outdated(say_("Meanwhile a decision was made on #{number}: {status}.", number=number, status=word))
    if status is None:
        raise Outdated(
            say_("#{number}: “{verdict}” is no decision there.", number=number, verdict=ctx.speech.word(verdict))
        )
    if item.status is status:
        raise Outdated(say_("#{number} is already {status}.", number=number, status=ctx.speech.state(status)))
    return Change(item, status, last)
