"""The command that adds an answer the team gave to the knowledge, under a question without personal details."""

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.learning.adding import add, kept_reply
from bot.knowledge.library import made_id
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Button, Reply
from storage.answers import knowledge, questions
from storage.answers.knowledge import Entry
from storage.models import Prompt, Question
from storage.traffic import prompts

SHOWN = 600
"""The largest number of characters of a question quoted on platforms without forms."""


async def learn(ctx: Context, draft: Token, text: LongText | None = None, unchanged: Token | None = None) -> Reply:
    """Keep an answer for whoever asks next, under a question that points to nobody."""
    if text is None and not unchanged:
        asked = await ctx.read(lambda session: _find_question(session, ctx, _find_draft(session, ctx, draft)))
        as_it_is = Button(ctx.speech.say("As it is"), "learn", {"draft": str(draft), "unchanged": "1"})
        return await ctx.ask(
            ctx.speech.say("How should the question read, without anything personal?"),
            "text",
            ready=(as_it_is,),
            filled={"text": asked.text},
            chosen=(ctx.speech.say("It was asked like this: “{question}”", question=excerpt(asked.text, SHOWN)),),
        )

    def job(session: Session) -> Reply:
        kept = _find_draft(session, ctx, draft, hold=True)
        _claim(session, ctx, kept)
        asked = _find_question(session, ctx, kept, hold=True)
        number = _keep(session, ctx, asked, asked.text if text is None else text.strip(), kept.args["text"])
        return kept_reply(ctx, number)

    return await ctx.settle(job)


def _find_draft(session: Session, ctx: Context, draft_id: int, *, hold: bool = False) -> Prompt:
    """The draft with an answer that was given and may be added to the knowledge.

    Raises:
        UserError: it was added already, or the draft has expired.
    """
    found = prompts.of_team(session, draft_id, ctx.community.id, "learn", ctx.now, hold=hold)
    if found is None:
        raise _gone(ctx)
    return found


def _claim(session: Session, ctx: Context, kept: Prompt) -> None:
    """Delete the draft before adding its answer, so that of two moderators at once only one adds it.

    Raises:
        UserError: another one did.
    """
    if not prompts.take(session, kept.id):
        raise _gone(ctx)


def _gone(ctx: Context) -> UserError:
    return UserError(ctx.speech.say("This answer was kept already, or is older than a day."))


def _find_question(session: Session, ctx: Context, kept: Prompt, *, hold: bool = False) -> Question:
    """The question that an answer was given to.

    Raises:
        UserError: its words were changed or erased since.
    """
    asked = (questions.hold if hold else questions.get)(session, int(kept.args["question"]))
    if asked is None or not asked.text or ctx.core.store.keys.fingerprint(asked.plain) != kept.args["mark"]:
        raise UserError(ctx.speech.say("This answer can no longer be kept: its question was changed, or erased."))
    return asked


def _keep(session: Session, ctx: Context, asked: Question, wording: str, text: str) -> int | None:
    """Add an answer to the knowledge; it replaces the one under the same question.

    Args:
        asked: the question as its author wrote it.
        wording: the question as it is to stand in the knowledge.
        text: the answer.

    Returns:
        The id of the change, by which it can be undone.

    Raises:
        UserError: the wording has no letter or digit to search for.
    """
    former, own = made_id(asked.text), made_id(wording)
    language = ctx.core.detector.detect(text, asked.language)
    known = knowledge.ways_of(session, ctx.community.id, former)
    entry = Entry(former if known else own, (wording,), text, language)
    return add(session, ctx, entry, asked.asker_id if own == former else None)
