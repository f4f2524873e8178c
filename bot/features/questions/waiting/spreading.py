"""Offers to send an answer to similar waiting questions: to all very similar ones at once, or one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.features.questions.waiting import alike, telling
from bot.features.questions.waiting.wordings import Paraphrases
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.news import will_be_told
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, Row, Select, Weight
from storage.answers import questions
from storage.models import Prompt, Question
from storage.traffic import prompts, traces

ALIKE, LEAVE = "answer_alike", "leave_alike"
"""The names of the commands `answer_alike`, to which the drafts belong, and `leave_alike`."""
SINGLE = 20
"""The largest number of questions offered one by one."""
NEAR, PERHAPS, TOLD = "near", "perhaps", "told"
"""The arguments of a draft: the questions to answer all at once, all those offered, and those answered."""


def offer(
    session: Session, ctx: Context, same: Sequence[Question], text: str, paraphrases: Paraphrases, keep: int
) -> tuple[Block, ...]:
    """The similar waiting questions, with buttons that send them the answer, too; empty for none.

    Args:
        same: the questions that were answered.
        text: the answer.
        keep: the id of the draft by which the answer can be added to the knowledge.
    """
    offered = (*paraphrases.near, *paraphrases.perhaps)
    if not offered:
        return ()
    args = {
        "text": text,
        NEAR: _ids(one.newest for one in paraphrases.near),
        PERHAPS: _ids(one.newest for one in offered),
        TOLD: _ids(one.id for one in same),
    }
    draft = prompts.draft(session, ctx.holder, ctx.chat_mark, ALIKE, args, ctx.now, ctx.community.id)
    for one in offered:
        traces.on_draft(session, draft.id, question_id=one.newest)
    return tuple(_offered(session, ctx, draft, keep))


async def answer_alike(ctx: Context, draft: Token, question: Token | None = None, keep: Token | None = None) -> Reply:
    """Send an answer to those who asked the same in other words, too."""
    # keep: the draft by which the answer can be added to the knowledge, offered in the same message.
    # question: the question to answer; None for all very similar ones that were not left out.
    return await ctx.settle(lambda session: _answer_alike(session, ctx, draft, keep, question))


async def leave_alike(ctx: Context, draft: Token, question: Token, keep: Token | None = None) -> Reply:
    """Leave a question out of those that are sent an answer in one press."""

    def job(session: Session) -> Reply:
        found = _draft(session, ctx, draft)
        _keep(session, found, NEAR, [one for one in _numbers(found, NEAR) if one != question])
        return Reply((*_keeping(session, ctx, keep), *_offered(session, ctx, found, keep)))

    return await ctx.settle(job)


def _answer_alike(session: Session, ctx: Context, draft: int, keep: int | None, question: int | None) -> Reply:
    found = _draft(session, ctx, draft)
    offered = _numbers(found, PERHAPS)
    meant = _numbers(found, NEAR) if question is None else [question]
    if not meant or not {*meant} <= {*offered}:
        raise _gone(ctx)
    same, heard = _send(session, ctx, found, meant)
    for name in (NEAR, PERHAPS):
        _keep(session, found, name, [one for one in _numbers(found, name) if one not in meant])
    _keep(session, found, TOLD, (*_numbers(found, TOLD), *(one.id for one in same)))
    said = Paragraph(will_be_told(ctx.speech, heard))
    return Reply((said, *_keeping(session, ctx, keep), *_offered(session, ctx, found, keep)))


def _draft(session: Session, ctx: Context, draft: int) -> Prompt:
    """Lock the draft of an answer, so that of two moderators at once only one sends it.

    Raises:
        Outdated: it was used, or has expired.
    """
    found = prompts.of_team(session, draft, ctx.community.id, ALIKE, ctx.now, hold=True)
    if found is None:
        raise _gone(ctx)
    return found


def _send(session: Session, ctx: Context, draft: Prompt, meant: Sequence[int]) -> tuple[list[Question], int]:
    """Send a draft's answer to everyone who asked some questions, and close these.

    Args:
        meant: the ids of the questions.

    Returns:
        All questions that were closed, and how many people will be told.
    """
    here = alike.numbered(session, ctx, meant)
    same = [one for asked in here if asked.text for one in questions.same_open(session, asked, hold=True)]
    # Without those who asked in several wordings and have the answer already.
    before = telling.askers(alike.numbered(session, ctx, _numbers(draft, TOLD)))
    heard = telling.tell(session, ctx, same, replace(alike.news(draft.args["text"]), told=before))
    questions.close(session, same)
    return same, heard


def _keeping(session: Session, ctx: Context, keep: int | None) -> tuple[Block, ...]:
    kept = keep and prompts.of_team(session, keep, ctx.community.id, "learn", ctx.now, hold=True)
    return alike.offer_to_keep(ctx, kept.id) if kept else ()


def _offered(session: Session, ctx: Context, draft: Prompt, keep: int | None) -> Iterator[Block]:
    args = {"draft": str(draft.id), **({"keep": str(keep)} if keep else {})}
    near = [one for one in alike.numbered(session, ctx, _numbers(draft, NEAR)) if one.text]
    if len(near) > 1:
        yield Paragraph(ctx.speech.say("These may mean the same:"))
        for one in near:
            leave = ctx.speech.say("Leave out: {question}", question=excerpt(one.text, 60))
            yield Row(excerpt(one.text, 120), Button(leave, LEAVE, {**args, "question": str(one.id)}))
        every = ctx.speech.say("Send it to all {n}", n=len(near))
        yield Buttons((Button(every, ALIKE, args, weight=Weight.PRIMARY),))
    left = [one for one in alike.numbered(session, ctx, _numbers(draft, PERHAPS)) if one.text]
    single = tuple(Button(excerpt(one.text, 60), ALIKE, {**args, "question": str(one.id)}) for one in left[:SINGLE])
    if single:
        yield Select(ctx.speech.say("Send it to one of these, too"), single)


def _gone(ctx: Context) -> Outdated:
    return Outdated(ctx.speech.say("This answer is gone: it was sent, or is older than a day."))


def _keep(session: Session, draft: Prompt, name: str, numbers: Iterable[int]) -> None:
    draft.args = {**draft.args, name: _ids(numbers)}
    session.add(draft)


def _ids(numbers: Iterable[int]) -> str:
    return ",".join(str(one) for one in numbers)


def _numbers(draft: Prompt, name: str) -> list[int]:
    return [int(own) for own in draft.args.get(name, "").split(",") if own]
