"""Asks the author of an item a question without revealing who it is; the item leaves the queue until the answer."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import LongText, Number
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.queue.filters import kept, onward
from bot.feedback import items
from bot.feedback.audience.visibility import may_see
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling import exchange
from bot.feedback.telling.notices import tell_author
from bot.language.text.normalise import has_words
from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Strong
from storage.items import feedback
from storage.items.desk import exchanges
from storage.models import Feedback
from storage.people import members
from storage.vocabulary import Audience


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
    item = feedback.by_number(session, ctx.community.id, number)
    if item is None or item.audience is Audience.TRUSTED or not may_see(ctx, item):
        raise Outdated(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    named = item.author_id is not None and members.met(session, [item.author_id])
    if not item.text or not (named or (item.nameless and item.author_hash)):
        raise UserError(ctx.speech.say("Nobody is known to have written #{number}.", number=number))
    return item


def _ask(session: Session, ctx: Context, number: int, text: str) -> Reply:
    feedback.hold(session, _find(session, ctx, number))
    item = _find(session, ctx, number)
    # On their own nameless item a moderator's id would reveal its author.
    own = item.nameless and items.wrote(ctx, item, ctx.member)
    by = None if own else ctx.person(session)
    entry = exchanges.ask(session, item, by, text, ctx.time_of(nameless=own))
    tell_author(session, ctx, item, f"asked:{entry.id}", lambda speech, which: _question(speech, which, item, text))
    done = ctx.speech.say(
        "The author of #{number} is asked. It is out of the queue until the answer, or until {day}.",
        number=number,
        day=exchange.last_day(ctx, entry.at),
    )
    ways = Buttons((Button(ctx.speech.say("Next"), "queue", onward(ctx, number)),))
    chat = ctx.inbound.chat
    # The command is deleted, where the bot may, as members are not to read the words.
    return Reply((Paragraph(done), ways), hush=chat.overlooked and not chat.staff)


def _question(speech: Speech, which: Strong, item: Feedback, text: str) -> Reply:
    """The message to an item's author."""
    asked = Paragraph(speech.line("The team has a question about {number}:", number=which))
    readers = (
        speech.say("Only the team reads the answer, without your name.")
        if item.nameless
        else speech.say("Only the team reads the answer.")
    )
    return Reply((asked, Quote(text), Paragraph(readers), Buttons((exchange.answer_button(speech, item),))))
