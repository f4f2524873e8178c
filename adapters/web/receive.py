"""Converts forms submitted by the page to `Inbound`: typed text, filled-in forms, pressed buttons."""

import re
from collections.abc import Mapping
from datetime import datetime

from adapters.web.personas import PLATFORM
from adapters.web.timeline import Pane
from bot.commands.arguments import split
from bot.commands.registry import Registry, Shape
from bot.ports.inbound import Actor, Chat, Inbound
from storage.values import frozen

ARGUMENT = "arg."
"""The prefix of the names of form fields for parameters."""
_MENTION = re.compile(r"(?<!\S)@portevoix\b[,:]? ?", re.IGNORECASE)
_EVENT = re.compile(r"[A-Za-z0-9-]{8,64}\Z")
_SPOKEN = (Shape.LONG, Shape.SHORT, Shape.NUMBER)


class Unreadable(Exception):
    """The submitted data is not from a form of the page; the message says what is wrong."""


@frozen
class Act:
    """An act of a visitor.

    Attributes:
        inbound: the event for the core.
        pane: the pane it was done in.
        line: the text shown for it on the page; empty for none.
        aloud: whether everyone sees it: text that is not a command.
    """

    inbound: Inbound
    pane: Pane
    line: str = ""
    aloud: bool = False


@frozen
class Reader:
    """Converts the forms one person submits in one pane."""

    actor: Actor
    pane: Pane
    registry: Registry
    at: datetime

    def read(self, form: Mapping[str, str]) -> Act:
        """Convert a submitted form.

        Args:
            form: its fields by name.

        Raises:
            Unreadable: a field that every form of the page has is missing or malformed.
        """
        event = form.get("event", "")
        if not _EVENT.match(event):
            raise Unreadable("The form has no event id.")
        if form.get("button"):
            return self._pressed(form["button"], event, form.get("entry", ""))
        if form.get("command"):
            return self._filled(form, event)
        if form.get("text", "").strip():
            return self._typed(_lines(form["text"]), event)
        raise Unreadable("Nothing was typed.")

    def _pressed(self, button: str, event: str, entry: str) -> Act:
        # An open page may press two buttons with one event id; only the same button twice is a duplicate.
        id_ = f"{event}:{button[:64]}"
        return Act(Inbound(id_, self.actor, self._chat, self.at, button=button, pressed=entry), self.pane)

    def _filled(self, form: Mapping[str, str], event: str) -> Act:
        name = form["command"]
        command = self.registry.find(name)
        # Hidden parameters come from the stored prompt, never from the page.
        takes = {p.name: p for p in command.parameters if p.shape is not Shape.HIDDEN} if command else {}
        given = {key.removeprefix(ARGUMENT): _lines(value) for key, value in form.items() if key.startswith(ARGUMENT)}
        args = {key: value for key, value in given.items() if key in takes}
        spoken = [args[key] for key, parameter in takes.items() if key in args and parameter.shape in _SPOKEN]
        called = command.name_in(self.actor.locale or "") if command else name
        inbound = Inbound(
            event, self.actor, self._chat, self.at, command=name, args=args, answers=form.get("answers") or None
        )
        return Act(inbound, self.pane, " ".join([f"/{called}", *spoken]).rstrip())

    def _typed(self, text: str, event: str) -> Act:
        mention = _MENTION.search(text)
        said = text[: mention.start()] + text[mention.end() :] if mention else text
        addressed = mention is not None or self.pane is Pane.STAFF or split(said) is not None
        inbound = Inbound(event, self.actor, self._chat, self.at, text=said, addressed=addressed)
        return Act(inbound, self.pane, text, aloud=split(said) is None)

    @property
    def _chat(self) -> Chat:
        return Chat(PLATFORM, self.pane.value, staff=self.pane is Pane.STAFF)


def _lines(text: str) -> str:
    """The text with LF line ends: browsers send CR LF."""
    return text.replace("\r\n", "\n")
