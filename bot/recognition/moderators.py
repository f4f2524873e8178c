"""Remembers the moderators seen since the start: their names, to recognise complaints about them, and accounts."""

from collections import defaultdict
from typing import TypeVar

T = TypeVar("T")
MOST = 200
"""The most names, and the most accounts, remembered of one community."""


class Moderators:
    """The moderators who used the bot since it started, by community; in memory, since roles are not stored."""

    def __init__(self) -> None:
        self._names: defaultdict[int, dict[tuple[str, str, str], None]] = defaultdict(dict)
        """By community, names with their platform and account."""
        self._accounts: defaultdict[int, dict[tuple[str, str], None]] = defaultdict(dict)

    def meet(self, community_id: int, name: str, platform: str, account: str, handle: str = "") -> None:
        """Remember a moderator's names and account; beyond `MOST`, those met longest ago are forgotten."""
        for one in (name, handle):
            if one:
                _remember(self._names[community_id], (one, platform, account))
        _remember(self._accounts[community_id], (platform, account))

    def knows(self, community_id: int, platform: str, account: str) -> bool:
        """Whether an account was met as one of a community's moderators."""
        return (platform, account) in self._accounts[community_id]

    def forget(self, platform: str, account: str) -> None:
        """Forget an account and its names in every community; a moderator who is still there is met again."""
        for known in list(self._names.values()):
            for one in [one for one in known if one[1:] == (platform, account)]:
                known.pop(one, None)
        for accounts in list(self._accounts.values()):
            accounts.pop((platform, account), None)

    def names(self, community_id: int) -> tuple[str, ...]:
        """The names known of a community's moderators."""
        return tuple(dict.fromkeys(name for name, *_ in self._names[community_id]))


def _remember(known: dict[T, None], one: T) -> None:
    known.pop(one, None)
    known[one] = None
    if len(known) > MOST:
        del known[next(iter(known))]
