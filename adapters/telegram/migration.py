"""Handles that a group became a supergroup, which changes its id."""

from adapters.telegram.places import PLATFORM
from bot.core import Core
from storage.people import communities


async def follow_migration(core: Core, old: int, new: int) -> None:
    """Store the new id of a group that became a supergroup.

    Raises:
        StoreError: it cannot be stored.
    """
    await core.store.write(lambda session: communities.move_place(session, PLATFORM, str(old), str(new)))
