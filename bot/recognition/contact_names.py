"""Remembers the names of the trusted contacts on the platforms, besides those under which they use the bot."""

from collections import defaultdict

MOST = 20
"""The most names remembered of one account."""


class ContactNames:
    """The names and handles of some accounts, in memory, since they are learnt again after each start.

    A handle begins with `@`.
    """

    def __init__(self) -> None:
        self._known: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)

    def meet(self, platform: str, account: str, *names: str) -> None:
        """Remember names of an account; of more than `MOST`, the oldest are forgotten."""
        known = self._known[platform, account]
        for name in names:
            if name.strip(" @"):
                known.pop(name, None)
                known[name] = None
        for oldest in list(known)[:-MOST]:
            del known[oldest]

    def of(self, platform: str, account: str) -> tuple[str, ...]:
        """The names known of an account."""
        return tuple(self._known.get((platform, account), ()))

    def forget(self, platform: str, account: str) -> None:
        """Forget the names of an account."""
        self._known.pop((platform, account), None)
