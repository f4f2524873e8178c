"""The commands that answer members' questions from the team's knowledge, and pass unanswered ones on to the team."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions import about_team, concern, following, group, known, lookup, presentation, record, together
from bot.features.questions.editing import shown_answers
from bot.features.questions.following import Chosen, Found
from bot.features.questions.thanking import thank_helpers
from bot.feedback import items
from bot.feedback.audience.visibility import already_seen
from bot.feedback.desk import incidents
from bot.feedback.desk.incidents import KnownIssue
from bot.feedback.welcome import welcome
from bot.language.text.courtesy import Courtesy, courtesy
from bot.language.text.follow_up import is_returned
from bot.language.text.normalise import has_words
from bot.locales.words import Useful
from bot.ports.inbound import Role
from bot.ports.reply import Paragraph, Reply, say
from storage.answers import questions, refusals
from storage.engine.errors import StoreError
from storage.models import Question
from storage.vocabulary import Decision, Naming

FEWEST_WORDS = 3
"""The fewest words of an unaddressed message that is answered, as `yes` and `no idea` match many knowledge bases."""


async def ask(ctx: Context, question: LongText, name: Naming | None = None) -> Reply | None:
    """Ask a question; the answer comes from what the team wrote."""
    wish = ctx.core.recogniser.wish(question)
    if (wish.nameless or wish.team_only) and wish.rest.strip():
        # Only the team reads questions anyway, so that this wish needs nothing else.
        question, name = wish.rest, Naming.NAMELESS if wish.nameless else name
    told = await _take_up(ctx, question)
    if told is not None:
        return told
    kind = Courtesy.GREETING if is_returned(question) else courtesy(question)
    if kind is not None:
        return _reply_to_courtesy(ctx, kind)
    if not has_words(question):
        raise UserError(ctx.speech.say("A few words are needed to look something up."))
    found, issue = await _find(ctx, question, name), await incidents.find(ctx, question)
    if issue is not None and not known.is_answered(found):
        return await known.answer_known(ctx, issue, question, name)
    if about_team.concerns(ctx, question) and any(one.result.decision is not Decision.ANSWER for one in found):
        return await about_team.ask_first(ctx, question, name)
    try:
        return await _keep(ctx, found, name, issue)
    except StoreError:
        if all(one.result.decision is Decision.SILENT for one in found):
            raise
        # The team's answers can be shown even if nothing can be stored.
        return await ctx.read(lambda session: _show(session, ctx, found))


async def _find(ctx: Context, question: str, name: Naming | None) -> tuple[Found, ...]:
    """The questions of a message, each with the result of its search."""
    whole = await ctx.core.library.find(ctx.community.id, question)
    several = await together.split_questions(ctx, question, whole)
    if several:
        return several
    if whole.decision is not Decision.ANSWER and following.refers(question):
        raise UserError(ctx.speech.say("There is nothing to choose from here any more. Ask the question again."))
    # A nameless question must not be stored with the words of a named one.
    return (Found(question, whole) if name is Naming.NAMELESS else await following.look_up(ctx, question),)


async def _take_up(ctx: Context, text: str) -> Reply | None:
    """Do what a message such as "2" or "that did not help" asks for about the last answer or offer; None for others."""
    chosen = await following.chosen(ctx, text) or await following.refused(ctx, text)
    return None if chosen is None else await _choose(ctx, chosen)


async def _choose(ctx: Context, chosen: Chosen) -> Reply:
    """Do what the button of the chosen answer would do."""
    if chosen.answer is None and chosen.told:
        return await useful(ctx, chosen.question, Useful.NO)
    if chosen.answer is None:
        return await none_of_these(ctx, chosen.question)
    return await pick(ctx, chosen.question, chosen.answer)


def _show(session: Session, ctx: Context, found: Sequence[Found]) -> Reply:
    return Reply(tuple(block for one in found for block in lookup.show(session, ctx, one.result).blocks))


async def ask_anyway(ctx: Context, draft: Token) -> Reply:
    """Ask the team a question that is about a known issue."""

    def job(session: Session) -> Mapping[str, str]:
        return items.draft(session, ctx, draft, (about_team.COMMAND,)).args

    kept = await ctx.read(job)
    name = Naming(kept["name"]) if "name" in kept else None
    return await _keep(ctx, await _find(ctx, kept["question"], name), name)


async def _keep(ctx: Context, found: Sequence[Found], name: Naming | None, issue: KnownIssue | None = None) -> Reply:
    """Store the questions and answer them.

    Args:
        issue: the known issue they are about, if any.
    """

    def job(session: Session, naming: Naming = Naming.NAMED) -> Reply:
        return known.with_known_issue(session, ctx, issue, _answer(session, ctx, found, naming))

    if name is not Naming.NAMELESS:
        return await ctx.settle(job)
    if ctx.inbound.chat.overlooked:
        return await ctx.settle(lambda session: _warn(ctx, job(session)))
    await ctx.meet()
    return await ctx.settle(lambda session: job(session, Naming.NAMELESS))


async def overhear(ctx: Context, question: LongText) -> Reply | None:
    """Answer plain talk in a public place when sure; otherwise nothing, and nothing is kept.

    Words of danger are answered alone.
    """
    if ctx.core.recogniser.danger(question):
        await concern.send_help(ctx)
        return None
    if len(question.split()) < FEWEST_WORDS or courtesy(question):
        return None
    result = await ctx.core.library.find(ctx.community.id, question)
    if not result.answers_unasked:
        return None
    return await ctx.settle(lambda session: _answer(session, ctx, [Found(question, result)]))


async def pick(ctx: Context, question: Token, answer: Token, several: Token | None = None) -> Reply:
    """Read one of the answers offered."""
    # several: whether other questions were asked with this one, which are shown again with it.
    others = await group.group_of(ctx, question, several)

    def job(session: Session) -> Reply:
        asked = _find_question(session, ctx, question)
        asked.decision, asked.answer_id = Decision.ANSWER, answer
        return others.show(session, ctx, asked, presentation.show(session, ctx, asked, others.prefix(question)))

    return await ctx.settle(job)


async def none_of_these(ctx: Context, question: Token, several: Token | None = None) -> Reply:
    """Say that none of the answers offered fits: the question goes to the team."""
    shown, others = await _offered(ctx, question), await group.group_of(ctx, question, several)

    def job(session: Session) -> Reply:
        asked = _find_question(session, ctx, question)
        refusals.keep(session, asked, shown, firm=ctx.inbound.actor.role >= Role.MODERATOR)
        return others.show(session, ctx, asked, presentation.pass_on(session, ctx, asked))

    return await ctx.settle(job)


async def _offered(ctx: Context, question_id: int) -> tuple[int, ...]:
    """The answers that were offered for a question."""
    asked = await ctx.read(lambda session: _find_question(session, ctx, question_id))
    result = await ctx.core.library.find(ctx.community.id, asked.text)
    return shown_answers(result) if asked.decision is Decision.OFFER else ()


async def useful(
    ctx: Context, question: Token, verdict: Useful, sure: Token | None = None, several: Token | None = None
) -> Reply:
    """Say whether an answer helped."""
    # sure: 1 to pass on to the team even a question that seems to be about it.
    others = await group.group_of(ctx, question, several)

    def job(session: Session) -> Reply:
        asked = _find_question(session, ctx, question)
        if verdict is Useful.NO and not sure and about_team.concerns(ctx, asked.text):
            return about_team.offer(session, ctx, asked)
        asked.useful = verdict is Useful.YES
        if asked.useful:
            thank_helpers(session, ctx, asked)
            return others.show(session, ctx, asked, presentation.thank(session, ctx, asked, others.prefix(question)))
        if asked.answer_id is not None:
            refusals.keep(session, asked, [asked.answer_id], firm=ctx.inbound.actor.role >= Role.MODERATOR)
        return others.show(session, ctx, asked, presentation.pass_on(session, ctx, asked))

    return await ctx.settle(job)


def _reply_to_courtesy(ctx: Context, kind: Courtesy) -> Reply | None:
    """The reply to a courtesy: the welcome to a greeting, or a short acknowledgement.

    None for thanks and acknowledgements that were no command and would be answered in public.
    """
    if kind is Courtesy.GREETING:
        shown = welcome(ctx)
        return replace(shown, blocks=(Paragraph(ctx.speech.say("Hello.")), *shown.blocks))
    if not ctx.private and ctx.inbound.command is None:
        return None
    return say(ctx.speech.say("With pleasure.") if kind is Courtesy.THANKS else ctx.speech.say("All right."))


def _warn(ctx: Context, reply: Reply) -> Reply:
    """A copy of a reply with the warning that others have read the words, so that they are not nameless."""
    return replace(reply, blocks=(Paragraph(already_seen(ctx.speech)), *reply.blocks))


def _answer(session: Session, ctx: Context, found: Sequence[Found], naming: Naming = Naming.NAMED) -> Reply:
    if len(found) > 1:
        return together.answer(session, ctx, found, naming)
    (one,) = found
    kept = record.keep(session, ctx, one.text, one.result, naming, root=one.root)
    return presentation.reply(session, ctx, kept, one.result)


def _find_question(session: Session, ctx: Context, question_id: int) -> Question:
    question = questions.get(session, question_id)
    if question is None or question.community_id != ctx.community.id:
        raise UserError(ctx.speech.say("This question is no longer there. Ask again to search afresh."))
    return question
