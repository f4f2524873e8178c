"""Redaction: removes the text of erased items and questions from archived digests, drafts and the outbox."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TypeVar

from sqlmodel import Session

from bot.ports.codec import ReplyCodec
from bot.ports.reply import Block, Bullets, Image, Line, Paragraph, Quote, Reply, Row, Strong, flat
from bot.recognition.contacts import mask
from storage.items.desk.decisions import NEWS
from storage.models import Digest, Feedback, Outbox
from storage.reports import digests
from storage.traffic import outbox, traces
from storage.traffic.news import FOLLOWED, JOINED

ENOUGH = 40
"""How many characters of a question identify its line in a digest; of a shorter question, all."""
PAGE = 300
"""The most items or questions in one query."""
SOMEBODY = "…"
"""Replaces the name of an erased person, in every language."""
T = TypeVar("T")


def redact_archive(
    session: Session,
    codec: ReplyCodec,
    erased: Iterable[Feedback],
    asked: Iterable[tuple[int, str]] = (),
    *,
    spare_author: bool = False,
) -> None:
    """Redact archived digests and undelivered messages that quote erased items or questions; withdraw answers that do.

    Args:
        erased: the items.
        asked: the questions, each as its id and its text before the erasure.
        spare_author: whether messages to an item's own author stay as they are.
    """
    for items in _pages(list(erased)):
        _bare_others(session, codec, [item.id for item in items])
        traces.withdraw(session, items=[item.id for item in items])
        for row in digests.quoting(session, [item.id for item in items]):
            gone = {_number(item) for item in items if item.community_id == row.community_id}
            _redact_digest(session, codec, row, gone)
        _bare_own(session, codec, items, spare_author=spare_author)
    for questions in _pages(list(asked)):
        traces.withdraw(session, questions=[own for own, _ in questions])
        said = [opening(words) for _, text in questions for words in (text, mask(text))]
        for row in digests.quoting(session, (), [own for own, _ in questions]):
            _redact_digest(session, codec, row, set(), said)
    session.flush()


def withhold(session: Session, codec: ReplyCodec, item: Feedback) -> None:
    """Remove the words of an item that is no longer for everyone from undelivered news, except to its author.

    Messages to the team stay as they are, since the team still sees the item.
    """
    _bare_others(session, codec, [item.id])
    _bare_own(session, codec, [item], spare_author=True, spare_team=True)
    session.flush()


def redact_owner(session: Session, codec: ReplyCodec, member_id: int) -> None:
    """Remove a person's name from the archived digests that say they take care of something."""
    for row, name in digests.naming(session, member_id):
        for kept in _copies(session, row):
            _write(session, codec, kept, unname(codec.load(kept.payload or {}), name))
    session.flush()


def unname(reply: Reply, name: str) -> Reply:
    """A reply in which the bot's own words do not say this name; quotes stay as they were written."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")

    def without(line: Line) -> Line:
        if isinstance(line, str):
            return word.sub(SOMEBODY, line)
        return tuple(
            word.sub(SOMEBODY, part) if isinstance(part, str) else replace(part, text=word.sub(SOMEBODY, part.text))
            for part in line
        )

    def changed(block: Block) -> Block:
        if isinstance(block, Paragraph | Row):
            return replace(block, text=without(block.text))
        return block

    return replace(reply, blocks=tuple(map(changed, reply.blocks)))


def _is_to(news: Outbox, author: int | None) -> bool:
    """Whether a message about an item is for its author; None for an author reached by the sealed address."""
    return news.place_id is None and news.recipient_id == author


def unquote(session: Session, codec: ReplyCodec, item: Feedback) -> None:
    """Remove the quotes from undelivered messages about an item whose words have changed."""
    _bare_others(session, codec, [item.id])
    for news in outbox.worded(session, feedback_ids=[item.id]):
        reply = codec.load(news.payload or {})
        _write(session, codec, news, replace(reply, blocks=tuple(b for b in reply.blocks if not isinstance(b, Quote))))
    session.flush()


def _bare_own(
    session: Session,
    codec: ReplyCodec,
    items: Sequence[Feedback],
    *,
    spare_author: bool,
    spare_team: bool = False,
) -> None:
    """Remove the words of items from the undelivered news about them."""
    authors = {item.id: item.author_id for item in items} if spare_author else {}
    for news in outbox.worded(session, feedback_ids=[item.id for item in items]):
        if news.feedback_id in authors and _is_to(news, authors[news.feedback_id]):
            continue
        if not (spare_team and news.place_id is not None):
            _write(session, codec, news, bare(codec.load(news.payload or {})))


def _bare_others(session: Session, codec: ReplyCodec, feedback_ids: Sequence[int]) -> None:
    """Remove the words of items from undelivered news about other items that quotes them."""
    quoting = traces.messages_with(session, feedback_ids, NEWS, JOINED, FOLLOWED)
    for news in quoting:
        _write(session, codec, news, bare(codec.load(news.payload or {})))
    session.flush()
    traces.erase(session, [news.id for news in quoting])


def opening(question: str) -> str:
    """The beginning that identifies a question's line in a digest; of a short one, with the separator after it."""
    words = " ".join(question.split())
    return words[:ENOUGH] if len(words) > ENOUGH else f"{words} · "


def bare(news: Reply) -> Reply:
    """A message up to its first quote: what follows, such as the reason of a decision, may repeat the quoted text."""
    return replace(news, blocks=tuple(takewhile(lambda block: not isinstance(block, Quote), news.blocks)))


def redact(reply: Reply, gone: set[str], said: Iterable[str] = ()) -> Reply:
    """A reply without quotes of and lines about these items, such as `#12`, and lines with one of these beginnings."""
    blocks = (_without(block, gone, tuple(said)) for block in reply.blocks)
    return replace(reply, blocks=tuple(block for block in blocks if block is not None))


def _without(block: Block, gone: set[str], said: tuple[str, ...]) -> Block | None:
    if isinstance(block, Quote) and block.source in gone:
        return None
    if isinstance(block, Image) and gone:
        # Text in a picture cannot be redacted.
        return None
    if isinstance(block, Bullets):
        kept = (item for item in block.items if not _about(item, gone) and not flat(item).startswith(said))
        return replace(block, items=tuple(kept))
    if isinstance(block, Row) and _about(block.text, gone):
        return None
    return block


def _about(line: Line, gone: set[str]) -> bool:
    return not isinstance(line, str) and any(isinstance(part, Strong) and part.text in gone for part in line)


def _number(item: Feedback) -> str:
    return f"#{item.number}"


def _redact_digest(session: Session, codec: ReplyCodec, row: Digest, gone: set[str], said: Sequence[str] = ()) -> None:
    """Redact an archived digest, and its outbox row while that has its text."""
    for kept in _copies(session, row):
        _write(session, codec, kept, redact(codec.load(kept.payload or {}), gone, said))


def _copies(session: Session, row: Digest) -> list[Digest | Outbox]:
    return [row, *outbox.worded(session, [digests.delivery_key(row.community_id, row.name, row.period)])]


def _write(session: Session, codec: ReplyCodec, row: Digest | Outbox, reply: Reply) -> None:
    row.payload = codec.rewrite(row.payload, reply)
    session.add(row)


def _pages(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + PAGE] for start in range(0, len(rows), PAGE))
