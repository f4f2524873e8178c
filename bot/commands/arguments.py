"""What a person typed or filled in, as a command's typed arguments."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from typing import Any

import regex

from bot.commands.registry import Command, Parameter, Registry, Shape
from bot.errors import UserError
from bot.language.normalise import fold
from bot.locales.speech import Speech
from bot.locales.words import KIND_OF, OR, forms
from bot.ports.inbound import Inbound, Role

MOST_CHARACTERS = 20_000
_COMMAND = re.compile(r"\s*/(?P<name>[^\s@/]+)(?:@\S+)?(?:\s(?P<rest>.*))?\Z", re.DOTALL)
MOST_WORDS = 8
"""Words of the longest choice."""
_VISIBLE = regex.compile(r"[^\p{C}\p{Z}]")
"""A text of control, format and space characters alone says nothing."""
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"(?:(?:#|№|n[°ºo]?\.?|num[eé]ro|number)\s*)?(\d{1,9})[.,;:!?]?\Z", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W_]+")
GRAVE = frozenset({"forgetme", "queue"})
"""What erases or decides: nobody is led there by a slip."""
NEAR = 0.7
"""How much of a name must be right: one letter of four may be wrong, or two of seven."""
TAKE_FILES = frozenset({*KIND_OF, "edit"})
"""What a file is taken by in place of words."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it was typed: its name, and everything after it, exactly."""

    name: str
    rest: str


def clean(inbound: Inbound) -> Inbound:
    """What a person did, without what no database can hold: NUL and lone surrogates. Nothing else is changed."""
    actor = replace(inbound.actor, id=_storable(inbound.actor.id), name=_storable(inbound.actor.name))
    args = {key: _storable(value) for key, value in inbound.args.items()}
    return replace(inbound, actor=actor, args=args, text=_storable(inbound.text))


def split(text: str) -> Typed | None:
    """Read `/name words` or `/name@bot words`; None when the text is no command."""
    found = _COMMAND.match(text)
    return Typed(found["name"], found["rest"] or "") if found else None


def words_of(text: str, registry: Registry, commands: Collection[str]) -> str:
    """What a message says without the command it opens with.

    Args:
        commands: the commands, by their English names, that say something; after any other there is nothing.
    """
    typed = split(text)
    if typed is None:
        return text.strip()
    command = registry.find(typed.name)
    return typed.rest.strip() if command and command.name in commands else ""


def spread(command: Command, rest: str, languages: Mapping[str, Speech]) -> dict[str, str]:
    """Share typed words out among parameters, in order: a number or choice takes its words, a text the rest."""
    given: dict[str, str] = {}
    unfit: dict[str, str] = {}
    for parameter in command.parameters:
        if not rest.strip() or parameter.shape is Shape.HIDDEN:
            continue
        if parameter.shape in (Shape.LONG, Shape.SHORT, Shape.AREA):
            return {**given, parameter.name: rest}
        word, after = _take(parameter, rest.lstrip(), languages)
        if parameter.required or _fits(parameter, word, languages):
            given[parameter.name], rest = word, after
        else:
            unfit.setdefault(parameter.name, word)
    # Words nobody took are a mistake to be told, such as `/digest nwo`, not to be passed over.
    return {**given, **unfit}


def bind(command: Command, given: Mapping[str, str], speech: Speech, languages: Mapping[str, Speech]) -> dict[str, Any]:
    """Turn what was given into typed arguments; what is empty counts as not given.

    Raises:
        UserError: a value is not of its parameter's kind.
    """
    return {
        parameter.name: _value(parameter, given[parameter.name], speech, languages)
        for parameter in command.parameters
        if _says_something(given.get(parameter.name, ""))
    }


def _says_something(text: str) -> bool:
    """Whether there is more than control, format and space characters: mostly the first letter tells."""
    return text[:1].isalnum() or _VISIBLE.search(text) is not None


