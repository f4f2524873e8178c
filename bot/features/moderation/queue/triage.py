"""The command /queue: undecided items one by one, each on a screen with buttons for decisions."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import AreaName, Number, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.care import facts as care
from bot.features.moderation.outcomes import bulk, explaining, several, verdicts, wording
from bot.features.moderation.outcomes.deciding import decide, take_back_unheard
from bot.features.moderation.outcomes.verdicts import ELSEWHERE, NEED_REASON, status_of
from bot.features.moderation.queue import areas, facts, filters, onlookers, opened, order, similar, typed
from bot.feedback import items
from bot.feedback.attachments.enclosures import Enclosures, enclosures
from bot.feedback.desk import incidents, severity, solicitation
from bot.feedback.display import joined
from bot.feedback.display.accents import accent
from bot.feedback.display.moment import as_of
from bot.feedback.display.view import explain, moderator_buttons
from bot.feedback.telling import exchange
from bot.locales.words import OR, Age, Verdict
from bot.ports.reply import Block, Button, Buttons, Fields, Paragraph, Reply, Title
from storage.items import feedback
from storage.items.desk import backlog
from storage.items.support import groups
from storage.models import Feedback
from storage.vocabulary import Audience, Kind, Publication, Status

VIEW = "queue"


async def queue(
    ctx: Context,
    number: Number | None = None,
    verdict: Verdict | None = None,
    reason: ShortText | None = None,
    link: ShortText | None = None,
    kind: Kind | None = None,
    area: AreaName | None = None,
    status: Status | None = None,
    age: Age | None = None,
    owner: ShortText | None = None,
    words: ShortText | None = None,
    days: Token | None = None,
    urgent: Token | None = None,
    after: Token | None = None,
    seen: Token | None = None,
) -> Reply:
    """Go through what waits for a decision, one at a time."""
    # days: only items filed more than so many days ago. urgent: only urgent ones. after: the number of the item to go
    # on after. seen: the id of the item's last decision when it was shown.
    if verdict is None and (found := several.read(ctx, number, reason)) is not None:
        return await bulk.confirm(ctx, found)
    chosen = filters.options(ctx, kind, area, status, age, days, owner, words)
    if number is None:
        # Words without a number are filters, among which the word for a decision means the status.
        chosen = chosen.merge(typed.read(ctx, " ".join((ctx.given.get("verdict", ""), reason or ""))))
    ctx = filters.keep(ctx, chosen)
    await similar.refresh(ctx)
    if number is None:
        shown = await ctx.read(lambda session: show_next(session, ctx, after))
        # Without `after`, the button belongs to another message, such as a digest, which is not replaced.
        return replace(shown, edits=after is not None)
    _refuse_unreadable(ctx, verdict, reason)
    if verdict is None:
        return await ctx.read(lambda session: show_item(session, ctx, _find(session, ctx, number, None)))
    if verdict in ELSEWHERE:
        return await explaining.decide_elsewhere(ctx, number, verdict, reason)
    note = wording.read(ctx, reason, link)
    asked = await ctx.read(lambda session: _lacks(session, ctx, number, verdict, seen, note))
    if asked is not None:
        status, seen = asked
        if wording.lacks_link(note):
            return await explaining.ask_link(ctx, number, verdict, seen, note, filters.kept(ctx).args())
        return await explaining.ask_reason(ctx, number, verdict, seen, status, filters.kept(ctx).args())

    def job(session: Session) -> Reply:
        return replace(_decide(session, ctx, number, verdict, note, seen), edits=True)

    return await ctx.settle(job)


def _refuse_unreadable(ctx: Context, verdict: Verdict | None, reason: str | None) -> None:
    """Raise `UserError` for a reason without a decision."""
    if verdict is None and reason:
        choices = OR.join(ctx.speech.word(choice) for choice in Verdict)
        raise UserError(ctx.speech.say("“{text}” is not one of: {choices}.", text=reason[:40], choices=choices))


def _find(session: Session, ctx: Context, number: int, seen: int | None) -> Feedback:
    """The item with that number; one withdrawn or taken from view only with `seen`, as it was shown before.

    Otherwise it is not even found by its author: shown in the staff's place, it would reveal who wrote it.

    Raises:
        UserError: there is none.
    """
    item = items.find(session, ctx, number) if seen is None else feedback.by_number(session, ctx.community.id, number)
    # Nor does a trusted contact find an item for them alone, which would be shown in the staff's place.
    trusted = item is not None and item.audience is Audience.TRUSTED
    if item is None or trusted or (seen is None and item.status is Status.WITHDRAWN):
        raise UserError(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    if seen is None and item.publication is Publication.REMOVED:
        words = ctx.speech.say("#{number} is taken from view. /restore {number} puts it back.", number=number)
        raise UserError(words)
    return item


def _lacks(
    session: Session, ctx: Context, number: int, verdict: Verdict, seen: int | None, note: str
) -> tuple[Status, int] | None:
    """The new status and the id of the last decision, if a reason or its link must be asked for; None otherwise."""
    item = _find(session, ctx, number, seen)
    status = status_of(ctx, item, verdict)
    unexplained = status in NEED_REASON and item.status is not status and not note
    if not (unexplained or wording.lacks_link(note)) or _conflict(session, ctx, item, seen) is not None:
        return None
    return status, feedback.last_decision(session, item) if seen is None else seen


def _decide(session: Session, ctx: Context, number: int, verdict: Verdict, note: str, seen: int | None) -> Reply:
    item, speech = _find(session, ctx, number, seen), ctx.speech
    groups.hold(session, item)
    status, before = status_of(ctx, item, verdict), item.status
    if before is status and not note:
        words = speech.say("#{number} is already {status}.", number=number, status=speech.state(status))
        return show_next(session, ctx, number, Paragraph(words))
    conflict = _conflict(session, ctx, item, seen)
    if conflict is not None:
        return conflict
    take_back_unheard(session, ctx, item)
    if item.status is status is not before:
        word = speech.state(status)
        words = speech.say("Undone: #{number} is {status} again; nobody hears of it.", number=number, status=word)
        return show_next(session, ctx, number, Paragraph(words))
    return show_next(session, ctx, number, *decide(session, ctx, item, status, wording.fill(ctx, item, note)))


def _conflict(session: Session, ctx: Context, item: Feedback, seen: int | None) -> Reply | None:
    """The reply if an item was withdrawn, joined, taken from view or decided on since it was shown; None otherwise."""
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
    """Show the next item of the queue.

    Args:
        after: the number of the item to go on after; None for the first.
        before: blocks to put before it.
    """
    item = order.next_item(session, ctx, after)
    return show_item(session, ctx, item, *before) if item else filters.nothing(ctx, *before)


def show_item(session: Session, ctx: Context, item: Feedback, *before: Block) -> Reply:
    """Show the screen of an item after these blocks, and keep it up to date."""
    opened.keep(ctx, item, _draw, VIEW)
    return _draw(session, ctx, item, *before, beside=onlookers.note_look(ctx, item))


def _draw(session: Session, ctx: Context, item: Feedback, *before: Block, beside: tuple[Paragraph, ...] = ()) -> Reply:
    """Draw the screen of an item after these blocks.

    Args:
        beside: the line on other moderators who look at it.
    """
    speech = ctx.speech
    found = enclosures(session, ctx.speech, item, whole=True)
    title = f"{speech.word(item.kind).capitalize()} #{item.number}"
    decided = verdicts.buttons(ctx, item, feedback.last_decision(session, item), filters.kept(ctx).args())
    separating = Buttons((joined.separate_button(speech, item),))
    turns, notes = exchange.last_turns(session, ctx, item), care.notes(session, ctx, item)
    said = (*explain(session, ctx, item), *turns, *notes, *beside)
    buttons = (
        *similar.rows(session, ctx, item),
        separating if item.status is Status.JOINED else decided,
        *areas.guess(ctx, item),
        _other_actions(session, ctx, item, found),
        *filters.shown(ctx),
    )
    words = items.words(speech, item, whole=True)
    told = Fields(facts.facts(session, ctx, item, found))
    shown = (*before, Title(title), words, *found.pictures, *said, told, as_of(ctx))
    return Reply((*shown, *buttons), accent=accent(item))


def _other_actions(session: Session, ctx: Context, item: Feedback, found: Enclosures) -> Buttons:
    """The buttons for everything a moderator can do with an item besides deciding on it."""
    speech, number = ctx.speech, {"number": str(item.number)}
    onward = filters.next_button(ctx, item.number)
    _, thanks = backlog.waiting_count(session, ctx.community.id, order.unasked_since(ctx))
    all_read = Button(speech.say("Mark all praise as read"), "read_all")
    bulk = (all_read,) if item.kind is Kind.PRAISE and thanks > 1 else ()
    area = () if item.area_guessed else (Button(speech.say("Area"), "place", number),)
    more = Button(speech.say("More actions"), "more", number)
    handed = found.button(speech, item.number)
    joining = Button(speech.say("Join to another"), "jointo", number)
    joinable = (joining,) if items.is_open(item) and item.kind is not Kind.PRAISE else ()
    asking = Button(speech.say("Ask the author"), "askauthor", number)
    taking, shown = care.buttons(ctx, item), moderator_buttons(session, ctx, item)
    urgent = (*severity.button(ctx, item), *incidents.button(session, ctx, item))
    rest = (
        *bulk,
        *taking,
        *area,
        *handed,
        asking,
        *solicitation.item_button(session, ctx, item),
        more,
        *joinable,
        *urgent,
        *shown,
    )
    return Buttons((onward, *filters.carry(ctx, rest)))


DRAWS = {VIEW: opened.redraw_with(_draw)}
"""The functions that redraw views, by the name of the view."""
