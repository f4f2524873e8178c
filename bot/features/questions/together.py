"""Answers several questions asked in one message separately."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from bot.context import Context
from bot.features.questions import group, presentation, record
from bot.features.questions.following import Found
from bot.knowledge.policy import SearchResult
from bot.language.text.follow_up import follow_up, joined
from bot.language.text.several import parts
from bot.ports.reply import Block, Quote, Reply
from storage.models import Question
from storage.vocabulary import Decision, Naming


async def split_questions(ctx: Context, text: str, whole: SearchResult) -> tuple[Found, ...]:
    """The questions of a message with their search results; empty when it is better taken as one question.

    Args:
        whole: the search result of the whole message.
    """
    asked = parts(text)
    if len(asked.texts) == 1 or whole.answers_unasked:
        return ()
    found: list[Found] = []
    for one in asked.texts:
        found.append(await _find(ctx, one, found[-1].text if found else ""))
    return tuple(found) if _is_better(found, whole, marked=asked.marked) else ()


async def _find(ctx: Context, text: str, before: str) -> Found:
    more = follow_up(text) if before else None
    if more is None:
        return Found(text, await ctx.core.library.find(ctx.community.id, text))
    said = joined(before, more) if more.certain else text
    return Found(said, await ctx.core.library.find(ctx.community.id, said))


def _is_better(found: Sequence[Found], whole: SearchResult, *, marked: bool) -> bool:
    """Whether the separate questions find more than the message as a whole."""
    given = [record.given_answer(one.result) for one in found]
    sure = [one for one in given if one is not None]
    if len(sure) == len(given):
        return len(set(sure)) > 1
    if whole.decision is not Decision.ANSWER and _mean_different(found, marked=marked):
        return True
    # Without question marks, a part that finds nothing may belong to the question before.
    return bool(sure) and (marked or whole.decision is not Decision.ANSWER)


def _mean_different(found: Sequence[Found], *, marked: bool) -> bool:
    """Whether the questions find different answers, though none with certainty, so that one choice cannot answer all.

    Args:
        marked: whether each has its own question mark, so that one that finds nothing is a question, too.
    """
    best = [one.result.candidates[0].answer_id for one in found if one.result.decision is not Decision.SILENT]
    return len(set(best)) == len(best) and (len(best) == len(found) or (marked and bool(best)))


def answer(session: Session, ctx: Context, found: Sequence[Found], naming: Naming) -> Reply:
    """The reply to several questions: each answered, or quoted and offered answers or passed on."""
    return Reply(tuple(_blocks(session, ctx, found, naming)))


def _blocks(session: Session, ctx: Context, found: Sequence[Found], naming: Naming) -> Iterator[Block]:
    shown: set[int] = set()
    offered: tuple[Question, SearchResult] | None = None
    for number, one in enumerate(found, 1):
        kept = record.keep(session, ctx, one.text, one.result, naming)
        if kept.answer_id is None:
            yield Quote(one.text)
        elif kept.answer_id in shown:
            continue
        else:
            shown.add(kept.answer_id)
        yield from presentation.reply(session, ctx, kept, one.result, group.prefix(number)).blocks
        offered = (kept, one.result) if one.result.decision is Decision.OFFER else offered
    if offered:
        # A number typed next refers to the answers offered, even if another question came after them.
        record.remember(ctx, offered[0].id, kept.id, offered[1])
