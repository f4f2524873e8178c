"""What can go wrong between Telegram and a bot, in Telegram's own words."""

from dataclasses import dataclass, field
from typing import Any

from tests.sockets.fakes.faults import Trouble


@dataclass
class Fault(Trouble):
    """One thing that goes wrong, a few times: beside what goes wrong anywhere, what only this platform says.

    Attributes:
        code: the answer's status; 0 leaves the answer as it would be.
    """

    code: int = 0
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)


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
