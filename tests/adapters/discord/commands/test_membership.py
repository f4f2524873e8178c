"""How often Discord is asked for the members of a guild, and what counts while it does not answer."""

from dataclasses import dataclass, field
from typing import Any, cast

import aiohttp
import discord as library
from structlog.testing import capture_logs

from adapters.discord.membership import FAILED, REMEMBERED, Membership


@dataclass
class Guild:
    """A guild that is asked for its members.

    Attributes:
        answers: what it answers, one after another; an error is raised.
    """

    answers: list[object]
    id: int = 1
    asked: list[int] = field(default_factory=list)

    async def fetch_member(self, account: int) -> object:
        self.asked.append(account)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Watch:
    """A clock that is set."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


async def find(membership: Membership, guild: Guild, account: int = 7) -> Any:
    return await membership.find(cast("library.Guild", guild), account)


async def test_a_member_is_asked_for_once_a_minute() -> None:
    guild, now = Guild(["mia", "mia, a moderator"]), Watch()
    membership = Membership(now)
    assert [await find(membership, guild), await find(membership, guild)] == ["mia", "mia"]
    now.seconds = REMEMBERED
    assert await find(membership, guild) == "mia, a moderator"
    assert guild.asked == [7, 7]


async def test_everybody_is_asked_for_alone() -> None:
    guild = Guild(["mia", "rosa"])
    membership = Membership(Watch())
    assert [await find(membership, guild, 7), await find(membership, guild, 8)] == ["mia", "rosa"]


async def test_while_discord_fails_what_it_told_last_counts() -> None:
    guild, now = Guild(["mia", aiohttp.ServerDisconnectedError(), "mia, back"]), Watch()
    membership = Membership(now)
    await find(membership, guild)
    now.seconds = REMEMBERED
    with capture_logs() as told:
        assert [await find(membership, guild), await find(membership, guild)] == ["mia", "mia"]
    assert [one["role_unknown"] for one in told] == ["ServerDisconnectedError"]
    now.seconds += FAILED
    assert await find(membership, guild) == "mia, back"


async def test_who_was_never_told_of_has_no_role_while_discord_fails() -> None:
    with capture_logs():
        assert await find(Membership(Watch()), Guild([TimeoutError()])) is None
