"""The commands by which people ready to talk answer the team, and the team thanks them and tells the outcome."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.feedback.desk.blocks import is_blocked
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.news import will_be_told
from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Weight, say
from bot.privacy.traces import words_mark
from storage.models import Inquiry, Invitation
from storage.people import communities, members, readiness
from storage.traffic import outbox, traces


async def answer_team(ctx: Context, invitation: Token, text: LongText | None = None) -> Reply:
    """Answer a question of the team."""
    if text is None:
        kept = {"invitation": str(invitation)}
        return await replace(ctx, given=kept).ask(ctx.speech.say("What would you answer?"), "text")

    def job(session: Session) -> Reply:
        mine, asked = _invitation(session, ctx, invitation)
        mine.answers += 1
        session.add(mine)
        _tell_staff(session, ctx, mine, asked, text)
        seen = (
            ctx.speech.say("The team has it, with your name.")
            if mine.named
            else ctx.speech.say("The team has it, without your name.")
        )
        return say(seen)

    return await ctx.settle(job)


async def it_helped(ctx: Context, invitation: Token) -> Reply:
    """Tell whoever answered that it helped."""

    def job(session: Session) -> Reply:
        found = readiness.invitation(session, invitation)
        if found is None or found[1].community_id != ctx.community.id:
            raise Outdated(ctx.speech.say("Whoever answered is not known here any more."))
        answered, asked = found
        if not answered.helped:
            answered.helped, asked.helped = True, asked.helped + 1
            session.add_all(found)
            tell(session, ctx, answered, f"helped:{answered.id}", _thanks)
        return say(ctx.speech.count("{n} answer helped.", "{n} answers helped.", asked.helped))

    return await ctx.settle(job)


async def conclude(ctx: Context, inquiry: Token, text: LongText | None = None) -> Reply:
    """Tell those who were asked what came of it."""
    if text is None:
        kept = {"inquiry": str(inquiry)}
        return await replace(ctx, given=kept).ask(
            ctx.speech.say("What came of it? Everybody who was asked reads it."), "text"
        )

    def job(session: Session) -> Reply:
        asked = readiness.inquiry(session, ctx.community.id, inquiry)
        if asked is None or asked.outcome:
            raise Outdated(ctx.speech.say("What came of this was told already."))
        asked.outcome = text
        session.add(asked)
        told = readiness.invited(session, asked.id)
        for one in told:
            tell(session, ctx, one, f"concluded:{one.id}", partial(_outcome, asked=asked))
        return say(will_be_told(ctx.speech, len(told)))

    return await ctx.settle(job)


def _thanks(speech: Speech) -> Reply:
    return say(speech.say("What you answered the team helped. Thank you."))


def _outcome(speech: Speech, asked: Inquiry) -> Reply:
    intro = speech.say("You were asked: “{text}”. This came of it:", text=asked.text)
    return Reply((Paragraph(intro), Quote(asked.outcome)))


def _invitation(session: Session, ctx: Context, invitation_id: int) -> tuple[Invitation, Inquiry]:
    found = readiness.invitation(session, invitation_id)
    if found is None or ctx.member is None or found[0].member_id != ctx.member.id:
        raise Outdated(ctx.speech.say("This question was not for you, or is gone."))
    return found


def tell(session: Session, ctx: Context, one: Invitation, key: str, made: Callable[[Speech], Reply]) -> None:
    """Queue a message for a person who was asked, in their language; it is sent at once, as it is no news.

    Nothing is sent to a blocked person who has not answered. Callers count them anyway: a block may be of a nameless
    author, and a lower count would tell who that is.

    Args:
        key: the unique key of the delivery.
        made: makes the message, in a language.
    """
    if not one.answers and is_blocked(session, ctx, one.member_id):
        return
    speech = ctx.core.speech(ctx.community, *members.languages(session, one.member_id))
    shown = with_tokens(session, ctx.core.store.keys, made(speech), None, ctx.now, ctx.community.id)
    outbox.owe(session, key, ctx.core.codec.dump(shown), ctx.now, recipient_id=one.member_id)


def _tell_staff(session: Session, ctx: Context, one: Invitation, asked: Inquiry, text: str) -> None:
    place = communities.staff_place(session, ctx.community.id)
    if place is None:
        return
    speech = ctx.core.speech(ctx.community)
    who = ctx.inbound.actor.name if one.named else speech.say("Someone ready to talk")
    intro = speech.say("{who} answers “{question}”:", who=who, question=asked.text)
    helped = Button(speech.say("This helped"), "it_helped", {"invitation": str(one.id)}, weight=Weight.GOOD)
    reply = Reply((Paragraph(intro), Quote(text), Buttons((helped,))), private=False)
    shown = with_tokens(session, ctx.core.store.keys, reply, None, ctx.now, ctx.community.id)
    key = f"talk:{one.id}:{one.answers}"
    outbox.owe(session, key, ctx.core.codec.dump(shown), ctx.now, place_id=place.id)
    traces.on_messages(session, [key], words_mark(ctx.core.store.keys, ctx.inbound.actor))
