"""A board that keeps cards in memory, and refuses or loses what it is told to."""

from dataclasses import dataclass, field
from itertools import count

from bot.ports.adapter import Vanished
from bot.ports.card import Face
from bot.ports.plain import plain


@dataclass
class FakeBoard:
    """What stands in the places of one platform.

    Attributes:
        stands: the cards by place and message id.
        calls: every call, as its name and the message it was for.
        refusal: raised by every call while it is set.
        gone: raised by the edit of a card that is not there.
    """

    stands: dict[str, dict[str, Face]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    refusal: Exception | None = None
    gone: Vanished = field(default_factory=lambda: Vanished("it was deleted"))
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    async def post(self, place: str, key: str, face: Face) -> str:
        self._call("post", key)
        message = str(next(self._ids))
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

    def texts(self, place: str = "ideas") -> list[str]:
        """The cards in a place, as text, the oldest first."""
        return [plain(face.reply) for face in self.stands.get(place, {}).values()]

    def _call(self, name: str, what: str) -> None:
        self.calls.append((name, what))
        if self.refusal:
            raise self.refusal
