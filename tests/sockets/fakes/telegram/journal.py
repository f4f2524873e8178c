"""What a bot asked of Telegram, in order, and waiting for it."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.sockets.fakes.journal import Requests, Upload


class Refused(Exception):
    """The server says no."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters or {}


@dataclass
class Call:
    """One call of the Bot API.

    Attributes:
        parameters: as the server understands them: JSON in a form is read.
        shown: the text a reader sees, markup taken off.
        at: seconds on the loop-independent monotonic clock.
        status: the answer's; 0 while there is none.
        edited: the message that an edit made, where the answer does not have it.
        refused: why it was refused; empty where it was not.
    """

    method: str
    parameters: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)
    shown: str = ""
    at: float = field(default_factory=time.monotonic)
    status: int = 0
    result: Any = None
    edited: dict[str, Any] = field(default_factory=dict)
    refused: str = ""

    @property
    def message(self) -> dict[str, Any]:
        """The message that it sent or edited."""
        return dict(self.edited or self.result)

    @property
    def chat(self) -> Any:
        return self.parameters.get("chat_id")

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """The inline buttons, row after row."""
        markup = self.parameters.get("reply_markup")
        rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
        return [button for row in rows for button in row]


class Journal(Requests[Call]):
    """Every call, accepted or not; `unknown` has the methods called that this server does not have."""

    def busiest(self, chat: object, methods: Iterable[str] = ("sendMessage", "sendPhoto", "sendDocument")) -> int:
        """The most messages that arrived in one chat within any one second."""
        times = sorted(call.at for method in methods for call in self._tried[method] if call.chat == chat)
        return max((sum(start <= one < start + 1 for one in times) for start in times), default=0)
