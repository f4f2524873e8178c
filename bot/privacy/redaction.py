"""Takes an erased person's words out of what was posted and archived, and of what is still to be posted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TypeVar

from sqlmodel import Session

from bot.ports.plain import flat
from bot.ports.reply import Block, Bullets, Line, Quote, Reply, ReplyCodec, Strong
from storage import digests, outbox
from storage.models import Digest, Feedback, Outbox

ENOUGH = 40
"""A question's line opens with so many of its characters, or with all of a shorter one."""
PAGE = 300
"""Items or questions that are looked for at once."""
T = TypeVar("T")


def redact_archive(
    session: Session, codec: ReplyCodec, erased: Iterable[Feedback], asked: Iterable[tuple[int, str]] = ()
) -> None:
    """Drop the words of erased items and questions from what quotes them: digests and news, posted, owed or given up.

    Args:
        asked: the questions erased, by id, with their words.
    """
    for items in _pages(list(erased)):
        for row in digests.quoting(session, [item.id for item in items]):
            gone = {_number(item) for item in items if item.community_id == row.community_id}
            _take_out(session, codec, row, gone)
        for news in outbox.worded(session, feedback_ids=[item.id for item in items]):
            _write(session, codec, news, bare(codec.load(news.payload or {})))
    for questions in _pages(list(asked)):
        said = [opening(text) for _, text in questions]
        for row in digests.quoting(session, (), [own for own, _ in questions]):
            _take_out(session, codec, row, set(), said)
    session.flush()


def opening(question: str) -> str:
    """What the line about a question begins with, and no line about a longer question does."""
    words = " ".join(question.split())
    return words[:ENOUGH] if len(words) > ENOUGH else f"{words} · "


def bare(news: Reply) -> Reply:
    """News without anybody's words: a reason, which comes after those it answers, may repeat them."""
    return replace(news, blocks=tuple(takewhile(lambda block: not isinstance(block, Quote), news.blocks)))


def redact(reply: Reply, gone: set[str], said: Iterable[str] = ()) -> Reply:
    """A reply without the quotes and lines about these items, such as `#12`, and those that open with these words."""
    blocks = (_without(block, gone, tuple(said)) for block in reply.blocks)
    return replace(reply, blocks=tuple(block for block in blocks if block is not None))


def _without(block: Block, gone: set[str], said: tuple[str, ...]) -> Block | None:
    if isinstance(block, Quote) and block.source in gone:
        return None
    if isinstance(block, Bullets):
        kept = (item for item in block.items if not _about(item, gone) and not flat(item).startswith(said))
        return replace(block, items=tuple(kept))
    return block


def _about(line: Line, gone: set[str]) -> bool:
    return not isinstance(line, str) and any(isinstance(part, Strong) and part.text in gone for part in line)


def _number(item: Feedback) -> str:
    return f"#{item.number}"


def _take_out(session: Session, codec: ReplyCodec, row: Digest, gone: set[str], said: Sequence[str] = ()) -> None:
    """Take lines out of a digest, and out of its delivery where that is not made."""
    key = digests.delivery_key(row.community_id, row.name, row.period)
    both: list[Digest | Outbox] = [row, *outbox.worded(session, [key])]
    for kept in both:
        _write(session, codec, kept, redact(codec.load(kept.payload or {}), gone, said))


def _write(session: Session, codec: ReplyCodec, row: Digest | Outbox, reply: Reply) -> None:
    row.payload = codec.dump(reply)
    session.add(row)


def _pages(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + PAGE] for start in range(0, len(rows), PAGE))
