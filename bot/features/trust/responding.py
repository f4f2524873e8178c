"""The command by which a trusted contact answers the author of an item for the trusted contacts alone."""

from sqlmodel import Session

from bot.commands.registry import LongText, Number
from bot.context import Context
from bot.errors import UserError
from bot.feedback.audience import trusted
from bot.locales.speech import Speech
from bot.ports.inbound import Role
from bot.ports.reply import Paragraph, Quote, Reply, say
from bot.privacy.traces import words_mark
from storage.items import feedback
from storage.models import Feedback
from storage.people import members
from storage.traffic import outbox, traces
from storage.vocabulary import Audience


async def respond(ctx: Context, number: Number, text: LongText | None = None) -> Reply:
    """Answer what was written to the trusted contacts."""
    if text is None:
        await ctx.read(lambda session: _find(session, ctx, number))
        return await ctx.ask(ctx.speech.say("What should its author read?"), "text")

    def job(session: Session) -> Reply:
        item = _find(session, ctx, number)
        _tell_author(session, ctx, item, text)
        return say(ctx.speech.say("It goes to the author of #{number}.", number=number))

    return await ctx.settle(job)


def _find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, if this person was told of it.

    Raises:
        UserError: there is none, or this person was not told of it; the message is the same.
    """
    item = feedback.by_number(session, ctx.community.id, number)
    if item is None or item.audience is not Audience.TRUSTED or not _was_told(ctx, item):
        raise UserError(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    return item


def _was_told(ctx: Context, item: Feedback) -> bool:
    if ctx.own.trusted_contacts:
        return trusted.may_read(ctx, item.text)
    # Without trusted contacts, urgent items go to the staff's place.
    return ctx.inbound.actor.role >= Role.MODERATOR


def _tell_author(session: Session, ctx: Context, item: Feedback, text: str) -> None:
    speech = _speech_of_author(session, ctx, item)
    words = speech.say("An answer from {name} to your #{number}:", name=ctx.inbound.actor.name, number=item.number)
    payload = ctx.core.codec.dump(Reply((Paragraph(words), Quote(text))), sealed=item.author_id is None)
    key = f"response:{ctx.event}"
    outbox.owe(session, key, payload, ctx.now, recipient_id=item.author_id, feedback_id=item.id)
    traces.on_messages(session, [key], words_mark(ctx.core.store.keys, ctx.inbound.actor))


def _speech_of_author(session: Session, ctx: Context, item: Feedback) -> Speech:
    if item.author_id is None:
        return ctx.core.speech(ctx.community, item.language)
    return ctx.core.speech(ctx.community, *members.languages(session, item.author_id))
