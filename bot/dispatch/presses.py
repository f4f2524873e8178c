"""Recognises accidental second presses: double taps, and presses on a message that changed just before."""

import time
from collections.abc import Callable

from bot.ports.inbound import Inbound
from bot.ports.reply import Reply

SHORT = 0.7
"""Seconds within which a second press is accidental: nobody reads a changed button that fast."""
MOST_KEPT = 1_000


class Presses:
    """The latest presses of buttons, each person's for themselves.

    Args:
        now: a monotonic clock, in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._pressed: dict[tuple[str, ...], tuple[float, str]] = {}
        """By person and button, when it was pressed last and by which event."""
        self._changed: dict[tuple[str, ...], float] = {}
        """By person and message, when a press of theirs changed it last."""

    def is_second(self, inbound: Inbound) -> bool:
        """Whether a press follows another too soon, and is to be ignored; a redelivered event does not count."""
        button = (*_person(inbound), inbound.button or "")
        before = self._pressed.get(button)
        if before and before[1] == inbound.id:
            return False
        if (before and self._is_recent(before[0])) or self._is_recent(self._changed.get(_message(inbound))):
            return True
        self._forget_old()
        self._pressed[button] = self._now(), inbound.id
        return False

    def note_change(self, inbound: Inbound, reply: Reply) -> None:
        """Record that a press changed the message of its button; a private answer changes no public message."""
        if inbound.pressed and reply.edits and not (inbound.aloud and reply.private):
            self._changed[_message(inbound)] = self._now()

    def _is_recent(self, at: float | None) -> bool:
        return at is not None and self._now() - at < SHORT

    def _forget_old(self) -> None:
        if len(self._pressed) >= MOST_KEPT:
            self._pressed = {key: value for key, value in self._pressed.items() if self._is_recent(value[0])}
            self._changed = {key: at for key, at in self._changed.items() if self._is_recent(at)}


def _person(inbound: Inbound) -> tuple[str, ...]:
    return (inbound.actor.platform, inbound.actor.id)


def _message(inbound: Inbound) -> tuple[str, ...]:
    return (*_person(inbound), inbound.chat.id, inbound.pressed)
