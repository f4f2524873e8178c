"""What a bot asked of Discord's REST API, in order, and waiting for it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sockets.fakes.journal import Requests, Upload

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


class Journal(Requests[Call]):
    """Every request, accepted or not; `unknown` has the verbs and paths nobody answers here."""

    @property
    def invalid(self) -> int:
        """How many requests count towards a ban of the address."""
        return sum(call.status in COSTLY and not call.shared for call in self.calls)
