"""The command by which an asker allows that other members are asked, too, without telling who asked."""

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.feedback.display.outdated import Outdated
from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons, Paragraph, Reply
from storage.answers import questions
from storage.models import Question
from storage.people import referrals


def share_buttons(session: Session, ctx: Context, asked: Question) -> tuple[Buttons, ...]:
    """The button to share a question that was passed on, while somebody is ready for other members' questions.

    A nameless question has none, as to whom it was sent, and when, would be stored with it.
    """
    if asked.asker_id is None or asked.shared or not referrals.any_willing(session, ctx.community.id, ctx.now):
        return ()
    return (Buttons((_button(ctx.speech, asked, on=True),)),)


async def share(ctx: Context, question: Token, on: Token) -> Reply:
    """Say whether other members may be asked your question, too."""
    # on: 1 for yes, 0 for no.

    def job(session: Session) -> Reply:
        asked = questions.hold_open(session, question)
        if asked is None or ctx.member is None or asked.asker_id != ctx.member.id:
            raise Outdated(ctx.speech.say("This question does not wait any more: it was answered, or erased."))
        asked.shared = bool(on)
        session.add(asked)
        return Reply(
            (Paragraph(_said(ctx.speech, asked)), Buttons((_button(ctx.speech, asked, on=not on),))), edits=True
        )

    return await ctx.settle(job)


def _said(speech: Speech, asked: Question) -> str:
    if asked.shared:
        return speech.say(
            "Those ready to help may be asked, too, and do not see who asks. What they know goes to the team first, "
            "then comes here."
        )
    return speech.say("The team alone has your question.")


def _button(speech: Speech, asked: Question, *, on: bool) -> Button:
    label = speech.say("Ask other members, too") if on else speech.say("The team alone")
    return Button(label, "share", {"question": str(asked.id), "on": str(int(on))})
