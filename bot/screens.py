"""The messages in which a moderator has an item open, so that they change when the item does, whoever changes it."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeVar

from sqlmodel import Session

from bot.ports.adapter import Address
from bot.ports.inbound import Actor, Inbound
from bot.ports.reply import Reply
from storage.items.desk.standings import Standing

REMEMBERED = timedelta(hours=12)
"""How long a message is kept up to date; later a press of its buttons tells what has changed."""
MOST_KEPT = 300
SPACING = timedelta(seconds=5)
"""The least time between two edits of one message."""

Place = TypeVar("Place", str, tuple[str, str, str])

Redraw = Callable[[Session, Standing], Reply]
"""What a message is to show, given how the item stood when it was shown last."""
Register = Callable[[Session, Reply], Reply]
"""Gives the buttons of that their tokens."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A message that shows an item to one moderator.

    Attributes:
        key: the delivery key of the answer that showed it.
        actor: whose it is.
        standing: of the item, as it shows it.
        redraw, register: make what it shows anew.
        at: when it was asked for.
        next_at: when it may be edited next.
        to: where it stands; None until that is known.
    """

    key: str
    actor: Actor
    item_id: int
    standing: Standing
    redraw: Redraw
    at: datetime
    next_at: datetime
    register: Register
    to: Address | None = None


class Screens:
    """The latest of these messages, in memory alone: a restart forgets them."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[str, Screen] = OrderedDict()
        """By delivery key, those whose message is not known yet."""
        self._placed: OrderedDict[tuple[str, str, str], Screen] = OrderedDict()
        """By platform, chat and message."""
        self._lock = Lock()
        """They are drawn in the threads that use the store."""

    def draw(self, screen: Screen) -> None:
        """Note what the answer with its key shows."""
        with self._lock:
            self._drawn[screen.key] = screen
            _bound(self._drawn, screen.at)

    def answer(self, inbound: Inbound, key: str, reply: Reply | None) -> None:
        """Note the answer to an event: a message that it edits shows nothing else any more."""
        if reply is None:
            return
        edited = inbound.pressed if reply.edits else ""
        with self._lock:
            at = (inbound.actor.platform, inbound.chat.id, edited)
            if at in self._placed and self._placed[at].key != key:
                del self._placed[at]
        if not inbound.means.durable:
            alone = edited and inbound.chat.private
            self.deliver(inbound.actor.platform, Address(inbound.chat.id, True, key), edited if alone else "")

    def deliver(self, platform: str, to: Address, message: str) -> None:
        """Note the id of the message that an answer became, by which it is edited; empty where that is not known."""
        with self._lock:
            screen = self._drawn.pop(to.key, None)
            if screen and message:
                there = Address(to.id, to.private, to.key, edits=message, edits_only=True)
                self._placed[platform, to.id, message] = replace(screen, to=there)
                _bound(self._placed, screen.at)

    def standing(self, now: datetime) -> list[Screen]:
        """The messages that are kept up to date and may be edited now."""
        with self._lock:
            _bound(self._placed, now)
            return [one for one in self._placed.values() if one.next_at <= now]

    def change(self, screen: Screen, standing: Standing | None, now: datetime) -> None:
        """Note what a message shows from now on; None where its item is gone and it is left as it is."""
        with self._lock:
            # Another one may stand there meanwhile.
            at = next((at for at, one in self._placed.items() if one is screen), None)
            if at and standing is not None:
                self._placed[at] = replace(screen, standing=standing, next_at=now + SPACING)
            elif at:
                del self._placed[at]


def _bound(screens: "OrderedDict[Place, Screen]", now: datetime) -> None:
    while screens and (len(screens) > MOST_KEPT or next(iter(screens.values())).at < now - REMEMBERED):
        screens.popitem(last=False)
