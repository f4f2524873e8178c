"""Asks the author of an item a question without revealing who it is; the item leaves the queue until the answer."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import LongText, Number
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.queue.filters import kept, next_button
from bot.features.moderation.queue.finding import actor, find, hush
from bot.feedback.telling import exchange
from bot.feedback.telling.notices import tell_author
from bot.language.text.normalise import has_words
from bot.locales.speech import Speech
from bot.ports.reply import Buttons, Paragraph, Quote, Reply, Strong
from storage.items import feedback
from storage.items.desk import exchanges
from storage.models import Feedback
from storage.people import members


async def ask_author(ctx: Context, number: Number, text: LongText | None = None) -> Reply:
    """Ask the author of feedback something, without learning who it is."""
    await ctx.read(lambda session: _find(session, ctx, number))
    if text is None or not has_words(text):
        words = ctx.speech.say("What should the author of #{number} be asked?", number=number)
        return await replace(ctx, given={**kept(ctx).args(), "number": str(number)}).ask(words, "text")
    return await ctx.settle(lambda session: _ask(session, ctx, number, text))


def _find(session: Session, ctx: Context, number: int) -> Feedback:
    """As `finding.find`, if the item has an author who can be asked.

    Raises:
        Outdated: there is none that moderators may see.
        UserError: it has no author who can be reached.
    """
    item = find(session, ctx, number)
    named = item.author_id is not None and members.met(session, [item.author_id])
    if not item.text or not (named or (item.nameless and item.author_hash)):
        raise UserError(ctx.speech.say("Nobody is known to have written #{number}.", number=number))
    return item


def _ask(session: Session, ctx: Context, number: int, text: str) -> Reply:
    feedback.hold(session, _find(session, ctx, number))
    item = _find(session, ctx, number)
    by = actor(session, ctx, item)
    entry = exchanges.ask(session, item, by, text, ctx.time_of(nameless=by is None))
    tell_author(session, ctx, item, f"asked:{entry.id}", lambda speech, which: _question(speech, which, item, text))
    done = ctx.speech.say(
        "The author of #{number} is asked. It is out of the queue until the answer, or until {day}.",
        number=number,
        day=exchange.last_day(ctx, entry.at),
    )
    ways = Buttons((next_button(ctx, number),))
    return hush(ctx, Reply((Paragraph(done), ways)))


def _question(speech: Speech, which: Strong, item: Feedback, text: str) -> Reply:
    """The message to an item's author."""
    asked = Paragraph(speech.line("The team has a question about {number}:", number=which))
    readers = (
        speech.say("Only the team reads the answer, without your name.")
        if item.nameless
        else speech.say("Only the team reads the answer.")
    )
    return Reply((asked, Quote(text), Paragraph(readers), Buttons((exchange.answer_button(speech, item),))))
