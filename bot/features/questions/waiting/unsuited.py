"""The commands that set aside questions the team does not answer, and tell the askers if wished."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.waiting import backlog, telling, wordings
from bot.features.questions.waiting.telling import News
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Button, Buttons, Paragraph, Quote, Reply, Row
from storage.answers import questions
from storage.models import Question
from storage.values import frozen
from storage.vocabulary import Decision

SHOWN = 8
"""The largest number of wordings shown of a question."""


@frozen
class Group:
    """A question in all its wordings, as a moderator was shown it.

    Attributes:
        wordings: the id of a question in each wording.
        until: when they were shown; wordings used first after that are not included.
    """

    wordings: tuple[int, ...]
    until: datetime


async def unsuited(ctx: Context, question: Token) -> Reply:
    """Show a question in all its wordings, with what else can be done than to answer it."""
    group = await find(ctx, question, ctx.now)

    def job(session: Session) -> Reply:
        same = every_open(session, ctx, group)
        asked = ctx.speech.count("{n} person asked this:", "{n} people asked this:", len(telling.askers(same)))
        left = telling.askers([one for one in same if one.decision is Decision.LEFT])
        stays = (Paragraph(f"{backlog.stays(ctx, len(left))}."),) if left else ()
        rows = _rows(ctx, [questions.get(session, one) for one in group.wordings[:SHOWN]])
        return Reply((Paragraph(asked), *stays, *rows, _choices(ctx, question), backlog.back(ctx)))

    return await ctx.read(job)


async def set_aside(ctx: Context, question: Token, until: Token, kindly: Token) -> Reply:
    """Set a question aside in all its wordings; those who asked are told, or not."""
    group = await find(ctx, question, datetime.fromtimestamp(until, UTC))

    def job(session: Session) -> Reply:
        same = every_open(session, ctx, group, hold=True)
        told = telling.tell(session, ctx, same, News("aside", _write)) if kindly else 0
        questions.mark(session, same, Decision.SET_ASIDE)
        return Reply((Paragraph(_done(ctx, told)), backlog.back(ctx)))

    return await ctx.settle(job)


async def find(ctx: Context, question_id: int, until: datetime) -> Group:
    """The group of a waiting question, with the other wordings used before an instant."""
    asked = await ctx.read(lambda session: questions.get(session, question_id))
    if asked is None or asked.community_id != ctx.community.id or not asked.plain:
        raise _gone(ctx)
    others = (await wordings.find_paraphrases(ctx, asked)).same
    return Group((question_id, *(one.newest for one in others if one.since <= until)), until)


def every_open(session: Session, ctx: Context, group: Group, *, hold: bool = False) -> list[Question]:
    """The waiting questions of all members in these wordings.

    Raises:
        UserError: there are none any more.
    """
    first = [one for own in group.wordings if (one := questions.get(session, own))]
    same = [one for asked in first if asked.plain for one in questions.same_open(session, asked, hold=hold)]
    if not same:
        raise _gone(ctx)
    return same


def _gone(ctx: Context) -> UserError:
    return UserError(ctx.speech.say("This question does not wait any more: it was answered, or erased."))


def _rows(ctx: Context, asked: Sequence[Question | None]) -> tuple[Block, ...]:
    return tuple(
        Row(
            excerpt(one.text, 200),
            Button(
                ctx.speech.say("Answer: {question}", question=excerpt(one.text, 60)),
                "answer",
                {"question": str(one.id)},
            ),
        )
        for one in asked
        if one and one.text
    )


def _choices(ctx: Context, question_id: int) -> Buttons:
    args = {"question": str(question_id), "until": str(int(ctx.now.timestamp()))}
    return Buttons(
        (
            Button(ctx.speech.say("Tell them kindly"), "set_aside", {**args, "kindly": "1"}),
            Button(ctx.speech.say("Set aside quietly"), "set_aside", {**args, "kindly": "0"}),
            Button(ctx.speech.say("It is feedback"), "ask_to_file", args),
        )
    )


def _done(ctx: Context, told: int) -> str:
    if not told:
        return ctx.speech.say("Set aside. Nobody is told.")
    people = ctx.speech.count("{n} person will be told.", "{n} people will be told.", told)
    return f"{ctx.speech.say('Set aside.')} {people}"


def _write(speech: Speech, asked: Question) -> Reply:
    words = speech.say("About this question of yours: the team has read it and cannot answer this one.")
    return Reply((Paragraph(words), Quote(asked.text)))
