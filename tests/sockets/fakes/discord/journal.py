"""What a bot asked of Discord's REST API, in order, and waiting for it."""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sockets.fakes.telegram.journal import PATIENCE, Pulse, Upload

JSON = dict[str, Any]
COSTLY = {401, 403, 429}
"""The statuses Discord counts: 10,000 within 10 minutes ban the address."""


@dataclass
class Call:
    """One request.

    Attributes:
        method: the operation's name, `create_message` for `POST /channels/{channel}/messages`.
        path: what stands for the names in the path.
        payload: the JSON, from the body or beside the files.
        token: the bot's, if one was given.
        channel: where it happens, if anywhere.
        at: seconds on the loop-independent monotonic clock.
        status: the answer's; 0 while there is none.
        shared: a limit was hit that others share, which costs nothing.
        refused: the JSON of the refusal; None where it was not refused.
    """

    method: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    payload: Any = None
    files: list[Upload] = field(default_factory=list)
    token: str = ""
    channel: int = 0
    at: float = field(default_factory=time.monotonic)
    status: int = 0
    shared: bool = False
    result: Any = None
    refused: Any = None

    def number(self, name: str) -> int:
        """An id in the path."""
        return int(self.path[name])

    @property
    def message(self) -> JSON:
        """The message it carries, wherever it stands."""
        payload: JSON = self.payload if isinstance(self.payload, dict) else {}
        return (payload.get("data") or {}) if self.method == "callback" else payload

    @property
    def content(self) -> str:
        return self.message.get("content") or ""

    @property
    def private(self) -> bool:
        """Whether only the person who acted is to see it."""
        return bool(self.message.get("flags", 0) & 64)

    @property
    def buttons(self) -> list[JSON]:
        """The buttons, row after row."""
        rows = self.message.get("components") or []
        return [one for row in rows for one in row.get("components", []) if one.get("type") == 2]


class Journal:
    """Every request, accepted or not.

    Attributes:
        unknown: verbs and paths nobody answers here.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.unknown: list[str] = []
        self._tried: dict[str, list[Call]] = defaultdict(list)
        self._sent: dict[str, list[Call]] = defaultdict(list)
        self._pulse = Pulse()

    def open(self, call: Call) -> None:
        """Note a request that came in."""
        self.calls.append(call)
        self._tried[call.method].append(call)
        self._pulse.beat()

    def settle(self, call: Call, status: int) -> None:
        """Note what became of it."""
        call.status = status
        if status < 300:
            self._sent[call.method].append(call)
        self._pulse.beat()

    async def sent(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[Call]:
        """Every accepted request of an operation, once there are so many; fails when there are not in time."""
        return await self._awaited(self._sent[method], f"{method} accepted", count, timeout)

    async def tried(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[Call]:
        """Every request of an operation, refused ones too, once there are so many; fails when not in time."""
        return await self._awaited(self._tried[method], f"{method} tried", count, timeout)

    async def _awaited(self, calls: list[Call], what: str, count: int, seconds: float) -> list[Call]:
        try:
            await self._pulse.until(lambda: len(calls) >= count, seconds)
        except TimeoutError:
            raise AssertionError(f"{what} {len(calls)} times, not {count}, in {seconds} s; {self.counts()}") from None
        return list(calls)

    def counts(self) -> dict[str, int]:
        """Accepted requests by operation."""
        return {method: len(calls) for method, calls in self._sent.items() if calls}

    @property
    def invalid(self) -> int:
        """How many requests count towards a ban of the address."""
        return sum(call.status in COSTLY and not call.shared for call in self.calls)
