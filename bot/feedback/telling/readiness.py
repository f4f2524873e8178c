"""Describes what a person is ready to talk about."""

from collections.abc import Iterator

from sqlmodel import Session

from bot.context import Context
from bot.ports.reply import Block, Button, Buttons, Paragraph
from storage.models import Feedback, Readiness
from storage.people import readiness


def described(session: Session, ctx: Context, found: Readiness) -> str:
    """A sentence with the topic, its last day, and whether other members may ask about it, too."""
    say_, day = ctx.speech.say, ctx.speech.day(found.until.astimezone(ctx.zone).date())
    line = say_("Ready to talk about {topic} until {day}.", topic=_name(session, ctx, found), day=day)
    more = (say_("With other members' questions."),) if found.questions else ()
    return " ".join((line, *more))


def listed(session: Session, ctx: Context) -> Iterator[Block]:
    """The topics this person is ready to talk about, with a button to change them; nothing when there are none."""
    mine = readiness.of_member(session, ctx.community.id, ctx.member.id, ctx.now) if ctx.member else []
    yield from (Paragraph(described(session, ctx, one)) for one in mine)
    if mine:
        yield Buttons((Button(ctx.speech.say("Ready to talk"), "dialogue"),))


def _name(session: Session, ctx: Context, found: Readiness) -> str:
    if found.feedback_id is not None:
        return f"#{session.get_one(Feedback, found.feedback_id).number}"
    return ctx.speech.area(found.area) if found.area else ctx.speech.say("anything")
