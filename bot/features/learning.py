"""Keeps an answer of the team for whoever asks next, under a question that points to nobody."""

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.knowledge.library import made_id
from bot.language.excerpt import excerpt
from bot.language.normalise import has_words
from bot.ports.reply import Button, Reply, say
from storage import knowledge, prompts, questions
from storage.knowledge import Entry
from storage.models import Prompt, Question

SHOWN = 600
"""Characters of a question that are shown where no form shows them all."""


async def learn(ctx: Context, draft: Token, text: LongText | None = None, unchanged: Token | None = None) -> Reply:
    """Keep an answer for whoever asks next, under a question that points to nobody."""
    if text is None and not unchanged:
        asked = await ctx.read(lambda session: _asked(session, ctx, _draft(session, ctx, draft)))
        as_it_is = Button(ctx.speech.say("As it is"), "learn", {"draft": str(draft), "unchanged": "1"})
        return await ctx.ask(
            ctx.speech.say("How should the question read, without anything personal?"),
            "text",
            ready=(as_it_is,),
            filled={"text": asked.text},
            chosen=(ctx.speech.say("It was asked like this: “{question}”", question=excerpt(asked.text, SHOWN)),),
        )

    def job(session: Session) -> Reply:
        kept = _draft(session, ctx, draft)
        _take(session, ctx, kept)
        asked = _asked(session, ctx, kept, hold=True)
        _keep(session, ctx, asked, asked.text if text is None else text.strip(), kept.args["text"])
        return say(ctx.speech.say("Kept. The bot gives this answer from now on."))

    return await ctx.settle(job)


def _draft(session: Session, ctx: Context, draft_id: int) -> Prompt:
    """An answer that was given and may be kept.

    Raises:
        UserError: it is gone.
    """
    found = prompts.of_team(session, draft_id, ctx.community.id, "learn", ctx.now)
    if found is None:
        raise _gone(ctx)
    return found


def _take(session: Session, ctx: Context, kept: Prompt) -> None:
    """Take an answer to keep it: of two moderators at once, one does."""
    if not prompts.take(session, kept.id):
        raise _gone(ctx)


def _gone(ctx: Context) -> UserError:
    return UserError(ctx.speech.say("This answer was kept already, or is older than a day."))


def _asked(session: Session, ctx: Context, kept: Prompt, *, hold: bool = False) -> Question:
    """The question an answer was given to.

    Raises:
        UserError: it has other words by now, or none.
    """
    asked = (questions.hold if hold else questions.get)(session, int(kept.args["question"]))
    if asked is None or not asked.text or made_id(asked.text) != kept.args["mark"]:
        raise UserError(ctx.speech.say("This answer can no longer be kept: its question was changed, or erased."))
    return asked


def _keep(session: Session, ctx: Context, asked: Question, wording: str, text: str) -> None:
    """Add to the knowledge; under a question that is there already the new answer replaces the old.

    Raises:
        UserError: the wording has no words.
    """
    if not has_words(wording):
        raise UserError(ctx.speech.say("A question is found by its words: a few are needed."))
    former, own = made_id(asked.text), made_id(wording)
    language = ctx.core.detector.detect(text, asked.language)
    known = knowledge.ways_of(session, ctx.community.id, former)
    entry = Entry(former if known else own, (wording,), text, language)
    knowledge.learn(session, ctx.community.id, entry, asked.asker_id if own == former else None)
