"""The seam: what the core asks of a platform, and what it offers one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.ports.inbound import Inbound
from bot.ports.reply import Reply

Handle = Callable[[Inbound], Awaitable[Reply | None]]
"""The core as an adapter sees it. None: nothing to say, in public not even a reaction."""


@dataclass(frozen=True, slots=True)
class Detour:
    """How to tell a person, where they asked among others, that their private answer waits.

    Attributes:
        chat: where they asked.
        language: theirs.
        command: what gives them the answer once they write to the bot themselves: a command's name, or a button's id;
            empty when nothing does.
        received: whether what they sent is stored, and only its receipt waits.
        changed: whether what they asked to be changed is, and only word of it waits.
    """

    chat: str
    language: str
    command: str
    received: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """Where to deliver.

    Attributes:
        id: a chat's id, or a person's account id when private.
        private: whether it goes to one person alone.
        key: unique to this delivery, for platforms that can refuse a double.
        detour: what to do when a private answer to what was asked among others cannot arrive.
        answers: the message it answers, where the platform shows that.
        replaces: the message it takes the place of, where that still can be changed.
    """

    id: str
    private: bool
    key: str
    detour: Detour | None = None
    answers: str = ""
    replaces: str = ""


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


class Offline(TryLater):
    """The platform as a whole cannot be reached: all that goes there waits, and none of it is at fault."""


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
            TryLater: it did not arrive now; as `Offline`, nothing would.
            Uncertain: nobody can tell whether it arrived.
        """


class WrongToken(Exception):
    """The platform knows no bot of this token; the message says where to get one."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Whose token it is.

    Attributes:
        name: the bot's, as members see it.
        invitation: a link that brings it into a group or server, with the least rights.
        rights: what the link asks for and what for, a line each; none when it needs a member's alone.
    """

    name: str
    invitation: str
    rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        about: what.
        words: how it stands.
        mend: what to do about it; empty when all is well.
    """

    about: str
    words: str
    mend: str = ""


class Checkup(Protocol):
    """What a platform shows to `init` and `doctor`; nothing is received or posted.

    Where an adapter has one, the package its entry point is in has a module `checkup` with a function `checkup`,
    from settings, and the open core where there is one, to this.
    """

    async def introduce(self) -> Introduction:
        """Ask the platform whose token it is.

        Raises:
            WrongToken: nobody's.
            TryLater: the platform does not answer.
        """

    async def examine(self, places: Mapping[str, bool]) -> Sequence[Finding]:
        """Look at the connection and at the bot's rights.

        Args:
            places: ids of the places the bot knows there, and whether digests go there.
        """
