"""What a bot asked of Telegram, in order, and waiting for it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 60.0
"""Seconds until what should have happened counts as missing: what passes never waits so long, on any machine."""


class Refused(Exception):
    """The server says no."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters or {}


class Pulse:
    """Wakes all who wait, each time something happened."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def beat(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, ready: Callable[[], object], seconds: float) -> None:
        """Wait until `ready` says so.

        Raises:
            TimeoutError: it did not in so many seconds.
        """
        if not ready():
            async with asyncio.timeout(seconds):
                while not ready():
                    await self._event.wait()


@dataclass
class Upload:
    """A file that came with a call."""

    name: str
    media_type: str
    content: bytes


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


class Journal:
    """Every call, accepted or not.

    Attributes:
        unknown: the methods called that this server does not have.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.unknown: list[str] = []
        self._tried: dict[str, list[Call]] = defaultdict(list)
        self._sent: dict[str, list[Call]] = defaultdict(list)
        self._pulse = Pulse()

    def open(self, call: Call) -> None:
        """Note a call that came in."""
        self.calls.append(call)
        self._tried[call.method].append(call)
        self._pulse.beat()

    def settle(self, call: Call, status: int) -> None:
        """Note what became of it."""
        call.status = status
        if status == 200:
            self._sent[call.method].append(call)
        self._pulse.beat()

    async def sent(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[Call]:
        """Every accepted call of a method, once there are so many; fails when there are not in time."""
        return await self._awaited(self._sent[method], f"{method} accepted", count, timeout)

    async def tried(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[Call]:
        """Every call of a method, refused ones too, once there are so many; fails when there are not in time."""
        return await self._awaited(self._tried[method], f"{method} tried", count, timeout)

    async def _awaited(self, calls: list[Call], what: str, count: int, seconds: float) -> list[Call]:
        try:
            await self._pulse.until(lambda: len(calls) >= count, seconds)
        except TimeoutError:
            raise AssertionError(f"{what} {len(calls)} times, not {count}, in {seconds} s; {self.counts()}") from None
        return list(calls)

    def counts(self) -> dict[str, int]:
        """Accepted calls by method."""
        return {method: len(calls) for method, calls in self._sent.items() if calls}

    def busiest(self, chat: object, methods: Iterable[str] = ("sendMessage", "sendPhoto", "sendDocument")) -> int:
        """The most messages that arrived in one chat within any one second."""
        times = sorted(call.at for method in methods for call in self._tried[method] if call.chat == chat)
        return max((sum(start <= one < start + 1 for one in times) for start in times), default=0)

    def clear(self) -> None:
        self.calls.clear()
        for calls in (*self._sent.values(), *self._tried.values()):
            calls.clear()
