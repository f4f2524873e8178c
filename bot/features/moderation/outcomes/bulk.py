"""Decides on several items at once, after showing what would change."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import ShortText
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.outcomes import explaining, retraction, several, wording
from bot.features.moderation.outcomes.deciding import change, take_back_unheard
from bot.features.moderation.outcomes.plan import Change, Plan, count_told, left_out, plan, shown
from bot.features.moderation.outcomes.several import Several
from bot.feedback import items
from bot.feedback.telling.news import will_be_told
from bot.locales.words import Verdict
from bot.ports.reply import Bullets, Button, Buttons, Line, Paragraph, Reply, Strong, Weight
from storage.items.support import groups
from storage.models import History
from storage.traffic import news

OFFERED = (Verdict.PLANNED, Verdict.IN_PROGRESS, Verdict.DONE, Verdict.NOT_PLANNED, Verdict.ANSWERED)
"""The decisions offered for several items when none was named."""


async def decide(ctx: Context, numbers: ShortText) -> Reply:
    """Decide on several at once, as in 12 15 18 planned."""
    found = several.read(ctx, None, numbers)
    if found is None and (number := several.read_one(numbers)):
        return _show_way(ctx, number)
    if found is None:
        raise UserError(ctx.speech.say("At least two numbers and a decision are needed, such as 12 15 planned."))
    return await confirm(ctx, found)


def _show_way(ctx: Context, number: int) -> Reply:
    """The reply that says how to decide on a single item."""
    words = ctx.speech.say("One alone: /queue {number}. Several at once: /decide 12 15 planned.", number=number)
    deciding = Button(ctx.speech.say("Decide #{number}", number=number), "queue", {"number": str(number)})
    return Reply((Paragraph(words), Buttons((deciding,))))


async def confirm(ctx: Context, asked: Several) -> Reply:
    """Show what would change, how many people would be told, and which items are left out."""
    if asked.verdict is None:
        return _offer(ctx, asked)
    verdict, note = asked.verdict, wording.read(ctx, asked.reason)
    return await ctx.read(lambda session: _confirm(session, ctx, asked.numbers, verdict, note))


def _offer(ctx: Context, asked: Several) -> Reply:
    """The choice of decisions, where none was named."""
    numbers = " ".join(str(number) for number in asked.numbers)
    buttons = (
        Button(ctx.speech.word(one).capitalize(), "decide", {"numbers": f"{numbers} {one.value}"}) for one in OFFERED
    )
    listed = ", ".join(f"#{number}" for number in asked.numbers)
    return Reply((Paragraph(ctx.speech.say("Which decision on {numbers}?", numbers=listed)), Buttons(tuple(buttons))))


def _confirm(session: Session, ctx: Context, numbers: Sequence[int], verdict: Verdict, note: str) -> Reply:
    found = plan(session, ctx, [(number, None) for number in numbers], verdict)
    onward = Button(ctx.speech.say("Leave it"), "queue", {"number": str(numbers[0])})
    if not found.changes:
        return Reply((*left_out(ctx, found), Buttons((onward,))))
    chosen = " ".join(f"{one.item.number}:{one.seen}" for one in found.changes)
    given = {"chosen": chosen, "verdict": verdict.value, **({"reason": note} if note else {})}
    label = f"{ctx.speech.word(verdict).capitalize()}: {ctx.speech.count('{n} item', '{n} items', len(found.changes))}"
    sure = Button(label, "decide_all", given, weight=Weight.PRIMARY)
    return Reply((*shown(ctx, found), _told(session, ctx, found), Buttons((sure, onward))))


def _told(session: Session, ctx: Context, found: Plan) -> Paragraph:
    return Paragraph(will_be_told(ctx.speech, count_told(session, ctx, found)))


async def decide_all(
    ctx: Context, chosen: ShortText, verdict: Verdict, reason: ShortText | None = None, link: ShortText | None = None
) -> Reply:
    """Decide on all that were chosen and have not changed since."""
    # chosen: pairs of a number and the id of its last decision as it was shown, such as `12:45 15:0`.
    note, wanted = wording.read(ctx, reason, link), several.pairs(chosen)
    found = await ctx.read(lambda session: plan(session, ctx, wanted, verdict))
    missing = found.needs_reason if not note else None
    kept = {"chosen": chosen, "verdict": verdict.value}
    if found.changes and wording.lacks_link(note):
        words = ctx.speech.say("Which link, such as https://example.org/page?")
        return await replace(ctx, given={**kept, "reason": note}).ask(words, "link")
    if missing is not None:
        ready = await explaining.offered(ctx, found.changes[0].item.number, "decide_all", kept, missing)
        words = ctx.speech.say("Why? Everyone concerned will read it.")
        return await replace(ctx, given=kept).ask(words, "reason", ready=ready)
    return await ctx.settle(lambda session: _decide_all(session, ctx, wanted, verdict, note))


def _decide_all(
    session: Session, ctx: Context, wanted: Sequence[tuple[int, int]], verdict: Verdict, note: str
) -> Reply:
    before = plan(session, ctx, wanted, verdict)
    groups.hold(session, *(one.item for one in before.changes))
    # Planned again once all are locked, so that items decided meanwhile are left out.
    found = plan(session, ctx, wanted, verdict)
    told = _told(session, ctx, found)
    made = [_decide(session, ctx, one, note) for one in found.changes]
    news.bring_together(session, [one.item.id for one in found.changes], ctx.now)
    words = ctx.speech.count("{n} item is decided on.", "{n} items are decided on.", len(made))
    lines = tuple(_line(ctx, one) for one in found.changes)
    listed = (Bullets(lines), told) if lines else ()
    after = retraction.undo_buttons(session, ctx, [one.item for one in found.changes], made)
    return Reply((Paragraph(words), *listed, *left_out(ctx, found), after))


def _decide(session: Session, ctx: Context, one: Change, note: str) -> History | None:
    """Decide on one item; None when that only undid a decision that nobody had been told of."""
    before = one.item.status
    take_back_unheard(session, ctx, one.item)
    if one.item.status is one.status is not before:
        return None
    return change(session, ctx, one.item, one.status, wording.fill(ctx, one.item, note))[0]


def _line(ctx: Context, one: Change) -> Line:
    number, status = Strong(f"#{one.item.number}"), items.state(ctx.speech, one.item)
    return ctx.speech.line("{number} is now {status}.", number=number, status=status)
