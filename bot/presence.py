"""Asks the platforms whether somebody is still in a place, remembering answers for a while, and for their roles."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping

import structlog

from bot.ports.inbound import Role

IsMember = Callable[[str, str], Awaitable[bool | None]]
"""Asks a platform whether an account is in a place, both by their ids; None when it does not tell."""
Roles = Callable[[str], Awaitable[Mapping[str, Role]]]
"""Asks a platform the roles of an account, by its id: by the id of the place that gives each."""
BELIEVED = 600.0
"""Seconds for which a person who was found in a place of a community is not asked about again."""
UNKNOWN = 60.0
"""Seconds before asking again when the platform gave no answer."""
PATIENCE = 2.0
"""Seconds after which a request to a platform is given up, since a person waits for the answer."""
MOST_KEPT = 10_000


class Presence:
    """Asks the platforms who is in the places of communities.

    Args:
        now: a monotonic clock, in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._platforms: dict[str, IsMember] = {}
        self._roles: dict[str, Roles] = {}
        self._believed: dict[tuple[str, str, int], float] = {}
        """By platform, account and community, until when the person counts as there, in seconds of the clock."""

    def register(self, platform: str, is_member: IsMember, roles: Roles | None = None) -> None:
        """Register the functions that ask a platform."""
        self._platforms[platform] = is_member
        if roles is not None:
            self._roles[platform] = roles

    def must_ask(self, platform: str, account: str, community_id: int) -> bool:
        """Whether a platform can be asked about an account, and its last answer is too old to be relied on."""
        until = self._believed.get((platform, account, community_id), 0.0)
        return platform in self._platforms and self._now() >= until

    async def is_gone(self, platform: str, account: str, community_id: int, places: Collection[str]) -> bool:
        """Whether the platform says that an account is in none of a community's places on it.

        Where the platform does not tell, the person counts as there for `UNKNOWN` seconds.
        """
        said: set[bool | None] = set()
        for place in places:
            said.add(await self.is_member(platform, place, account))
            if True in said:
                break
        if said == {False}:
            return True
        seconds = BELIEVED if True in said or not said else UNKNOWN
        if len(self._believed) >= MOST_KEPT:
            self._believed.clear()
        self._believed[platform, account, community_id] = self._now() + seconds
        return False

    async def is_member(self, platform: str, place: str, account: str) -> bool | None:
        """Whether an account is in a place; None when the platform does not tell, or not in time."""
        ask = self._platforms.get(platform)
        if ask is None:
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                return await ask(place, account)
        except Exception as error:
            # Whatever goes wrong there, people are not shut out for it.
            structlog.get_logger().error(platform, presence_unknown=type(error).__name__)
            return None

    async def roles(self, platform: str, account: str) -> Mapping[str, Role] | None:
        """The roles of an account, by the id of the place that gives each; None when the platform does not tell."""
        ask = self._roles.get(platform)
        if ask is None:
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                return await ask(account)
        except Exception as error:
            structlog.get_logger().error(platform, roles_unknown=type(error).__name__)
            return None
