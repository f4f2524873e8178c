"""The queue: one item a screen, one thumb, each decision told to everyone concerned."""

from collections.abc import Mapping

from sqlmodel import Session

from bot import items
from bot.context import Context
from bot.errors import UserError
from bot.notices import tell_outcome
from bot.registry import Number, ShortText, Token
from bot.reply import Block, Button, Buttons, Fields, Line, Paragraph, Reply, Title
from bot.words import OR, Verdict, mark
from storage import feedback, members
from storage.models import Feedback
from storage.vocabulary import Kind, Status, Visibility

BECOMES: Mapping[Kind, Mapping[Verdict, Status]] = {
    Kind.SUGGESTION: {
        Verdict.REVIEW: Status.UNDER_REVIEW,
        Verdict.PLANNED: Status.PLANNED,
        Verdict.DONE: Status.DONE,
        Verdict.NOT_PLANNED: Status.NOT_PLANNED,
        Verdict.EXISTS: Status.EXISTS,
    },
    Kind.PROBLEM: {
        Verdict.REVIEW: Status.HANDLED,
        Verdict.PLANNED: Status.HANDLED,
        Verdict.DONE: Status.RESOLVED,
        Verdict.NOT_PLANNED: Status.EXPLAINED,
        Verdict.EXISTS: Status.EXPLAINED,
    },
    Kind.PRAISE: dict.fromkeys(Verdict, Status.READ),
}
"""What a decision makes of each kind."""

SHOWN: Mapping[Kind, tuple[Verdict, ...]] = {
    Kind.SUGGESTION: (Verdict.PLANNED, Verdict.DONE, Verdict.NOT_PLANNED),
    Kind.PROBLEM: (Verdict.PLANNED, Verdict.DONE, Verdict.NOT_PLANNED),
    Kind.PRAISE: (Verdict.DONE,),
}
NEED_REASON = frozenset({Status.NOT_PLANNED, Status.EXISTS, Status.EXPLAINED})
READY_REASONS = (
    mark("Not among this year's priorities."),
    mark("Too costly for what it would change."),
    mark("Not ours to decide."),
)


async def queue(
    ctx: Context,
    number: Number | None = None,
    verdict: Verdict | None = None,
    reason: ShortText | None = None,
    skip: Token | None = None,
) -> Reply:
    """Go through what waits for a decision, one at a time."""
    if verdict is None and reason is not None:
        choices = OR.join(ctx.speech.word(choice) for choice in Verdict)
        raise UserError(ctx.speech.say("“{text}” is not one of: {choices}.", text=reason[:40], choices=choices))
    if number is None:
        return await ctx.read(lambda session: _next(session, ctx, skip or 0, ()))
    if verdict is None:
        return await ctx.read(lambda session: _screen(session, ctx, items.find(session, ctx, number), 0, ()))
    item = await ctx.read(lambda session: items.find(session, ctx, number))
    if BECOMES[item.kind][verdict] in NEED_REASON and reason is None:
        return await _ask_reason(ctx, number, verdict)
    return await ctx.settle(lambda session: _decide(session, ctx, number, verdict, reason or ""))


async def _ask_reason(ctx: Context, number: int, verdict: Verdict) -> Reply:
    words = ctx.speech.say("Why? Everyone concerned will read it.")
    kept = {"number": str(number), "verdict": verdict.value}
    fitting = READY_REASONS if verdict is Verdict.NOT_PLANNED else ()
    buttons = tuple(Button(ctx.speech.say(ready), "queue", {**kept, "reason": ready}) for ready in fitting)
    return await ctx.ask(words, "reason", ready=buttons)


def _decide(session: Session, ctx: Context, number: int, verdict: Verdict, reason: str) -> Reply:
    item, speech = items.find(session, ctx, number), ctx.speech
    feedback.hold(session, item)
    status = BECOMES[item.kind][verdict]
    if item.status is status:
        raise UserError(speech.say("#{number} is already {status}.", number=number, status=speech.word(status)))
    entry = feedback.change_status(session, item, status, ctx.person(session), reason, ctx.now)
    told = tell_outcome(session, ctx, item, entry)
    done = speech.say("#{number} is now {status}.", number=number, status=speech.word(status))
    heard = speech.count("{n} person will be told.", "{n} people will be told.", told)
    return _next(session, ctx, 0, (Paragraph(f"{done} {heard}"),))


def _next(session: Session, ctx: Context, skip: int, before: tuple[Block, ...]) -> Reply:
    waiting = feedback.waiting(session, ctx.community.id, 1, skip)
    if not waiting and skip:
        waiting, skip = feedback.waiting(session, ctx.community.id, 1), 0
    if not waiting:
        return Reply((*before, Paragraph(ctx.speech.say("Nothing waits for a decision."))))
    return _screen(session, ctx, waiting[0][0], skip, before)


def _screen(session: Session, ctx: Context, item: Feedback, skip: int, before: tuple[Block, ...]) -> Reply:
    """One item to decide on. Its author is shown only when it has one to show."""
    speech = ctx.speech
    left = feedback.waiting_count(session, ctx.community.id)
    names = members.names(session, {item.author_id}) if item.author_id else {}
    author = names.get(item.author_id or 0, speech.say("without a name"))
    pairs: tuple[tuple[str, Line], ...] = (
        (speech.say("Status"), items.status_word(speech, item)),
        (speech.say("From"), author if item.visibility is not Visibility.NAMELESS else speech.say("without a name")),
        (speech.say("Area"), speech.area(item.area)),
        (speech.say("Since"), speech.day(item.created_at.astimezone(ctx.zone).date())),
        (speech.say("Waiting"), str(left)),
    )
    title = f"{speech.word(item.kind).capitalize()} #{item.number}"
    return Reply((*before, Title(title), items.words(speech, item), Fields(pairs), _verdicts(ctx, item, skip)))


def _verdicts(ctx: Context, item: Feedback, skip: int) -> Buttons:
    number = {"number": str(item.number)}
    decisions = [
        Button(
            ctx.speech.word(BECOMES[item.kind][verdict]).capitalize(),
            "queue",
            {**number, "verdict": verdict.value},
        )
        for verdict in SHOWN[item.kind]
    ]
    onward = Button(ctx.speech.say("Next"), "queue", {"skip": str(skip + 1)})
    return Buttons((*decisions, onward, items.area_button(ctx.speech, item)))
