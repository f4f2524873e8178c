"""The seam: what the core asks of a platform, and what it offers one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.events import Inbound
from bot.reply import Reply

Handle = Callable[[Inbound], Awaitable[Reply | None]]
"""The core as an adapter sees it. None: nothing to say, in public not even a reaction."""


@dataclass(frozen=True, slots=True)
class Detour:
    """How to tell a person, where they asked among others, that their private answer waits.

    Attributes:
        chat: where they asked.
        language: theirs.
        command: what gives them the answer once they write to the bot themselves.
    """

    chat: str
    language: str
    command: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where to deliver.

    Attributes:
        id: a chat's id, or a person's account id when private.
        private: whether it goes to one person alone.
        key: unique to this delivery, for platforms that can refuse a double.
        detour: what to do when a private answer to what was asked among others cannot arrive.
        answers: the message it answers, where the platform shows that.
    """

    id: str
    private: bool
    key: str
    detour: Detour | None = None
    answers: str = ""


class Unreachable(Exception):
    """The platform will not deliver here, now or later; the message says why."""


class TryLater(Exception):
    """The platform could not deliver now.

    Attributes:
        seconds: how long it asked to wait, or None.
    """

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Uncertain(Exception):
    """It may have arrived: the platform took it and its answer was lost. It is not sent again by itself."""


class Adapter(Protocol):
    """One platform. Found by entry point in the group `portevoix.adapters`."""

    name: str

    async def run(self) -> None:
        """Receive until cancelled: build an `Inbound` of everything done, and render what `Handle` answers."""

    async def send(self, address: Address, reply: Reply) -> None:
        """Deliver a reply.

        Raises:
            Unreachable: it will never arrive there.
            TryLater: it did not arrive now.
            Uncertain: nobody can tell whether it arrived.
        """
