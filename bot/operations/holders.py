"""Examines which process runs each platform, where several may share the database."""

from collections.abc import Iterator

from sqlmodel import Session

from bot.core import Core
from bot.operations.doctor import connections, token_of
from bot.ports.adapter import Finding
from storage.engine import leases


async def examine_holders(core: Core) -> list[Finding]:
    """Who runs each platform that has a token, and how many processes there are; nothing on SQLite."""
    if not core.store.shared:
        return []
    return await core.store.read(lambda session: list(_holders(session, core)))


def _holders(session: Session, core: Core) -> Iterator[Finding]:
    running = [who for _, who in leases.holders(session, leases.PROCESS)]
    yield Finding("processes", ", ".join(sorted(running)) or "none runs at the moment")
    for platform, own in connections(core.settings).items():
        if token_of(own):
            held = [f"{_part(number)}{who}" for number, who in leases.holders(session, platform)]
            yield Finding(f"{platform} is run by", ", ".join(held) or "no process at the moment")


def _part(number: int) -> str:
    """Which part of a platform a lease is on; nothing for the whole."""
    count = number >> leases.PART_BITS
    return f"shard {number % (1 << leases.PART_BITS)} of {count}: " if count else ""
