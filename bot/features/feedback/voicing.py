"""The commands by which a supporter says why an item matters to them, in a sentence shown without their name."""

from sqlmodel import Session

from bot.commands.registry import LongText, Number, Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback import items
from bot.feedback.desk import blocks
from bot.feedback.display import voices
from bot.feedback.display.outdated import Outdated
from bot.ports.inbound import Role
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, say
from bot.recognition.contacts import find_contacts, mask
from storage.items import feedback
from storage.items.support import supports
from storage.items.support import voices as stored
from storage.models import Feedback
from storage.vocabulary import Publication


async def why(ctx: Context, number: Number, text: LongText | None = None) -> Reply:
    """Say why something you support matters to you."""
    if text is None:
        return await _ask(ctx, number)
    said = " ".join(text.split())
    if len(said) > voices.LONGEST:
        raise UserError(ctx.speech.say("One sentence, please: at most {n} characters.", n=voices.LONGEST))

    def job(session: Session) -> Reply:
        item = _find(session, ctx, number)
        feedback.hold(session, item)
        if refusal := blocks.refusal(session, ctx, item.audience):
            return refusal
        person = ctx.person(session)
        if not supports.supports(session, item, person):
            return _explain(session, ctx, item)
        stored.say(session, item, person, said, ctx.core.detector.detect(said, ctx.speech.language), ctx.now)
        mine = stored.of_member(session, item.id, person)
        return _receipt(ctx, item, said, mine.id if mine else 0)

    return await ctx.settle(job)


async def unsay(ctx: Context, number: Number, voice: Token) -> Reply:
    """Take back why something matters to you; a moderator may take anybody's sentence away."""

    def job(session: Session) -> Reply:
        item = items.find(session, ctx, number)
        found = stored.find(session, item.id, voice)
        if found is None:
            return say(ctx.speech.say("This sentence is gone."))
        if ctx.inbound.actor.role < Role.MODERATOR and (ctx.member is None or found.member_id != ctx.member.id):
            raise UserError(ctx.speech.say("Only who said it can take it back."))
        stored.drop(session, found.id)
        return say(ctx.speech.say("The sentence is gone from #{number}; the support stays.", number=number))

    return await ctx.settle(job)


async def _ask(ctx: Context, number: int) -> Reply:
    def job(session: Session) -> Reply | None:
        item = _find(session, ctx, number)
        if refusal := blocks.refusal(session, ctx, item.audience):
            return refusal
        theirs = supports.supports(session, item, ctx.member.id if ctx.member else None)
        return None if theirs else _explain(session, ctx, item)

    if explained := await ctx.read(job):
        return await ctx.show(explained)
    words = ctx.speech.say("Why does it matter to you? One sentence; others read it without your name.")
    return await ctx.ask(words, "text")


def _explain(session: Session, ctx: Context, item: Feedback) -> Reply:
    words = ctx.speech.say("Only who supports #{number} can say why it matters to them.", number=item.number)
    return Reply((Paragraph(words), items.support_buttons(session, ctx, item)))


def _find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, if it is in view and somebody else's.

    Raises:
        UserError: there is none that this person may see, it is theirs, or not in view.
    """
    item = items.find(session, ctx, number)
    if items.wrote(ctx, item, ctx.member):
        raise UserError(ctx.speech.say("#{number} is yours: its words say it already.", number=number))
    if item.publication is not Publication.SHOWN or not item.text:
        raise Outdated(ctx.speech.say("#{number} is not in view: nobody can support or follow it.", number=number))
    return item


def _receipt(ctx: Context, item: Feedback, said: str, voice: int) -> Reply:
    kept = ctx.speech.say("Noted beside #{number}, without your name:", number=item.number)
    hidden = (
        (Paragraph(ctx.speech.say("A number or an address in it is masked for everyone.")),)
        if find_contacts(said)
        else ()
    )
    number = {"number": str(item.number)}
    change = Button(ctx.speech.say("Edit"), "why", number)
    back = Button(ctx.speech.say("Take it back"), "unsay", {**number, "voice": str(voice)})
    return Reply((Paragraph(kept), Quote(mask(said)), *hidden, Buttons((change, back))))
