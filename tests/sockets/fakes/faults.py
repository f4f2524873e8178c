"""What can go wrong on the way between any platform and a bot, and those faults that are still to come."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar


@dataclass
class Trouble:
    """One thing that goes wrong, a few times.

    Attributes:
        method: what was asked when it happens; `*` for whatever.
        times: how often; None until `clear`.
        place: the number of the only chat or channel where it happens, when not None.
        drop: close the connection `before` the request is read, or `after` it took effect.
        delay: seconds to wait before answering.
        page: answer this instead of the platform's JSON, as a proxy in between does.
    """

    method: str = "*"
    times: int | None = 1
    place: int | None = None
    drop: Literal["", "before", "after"] = ""
    delay: float = 0.0
    page: str = ""


TroubleT = TypeVar("TroubleT", bound=Trouble)


class Faults(Generic[TroubleT]):
    """Those still to come, the oldest first."""

    def __init__(self) -> None:
        self._waiting: list[TroubleT] = []

    def add(self, fault: TroubleT) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, place: object, *, unread: bool) -> TroubleT | None:
        """The fault that hits this request, if any; `unread` ones hit before it is read, so in no known place."""
        for fault in self._waiting:
            fits = fault.method in {"*", method} and (fault.drop == "before") == unread
            if fits and (unread or fault.place in {None, place}):
                if fault.times is not None:
                    fault.times -= 1
                    if not fault.times:
                        self._waiting.remove(fault)
                return fault
        return None
