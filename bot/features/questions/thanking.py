"""Tells members whose words became an answer, once, that it helped; the team sees only totals."""

from sqlmodel import Session

from bot.context import Context
from bot.ports.reply import Paragraph, say
from storage.models import Question
from storage.people import members, referrals
from storage.traffic import outbox


def thank_helpers(session: Session, ctx: Context, asked: Question) -> None:
    """Queue thanks for those whose words are the answer that helped, unless the asker is one of them."""
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
    """A sentence for the team on how many answers of members helped; empty while none did."""
    total = referrals.helped_count(session, ctx.community.id)
    words = ctx.speech.count("{n} answer of a member helped.", "{n} answers of members helped.", total)
    return (Paragraph(words),) if total else ()
