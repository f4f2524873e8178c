"""Blocks the author of an item from filing feedback for a time, and lifts blocks.

Replies are the same for named and nameless authors, and do not tell whether two items have the same author.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.commands.registry import Number, ShortText
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.care.facts import more_buttons
from bot.features.moderation.queue import opened
from bot.features.moderation.queue.finding import find, hush
from bot.feedback import items
from bot.feedback.desk.blocks import last_day
from bot.language.text.normalise import has_words
from bot.locales.words import Term, mark
from bot.ports.reply import Block, Bullets, Button, Buttons, Paragraph, Quote, Reply, Title, Weight, say
from storage.items import feedback
from storage.items.desk import blocks
from storage.models import Feedback
from storage.people import members
from storage.traffic import outbox
from storage.vocabulary import Action

VIEW = "more"
LASTS: Mapping[Term, timedelta] = {
    Term.DAY: timedelta(days=1),
    Term.WEEK: timedelta(days=7),
    Term.MONTH: timedelta(days=30),
}
READY_REASONS = (
    mark("Insults or threats."),
    mark("Advertising, or the same thing again and again."),
    mark("Somebody's private life."),
)


async def more(ctx: Context, number: Number) -> Reply:
    """See what else can be done about feedback."""

    def look(session: Session) -> Reply:
        item = find(session, ctx, number)
        opened.keep(ctx, item, _draw_more, VIEW)
        return _draw_more(session, ctx, item)

    return await ctx.read(look)


def _draw_more(session: Session, ctx: Context, item: Feedback, *before: Block) -> Reply:
    speech = ctx.speech
    title = Title(f"{speech.word(item.kind).capitalize()} #{item.number}")
    caring = Buttons(more_buttons(ctx, item))
    return Reply((*before, title, items.words(speech, item), caring, *_block_of(session, ctx, item.number)))


async def block(ctx: Context, number: Number, term: Term | None = None, reason: ShortText | None = None) -> Reply:
    """Keep the author of feedback from filing more for a time, without learning who it is."""
    await ctx.read(lambda session: _author_mark(ctx, find(session, ctx, number)))
    reason = reason if reason and has_words(reason) else None
    if term is None:
        return _ask_how_long(ctx, number, reason)
    if reason is None:
        return await _ask_reason(ctx, number, term)
    return await ctx.settle(lambda session: hush(ctx, _block(session, ctx, number, term, reason)))


async def unblock(ctx: Context, number: Number | None = None) -> Reply:
    """Lift the block of an author, or see which there are."""
    if number is None:
        return await ctx.read(lambda session: _list(session, ctx))
    return await ctx.settle(lambda session: hush(ctx, _lift(session, ctx, number)))


def _author_mark(ctx: Context, item: Feedback) -> str:
    """The keyed mark of an item's author, named or not; empty for a nameless item whose author was erased.

    Raises:
        UserError: the item has no author, as it was imported without one or erased.
    """
    named = ctx.mark(item.author_id or 0)
    if item.author_id is None and not (item.nameless and item.text):
        raise UserError(ctx.speech.say("Nobody is known to have written #{number}.", number=item.number))
    return named if item.author_id is not None else item.author_hash or ""


def _ask_how_long(ctx: Context, number: int, reason: str | None) -> Reply:
    words = ctx.speech.say("For how long can the author of #{number} file nothing here?", number=number)
    kept = {"number": str(number), **({"reason": reason} if reason else {})}
    terms = tuple(Button(ctx.speech.word(term).capitalize(), "block", {**kept, "term": term.value}) for term in Term)
    given = (Paragraph(ctx.speech.say("The reason:")), Quote(reason)) if reason else ()
    return Reply((Paragraph(words), *given, Buttons(terms)))


async def _ask_reason(ctx: Context, number: int, term: Term) -> Reply:
    kept = {"number": str(number), "term": term.value}
    ready = tuple(Button(ctx.speech.say(one), "block", {**kept, "reason": one}) for one in READY_REASONS)
    words = ctx.speech.say("Why? The author of #{number} will read it, nobody else.", number=number)
    return await replace(ctx, given=kept).ask(words, "reason", ready=ready)


def _block(session: Session, ctx: Context, number: int, term: Term, reason: str) -> Reply:
    item = find(session, ctx, number)
    mark_, until = _author_mark(ctx, item), ctx.now + LASTS[term]
    ends = blocks.add(session, ctx.community.id, number, mark_, until, reason, ctx.now.date())
    feedback.record(
        session, item, Action.BLOCKED, ctx.person(session), after=ends.date().isoformat(), note=reason, at=ctx.now
    )
    told = ctx.speech.say("Only the author is told, on filing something else. Nobody learns who it is.")
    return Reply((Paragraph(_blocked(ctx, number, last_day(ctx, ends))), Paragraph(told)))


def _lift(session: Session, ctx: Context, number: int) -> Reply:
    own = ctx.community.id
    found = blocks.of_item(session, own, number, ctx.now)
    if found is None:
        return say(ctx.speech.say("Nobody is blocked because of #{number}.", number=number))
    blocks.lift(session, own, number)
    item = feedback.by_number(session, own, number)
    if item is not None:
        entry = feedback.record(session, item, Action.UNBLOCKED, ctx.person(session), at=ctx.now)
        if found.appealed:
            _tell_author(session, ctx, item, f"unblocked:{entry.id}")
    return say(ctx.speech.say("The block because of #{number} is lifted.", number=number))


def _list(session: Session, ctx: Context) -> Reply:
    found = blocks.listed(session, ctx.community.id, ctx.now)
    if not found:
        return say(ctx.speech.say("Nobody is blocked."))
    lines = tuple(_blocked(ctx, one.number, last_day(ctx, one.until)) for one in found)
    return Reply((Bullets(lines), Buttons(tuple(_lifting(ctx, one.number) for one in found[:5]))))


def _block_of(session: Session, ctx: Context, number: int) -> tuple[Block, ...]:
    """The block given because of this item, with the button that lifts it; or the button that blocks its author."""
    found = blocks.of_item(session, ctx.community.id, number, ctx.now)
    if found is None:
        button = Button(ctx.speech.say("Block its author"), "block", {"number": str(number)}, weight=Weight.DANGEROUS)
        return (Buttons((button,)),)
    words = _blocked(ctx, number, last_day(ctx, found.until))
    return Paragraph(words), Buttons((_lifting(ctx, number),))


def _blocked(ctx: Context, number: int, day: str) -> str:
    return ctx.speech.say("#{number}'s author is blocked until {day}.", number=number, day=day)


def _lifting(ctx: Context, number: int) -> Button:
    label = ctx.speech.say("Lift the block of #{number}", number=number)
    return Button(label, "unblock", {"number": str(number)})


def _tell_author(session: Session, ctx: Context, item: Feedback, key: str) -> None:
    """Queue the news of a lifted block for the author, who appealed against it."""
    known = members.languages(session, item.author_id) if item.author_id else (item.language,)
    speech = ctx.core.speech(ctx.community, *known)
    words = speech.say("The team has looked at #{number} again, and lifted that block.", number=item.number)
    payload = ctx.core.codec.dump(say(words), sealed=item.author_id is None)
    outbox.owe(session, key, payload, ctx.now, recipient_id=item.author_id, feedback_id=item.id)


DRAWS = {VIEW: opened.redraw_with(_draw_more)}
"""The functions that redraw views, by the name of the view."""
