"""Takes an erased person's words out of what was posted and archived."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import Session

from bot.reply import Block, Bullets, Line, Quote, Reply, Strong, Wire
from storage import digests
from storage.models import Feedback


def redact_archive(session: Session, wire: Wire, erased: Iterable[Feedback]) -> None:
    """Drop the words of erased items from every archived digest of their communities."""
    numbers: dict[int, set[str]] = defaultdict(set)
    for item in erased:
        numbers[item.community_id].add(f"#{item.number}")
    for community_id, gone in numbers.items():
        for row in digests.archive(session, community_id, most=None):
            row.payload = wire.dump(redact(wire.load(row.payload), gone))
            session.add(row)
    session.flush()


def redact(reply: Reply, gone: set[str]) -> Reply:
    """A reply without the quotes and lines that are about these items, such as `#12`."""
    blocks = (_without(block, gone) for block in reply.blocks)
    return replace(reply, blocks=tuple(block for block in blocks if block is not None))


def _without(block: Block, gone: set[str]) -> Block | None:
    if isinstance(block, Quote) and block.source in gone:
        return None
    if isinstance(block, Bullets):
        return replace(block, items=tuple(item for item in block.items if not _about(item, gone)))
    return block


def _about(line: Line, gone: set[str]) -> bool:
    return not isinstance(line, str) and any(isinstance(part, Strong) and part.text in gone for part in line)
