"""The commands by which people say what they are ready to talk about with the team, and what they wish in return."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.commands.registry import AreaName, Number, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback import items
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.readiness import described
from bot.language.text.normalise import has_words
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, Select, State, Title, say
from storage.models import Feedback, Readiness
from storage.people import readiness
from storage.vocabulary import Audience, Wish

ANYTHING = 1
"""The value of the argument for the choice to talk about anything."""


async def dialogue(
    ctx: Context, number: Number | None = None, area: AreaName | None = None, anything: Token | None = None
) -> Reply:
    """Say what you are happy to talk about with the team."""
    known = items.known_area(ctx, area) if area else None
    if number is None and known is None and not anything:
        return await ctx.read(lambda session: _overview(session, ctx))

    def job(session: Session) -> Reply:
        item = _find(session, ctx, number) if number is not None else None
        about = item.area if item else known
        ready = readiness.find(session, ctx.community.id, ctx.person(session), item.id if item else None, about)
        ready.until = ctx.now + timedelta(days=ctx.own.telling.ready_days)
        session.add(ready)
        session.flush()
        return _one(session, ctx, ready)

    return await ctx.settle(job)


async def ready(
    ctx: Context,
    topic: Token,
    wish: Wish | None = None,
    named: Token | None = None,
    stop: Token | None = None,
    words: ShortText | None = None,
    questions: Token | None = None,
) -> Reply:
    """Change what you said about talking with the team."""
    # topic: the id of the row. named, questions: 1 for yes, 0 for no. stop: 1 to stop being ready.
    if wish is Wish.OTHER and not (words and has_words(words)):
        kept = {"topic": str(topic), "wish": wish.value}
        return await replace(ctx, given=kept).ask(ctx.speech.say("What would you like in return?"), "words")

    def job(session: Session) -> Reply:
        found = readiness.own(session, ctx.person(session), topic)
        if found is None:
            raise Outdated(ctx.speech.say("You are not ready to talk about this any more. /dialogue shows what is."))
        if stop:
            readiness.revoke(session, found.member_id, found.id)
            return say(ctx.speech.say("Fine. The team will not ask you about this."))
        if wish is not None:
            found.wish, found.wish_words = wish, (words or "") if wish is Wish.OTHER else ""
        found.named = found.named if named is None else bool(named)
        found.questions = found.questions if questions is None else bool(questions)
        session.add(found)
        return _one(session, ctx, found)

    return await ctx.settle(job)


def _find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number.

    Raises:
        UserError: there is none that this person may see, it is for the trusted contacts, or their own nameless one.
    """
    item = items.find(session, ctx, number)
    if item.audience is Audience.TRUSTED or (item.nameless and items.wrote(ctx, item, ctx.member)):
        words = ctx.speech.say(
            "Nothing is stored that leads from #{number} to you. Choose an area instead: /dialogue", number=number
        )
        raise UserError(words)
    return item


def _overview(session: Session, ctx: Context) -> Reply:
    say_, member = ctx.speech.say, ctx.member
    mine = readiness.of_member(session, ctx.community.id, member.id, ctx.now) if member else []
    promise = say_(
        "The team may ask you one question a month at most, and does not see who you are unless you choose so. "
        "It ends by itself after {n} days, and with one press.",
        n=ctx.own.telling.ready_days,
    )
    stated = say_("What you would like in return is stated to the team, and changes no vote, praise or count.")
    areas = items.areas_of(ctx.core, ctx.community).offered
    topics = (
        Button(say_("Anything"), "dialogue", {"anything": str(ANYTHING)}),
        *(Button(ctx.speech.area(one), "dialogue", {"area": one}) for one in areas),
    )
    now = [block for one in mine for block in _topic(session, ctx, one)]
    title = Title(say_("Ready to talk"))
    return Reply((title, Paragraph(promise), Paragraph(stated), *now, Select(say_("About what?"), topics[:25])))


def _one(session: Session, ctx: Context, found: Readiness) -> Reply:
    """The screen of one topic, with all its choices."""
    say_, topic = ctx.speech.say, {"topic": str(found.id)}
    wishes = tuple(
        Button(
            ctx.speech.word(one),
            "ready",
            {**topic, "wish": one.value},
            state=State.CHOSEN if one is found.wish else State.OPEN,
        )
        for one in Wish
    )
    named = (
        Button(say_("Without my name"), "ready", {**topic, "named": "0"})
        if found.named
        else Button(say_("With my name"), "ready", {**topic, "named": "1"})
    )
    return Reply(
        (
            *_topic(session, ctx, found)[:1],
            Paragraph(say_("What would you like in return?")),
            Buttons(wishes),
            *((Paragraph(say_("In return: “{words}”", words=found.wish_words)),) if found.wish_words else ()),
            Paragraph(_terms(ctx, found)),
            Buttons((named,)),
            *_helping(ctx, found),
            *_topic(session, ctx, found)[1:],
        ),
        edits=True,
    )


def _helping(ctx: Context, found: Readiness) -> tuple[Block, ...]:
    """The choice whether other members' questions on the topic are sent to them."""
    say_, topic = ctx.speech.say, {"topic": str(found.id)}
    if found.questions:
        words = say_("Other members' questions on this may come here: one a day at most, without who asks.")
        return Paragraph(words), Buttons(
            (Button(say_("No questions of members"), "ready", {**topic, "questions": "0"}),)
        )
    words = say_("May other members' questions on this come here, too? One a day at most, without who asks.")
    return Paragraph(words), Buttons((Button(say_("Yes, send them"), "ready", {**topic, "questions": "1"}),))


def _topic(session: Session, ctx: Context, found: Readiness) -> tuple[Block, ...]:
    stop = Button(ctx.speech.say("Stop"), "ready", {"topic": str(found.id), "stop": "1"})
    return Paragraph(described(session, ctx, found)), Buttons((stop,))


def _terms(ctx: Context, found: Readiness) -> str:
    if found.named:
        return ctx.speech.say("The team sees your name with your answers.")
    return ctx.speech.say("The team does not see who you are.")
