"""Asks the askers of a question whether to file it as feedback, and files it if they agree."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.waiting import backlog, telling
from bot.features.questions.waiting.telling import News
from bot.features.questions.waiting.unsuited import every_open, find
from bot.feedback import drafts
from bot.feedback.audience.visibility import who_sees
from bot.locales.speech import Speech
from bot.ports.reply import Bullets, Button, Buttons, Paragraph, Quote, Reply, say
from storage.answers import questions
from storage.models import Question
from storage.people import members
from storage.values import frozen
from storage.vocabulary import DEFAULT_AUDIENCE, Decision, Kind, Naming

ASKED = (Decision.TO_FILE, Decision.LEFT)
"""The decisions on questions whose askers were asked already."""


@frozen
class FilingCall(Context):
    """A call that files a question as feedback: its write also marks the question as filed, in the same transaction.

    Attributes:
        question: the id of the question.
    """

    question: int = 0

    async def settle(self, job: Callable[[Session], Reply], *, held: bool = True) -> Reply:
        """As `Context.settle`, and mark the question as filed."""

        def both(session: Session) -> Reply:
            asked = questions.hold(session, self.question)
            if asked and asked.plain:
                questions.mark(session, questions.of_same_asker(session, asked), Decision.FILED)
            return job(session)

        return await Context.settle(self, both, held=held)


async def ask_to_file(ctx: Context, question: Token, until: Token) -> Reply:
    """Ask everyone who asked a question whether to send it as feedback; it waits on until they do."""
    group = await find(ctx, question, datetime.fromtimestamp(until, UTC))

    def job(session: Session) -> Reply:
        same = every_open(session, ctx, group, hold=True)
        before = telling.askers([one for one in same if one.decision in ASKED])
        asked = telling.tell(session, ctx, same, News("tofile", lambda *about: _write(ctx, *about), before))
        questions.mark(session, [one for one in same if one.decision is not Decision.LEFT], Decision.TO_FILE)
        return Reply((Paragraph(_done(ctx, asked)), backlog.back(ctx)))

    return await ctx.settle(job)


async def file_asked(ctx: Context, question: Token, kind: Kind) -> Reply | None:
    """File one's own question as feedback, as the team suggests."""
    text = (await ctx.read(lambda session: _own(session, ctx, question))).text
    own = {one.name: getattr(ctx, one.name) for one in fields(ctx)}
    return await drafts.file_words(FilingCall(**own, question=question), text, kind)


async def leave_asked(ctx: Context, question: Token) -> Reply:
    """Leave one's own question a question; the team sees that it was."""

    def job(session: Session) -> Reply:
        asked = _own(session, ctx, question, hold=True)
        # A question answered or set aside meanwhile does not wait again.
        mine = [one for one in questions.of_same_asker(session, asked) if one.decision is Decision.TO_FILE]
        questions.mark(session, mine, Decision.LEFT)
        return say(ctx.speech.say("Fine. Nothing was sent."))

    return await ctx.settle(job)


def _own(session: Session, ctx: Context, question_id: int, *, hold: bool = False) -> Question:
    """The person's own question, if it is not filed yet.

    Raises:
        UserError: it is somebody else's, was erased, or was filed.
    """
    asked, member = (questions.hold if hold else questions.get)(session, question_id), _member_id(session, ctx)
    if asked is None or member is None or asked.asker_id != member or not asked.text:
        raise UserError(ctx.speech.say("This question is no longer there. Ask again to search afresh."))
    if asked.decision is Decision.FILED:
        raise UserError(ctx.speech.say("This question was sent already: see /mine."))
    return asked


def _member_id(session: Session, ctx: Context) -> int | None:
    found = members.find(session, ctx.inbound.actor.platform, ctx.inbound.actor.id)
    return found.id if found else None


def _write(ctx: Context, speech: Speech, asked: Question) -> Reply:
    """The message to an asker; a nameless one gets no buttons, as pressing one would reveal who asked."""
    about = Paragraph(speech.say("The team thinks this question of yours is a suggestion, or a problem:"))
    if asked.asker_id is None:
        how = speech.say("It can be sent as one, also without a name: /suggest or /problem, with the same words.")
        return Reply((about, Quote(asked.text), Paragraph(how)))
    heard = replace(ctx, speech=speech)
    seen = {kind: who_sees(heard, DEFAULT_AUDIENCE[kind], Naming.NAMED) for kind in (Kind.SUGGESTION, Kind.PROBLEM)}
    lines = (
        speech.say("As a suggestion: {seen}", seen=seen[Kind.SUGGESTION]),
        speech.say("As a problem: {seen}", seen=seen[Kind.PROBLEM]),
    )
    wish = Paragraph(speech.say("Send it as one?"))
    return Reply((about, Quote(asked.text), wish, Bullets(lines), _answers(speech, asked)))


def _answers(speech: Speech, asked: Question) -> Buttons:
    args = {"question": str(asked.id)}
    return Buttons(
        (
            Button(speech.say("Send it as a suggestion"), "file_asked", {**args, "kind": Kind.SUGGESTION.value}),
            Button(speech.say("As a problem"), "file_asked", {**args, "kind": Kind.PROBLEM.value}),
            Button(speech.say("No, thanks"), "leave_asked", args),
        )
    )


def _done(ctx: Context, asked: int) -> str:
    if not asked:
        return ctx.speech.say("Everyone who asked this was asked before. It waits on, unless one of them sends it.")
    people = ctx.speech.count(
        "{n} person is asked whether to send it as feedback.",
        "{n} people are asked whether to send it as feedback.",
        asked,
    )
    return f"{people} {ctx.speech.say('Until they do, it waits on.')}"
