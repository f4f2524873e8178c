"""Tells members whose words became an answer that it helped, once; the team is shown totals alone."""

from sqlmodel import Session

from bot.context import Context
from bot.ports.reply import Paragraph, say
from storage.models import Question
from storage.people import members, referrals
from storage.traffic import outbox


def thank_helpers(session: Session, ctx: Context, asked: Question) -> None:
    """Tell those whose words the answer is that helped with a question; nobody is thanked by themselves."""
    if asked.answer_id is None:
        return
    if asked.asker_id is not None and referrals.wrote(session, asked.answer_id, asked.asker_id):
        return
    for one in referrals.note_help(session, asked.answer_id):
        speech = ctx.core.speech(ctx.community, *members.languages(session, one.member_id))
        thanks = say(speech.say("The answer you proposed helped whoever asked. Thank you."))
        key = f"helped-member:{one.id}"
        outbox.owe(session, key, ctx.core.codec.dump(thanks), ctx.now, recipient_id=one.member_id)


def helped(session: Session, ctx: Context) -> tuple[Paragraph, ...]:
    """How many answers of members helped, for the team; nothing while none did."""
    total = referrals.helped_count(session, ctx.community.id)
    words = ctx.speech.count("{n} answer of a member helped.", "{n} answers of members helped.", total)
    return (Paragraph(words),) if total else ()
