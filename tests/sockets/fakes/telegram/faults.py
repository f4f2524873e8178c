"""What can go wrong between Telegram and a bot, in Telegram's own words."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass
class Fault:
    """One thing that goes wrong, a few times.

    Attributes:
        method: the method it happens to; `*` for every one.
        times: how often; None until `clear`.
        chat: only there, when not None.
        code: the answer's status; 0 leaves the answer as it would be.
        drop: close the connection `before` the request is read, or `after` it took effect.
        delay: seconds to wait before answering.
        page: answer this instead of Telegram's JSON, as a proxy in between does.
    """

    method: str = "*"
    times: int | None = 1
    chat: int | None = None
    code: int = 0
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    drop: Literal["", "before", "after"] = ""
    delay: float = 0.0
    page: str = ""


def flooded(seconds: int = 1) -> Fault:
    return Fault(code=429, description=f"Too Many Requests: retry after {seconds}", parameters={"retry_after": seconds})


def broken(code: int = 502, description: str = "Bad Gateway") -> Fault:
    return Fault(code=code, description=description)


def page(code: int = 502, text: str = "<html><h1>502 Bad Gateway</h1></html>") -> Fault:
    return Fault(code=code, page=text)


def blocked() -> Fault:
    return Fault(code=403, description="Forbidden: bot was blocked by the user")


def not_started() -> Fault:
    return Fault(code=403, description="Forbidden: bot can't initiate conversation with a user")


def kicked() -> Fault:
    return Fault(code=403, description="Forbidden: bot was kicked from the supergroup chat")


def lost_thread() -> Fault:
    return Fault(code=400, description="Bad Request: message thread not found")


def lost_chat() -> Fault:
    return Fault(code=400, description="Bad Request: chat not found")


def migrated(chat: int) -> Fault:
    return Fault(
        code=400,
        description="Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": chat},
    )


def revoked() -> Fault:
    return Fault(code=401, description="Unauthorized")


def conflict() -> Fault:
    return Fault(
        code=409,
        description="Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def dropped() -> Fault:
    """The connection breaks before the request is read: nothing happened."""
    return Fault(drop="before")


def unanswered() -> Fault:
    """The request takes effect and its answer is lost."""
    return Fault(drop="after")


def slow(seconds: float) -> Fault:
    """The answer comes late; the request takes effect at once."""
    return Fault(delay=seconds)


class Faults:
    """Those still to come, the oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, chat: object, *, unread: bool) -> Fault | None:
        """The fault that hits this call, if any; `unread` ones hit before a request is read, so in no known chat."""
        for fault in self._waiting:
            fits = fault.method in {"*", method} and (fault.drop == "before") == unread
            if fits and (unread or fault.chat in {None, chat}):
                if fault.times is not None:
                    fault.times -= 1
                    if not fault.times:
                        self._waiting.remove(fault)
                return fault
        return None
