"""A board that keeps cards in memory, and refuses or loses what it is told to."""

import asyncio
from dataclasses import dataclass, field
from itertools import count

from bot.ports.adapter import Vanished
from bot.ports.card import Face
from bot.ports.plain import plain


def _set() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


@dataclass
class FakeBoard:
    """What stands in the places of one platform.

    Attributes:
        stands: the cards by place and message id.
        calls: every call, as its name and the message it was for.
        answers: while it is not set, posts are not answered.
        refusal: raised by every call while it is set.
        finds: whether what an attempt left is found.
        gone: raised by the edit of a card that is not there.
    """

    stands: dict[str, dict[str, Face]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    refusal: Exception | None = None
    finds: bool = False
    gone: Vanished = field(default_factory=lambda: Vanished("it was deleted"))
    answers: asyncio.Event = field(default_factory=_set)
    _called: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    async def post(self, place: str, key: str, face: Face) -> str:
        self._call("post", key)
        message = str(next(self._ids))
        await self.answers.wait()
        self.stands.setdefault(place, {})[message] = face
        return message

    async def edit(self, place: str, message: str, face: Face) -> None:
        self._call("edit", message)
        if message not in self.stands[place]:
            raise self.gone
        self.stands[place][message] = face

    async def remove(self, place: str, message: str) -> None:
        self._call("remove", message)
        self.stands[place].pop(message, None)

    async def retract(self, place: str, key: str, number: int) -> bool:
        self._call("retract", key)
        return self.finds

    def texts(self, place: str = "ideas") -> list[str]:
        """The cards in a place, as text, the oldest first."""
        return [plain(face.reply) for face in self.stands.get(place, {}).values()]

    async def until_called(self, times: int) -> None:
        """Wait until it was called so often."""
        while len(self.calls) < times:
            self._called.clear()
            await self._called.wait()

    def _call(self, name: str, what: str) -> None:
        self.calls.append((name, what))
        self._called.set()
        if self.refusal:
            raise self.refusal
