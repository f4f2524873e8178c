"""The interface between the core and a platform's adapter."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

from bot.ports.card import Face
from bot.ports.inbound import Inbound
from bot.ports.reply import Reply
from storage.engine.errors import StoreError
from storage.values import frozen

Handle = Callable[[Inbound], Awaitable[Reply | None]]
"""The core as an adapter sees it: takes an event, returns the answer, or None for no answer at all."""


@frozen
class Detour:
    """Used when a private answer cannot be sent: how to notify the person in the public chat where they asked.

    Attributes:
        chat: the id of that chat.
        language: the person's language code.
        command: what shows the answer in a private chat: a command's name, or a button's token; empty for nothing.
        received: whether feedback was stored, so that only the receipt is missing.
        changed: whether the requested change was made, so that only its confirmation is missing.
        passed: the number under which the person's message was passed on, of which they are told there by a reply; then
            `command` is the token of the button that takes it back. 0 for an answer.
    """

    chat: str
    language: str
    command: str
    received: bool = False
    changed: bool = False
    passed: int = 0


@frozen
class Address:
    """Where to send a reply.

    Attributes:
        id: a chat's id, or a person's account id when private.
        private: whether it goes to one person only.
        key: the idempotency key: unique to this delivery and the same for its retries.
        detour: the fallback when a private answer to a public question cannot be sent.
        answers: the id of the message it replies to, where the platform shows replies.
        edits: the id of the message to edit instead of sending a new one, where that is possible.
        edits_only: whether nothing is sent where that message cannot be edited any more.
        person: in a chat of many, the id of the account it answers; empty for nobody, as with a digest.
        name: that person's name, to call them by in a chat of many.
        language: that person's language code.
    """

    id: str
    private: bool
    key: str
    detour: Detour | None = None
    answers: str = ""
    edits: str = ""
    person: str = ""
    name: str = ""
    language: str = ""
    edits_only: bool = False


class NotStored(StoreError):
    """The store cannot store what somebody in danger said.

    Attributes:
        shown: the reply with where to find help, to be shown all the same.
    """

    def __init__(self, mend: str, shown: Reply) -> None:
        super().__init__(mend)
        self.shown = shown


class Unreachable(Exception):
    """The address will never accept this delivery, so it is not retried; the message says why."""


class Vanished(Unreachable):
    """The card's message is not there any more, as when a moderator deleted it; its place may be."""


class Unfit(Vanished):
    """The adapter deleted the message, which cannot be edited into the new form: the card must be posted again."""


class TryLater(Exception):
    """The delivery failed for now and is to be retried.

    Attributes:
        seconds: how long the platform asked to wait; None for the usual backoff.
        alone: whether only this card has to wait, not all cards of its place.
    """

    def __init__(self, reason: str, seconds: float | None = None, *, alone: bool = False) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.alone = alone


class Offline(TryLater):
    """The platform cannot be reached at all: all its deliveries wait, and this does not count as an attempt."""


class Uncertain(Exception):
    """The delivery may have succeeded: the platform's answer was lost. A repeat says that it is one."""


class Board(Protocol):
    """The part of a platform's adapter that keeps cards. Each function is for one card, and may be repeated."""

    async def post(self, place: str, key: str, face: Face) -> str:
        """Post a card.

        Args:
            place: the id of the place, as it was set up.
            key: the idempotency key: the same for retries, so that where the platform can tell, none is posted twice.

        Returns:
            The id by which it is edited and removed.

        Raises:
            Unreachable: the place is gone, archived or closed to the bot.
            TryLater: it was not posted now; as `Offline`, nothing can be.
            Uncertain: it may have been posted; the answer was lost.
        """

    async def edit(self, place: str, message: str, face: Face) -> None:
        """Edit a card; if it already shows that, nothing is done.

        Raises:
            Vanished: it was deleted; as `Unfit`, by the adapter.
            Unreachable: the place is gone, archived or closed to the bot.
            TryLater: it was not edited now; as `Offline`, nothing can be.
        """

    async def remove(self, place: str, message: str) -> None:
        """Delete a card, or empty it where it cannot be deleted any more; a card that is gone counts as deleted.

        Raises:
            Unreachable: the place is gone, archived or closed to the bot.
            TryLater: it was not removed now; as `Offline`, nothing can be.
        """

    async def retract(self, place: str, key: str, number: int) -> bool:
        """Delete the card that a post whose answer was lost may have left.

        Args:
            key: the idempotency key of that post.
            number: the item's number, with which the card's title begins.

        Returns:
            Whether it was found; if not, it may still be there.

        Raises:
            Unreachable: the place is gone, archived or closed to the bot.
            TryLater: it was not looked for now; as `Offline`, nothing can be.
        """


class Adapter(Protocol):
    """The part of a platform's adapter that receives events and sends messages."""

    name: str

    async def run(self) -> None:
        """Receive until cancelled: pass each event to `Handle` as an `Inbound`, and send its answers.

        Raises:
            OperatorError: the platform refuses the configuration, which a retry would not change.
        """

    async def send(self, address: Address, reply: Reply) -> str | None:
        """Send a reply.

        Returns:
            The id of its message, for `Address.edits`; empty or None if it became no message, or several.

        Raises:
            Unreachable: the address will never accept it.
            TryLater: it was not sent now; as `Offline`, nothing can be.
            Uncertain: it may have been sent; the answer was lost.
        """


class Platform(Adapter, Board, Protocol):
    """One platform, loaded from an entry point in the group `portevoix.adapters`."""


class WrongToken(Exception):
    """No bot has this token; the message says where to get one."""


@frozen
class Introduction:
    """The bot a token belongs to.

    Attributes:
        name: the bot's name, as members see it.
        invitation: the link that adds it to a group or server with the permissions it needs.
        rights: those permissions, each with its purpose; empty when those of a member are enough.
        link: the start of a link that opens the bot's private chat, as in `Means`.
    """

    name: str
    invitation: str
    rights: tuple[str, ...] = ()
    link: str = ""


@frozen
class Finding:
    """The result of one check.

    Attributes:
        about: what was checked.
        words: its state.
        mend: how to fix it; empty when nothing is wrong.
    """

    about: str
    words: str
    mend: str = ""


class Checkup(Protocol):
    """The checks of a platform for `init` and `doctor`; receives and posts nothing.

    It is made by the function `checkup` in the module `checkup` of the adapter's package, from the settings and, if
    there is one, the open core. An adapter need not have it.
    """

    async def introduce(self) -> Introduction:
        """Log in and return the bot the token belongs to.

        Raises:
            WrongToken: no bot has this token.
            TryLater: the platform does not answer.
        """

    async def examine(self, places: Mapping[str, bool]) -> Sequence[Finding]:
        """Check the connection and the bot's permissions.

        Args:
            places: the bot's places by id; the value is whether digests are posted there.
        """
