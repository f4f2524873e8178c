"""The queue of undecided items for moderators: one item on a screen, with buttons for decisions."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Number, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.deciding import decide, take_back_unheard
from bot.feedback import exchange, incidents, items, joined, severity
from bot.feedback.accents import accent
from bot.feedback.attachments.enclosures import Enclosures, enclosures
from bot.feedback.edits import edited
from bot.feedback.view import explain, moderator_buttons
from bot.locales.words import OR, Verdict, mark
from bot.ports.reply import Block, Button, Buttons, Fields, Instant, Line, Paragraph, Reply, Strong, Title, Weight
from storage.items import backlog, exchanges, feedback
from storage.items.support import groups, supports
from storage.models import Feedback
from storage.people import members
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
    after: Token | None = None,
    seen: Token | None = None,
) -> Reply:
    """Go through what waits for a decision, one at a time."""
    # after: the number of the item to continue after. seen: the id of the item's last decision when it was shown.
    _refuse_unreadable(ctx, number, verdict, reason)
    if number is None:
        shown = await ctx.read(lambda session: show_next(session, ctx, after))
        # Without `after` it was called from elsewhere, such as a digest, which stays.
        return replace(shown, edits=after is not None)
    if verdict is None:
        return await ctx.read(lambda session: show_item(session, ctx, _find(session, ctx, number, None)))
    if reason is None and await ctx.read(lambda session: _lacks_reason(session, ctx, number, verdict, seen)):
        return await _ask_reason(ctx, number, verdict, seen)

    def job(session: Session) -> Reply:
        return replace(_decide(session, ctx, number, verdict, reason or "", seen), edits=True)

    return await ctx.settle(job)


def _refuse_unreadable(ctx: Context, number: int | None, verdict: Verdict | None, reason: str | None) -> None:
    """Raise `UserError` for a decision or reason without a number, or a reason without a decision."""
    say, word = ctx.speech.say, ctx.speech.word
    if number is None and (verdict or reason):
        text = word(verdict) if verdict else (reason or "")[:40]
        raise UserError(say("A number is needed here, such as 12; “{text}” is not one.", text=text))
    if verdict is None and reason:
        choices = OR.join(word(choice) for choice in Verdict)
        raise UserError(say("“{text}” is not one of: {choices}.", text=reason[:40], choices=choices))


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
    kept = {"number": str(number), "verdict": verdict.value, "seen": str(seen)}
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
    """The screen of the item after this one in the queue; after the last one, of the first."""
    own = ctx.community.id
    place = feedback.by_number(session, own, after) if after else None
    asked = ctx.now - exchanges.SNOOZE
    waiting = backlog.waiting(session, own, 1, place, asked) or backlog.waiting(session, own, 1, asked_since=asked)
    if not waiting:
        return Reply((*before, Paragraph(ctx.speech.say("Nothing waits for a decision."))))
    return show_item(session, ctx, waiting[0][0], *before)


def show_item(session: Session, ctx: Context, item: Feedback, *before: Block) -> Reply:
    """The screen of an item to decide on, after these blocks; the author's name is shown unless it is nameless."""
    speech = ctx.speech
    names = members.names(session, {item.author_id}) if item.author_id else {}
    author = names.get(item.author_id or 0, speech.say("without a name"))
    found = enclosures(session, ctx.speech, item, whole=True)
    pairs: tuple[tuple[str, Line], ...] = (
        (speech.say("Status"), joined.status_line(session, speech, item)),
        (speech.say("From"), author if not item.nameless else speech.say("without a name")),
        (speech.say("Area"), speech.area(item.area)),
        (speech.say("Since"), _since(ctx, item)),
        *(((speech.say("Said at"), (Strong(item.link),)),) if item.link else ()),
        *found.named,
        *joined.joined_shown(session, ctx, item),
        *edited(ctx.speech, ctx.zone, item, item.support, supports.earlier(session, [item]).get(item.id, 0)),
        (speech.say("Waiting"), _waiting(session, ctx)),
    )
    title = f"{speech.word(item.kind).capitalize()} #{item.number}"
    waits = explain(session, ctx, item)
    decided = _verdicts(ctx, item, feedback.last_decision(session, item))
    separating = Buttons((joined.separate_button(speech, item),))
    buttons = (separating if item.status is Status.JOINED else decided, _other_actions(session, ctx, item, found))
    words = items.words(speech, item, whole=True)
    said = (*waits, *exchange.last_turns(session, ctx, item))
    return Reply((*before, Title(title), words, *found.pictures, *said, Fields(pairs), *buttons), accent=accent(item))


def _since(ctx: Context, item: Feedback) -> Line:
    """When an item was filed; of a nameless one the day is all there is, which is the same for every reader."""
    day = ctx.speech.day(item.created_at.astimezone(ctx.zone).date())
    return day if item.nameless else (Instant(day, item.created_at),)


def _waiting(session: Session, ctx: Context) -> str:
    """The number of undecided items, counted as in the digest, and that of unread praise."""
    decisions, thanks = backlog.waiting_count(session, ctx.community.id, ctx.now - exchanges.SNOOZE)
    more = ctx.speech.say("more than {n}", n=backlog.COUNTED)
    wait = more if decisions > backlog.COUNTED else str(decisions)
    if not thanks:
        return wait
    unread = _unread(ctx, thanks)
    return OR.join((wait, unread)) if decisions else unread


def _unread(ctx: Context, thanks: int) -> str:
    if thanks > backlog.COUNTED:
        return ctx.speech.say("more than {n} messages of praise to read", n=backlog.COUNTED)
    return ctx.speech.count("{n} message of praise to read", "{n} messages of praise to read", thanks)


def _verdicts(ctx: Context, item: Feedback, seen: int) -> Buttons:
    speech, number = ctx.speech, {"number": str(item.number)}
    decisions = [
        Button(
            speech.word(BECOMES[item.kind][verdict]).capitalize(),
            "queue",
            {**number, "verdict": verdict.value, "seen": str(seen)},
            weight=WEIGHTS.get(BECOMES[item.kind][verdict], Weight.PLAIN),
        )
        for verdict in SHOWN[item.kind]
    ]
    return Buttons(tuple(decisions))


def _other_actions(session: Session, ctx: Context, item: Feedback, found: Enclosures) -> Buttons:
    """Everything a moderator can do with an item besides deciding on it."""
    speech, number = ctx.speech, {"number": str(item.number)}
    onward = Button(speech.say("Next"), "queue", {"after": str(item.number)})
    _, thanks = backlog.waiting_count(session, ctx.community.id, ctx.now - exchanges.SNOOZE)
    all_read = Button(speech.say("Mark all praise as read"), "read_all")
    bulk = (all_read,) if item.kind is Kind.PRAISE and thanks > 1 else ()
    area, more = Button(speech.say("Area"), "place", number), Button(speech.say("More actions"), "more", number)
    handed = found.button(speech, item.number)
    joining = Button(speech.say("Join to another"), "jointo", number)
    joinable = (joining,) if items.is_open(item) and item.kind is not Kind.PRAISE else ()
    asking = Button(speech.say("Ask the author"), "askauthor", number)
    urgent = (*severity.button(ctx, item), *incidents.button(session, ctx, item))
    return Buttons(
        (onward, *bulk, area, *handed, asking, more, *joinable, *urgent, *moderator_buttons(session, ctx, item))
    )
