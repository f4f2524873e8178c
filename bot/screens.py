"""Keeps track of the messages that show the state of an item, so that they are edited when the item changes.

All are kept in memory until they are delivered. Then most are stored, in `storage.traffic.screens`. These stay in
memory: lists, replies that became several messages, what shows a member a nameless item, and messages that the
platform lets the bot edit for some minutes only.
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
from storage.items.desk.standings import Standing
from storage.values import frozen

REMEMBERED = timedelta(hours=12)
"""How long a message is kept up to date from memory; later a press of its buttons tells what has changed."""
MOST_KEPT = 1_000
SPACING = timedelta(seconds=5)
"""The least time between two edits of one message."""
SHARED_SPACING = timedelta(minutes=1)
"""The same for a message whose edits count against the rate limit of a chat where others wait for answers."""
UNKEPT = ("answer:", "screen:", "late:")
"""Prefixes of the delivery keys of messages that are not tracked, unless they were drawn as screens."""

Place = TypeVar("Place", str, tuple[str, str])

Shown = Mapping[int, Standing]
"""The state of each item as a message shows it, by the item's id."""
Redraw = Callable[[Session, Shown], Reply]
"""Makes the reply that a message is to show now, from the state of its items when it was drawn last."""
Register = Callable[[Session, Reply], Reply]
"""Gives the buttons of that reply their tokens."""


@frozen
class Screen:
    """A message that shows an item, or a list of some.

    Attributes:
        key: the delivery key of the message.
        actor: the person it was made for; None for one posted in a place.
        shown: the items, as it shows them.
        redraw, register: make its content anew.
        at: when it was asked for.
        next_at: when it may be edited next.
        member_id: the member id of the items' author, if it is stored under it; else None.
        view: what it is drawn again from, as the store keeps it; empty for a message that is not stored so.
        told: whether it shows a decision only after people were told of it, as to those who do not decide.
        supported: whether it shows how many support an item.
        platform: the platform it was sent to; empty until it was.
        to: the address at which it is edited; None until it was sent.
        until: when it cannot be edited any more; None where that is far off.
        shared: whether its edits count against the rate limit of others' answers; only the latest of a chat is kept.
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
    """A sent message that may have to be kept up to date.

    Attributes:
        screen: what it shows; None for a message to a place, whose item is in the outbox.
    """

    platform: str
    key: str
    message: str
    at: datetime
    screen: Screen | None = None


class Screens:
    """The latest tracked messages."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[str, Screen] = OrderedDict()
        """By delivery key, those whose message is not known yet."""
        self._placed: OrderedDict[tuple[str, str], Screen] = OrderedDict()
        """By platform and message, or messages, where it became several."""
        self._sent: list[Sent] = []
        """Sent messages that are yet to be stored."""
        self._replaced: set[tuple[str, str]] = set()
        """By platform and message, those whose content was replaced by another reply."""
        self._lock = Lock()
        """Messages are drawn in the threads that use the store."""

    def draw(self, screen: Screen) -> None:
        """Record a message that is about to be sent."""
        with self._lock:
            self._drawn[screen.key] = screen
            _bound(self._drawn, screen.at)

    def shows(self, key: str) -> bool:
        """Whether the message with this delivery key shows an item, so that its id must be recorded."""
        return key in self._drawn

    def deliver(self, platform: str, to: Address, message: str, now: datetime, until: datetime | None = None) -> None:
        """Record the message that a reply became, by which it is edited from now on.

        If the reply was put into an existing message, what that message showed before is forgotten.

        Args:
            message: its id; several ids with spaces between if it became several messages; empty if not known.
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
        # A replaced message that is not stored yet must not be stored any more.
        self._sent = [one for one in self._sent if (one.platform, one.message) != (platform, message)]
        self._replaced.add((platform, message))

    def take_sent(self) -> tuple[list[Sent], set[tuple[str, str]]]:
        """Return, and forget, what is to be stored: sent messages, and those whose content was replaced."""
        with self._lock:
            found = self._sent, self._replaced
            self._sent, self._replaced = [], set()
        return found

    def editable(self, now: datetime) -> list[Screen]:
        """The messages kept in memory that may be edited now."""
        with self._lock:
            _bound(self._placed, now)
            for at in [at for at, one in self._placed.items() if one.until and one.until <= now]:
                del self._placed[at]
            return [one for one in self._placed.values() if one.next_at <= now]

    def change(self, screen: Screen, shown: Shown, now: datetime) -> None:
        """Record what a message shows from now on; with nothing shown, it is not tracked any more."""
        with self._lock:
            # Another screen may have taken its place meanwhile.
            at = next((at for at, one in self._placed.items() if one is screen), None)
            if at and shown:
                self._placed[at] = replace(
                    screen, shown=shown, next_at=now + (SHARED_SPACING if screen.shared else SPACING)
                )
            elif at:
                del self._placed[at]

    def postpone(self, screen: Screen, until: datetime) -> None:
        """Let a message not be edited before an instant."""
        with self._lock:
            at = next((at for at, one in self._placed.items() if one is screen), None)
            if at:
                self._placed[at] = replace(screen, next_at=until)


def _bound(screens: "OrderedDict[Place, Screen]", now: datetime) -> None:
    while screens and (len(screens) > MOST_KEPT or next(iter(screens.values())).at < now - REMEMBERED):
        screens.popitem(last=False)
