"""Lists unanswered questions, and sends a moderator's answer to everyone who asked the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.learning import considering, outdated, past, proposals
from bot.features.questions.waiting import backlog, telling, wordings
from bot.features.questions.waiting.telling import News
from bot.feedback.outdated import Outdated
from bot.knowledge.formatting import formatted
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Button, Buttons, Paragraph, Quote, Reply, Weight, say
from storage.answers import questions
from storage.answers.questions import Waiting
from storage.models import Prompt, Question
from storage.traffic import prompts, traces

ALIKE = "answer_alike"
"""The command of `answer_alike`, and of its drafts."""


async def unanswered(ctx: Context, page: Token | None = None, draft: Token | None = None) -> Reply:
    """List the questions that still wait for an answer."""
    listed = await backlog.page(ctx, page or 0, draft)
    nothing = () if listed else (Paragraph(ctx.speech.say("No question waits for an answer.")),)
    more = () if page or draft else await _more(ctx)
    return Reply((*nothing, *listed, *more), edits=page is not None)


async def _more(ctx: Context) -> tuple[Block, ...]:
    """What else about the knowledge waits for the team."""
    considered = (*await considering.considered(ctx), *await past.considered(ctx))
    return (*considered, *await proposals.proposed(ctx), *await outdated.outdated(ctx))


async def answer(
    ctx: Context, question: Token | None = None, text: LongText | None = None, draft: Token | None = None
) -> Reply:
    """Answer a question once, for everyone who asked it."""
    if question is None:
        return await (unanswered(ctx) if text is None else _ask_for_question(ctx, text))
    if text is None and not draft:
        return await ctx.ask(await ctx.read(lambda session: _words(session, ctx, question)), "text")

    asked = await ctx.read(lambda session: same_open(session, ctx, question)[-1])
    others = await wordings.alike(ctx, asked)

    def job(session: Session) -> Reply:
        said = _take_draft(session, ctx, draft) if draft else text or ""
        return _answer(session, ctx, question, said, others)

    return await ctx.settle(job)


def _words(session: Session, ctx: Context, question_id: int) -> str:
    """The question to a moderator for an answer, with how many people it reaches."""
    same = same_open(session, ctx, question_id)
    asked = ctx.speech.say(
        "What is the answer to “{question}”? Everyone who asked reads it.", question=excerpt(same[-1].text, 200)
    )
    return f"{asked} {_told(ctx, len(telling.askers(same)))}"


def _told(ctx: Context, people: int) -> str:
    return ctx.speech.count("{n} person will be told.", "{n} people will be told.", people)


async def _ask_for_question(ctx: Context, text: str) -> Reply:
    """Store an answer given without a question as a draft, and ask which question it is for."""
    waiting = await wordings.waiting(ctx)

    def job(session: Session) -> Reply:
        if not waiting:
            return say(ctx.speech.say("No question waits for an answer."))
        draft = _keep_draft(session, ctx, "answer", {"text": text})
        asked = Paragraph(ctx.speech.say("Which question does this answer? Everyone who asked it reads it."))
        return Reply((asked, Quote(text), *backlog.listed(ctx, waiting, 0, draft.id)))

    return await ctx.settle(job)


def _answer(session: Session, ctx: Context, question_id: int, text: str, others: Sequence[Waiting]) -> Reply:
    same = same_open(session, ctx, question_id, hold=True)
    asked, told = same[-1], telling.tell(session, ctx, same, _news(text))
    questions.close(session, same)
    # Keyed: without the key, nobody can try guessed words on it once they are erased.
    mark = ctx.core.store.keys.fingerprint(asked.plain)
    draft = _keep_draft(session, ctx, "learn", {"question": str(asked.id), "mark": mark, "text": text})
    traces.on_draft(session, draft.id, question_id=asked.id)
    words = (Paragraph(_told(ctx, told)), Quote(asked.text), *formatted(text))
    alike = _offer_alike(session, ctx, same, text, others, draft.id)
    return Reply((*words, *_offer_to_keep(ctx, draft.id), *alike))


def _offer_to_keep(ctx: Context, draft_id: int) -> tuple[Block, ...]:
    offered = ctx.speech.say("Should the bot give this answer to whoever asks next?")
    keep = Button(ctx.speech.say("Keep the answer"), "learn", {"draft": str(draft_id)}, weight=Weight.PRIMARY)
    return Paragraph(offered), Buttons((keep,))


def _offer_alike(
    session: Session, ctx: Context, same: Sequence[Question], text: str, others: Sequence[Waiting], keep: int
) -> Iterator[Block]:
    """The waiting questions in other words that mean the same, with a button that sends them the answer, too."""
    if not others:
        return
    told, left = _ids(one.id for one in same), _ids(one.newest for one in others)
    draft = _keep_draft(session, ctx, ALIKE, {"text": text, "questions": left, "told": told})
    for one in others:
        traces.on_draft(session, draft.id, question_id=one.newest)
    yield Paragraph(ctx.speech.say("These questions that wait may mean the same:"))
    yield Bullets(tuple(excerpt(one.text, 120) for one in others))
    drafts = {"draft": str(draft.id), "keep": str(keep)}
    yield Buttons((Button(ctx.speech.say("Send them the answer too"), ALIKE, drafts),))


async def answer_alike(ctx: Context, draft: Token, keep: Token | None = None) -> Reply:
    """Send an answer to those who asked the same in other words, too."""
    # keep: the draft of the answer that the bot is offered to give from now on, in the same message.

    def job(session: Session) -> Reply:
        found = prompts.of_team(session, draft, ctx.community.id, ALIKE, ctx.now)
        if found is None or not prompts.take(session, found.id):
            raise Outdated(ctx.speech.say("This answer is gone: it was sent, or is older than a day."))
        here = _asked(session, ctx, found.args["questions"])
        same = [one for asked in here if asked.text for one in questions.same_open(session, asked, hold=True)]
        # Whoever asked in several wordings has the answer already.
        before = telling.askers(_asked(session, ctx, found.args.get("told", "")))
        told = telling.tell(session, ctx, same, replace(_news(found.args["text"]), told=before))
        questions.close(session, same)
        heard = Paragraph(_told(ctx, told))
        open_ = keep and prompts.of_team(session, keep, ctx.community.id, "learn", ctx.now)
        return Reply((heard, *(_offer_to_keep(ctx, open_.id) if open_ else ())))

    return await ctx.settle(job)


def _ids(questions: Iterable[int]) -> str:
    return ",".join(str(one) for one in questions)


def _asked(session: Session, ctx: Context, ids: str) -> list[Question]:
    """The questions of this community with these ids, as `_ids` writes them."""
    found = (questions.get(session, int(own)) for own in ids.split(",") if own)
    return [one for one in found if one and one.community_id == ctx.community.id]


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


def _news(text: str) -> News:
    def write(speech: Speech, asked: Question) -> Reply:
        head = Paragraph(speech.say("The team has answered this question of yours:"))
        return Reply((head, Quote(asked.text), *formatted(text)))

    return News("answered", write)


def _keep_draft(session: Session, ctx: Context, command: str, args: Mapping[str, str]) -> Prompt:
    """Store an answer as a draft for a day; anyone of the team may confirm it, since all see the buttons."""
    return prompts.draft(session, ctx.holder, ctx.chat_mark, command, args, ctx.now, ctx.community.id)


def _take_draft(session: Session, ctx: Context, draft_id: int) -> str:
    """Take the text of a draft of an answer, and delete the draft.

    Raises:
        UserError: it was used, or is older than a day.
    """
    found = prompts.of_team(session, draft_id, ctx.community.id, "answer", ctx.now)
    if found is None:
        raise UserError(ctx.speech.say("This answer is gone: it was sent, or is older than a day."))
    text = found.args["text"]
    prompts.drop(session, found)
    return text
