"""Takes an erased person's words out of what was posted and archived, and of what is still to be posted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.plain import flat
from bot.reply import Block, Bullets, Line, Quote, Reply, Strong, Wire
from storage import digests, outbox
from storage.models import Digest, Feedback, Outbox

ENOUGH = 40
"""A question's line opens with so many of its characters, or with all of a shorter one."""


def redact_archive(
    session: Session,
    wire: Wire,
    erased: Iterable[Feedback],
    asked: Iterable[tuple[int, str]] = (),
    until: datetime | None = None,
) -> None:
    """Drop the words of erased items and questions from every digest of their communities, posted, owed or given up.

    Args:
        asked: the questions erased, each with its community.
        until: leave what was posted after this instant, and what is still owed, as it is.
    """
    numbers: dict[int, set[str]] = defaultdict(set)
    questions: dict[int, set[str]] = defaultdict(set)
    for item in erased:
        numbers[item.community_id].add(f"#{item.number}")
    for community_id, text in asked:
        questions[community_id].add(" ".join(text.split())[:ENOUGH])
    for community_id in {*numbers, *questions}:
        gone, said = numbers[community_id], questions[community_id]
        posted = digests.archive(session, community_id, most=None)
        waiting = [] if until else outbox.waiting_for_places(session, community_id)
        rows: list[Digest | Outbox] = [row for row in posted if until is None or row.posted_at < until]
        for row in [*rows, *waiting]:
            row.payload = wire.dump(redact(wire.load(row.payload or {}), gone, said))
            session.add(row)
    session.flush()


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
