"""The queue of undecided items for moderators: one item on a screen, with buttons for decisions."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import AreaName, Number, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.deciding import decide, take_back_unheard
from bot.features.moderation.queue import alike, areas, facts, filters, order, others, typed
from bot.feedback import exchange, items, joined
from bot.feedback.accents import accent
from bot.feedback.attachments.enclosures import Enclosures, enclosures
from bot.feedback.view import explain, moderator_buttons
from bot.locales.words import OR, Age, Verdict, mark
from bot.ports.reply import Block, Button, Buttons, Fields, Paragraph, Reply, Title, Weight
from storage.items import backlog, feedback
from storage.items.support import groups
from storage.models import Feedback
from storage.vocabulary import Audience, Kind, Publication, Status

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
"""The status that a decision gives an item of each kind."""

SHOWN: Mapping[Kind, tuple[Verdict, ...]] = {
    Kind.SUGGESTION: (Verdict.PLANNED, Verdict.DONE, Verdict.NOT_PLANNED),
    Kind.PROBLEM: (Verdict.PLANNED, Verdict.DONE, Verdict.NOT_PLANNED),
    Kind.PRAISE: (Verdict.DONE,),
}
WEIGHTS: Mapping[Status, Weight] = {
    Status.PLANNED: Weight.PRIMARY,
    Status.HANDLED: Weight.PRIMARY,
    Status.DONE: Weight.GOOD,
    Status.RESOLVED: Weight.GOOD,
    Status.READ: Weight.GOOD,
}
"""How much a decision's button stands out; a refusal is plain."""
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
    kind: Kind | None = None,
    area: AreaName | None = None,
    status: Status | None = None,
    age: Age | None = None,
    owner: ShortText | None = None,
    words: ShortText | None = None,
    days: Token | None = None,
    after: Token | None = None,
    seen: Token | None = None,
) -> Reply:
    """Go through what waits for a decision, one at a time."""
    # days: filed longer ago. after: the number of the item to continue after. seen: the id of the item's last decision
    # when it was shown.
    chosen = filters.options(ctx, kind, area, status, age, days, owner, words)
    if number is None:
        # Words without a number narrow the queue; that of a decision is a status then.
        chosen = chosen.merge(typed.read(ctx, " ".join((ctx.given.get("verdict", ""), reason or ""))))
    ctx = filters.keep(ctx, chosen)
    await alike.look(ctx)
    if number is None:
        shown = await ctx.read(lambda session: show_next(session, ctx, after))
        # Without `after` it was called from elsewhere, such as a digest, which stays.
        return replace(shown, edits=after is not None)
    _refuse_unreadable(ctx, verdict, reason)
    if verdict is None:
        return await ctx.read(lambda session: show_item(session, ctx, _find(session, ctx, number, None)))
    if reason is None and await ctx.read(lambda session: _lacks_reason(session, ctx, number, verdict, seen)):
        return await _ask_reason(ctx, number, verdict, seen)

    def job(session: Session) -> Reply:
        return replace(_decide(session, ctx, number, verdict, reason or "", seen), edits=True)

    return await ctx.settle(job)


def _refuse_unreadable(ctx: Context, verdict: Verdict | None, reason: str | None) -> None:
    """Raise `UserError` for a reason without a decision."""
    if verdict is None and reason:
        choices = OR.join(ctx.speech.word(choice) for choice in Verdict)
        raise UserError(ctx.speech.say("“{text}” is not one of: {choices}.", text=reason[:40], choices=choices))


