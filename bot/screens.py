"""The messages that show how an item stands, so that they change when the item does, whoever changes it.

They are kept here while they are drawn and on their way. From then on those are stored that may be, in
`storage.traffic.screens`; the others stay here, in memory: lists, what became several messages, what shows a member
something nameless, and what the platform lets the bot edit for minutes only.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from sqlmodel import Session

from bot.ports.adapter import Address
from bot.ports.inbound import Actor
from bot.ports.reply import Reply
from storage.items.desk.states import ItemState
from storage.values import frozen

REMEMBERED = timedelta(hours=12)
"""How long a message is kept up to date from memory; later a press of its buttons tells what has changed."""
MOST_KEPT = 1_000
SPACING = timedelta(seconds=5)
"""The least time between two edits of one message."""
SHARED_SPACING = timedelta(minutes=1)
"""That of one whose edits take the room of answers that others in its chat wait for."""
UNKEPT = ("answer:", "screen:", "late:")
"""How the keys begin of messages that are none to keep, unless they were drawn as such."""

Place = TypeVar("Place", str, tuple[str, str])

Shown = Mapping[int, ItemState]
"""How each item stands that a message shows, by id."""
Redraw = Callable[[Session, Shown], Reply]
"""What a message is to show, given how its items stood when it was shown last."""
Register = Callable[[Session, Reply], Reply]
"""Gives the buttons of that their tokens."""


@frozen
class Screen:
    """A message that shows an item, or a list of some.

    Attributes:
        key: the delivery key of the message.
        actor: whose it is; None for one that stands in a place.
        shown: the items, as it shows them.
        redraw, register: make what it shows anew.
        at: when it was asked for.
        next_at: when it may be edited next.
        member_id: its author's, by which it is stored; None for another message.
        view: how it is drawn again from the store; empty for a message that is not stored so.
        told: whether it shows a decision only once that is told, as to those who do not decide.
        supported: whether it shows how many support an item.
        platform: where it stands; empty until that is known.
        to: where it stands; None until that is known.
        until: when it cannot be edited any more; None where that is far off.
        shared: whether its edits take the room of others' answers; only the latest such message of a chat is kept.
    """

    key: str
    actor: Actor | None
    shown: Shown
    redraw: Redraw
    at: datetime
    next_at: datetime
    register: Register
    member_id: int | None = None
    view: Mapping[str, Any] = field(default_factory=dict)
    told: bool = False
    supported: bool = False
    platform: str = ""
    to: Address | None = None
    until: datetime | None = None
    shared: bool = False


@frozen
class Sent:
    """A message that was sent and may be one to keep up to date.

    Attributes:
        screen: what it shows; None for a message to a place, of which the outbox knows what it is about.
    """

    platform: str
    key: str
    message: str
    at: datetime
    screen: Screen | None = None


class Screens:
    """The latest of these messages."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[str, Screen] = OrderedDict()
        """By delivery key, those whose message is not known yet."""
        self._placed: OrderedDict[tuple[str, str], Screen] = OrderedDict()
        """By platform and message, or messages, where it became several."""
        self._sent: list[Sent] = []
        """Those to be stored."""
        self._replaced: set[tuple[str, str]] = set()
        """By platform and message, those that show something else by now."""
        self._lock = Lock()
        """They are drawn in the threads that use the store."""

    def draw(self, screen: Screen) -> None:
        """Note what the message with its key shows."""
        with self._lock:
            self._drawn[screen.key] = screen
            _bound(self._drawn, screen.at)

    def shows(self, key: str) -> bool:
        """Whether the message with this key shows an item, so that its id is wanted."""
        return key in self._drawn

    def deliver(self, platform: str, to: Address, message: str, now: datetime, until: datetime | None = None) -> None:
        """Note the id of the message that a reply became, by which it is edited; empty where that is not known.

        One that took the place of another in its message ends what was kept of that.

        Args:
            message: the ids of all, with spaces between, where it became several.
            until: when it cannot be edited any more, where that is soon.
        """
        with self._lock:
            screen = self._drawn.pop(to.key, None)
            if not message:
                return
            if message == to.edits and not to.edits_only:
                self._replace(platform, message)
            if screen is None:
                if not to.private and not to.key.startswith(UNKEPT):
                    self._sent.append(Sent(platform, to.key, message, now))
                return
            there = Address(to.id, to.private, to.key, edits=message, edits_only=True)
            if (screen.member_id is not None or screen.view) and until is None and " " not in message:
                self._sent.append(Sent(platform, to.key, message, now, replace(screen, to=there)))
            else:
                if screen.shared:
                    self._drop_shared(platform, to.id)
                self._placed[platform, message] = replace(screen, platform=platform, to=there, until=until)
                _bound(self._placed, screen.at)

    def _drop_shared(self, platform: str, chat: str) -> None:
        shared = [(at, one.to.id) for at, one in self._placed.items() if one.shared and one.to]
        for at in [at for at, there in shared if (at[0], there) == (platform, chat)]:
            del self._placed[at]

    def _replace(self, platform: str, message: str) -> None:
        for at in [at for at in self._placed if at[0] == platform and message in at[1].split()]:
            del self._placed[at]
        # What is not stored yet must not be, now that it was replaced.
        self._sent = [one for one in self._sent if (one.platform, one.message) != (platform, message)]
        self._replaced.add((platform, message))

    def take_sent(self) -> tuple[list[Sent], set[tuple[str, str]]]:
        """Return, and forget, what is to be stored: messages that were sent, and those that show something else."""
        with self._lock:
            found = self._sent, self._replaced
            self._sent, self._replaced = [], set()
        return found

    def standing(self, now: datetime) -> list[Screen]:
        """The messages that are kept up to date from memory and may be edited now."""
        with self._lock:
            _bound(self._placed, now)
            for at in [at for at, one in self._placed.items() if one.until and one.until <= now]:
                del self._placed[at]
            return [one for one in self._placed.values() if one.next_at <= now]

    def change(self, screen: Screen, shown: Shown, now: datetime) -> None:
        """Note what a message shows from now on; nothing where its items are gone and it is left as it is."""
        with self._lock:
            # Another one may stand there meanwhile.
            at = next((at for at, one in self._placed.items() if one is screen), None)
            if at and shown:
                self._placed[at] = replace(
                    screen, shown=shown, next_at=now + (SHARED_SPACING if screen.shared else SPACING)
                )
            elif at:
                del self._placed[at]

    def wait(self, screen: Screen, until: datetime) -> None:
        """Note that a message is not to be edited before an instant."""
        with self._lock:
            at = next((at for at, one in self._placed.items() if one is screen), None)
            if at:
                self._placed[at] = replace(screen, next_at=until)


def _bound(screens: "OrderedDict[Place, Screen]", now: datetime) -> None:
    while screens and (len(screens) > MOST_KEPT or next(iter(screens.values())).at < now - REMEMBERED):
        screens.popitem(last=False)
