"""The commands that list unanswered questions, and send a moderator's answer to everyone who asked the same."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions import thanking
from bot.features.questions.learning import considering, outdated, phrasings
from bot.features.questions.waiting import alike, backlog, spreading, telling, wordings
from bot.features.questions.waiting.wordings import Paraphrases
from bot.feedback.telling.news import will_be_told
from bot.knowledge.formatting import formatted
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import has_words
from bot.ports.reply import Block, Paragraph, Quote, Reply, say
from storage.answers import questions
from storage.models import Prompt, Question
from storage.traffic import prompts, traces


async def unanswered(ctx: Context, page: Token | None = None, draft: Token | None = None) -> Reply:
    """List the questions that still wait for an answer."""
    listed = await backlog.page(ctx, page or 0, draft)
    nothing = () if listed else (Paragraph(ctx.speech.say("No question waits for an answer.")),)
    more = () if page or draft else await _more(ctx)
    return Reply((*nothing, *listed, *more), edits=page is not None)


async def _more(ctx: Context) -> tuple[Block, ...]:
    """What else concerning the knowledge waits for the team."""
    considered = await considering.considered(ctx)
    helped = await ctx.read(lambda session: thanking.helped(session, ctx))
    return (*considered, *await phrasings.proposed(ctx), *await outdated.outdated(ctx), *helped)


async def answer(
    ctx: Context, question: Token | None = None, text: LongText | None = None, draft: Token | None = None
) -> Reply:
    """Answer a question once, for everyone who asked it."""
    text = text if text and has_words(text) else None
    if question is None:
        return await (unanswered(ctx) if text is None else _ask_for_question(ctx, text))
    if text is None and not draft:
        paraphrases = await _paraphrases(ctx, question)
        return await ctx.ask(await ctx.read(lambda session: _words(session, ctx, question, paraphrases)), "text")

    paraphrases = await _paraphrases(ctx, question)

    def job(session: Session) -> Reply:
        said = _take_draft(session, ctx, draft) if draft else text or ""
        return _answer(session, ctx, question, said, paraphrases)

    return await ctx.settle(job)


async def _paraphrases(ctx: Context, question_id: int) -> Paraphrases:
    """The waiting questions similar to this one."""
    asked = await ctx.read(lambda session: same_open(session, ctx, question_id)[-1])
    return await wordings.find_paraphrases(ctx, asked)


def _words(session: Session, ctx: Context, question_id: int, paraphrases: Paraphrases) -> str:
    """The prompt for an answer, with how many people it will reach."""
    same = same_open(session, ctx, question_id)
    also = alike.same_in_other_words(session, ctx, paraphrases)
    asked = ctx.speech.say(
        "What is the answer to “{question}”? Everyone who asked reads it.", question=excerpt(same[-1].text, 200)
    )
    return f"{asked} {will_be_told(ctx.speech, len(telling.askers((*same, *also))))}"


async def _ask_for_question(ctx: Context, text: str) -> Reply:
    """Store an answer without a question as a draft, and ask which question it is for."""
    waiting = await wordings.waiting(ctx)

    def job(session: Session) -> Reply:
        if not waiting:
            return say(ctx.speech.say("No question waits for an answer."))
        draft = _keep_draft(session, ctx, "answer", {"text": text})
        asked = Paragraph(ctx.speech.say("Which question does this answer? Everyone who asked it reads it."))
        return Reply((asked, Quote(text), *backlog.listed(ctx, waiting, 0, draft.id)))

    return await ctx.settle(job)


def _answer(session: Session, ctx: Context, question_id: int, text: str, paraphrases: Paraphrases) -> Reply:
    same = same_open(session, ctx, question_id, hold=True)
    asked, told = same[-1], telling.tell(session, ctx, same, alike.news(text))
    questions.close(session, same)
    also, more = alike.tell_same(session, ctx, same, text, paraphrases)
    # A keyed hash, so that nobody without the key can test guessed words on it once the question is erased.
    mark = ctx.core.store.keys.fingerprint(asked.plain)
    draft = _keep_draft(session, ctx, "learn", {"question": str(asked.id), "mark": mark, "text": text})
    traces.on_draft(session, draft.id, question_id=asked.id)
    words = (
        Paragraph(will_be_told(ctx.speech, told + more)),
        Quote(asked.text),
        *alike.worded(ctx, also),
        *formatted(text),
    )
    others = spreading.offer(session, ctx, (*same, *also), text, paraphrases, draft.id)
    return Reply((*words, *alike.offer_to_keep(ctx, draft.id), *others))


def same_open(session: Session, ctx: Context, question_id: int, *, hold: bool = False) -> Sequence[Question]:
    """The unanswered questions of all members with the same normalised text as this one, the oldest first.

    Raises:
        UserError: there are none any more, or the question is another community's.
    """
    asked = questions.get(session, question_id)
    here = asked is not None and asked.community_id == ctx.community.id
    found = questions.same_open(session, asked, hold=hold) if asked and here else []
    if not found:
        raise UserError(ctx.speech.say("This question does not wait any more: it was answered, or erased."))
    return found


def _keep_draft(session: Session, ctx: Context, command: str, args: Mapping[str, str]) -> Prompt:
    """Store an answer as a draft for a day, which any moderator may confirm, since all see the buttons."""
    return prompts.draft(session, ctx.holder, ctx.chat_mark, command, args, ctx.now, ctx.community.id)


def _take_draft(session: Session, ctx: Context, draft_id: int) -> str:
    """Take the text of a draft of an answer, and delete the draft.

    Raises:
        UserError: it was used, or is older than a day.
    """
    found = prompts.of_team(session, draft_id, ctx.community.id, "answer", ctx.now, hold=True)
    if found is None:
        raise UserError(ctx.speech.say("This answer is gone: it was sent, or is older than a day."))
    text = found.args["text"]
    prompts.drop(session, found)
    return text