def _find(session: Session, ctx: Context, number: int, seen: int | None) -> Feedback:
    """The item with that number. One withdrawn or taken from view is found only with `seen`, by which it was shown.

    Not even its author finds it without: in the staff's place, that would reveal who wrote it.

    Raises:
        UserError: there is none.
    """
    item = items.find(session, ctx, number) if seen is None else feedback.by_number(session, ctx.community.id, number)
    # Nor does a trusted contact find what is for them alone: the staff's place would read it.
    trusted = item is not None and item.audience is Audience.TRUSTED
    if item is None or trusted or (seen is None and item.status is Status.WITHDRAWN):
        raise UserError(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    if seen is None and item.publication is Publication.REMOVED:
        words = ctx.speech.say("#{number} is taken from view. /restore {number} puts it back.", number=number)
        raise UserError(words)
    return item


def _lacks_reason(session: Session, ctx: Context, number: int, verdict: Verdict, seen: int | None) -> bool:
    item = _find(session, ctx, number, seen)
    status = BECOMES[item.kind][verdict]
    return status in NEED_REASON and item.status is not status and _conflict(session, ctx, item, seen) is None


async def _ask_reason(ctx: Context, number: int, verdict: Verdict, seen: int | None) -> Reply:
    if seen is None:
        seen = await ctx.read(lambda session: feedback.last_decision(session, _find(session, ctx, number, None)))
    words = ctx.speech.say("Why? Everyone concerned will read it.")
    kept = {**filters.kept(ctx).args(), "number": str(number), "verdict": verdict.value, "seen": str(seen)}
    fitting = READY_REASONS if verdict is Verdict.NOT_PLANNED else ()
    buttons = tuple(Button(ctx.speech.say(ready), "queue", {**kept, "reason": ready}) for ready in fitting)
    return await replace(ctx, given=kept).ask(words, "reason", ready=buttons)


def _decide(session: Session, ctx: Context, number: int, verdict: Verdict, reason: str, seen: int | None) -> Reply:
    item, speech = _find(session, ctx, number, seen), ctx.speech
    groups.hold(session, item)
    status = BECOMES[item.kind][verdict]
    if item.status is status:
        words = speech.say("#{number} is already {status}.", number=number, status=speech.word(status))
        return show_next(session, ctx, number, Paragraph(words))
    conflict = _conflict(session, ctx, item, seen)
    if conflict is not None:
        return conflict
    take_back_unheard(session, ctx, item)
    if item.status is status:
        word = speech.word(status)
        words = speech.say("Undone: #{number} is {status} again; nobody hears of it.", number=number, status=word)
        return show_next(session, ctx, number, Paragraph(words))
    return show_next(session, ctx, number, *decide(session, ctx, item, status, reason))


def _conflict(session: Session, ctx: Context, item: Feedback, seen: int | None) -> Reply | None:
    """The reply when an item was withdrawn, taken from view or decided on since it was shown; else None."""
    if item.status is Status.WITHDRAWN:
        words = ctx.speech.say("Meanwhile #{number} was withdrawn by its author.", number=item.number)
        return show_next(session, ctx, item.number, Paragraph(words))
    if item.status is Status.JOINED:
        words = ctx.speech.say("What is decided on #{to} counts.", to=groups.target(session, item).number)
        return show_item(
            session, ctx, item, Paragraph(f"#{item.number}: {joined.status_line(session, ctx.speech, item)}. {words}")
        )
    if item.publication is Publication.REMOVED:
        words = ctx.speech.say("Meanwhile #{number} was taken from view.", number=item.number)
        return show_next(session, ctx, item.number, Paragraph(words))
    if seen is None or feedback.last_decision(session, item) == seen:
        return None
    words = ctx.speech.say(
        "Meanwhile a decision was made on #{number}: {status}. Nothing has been changed now.",
        number=item.number,
        status=items.status_word(ctx.speech, item),
    )
    return show_item(session, ctx, item, Paragraph(words))


def show_next(session: Session, ctx: Context, after: int | None, *before: Block) -> Reply:
    """The screen of the item after this one in the queue, with its filters; after the last one, of the first."""
    item = order.next_item(session, ctx, after)
    return show_item(session, ctx, item, *before) if item else filters.nothing(ctx, *before)


def show_item(session: Session, ctx: Context, item: Feedback, *before: Block) -> Reply:
    """The screen of an item to decide on, after these blocks; the author's name is shown unless it is nameless."""
    speech = ctx.speech
    found = enclosures(session, ctx.speech, item, whole=True)
    title = f"{speech.word(item.kind).capitalize()} #{item.number}"
    decided = _verdicts(ctx, item, feedback.last_decision(session, item))
    separating = Buttons((joined.separate_button(speech, item),))
    said = (*explain(session, ctx, item), *exchange.last_turns(session, ctx, item), *others.beside(ctx, item))
    buttons = (
        *alike.rows(session, ctx, item),
        separating if item.status is Status.JOINED else decided,
        *areas.guess(ctx, item),
        _other_actions(session, ctx, item, found),
        *filters.shown(ctx),
    )
    words = items.words(speech, item, whole=True)
    told = Fields(facts.facts(session, ctx, item, found))
    return Reply((*before, Title(title), words, *found.pictures, *said, told, *buttons), accent=accent(item))


def _verdicts(ctx: Context, item: Feedback, seen: int) -> Buttons:
    speech, number = ctx.speech, {"number": str(item.number)}
    decisions = [
        Button(
            speech.word(BECOMES[item.kind][verdict]).capitalize(),
            "queue",
            {**filters.kept(ctx).args(), **number, "verdict": verdict.value, "seen": str(seen)},
            weight=WEIGHTS.get(BECOMES[item.kind][verdict], Weight.PLAIN),
        )
        for verdict in SHOWN[item.kind]
    ]
    return Buttons(tuple(decisions))


def _other_actions(session: Session, ctx: Context, item: Feedback, found: Enclosures) -> Buttons:
    """Everything a moderator can do with an item besides deciding on it."""
    speech, number = ctx.speech, {"number": str(item.number)}
    onward = Button(speech.say("Next"), "queue", filters.onward(ctx, item.number))
    _, thanks = backlog.waiting_count(session, ctx.community.id, order.unasked_since(ctx))
    all_read = Button(speech.say("Mark all praise as read"), "read_all")
    bulk = (all_read,) if item.kind is Kind.PRAISE and thanks > 1 else ()
    area = () if item.area_guessed else (Button(speech.say("Area"), "place", number),)
    more = Button(speech.say("More actions"), "more", number)
    handed = found.button(speech, item.number)
    joining = Button(speech.say("Join to another"), "jointo", number)
    joinable = (joining,) if items.is_open(item) and item.kind is not Kind.PRAISE else ()
    asking = Button(speech.say("Ask the author"), "askauthor", number)
    return Buttons((onward, *bulk, *area, *handed, asking, more, *joinable, *moderator_buttons(session, ctx, item)))
