"""Lists unanswered questions, and sends a moderator's answer to everyone who asked the same."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions import considering, outdated, proposals, wordings
from bot.features.questions.wordings import Asked
from bot.feedback.outdated import Outdated
from bot.knowledge.formatting import formatted
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Button, Buttons, Line, Paragraph, Quote, Reply, Strong, Title, Weight, say
from bot.privacy.traces import words_mark
from storage.answers import questions
from storage.answers.questions import Waiting
from storage.models import Prompt, Question
from storage.people import members
from storage.traffic import outbox, prompts, traces

ALIKE = "answer_alike"
"""The command of `answer_alike`, and of its drafts."""
WORDINGS = 3
"""Other wordings shown of a question."""
LISTED = 15
"""Questions listed at most."""
AT_HAND = 5
"""Questions with a button, from the first; answered ones leave the list, so that others move up."""


async def unanswered(ctx: Context) -> Reply:
    """List the questions that still wait for an answer."""
    waiting = await wordings.waiting(ctx, LISTED)
    new = (*await considering.considered(ctx), *await proposals.proposed(ctx), *await outdated.outdated(ctx))
    if not waiting:
        return Reply((Paragraph(ctx.speech.say("No question waits for an answer.")), *new))
    return Reply((Title(ctx.speech.say("Questions without an answer")), *_listed(ctx, waiting, {}), *new))


async def answer(
    ctx: Context, question: Token | None = None, text: LongText | None = None, draft: Token | None = None
) -> Reply:
    """Answer a question once, for everyone who asked it."""
    if question is None:
        return await (unanswered(ctx) if text is None else _ask_for_question(ctx, text))
    if text is None and not draft:
        asked = await ctx.read(lambda session: same_open(session, ctx, question)[-1])
        words = ctx.speech.say(
            "What is the answer to “{question}”? Everyone who asked reads it.", question=excerpt(asked.text, 200)
        )
        return await ctx.ask(words, "text")

    asked = await ctx.read(lambda session: same_open(session, ctx, question)[-1])
    others = await wordings.alike(ctx, asked)

    def job(session: Session) -> Reply:
        said = _take_draft(session, ctx, draft) if draft else text or ""
        return _answer(session, ctx, question, said, others)

    return await ctx.settle(job)


async def _ask_for_question(ctx: Context, text: str) -> Reply:
    """Store an answer given without a question as a draft, and ask which question it is for."""
    waiting = await wordings.waiting(ctx, LISTED)

    def job(session: Session) -> Reply:
        if not waiting:
            return say(ctx.speech.say("No question waits for an answer."))
        draft = _keep_draft(session, ctx, "answer", {"text": text})
        asked = Paragraph(ctx.speech.say("Which question does this answer? Everyone who asked it reads it."))
        return Reply((asked, Quote(text), *_listed(ctx, waiting, {"draft": str(draft.id)})))

    return await ctx.settle(job)


def _listed(ctx: Context, waiting: Sequence[Asked], args: Mapping[str, str]) -> tuple[Bullets, Buttons]:
    """The list of unanswered questions, and buttons to answer the first ones."""
    buttons = (
        Button(
            ctx.speech.say("Answer: {question}", question=excerpt(one.first.text, 60)),
            "answer",
            {"question": str(one.first.newest), **args},
        )
        for one in waiting[:AT_HAND]
    )
    return Bullets(tuple(_line(ctx, one) for one in waiting)), Buttons(tuple(buttons))


def _line(ctx: Context, one: Asked) -> Line:
    """A question with how many people asked it, and in which other words."""
    if not one.others:
        people = ctx.speech.count("{n} person", "{n} people", one.people)
        return (f"{excerpt(one.first.text, 120)} · ", Strong(people))
    alike = ctx.speech.count(
        "{n} person asked this or something like it", "{n} people asked this or something like it", one.people
    )
    others = "".join(f"\n– {excerpt(other.text, 120)}" for other in one.others[:WORDINGS])
    return (f"{excerpt(one.first.text, 120)} · ", Strong(alike), others)


def _answer(session: Session, ctx: Context, question_id: int, text: str, others: Sequence[Waiting]) -> Reply:
    same = same_open(session, ctx, question_id, hold=True)
    asked, told = same[-1], _tell(session, ctx, same, text)
    questions.close(session, same)
    # Keyed: without the key, nobody can try guessed words on it once they are erased.
    mark = ctx.core.store.keys.fingerprint(asked.plain)
    draft = _keep_draft(session, ctx, "learn", {"question": str(asked.id), "mark": mark, "text": text})
    traces.on_draft(session, draft.id, question_id=asked.id)
    heard = ctx.speech.count("{n} person will be told.", "{n} people will be told.", told)
    words = (Paragraph(heard), Quote(asked.text), *formatted(text))
    alike = _offer_alike(session, ctx, text, others, draft.id)
    return Reply((*words, *_offer_to_keep(ctx, draft.id), *alike))


def _offer_to_keep(ctx: Context, draft_id: int) -> tuple[Block, ...]:
    offered = ctx.speech.say("Should the bot give this answer to whoever asks next?")
    keep = Button(ctx.speech.say("Keep the answer"), "learn", {"draft": str(draft_id)}, weight=Weight.PRIMARY)
    return Paragraph(offered), Buttons((keep,))


def _offer_alike(session: Session, ctx: Context, text: str, others: Sequence[Waiting], keep: int) -> Iterator[Block]:
    """The waiting questions in other words that mean the same, with a button that sends them the answer, too."""
    if not others:
        return
    draft = _keep_draft(session, ctx, ALIKE, {"text": text, "questions": ",".join(str(one.newest) for one in others)})
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
        ids = [int(one) for one in found.args["questions"].split(",")]
        here = (one for own in ids if (one := questions.get(session, own)) and one.community_id == ctx.community.id)
        same = [one for asked in here if asked.text for one in questions.same_open(session, asked, hold=True)]
        told = _tell(session, ctx, same, found.args["text"]) if same else 0
        questions.close(session, same)
        heard = Paragraph(ctx.speech.count("{n} person will be told.", "{n} people will be told.", told))
        open_ = keep and prompts.of_team(session, keep, ctx.community.id, "learn", ctx.now)
        return Reply((heard, *(_offer_to_keep(ctx, open_.id) if open_ else ())))

    return await ctx.settle(job)


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


def _tell(session: Session, ctx: Context, same: Sequence[Question], text: str) -> int:
    """Add the answer to the outbox for each person who asked, once, with its frame in their language.

    Returns:
        How many people will be told.
    """
    own = {one.asker_id: one for one in same if one.asker_id is not None}
    spoken = members.languages_of(session, list(own))
    owed = {}
    for member_id, asked in own.items():
        speech = ctx.core.languages.speech(*spoken.get(member_id, ()), ctx.community.language)
        owed[_delivery_key(ctx, asked), member_id] = ctx.core.codec.dump(_news(speech, asked, text))
    outbox.owe_each(session, owed, ctx.now)
    told = len(own) + _tell_nameless(session, ctx, same, text)
    keys = [_delivery_key(ctx, one) for one in same]
    traces.on_messages(session, keys, words_mark(ctx.core.store.keys, ctx.inbound.actor))
    return told


def _tell_nameless(session: Session, ctx: Context, same: Sequence[Question], text: str) -> int:
    """Add the answer to the outbox for each person who asked without a name, once; return how many."""
    own = {one.holder: one for one in same if one.holder is not None}
    for holder, asked in own.items():
        speech = ctx.core.languages.speech(asked.language, ctx.community.language)
        news = ctx.core.codec.dump(_news(speech, asked, text), sealed=True)
        outbox.owe(session, _delivery_key(ctx, asked), news, ctx.now, sealed=asked.sealed, holder=holder)
    return len(own)


def _delivery_key(ctx: Context, asked: Question) -> str:
    """The outbox key of the answer to a question, which can be answered again after a first answer was no help."""
    return f"answered:{asked.id}:{ctx.source[:16]}"


def _news(speech: Speech, asked: Question, text: str) -> Reply:
    return Reply(
        (Paragraph(speech.say("The team has answered this question of yours:")), Quote(asked.text), *formatted(text))
    )


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
