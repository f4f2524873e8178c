"""Sends an answer to those who asked the same in other words: at once to all that mean it, else to one at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.features.questions.presentation import verdicts
from bot.features.questions.waiting import telling
from bot.features.questions.waiting.telling import News
from bot.features.questions.waiting.wordings import Cousins
from bot.feedback.display.outdated import Outdated
from bot.knowledge.formatting import formatted
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Button, Buttons, Paragraph, Quote, Reply, Select, Weight
from storage.answers import questions
from storage.models import Prompt, Question
from storage.traffic import prompts, traces

ALIKE = "answer_alike"
"""The command of `answer_alike`, and of its drafts."""
SINGLE = 20
"""Questions that can be sent the answer one at a time."""


def news(text: str) -> News:
    """The team's answer to whoever asked."""

    def write(speech: Speech, asked: Question) -> Reply:
        head = Paragraph(speech.say("The team has answered this question of yours:"))
        return Reply((head, Quote(asked.text), *formatted(text)))

    return News("answered", write)


def cousins_news(text: str) -> News:
    """The team's answer to whoever asked the same in other words, who may say that it is another question."""

    def write(speech: Speech, asked: Question) -> Reply:
        head = Paragraph(speech.say("The team has answered what seems to be this question of yours:"))
        blocks = (head, Quote(asked.text), *formatted(text))
        # Buttons would say who presses them, so a nameless question has none.
        return Reply(blocks if asked.asker_id is None else (*blocks, verdicts(speech, asked)))

    return News("answered", write)


def tell_same(
    session: Session, ctx: Context, same: Sequence[Question], text: str, cousins: Cousins
) -> tuple[list[Question], int]:
    """Tell the answer to those who asked the same in other words, and close their questions.

    Args:
        same: the questions that were answered; whoever asked one of them has the answer already.

    Returns:
        The questions, and how many people will be told.
    """
    found = same_in_other_words(session, ctx, cousins, hold=True)
    heard = telling.tell(session, ctx, found, replace(cousins_news(text), told=telling.askers(same)))
    questions.close(session, found)
    return found, heard


def same_in_other_words(session: Session, ctx: Context, cousins: Cousins, *, hold: bool = False) -> list[Question]:
    """The questions of all members that mean the same as one, each in any of its own wordings.

    Args:
        hold: whether to lock them until the transaction ends, so that no other one answers them.
    """
    asked = _asked(session, ctx, [one.newest for one in cousins.same])
    return [same for one in asked if one.text for same in questions.same_open(session, one, hold=hold)]


def worded(ctx: Context, also: Sequence[Question]) -> tuple[Block, ...]:
    """The other words in which those asked who are told, too."""
    texts = {one.plain: excerpt(one.text, 120) for one in also}
    if not texts:
        return ()
    return (Paragraph(ctx.speech.say("Also told, as it seems to mean the same:")), Bullets(tuple(texts.values())))


def told(ctx: Context, people: int) -> str:
    """How many people hear of it."""
    return ctx.speech.count("{n} person will be told.", "{n} people will be told.", people)


def offer_to_keep(ctx: Context, draft_id: int) -> tuple[Block, ...]:
    """The question whether the bot gives the answer from now on."""
    offered = ctx.speech.say("Should the bot give this answer to whoever asks next?")
    keep = Button(ctx.speech.say("Keep the answer"), "learn", {"draft": str(draft_id)}, weight=Weight.PRIMARY)
    return Paragraph(offered), Buttons((keep,))


def offer(
    session: Session, ctx: Context, same: Sequence[Question], text: str, cousins: Cousins, keep: int
) -> tuple[Block, ...]:
    """The waiting questions in other words that may mean the same, each with a button that sends it the answer, too.

    Args:
        same: the questions that were answered.
        keep: the draft by which the answer is kept.
    """
    if not cousins.perhaps:
        return ()
    args = {
        "text": text,
        "perhaps": _ids(one.newest for one in cousins.perhaps),
        "told": _ids(one.id for one in same),
    }
    draft = prompts.draft(session, ctx.holder, ctx.chat_mark, ALIKE, args, ctx.now, ctx.community.id)
    for one in cousins.perhaps:
        traces.on_draft(session, draft.id, question_id=one.newest)
    return tuple(_offered(session, ctx, draft, keep))


async def answer_alike(ctx: Context, draft: Token, question: Token, keep: Token | None = None) -> Reply:
    """Send an answer to those who asked the same in other words, too."""
    # keep: the draft of the answer that the bot is offered to give from now on, in the same message.
    # question: the one that it is sent to.
    return await ctx.settle(lambda session: _answer_alike(session, ctx, draft, keep, question))


def _answer_alike(session: Session, ctx: Context, draft: int, keep: int | None, question: int) -> Reply:
    found = prompts.of_team(session, draft, ctx.community.id, ALIKE, ctx.now, hold=True)
    offered = _numbers(found, "perhaps") if found else []
    # Held, so that of two moderators at once only one answers it.
    if found is None or question not in offered:
        raise _gone(ctx)
    same, heard = _send(session, ctx, found, question)
    found.args = {
        **found.args,
        "perhaps": _ids(one for one in offered if one != question),
        "told": _ids((*_numbers(found, "told"), *(one.id for one in same))),
    }
    session.add(found)
    kept = keep and prompts.of_team(session, keep, ctx.community.id, "learn", ctx.now, hold=True)
    keeping = offer_to_keep(ctx, kept.id) if kept else ()
    return Reply((Paragraph(told(ctx, heard)), *keeping, *_offered(session, ctx, found, keep)))


def _send(session: Session, ctx: Context, draft: Prompt, question: int) -> tuple[list[Question], int]:
    """Send a draft's answer to everyone who asked a question, and close it; how many people it reaches."""
    here = _asked(session, ctx, [question])
    same = [one for asked in here if asked.text for one in questions.same_open(session, asked, hold=True)]
    # Whoever asked in several wordings has the answer already.
    before = telling.askers(_asked(session, ctx, _numbers(draft, "told")))
    heard = telling.tell(session, ctx, same, replace(news(draft.args["text"]), told=before))
    questions.close(session, same)
    return same, heard


def _offered(session: Session, ctx: Context, draft: Prompt, keep: int | None) -> Iterator[Block]:
    args = {"draft": str(draft.id), **({"keep": str(keep)} if keep else {})}
    left = [one for one in _asked(session, ctx, _numbers(draft, "perhaps")) if one.text]
    single = tuple(Button(excerpt(one.text, 60), ALIKE, {**args, "question": str(one.id)}) for one in left[:SINGLE])
    if single:
        yield Select(ctx.speech.say("Send it to one of these, too"), single)


def _gone(ctx: Context) -> Outdated:
    return Outdated(ctx.speech.say("This answer is gone: it was sent, or is older than a day."))


def _ids(numbers: Iterable[int]) -> str:
    return ",".join(str(one) for one in numbers)


def _numbers(draft: Prompt, name: str) -> list[int]:
    return [int(own) for own in draft.args.get(name, "").split(",") if own]


def _asked(session: Session, ctx: Context, ids: Iterable[int]) -> list[Question]:
    """The questions of this community with these ids."""
    found = (questions.get(session, own) for own in ids)
    return [one for one in found if one and one.community_id == ctx.community.id]
