"""The display names of moderators, to recognise complaints about one of them."""

from collections import defaultdict

MOST = 200
"""Names remembered of one community."""


class Moderators:
    """The names of moderators who used the bot since it started, by community; in memory, as roles are not stored."""

    def __init__(self) -> None:
        self._names: defaultdict[int, dict[str, None]] = defaultdict(dict)

    def meet(self, community_id: int, name: str) -> None:
        """Remember a moderator's name; beyond `MOST`, the one met longest ago is forgotten."""
        known = self._names[community_id]
        known.pop(name, None)
        known[name] = None
        if len(known) > MOST:
            del known[next(iter(known))]

    def forget(self, name: str) -> None:
        """Forget a name in every community; a moderator who is still there is met again."""
        for known in list(self._names.values()):
            known.pop(name, None)

    def names(self, community_id: int) -> tuple[str, ...]:
        """The names known of a community's moderators."""
        return tuple(self._names[community_id])
