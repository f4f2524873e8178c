"""Keeps the blocks of a person in force after their erasure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.ports.inbound import Actor
from storage.engine.keys import Keys
from storage.engine.loading import by_id
from storage.items.desk import blocks
from storage.models import Community, Member
from storage.people import marks


def block_mark(keys: Keys, community_id: int, account: Actor) -> str:
    """The keyed mark of an account, by which a block outlasts the erasure of the member."""
    return keys.holder(f"block {community_id}", f"{account.platform}:{account.id}")


def move_blocks(
    session: Session,
    keys: Keys,
    communities: Iterable[Community],
    member_id: int,
    accounts: Sequence[Actor],
    now: datetime,
) -> bool:
    """Move the blocks of a member who is about to be erased to keyed marks of their accounts.

    Returns:
        Whether any was moved; blocks from before an earlier erasure already have such marks.
    """
    moved, member = 0, by_id(session, Member, member_id)
    for own in communities:
        others = [block_mark(keys, own.id, account) for account in accounts]
        moved += blocks.rekey(session, own.id, marks.of_person(keys, own, member_id, member, now), others)
    return bool(moved)
