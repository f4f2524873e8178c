"""Sends an answer to those who asked the same in other words: to all that mean the same, or to one at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
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
    """The waiting questions in other words that mean the same or may, with buttons that send them the answer, too.

    Args:
        same: the questions that were answered.
        keep: the draft by which the answer is kept.
    """
    found = (*cousins.same, *cousins.perhaps)
    if not found:
        return ()
    args = {
        "text": text,
        "questions": _ids(one.newest for one in cousins.same),
        "perhaps": _ids(one.newest for one in cousins.perhaps),
        "told": _ids(one.id for one in same),
    }
    draft = prompts.draft(session, ctx.holder, ctx.chat_mark, ALIKE, args, ctx.now, ctx.community.id)
    for one in found:
        traces.on_draft(session, draft.id, question_id=one.newest)
    return tuple(_offered(session, ctx, draft, keep))


async def answer_alike(ctx: Context, draft: Token, keep: Token | None = None, question: Token | None = None) -> Reply:
    """Send an answer to those who asked the same in other words, too."""
    # keep: the draft of the answer that the bot is offered to give from now on, in the same message.
    # question: the only one that it is sent to; without it, all that mean the same.
    return await ctx.settle(lambda session: _answer_alike(session, ctx, draft, keep, question))


def _answer_alike(session: Session, ctx: Context, draft: int, keep: int | None, question: int | None) -> Reply:
    found = prompts.of_team(session, draft, ctx.community.id, ALIKE, ctx.now, hold=True)
    if found is None or (question and question not in _numbers(found, "questions", "perhaps")):
        raise _gone(ctx)
    chosen = [question] if question else _numbers(found, "questions")
    if not _take(session, found, chosen, single=question is not None):
        raise _gone(ctx)
    same, heard = _send(session, ctx, found, chosen)
    kept = keep and prompts.of_team(session, keep, ctx.community.id, "learn", ctx.now, hold=True)
    offered = offer_to_keep(ctx, kept.id) if kept else ()
    if question is None:
        return Reply((Paragraph(told(ctx, heard)), *offered))
    found.args = {**found.args, "told": _ids((*_numbers(found, "told"), *(one.id for one in same)))}
    return Reply((Paragraph(told(ctx, heard)), *offered, *_offered(session, ctx, found, keep)))


def _send(session: Session, ctx: Context, draft: Prompt, chosen: Sequence[int]) -> tuple[list[Question], int]:
    """Send a draft's answer to everyone who asked these questions, and close them; how many people it reaches."""
    here = _asked(session, ctx, chosen)
    same = [one for asked in here if asked.text for one in questions.same_open(session, asked, hold=True)]
    # Whoever asked in several wordings has the answer already.
    before = telling.askers(_asked(session, ctx, _numbers(draft, "told")))
    heard = telling.tell(session, ctx, same, replace(news(draft.args["text"]), told=before))
    questions.close(session, same)
    return same, heard


def _take(session: Session, found: Prompt, chosen: Sequence[int], *, single: bool) -> bool:
    """Take questions out of a draft, so that of two moderators at once only one answers them; or the draft itself."""
    if not single:
        return prompts.take(session, found.id)
    left = {name: _ids(one for one in _numbers(found, name) if one not in chosen) for name in ("questions", "perhaps")}
    found.args = {**found.args, **left}
    session.add(found)
    return True


def _offered(session: Session, ctx: Context, draft: Prompt, keep: int | None) -> Iterator[Block]:
    args = {"draft": str(draft.id), **({"keep": str(keep)} if keep else {})}
    same, perhaps = (_asked(session, ctx, _numbers(draft, name)) for name in ("questions", "perhaps"))
    same, perhaps = ([one for one in some if one.text] for some in (same, perhaps))
    if same:
        yield Paragraph(ctx.speech.say("These questions that wait may mean the same:"))
        yield Bullets(tuple(excerpt(one.text, 120) for one in same))
        yield Buttons((Button(ctx.speech.say("Send them the answer too"), ALIKE, args),))
    single = tuple(
        Button(excerpt(one.text, 60), ALIKE, {**args, "question": str(one.id)}) for one in (*same, *perhaps)[:SINGLE]
    )
    if single:
        yield Select(ctx.speech.say("Send it to one of these alone"), single)


def _gone(ctx: Context) -> Outdated:
    return Outdated(ctx.speech.say("This answer is gone: it was sent, or is older than a day."))


def _ids(numbers: Iterable[int]) -> str:
    return ",".join(str(one) for one in numbers)


def _numbers(draft: Prompt, *names: str) -> list[int]:
    return [int(own) for name in names for own in draft.args.get(name, "").split(",") if own]


def _asked(session: Session, ctx: Context, ids: Iterable[int]) -> list[Question]:
    """The questions of this community with these ids."""
    found = (questions.get(session, own) for own in ids)
    return [one for one in found if one and one.community_id == ctx.community.id]