def fillable(command: Command, args: Mapping[str, str]) -> Mapping[str, str]:
    """What a form may fill in: what is hidden comes from buttons and prompts alone."""
    hidden = {parameter.name for parameter in command.parameters if parameter.shape is Shape.HIDDEN}
    return {name: value for name, value in args.items() if name not in hidden}


def missing(command: Command, values: Mapping[str, Any]) -> Parameter | None:
    """The first required parameter that has no value."""
    return next((p for p in command.parameters if p.required and p.name not in values), None)


def nearest(registry: Registry, name: str, role: Role) -> str | None:
    """The name nearest to a mistyped one among what a role may use, or None when none harmless is near."""
    from rapidfuzz import process  # noqa: PLC0415 - 3 MiB for who mistypes a command
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    offered = (command for command in registry.listed(role) if command.name not in GRAVE)
    names = [each for command in offered for each in command.all_names]
    found = process.extractOne(fold(name), names, scorer=OSA.normalized_similarity, score_cutoff=NEAR)
    return found[0] if found else None


def takes_file(command: str, asked: str) -> bool:
    """Whether a file without words can answer what a command asked for."""
    return command in TAKE_FILES and asked == "text"


def _take(parameter: Parameter, rest: str, languages: Mapping[str, Speech]) -> tuple[str, str]:
    """The first word, or as many as make a number such as `n° 12` or a choice such as `not planned`."""
    found = [match.end() for match in islice(_WORD.finditer(rest), MOST_WORDS)]
    fits = [end for end in found if _fits(parameter, rest[:end], languages)]
    end = max(fits, default=found[0])
    return rest[:end], rest[end + 1 :]


def _fits(parameter: Parameter, word: str, languages: Mapping[str, Speech]) -> bool:
    if parameter.shape is Shape.NUMBER:
        return _NUMBER.match(word) is not None
    return _choice(parameter, word, languages) is not None


def _value(parameter: Parameter, text: str, speech: Speech, languages: Mapping[str, Speech]) -> Any:
    if parameter.shape in (Shape.NUMBER, Shape.HIDDEN):
        return _number(text, speech)
    if parameter.shape is Shape.CHOICE:
        return _chosen(parameter, text, speech, languages)
    return _text(text, speech)


def _number(text: str, speech: Speech) -> int:
    found = _NUMBER.match(text.strip())
    if not found:
        raise UserError(speech.say("A number is needed here, such as 12; “{text}” is not one.", text=text.strip()[:40]))
    return int(found[1])


def _chosen(parameter: Parameter, text: str, speech: Speech, languages: Mapping[str, Speech]) -> Enum:
    item = _choice(parameter, text, languages)
    if item is None:
        choices = OR.join(speech.word(choice) for choice in parameter.choices)
        raise UserError(speech.say("“{text}” is not one of: {choices}.", text=text.strip()[:40], choices=choices))
    return item


def _choice(parameter: Parameter, text: str, languages: Mapping[str, Speech]) -> Enum | None:
    """A choice by its value, or by whatever it is called in any language the product speaks."""
    wanted = _letters(text)
    for choice in parameter.choices:
        words = [
            str(choice.value),
            *(speech.translate(form) for speech in languages.values() for form in forms(choice)),
        ]
        if wanted in {_letters(one) for word in words for one in word.split(OR)}:
            return choice
    return None


def _letters(text: str) -> str:
    """A choice's words alone, however they are accented, spaced and punctuated."""
    return " ".join(_LETTERS.findall(fold(text)))


def _text(text: str, speech: Speech) -> str:
    """The text exactly."""
    if len(text) > MOST_CHARACTERS:
        raise UserError(
            speech.say(
                "That is {n} characters; the most is {most}. Nothing of it was kept: could it be shorter?",
                n=len(text),
                most=MOST_CHARACTERS,
            )
        )
    return text


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", errors="replace").decode("utf-8")
