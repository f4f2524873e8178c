"""Interprets an event: which command it calls, with which arguments as text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.commands.arguments import Typed, assign_words, fillable, nearest, split, takes_file
from bot.commands.former import renew
from bot.commands.registry import Command, Registry, Shape
from bot.dispatch.among_staff import is_too_late
from bot.dispatch.community.joining import JOIN
from bot.dispatch.situation import Situation
from bot.errors import UserError
from bot.feedback.attachments.files import stand_in
from bot.language.text.normalise import says_something
from bot.locales.speech import Speech
from bot.locales.words import KIND_OF
from bot.ports.inbound import Inbound, Role
from bot.recognition.talk.talk import QUESTIONS, recognise
from bot.recognition.wish import parse_wish
from storage.models import Question
from storage.people.situation import AnyCommunity, AnyPrompt
from storage.values import frozen

JOIN_TO = "jointo"
_TWO_NUMBERS = re.compile(r"\s*\D{0,8}\d{1,9}\s\D{0,12}\d{1,9}\s*")
"""Two numbers and a few words, as in `#2 into #1`."""
ASK, OVERHEAR, TALK, CANCEL, AMEND, REASK = "ask", "overhear", "talk", "cancel", "amend", "reask"
OVERTAKEN, REPLY = "overtaken", "reply"
CHOICES = frozenset({Shape.CHOICE, Shape.AREA})
"""The shapes of parameters that a question without forms offers as buttons."""
OFFER = "offer"


@frozen
class Call:
    """A command and its arguments as text."""

    command: Command
    given: Mapping[str, str]


class Interpreter:
    """Interprets the events of all platforms.

    Args:
        registry: the commands.
        understood: the languages in which choices are understood in a community.
    """

    def __init__(self, registry: Registry, understood: Callable[[AnyCommunity | None], Mapping[str, Speech]]) -> None:
        self._registry = registry
        self._understood = understood

    def understand(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call | None:
        """Find the command and its arguments: from a button, an edit, a named command, or text. None for no command."""
        if inbound.button is not None:
            return self._understand_press(inbound, situation, speech)
        if inbound.edited:
            return self._understand_edit(inbound, situation, speech)
        if inbound.command is not None:
            return self._understand_named(Typed(inbound.command, inbound.text), inbound, situation, speech)
        typed = split(inbound.text)
        if typed is not None:
            return self._understand_named(typed, inbound, situation, speech)
        return self._understand_words(inbound, situation, speech)

    def _understand_edit(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call | None:
        """The call for an edited message: of a question, or of a message from which an item may have been filed."""
        if not inbound.text.strip() or (situation.community is None and inbound.chat.private):
            return None
        if isinstance(situation.made, Question):
            return self.call(REASK, {"question": inbound.text}, speech)
        return self.call(AMEND, {"text": inbound.text}, speech)

    def _understand_words(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call | None:
        """The call for text without a command: an answer to a prompt, a bare command name, a question, or chat."""
        if inbound.attachments and not says_something(inbound.text):
            if situation.prompt is None or not takes_file(situation.prompt.command, situation.prompt.asks):
                return self._understand_file(inbound, speech)
            inbound = replace(inbound, text=stand_in(speech))
        if not inbound.text.strip() and not inbound.args:
            if inbound.chat.private:
                raise UserError(speech.say("I can only read words and files. /help shows what you can do here."))
            return None
        if situation.prompt is not None and (inbound.addressed or inbound.answers):
            return self._understand_answer(inbound, situation.prompt, speech)
        if situation.replied is not None:
            return self.call(REPLY, {"number": str(situation.replied), "text": inbound.text}, speech)
        if situation.prompt is None and is_too_late(inbound):
            # An answer to an expired form, perhaps a nameless one, must not be stored as this person's question.
            raise UserError(speech.say("This question is no longer open. /help shows what you can do here."))
        bare = self._registry.find(inbound.text.strip()) if inbound.chat.private else None
        if bare is not None and bare.listed and bare.role <= inbound.actor.role:
            return Call(bare, {})
        if not inbound.addressed:
            return self.call(OVERHEAR, {"question": inbound.text}, speech)
        # A file with a question would be lost: with any other words it is offered to the team.
        shows = bool(inbound.attachments) and "?" not in inbound.text
        return self.call(TALK if shows or _is_talk(inbound.text) else ASK, {"question": inbound.text}, speech)

    def _understand_answer(self, inbound: Inbound, prompt: AnyPrompt, speech: Speech) -> Call:
        """The call for the answer to a prompt, or for the word that cancels it."""
        if self._registry.find(inbound.text) is self._registry.find(CANCEL):
            return self.call(CANCEL, {}, speech)
        call = self.call(prompt.command, prompt.args, speech)
        if call.command.name in KIND_OF and prompt.asks == "text" and _asks_the_bot(inbound.text):
            # The question stays open.
            return self.call(TALK, {"question": inbound.text}, speech)
        said = {prompt.asks: inbound.text} if inbound.text.strip() else {}
        kept = renew(prompt.args)
        return self._as_talk(replace(call, given={**kept, **said, **fillable(call.command, inbound.args)}), speech)

    def _understand_file(self, inbound: Inbound, speech: Speech) -> Call:
        """The call for a file without words that nobody asked for."""
        if inbound.means.recalls and inbound.chat.private and not inbound.parts:
            return self.call(OFFER, {}, speech)
        raise UserError(speech.say("To send the team a file, write /suggest or /problem first, or as its caption."))

    def _understand_press(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call:
        button = situation.button
        if button is None and inbound.command is not None:
            return self._understand_named(Typed(inbound.command, inbound.text), inbound, situation, speech)
        if button is None:
            raise UserError(speech.say("This button is no longer in use. /help shows what you can do here."))
        if not button.theirs:
            raise UserError(speech.say("This button is for someone else."))
        call = self.call(button.command, renew(button.args), speech)
        asked = situation.prompt.command if situation.prompt else None
        if _is_choice(call) and asked != call.command.name:
            return self.call(OVERTAKEN, {"about": call.command.name}, speech)
        return call

    def _understand_named(self, typed: Typed, inbound: Inbound, situation: Situation, speech: Speech) -> Call:
        typed, given = self._meant(typed, inbound)
        call = self.call(typed.name, given, speech, inbound.actor.role)
        prompt = situation.prompt if inbound.answers else None
        # A command for buttons only can still ask for text, and its form names it.
        own = call.command.typed or (prompt is not None and prompt.command == call.command.name)
        if not own and not inbound.answers:
            raise self._unknown_command(typed.name, speech, inbound.actor.role)
        lost = prompt is None and call.command.limited == "filings" and "name" not in given
        if inbound.answers and (lost or not own):
            # What was chosen before is lost with the question: the words must not be published by default.
            raise UserError(speech.say("This question is no longer open. /help shows what you can do here."))
        kept = renew(prompt.args) if prompt else {}
        words = assign_words(call.command, typed.rest, self._understood(situation.community))
        return self._as_talk(replace(call, given={**kept, **words, **fillable(call.command, given)}), speech)

    def _as_talk(self, call: Call, speech: Speech) -> Call:
        """The call to talk instead of a question that is plain talk, which the team cannot answer; else the same call.

        An idea or a complaint put as a question stays a question, since the team may have an answer.
        """
        asked = call.given.get("question", "")
        found = recognise(asked, spelled=True) if call.command.name == ASK else None
        if found is None or (found.rest and asked.rstrip().endswith("?")):
            return call
        named = {"name": call.given["name"]} if call.given.get("name") else {}
        return self.call(TALK, {"question": asked, **named}, speech)

    def _meant(self, typed: Typed, inbound: Inbound) -> tuple[Typed, Mapping[str, str]]:
        """The command meant, and its arguments: a moderator's /join with two numbers joins items, not a community."""
        said = typed.rest or " ".join(inbound.args.values())
        joins = self._registry.find(typed.name) is self._registry.find(JOIN) and _TWO_NUMBERS.fullmatch(said)
        if not joins or inbound.actor.role < Role.MODERATOR:
            return typed, inbound.args
        return Typed(JOIN_TO, said), {}

    def call(self, name: str, given: Mapping[str, str], speech: Speech, role: Role = Role.MEMBER) -> Call:
        """The call of a command by one of its names.

        Raises:
            UserError: there is no such command; the message suggests one that this role may use.
        """
        command = self._registry.find(name)
        if command is None:
            raise self._unknown_command(name, speech, role)
        return Call(command, given)

    def _unknown_command(self, name: str, speech: Speech, role: Role) -> UserError:
        near = nearest(self._registry, name, role)
        if near:
            return UserError(speech.say("I do not know /{name}. Did you mean /{near}?", name=name[:40], near=near))
        return UserError(speech.say("I do not know /{name}. /help shows what you can do here.", name=name[:40]))


def _is_choice(call: Call) -> bool:
    """Whether a button only chooses an argument of a command whose text is yet to be typed."""
    shapes = {one.name: one.shape for one in call.command.parameters}
    asked = [one.name for one in call.command.parameters if one.required and one.shape is Shape.LONG]
    lacks = any(not call.given.get(name) for name in asked)
    return lacks and bool(call.given) and all(shapes.get(name) in CHOICES for name in call.given)


def _asks_the_bot(text: str) -> bool:
    """Whether a text is a question about the bot itself, and so not feedback."""
    found = recognise(text)
    return found is not None and found.kind in QUESTIONS


def _is_talk(text: str) -> bool:
    """Whether a text is plain talk, or asks to be filed without a name or for the team only, as feedback does.

    A question may ask for the same and is not talk.
    """
    wish = parse_wish(text)
    if recognise(text) or recognise(wish.rest):
        return True
    return (wish.nameless or wish.team_only) and not wish.rest.rstrip().endswith("?")
