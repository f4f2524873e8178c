"""Discord's rate limits: what each answer says of them, and the refusal of what goes beyond."""

import time
import zlib
from dataclasses import dataclass

from tests.sockets.fakes.discord.journal import Call
from tests.sockets.fakes.discord.rest.refusals import Refused, limited

MAJOR = ("channel", "guild", "application", "interaction", "token")
"""The names in a path that have a limit each."""
AMPLE = 1_000


@dataclass
class Rule:
    """So many requests in so many seconds."""

    count: int
    seconds: float
    scope: str


@dataclass
class Window:
    """What is left of one limit, until when."""

    left: int
    ends: float


class Rates:
    """Ample for every operation, unless `allow` says less."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}
        self._windows: dict[tuple[str, ...], Window] = {}

    def allow(self, method: str, count: int, seconds: float, scope: str = "user") -> None:
        """Allow an operation so often in each channel, guild or interaction; `*` is all of them together."""
        self._rules[method] = Rule(count, seconds, scope)
        self._windows.clear()

    def spend(self, call: Call) -> dict[str, str]:
        """Count a request; returns the headers of its answer.

        Raises:
            Refused: it is one too many.
        """
        if rule := self._rules.get("*"):
            self._taken(("*",), Rule(rule.count, rule.seconds, "global"), {})
        bucket = f"{zlib.crc32(call.method.encode()):08x}"
        rule = self._rules.get(call.method)
        if not rule:
            return _headers(bucket, AMPLE, AMPLE - 1, 1.0)
        key = (call.method, *(call.path[name] for name in MAJOR if name in call.path))
        return self._taken(key, rule, _headers(bucket, rule.count, 0, rule.seconds))

    def _taken(self, key: tuple[str, ...], rule: Rule, headers: dict[str, str]) -> dict[str, str]:
        now = time.monotonic()
        window = self._windows.get(key)
        if window is None or window.ends <= now:
            window = self._windows[key] = Window(rule.count, now + rule.seconds)
        rest = window.ends - now
        if not window.left:
            raise _refused(rest, rule, headers)
        window.left -= 1
        return {**headers, "X-RateLimit-Remaining": str(window.left), **_until(rest)} if headers else {}


def _headers(bucket: str, limit: int, left: int, rest: float) -> dict[str, str]:
    counts = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left), "X-RateLimit-Bucket": bucket}
    return {**counts, **_until(rest)}


def _until(rest: float) -> dict[str, str]:
    return {"X-RateLimit-Reset": f"{time.time() + rest:.3f}", "X-RateLimit-Reset-After": f"{rest:.3f}"}


def _refused(rest: float, rule: Rule, headers: dict[str, str]) -> Refused:
    refusal = limited(round(rest, 3), rule.scope)
    if headers:
        refusal.headers |= {**headers, **_until(rest)}
    return refusal
