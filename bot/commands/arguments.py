"""Parses typed or filled-in text into a command's typed arguments."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

import regex

from bot.cells import storable
from bot.commands.registry import Command, Parameter, Registry, Shape
from bot.errors import UserError
from bot.language.text.normalise import fold
from bot.locales.speech import Speech
from bot.locales.words import KIND_OF, OR, forms
from bot.ports.inbound import Inbound, Role
from storage.values import frozen

Chosen = TypeVar("Chosen", bound=Enum)
MOST_CHARACTERS = 20_000
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_COMMAND = re.compile(r"\s*/(?P<name>[^\s@/]+)(?:@\S+)?(?:\s(?P<rest>.*))?\Z", re.DOTALL)
MOST_CHOICE_WORDS = 8
"""The most words a choice may have."""
NAMES = 2_000
"""Names of choices that are remembered: they are the same with each command."""
_VISIBLE = regex.compile(r"[^\p{C}\p{Z}]")
"""Any character but control, format and space characters."""
_WORD = re.compile(r"\S+")
_ID = re.compile(r"-?\d{1,10}\Z")
"""A row's id in a button; those drawn by chance are negative."""
_NUMBER = re.compile(r"(?:(?:#|№|n[°ºo]?\.?|num[eé]ro|number)\s*)?(\d{1,9})[.,;:!?]?\Z", re.IGNORECASE)
_NUMBER_LAST = re.compile(
    r"\s*(?P<words>\S.*?)\s+(?P<sign>#|№|n[°º]\s?|num[eé]ro\s|number\s)?(?P<number>\d{1,9})[.,;:!?]?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"\s*(?:to|into|in|with|and|à|a|au|dans|avec|et)\s+(?=(?:#|№|n[°º]|num)?\s?\d)", re.IGNORECASE)
"""The word between two numbers, as in `2 into 1`."""
_LETTERS = re.compile(r"[^\W_]+")
DESTRUCTIVE = frozenset({"forgetme", "erase", "queue", "block", "unblock", "jointo", "separate", "decide", "incident"})
"""Commands that erase or decide, which are never suggested for a mistyped name."""
LEAST_SIMILARITY = 0.7
"""The least similarity for a suggestion, from 0 to 1: one letter of four may be wrong, or two of seven."""
TAKE_FILES = frozenset({*KIND_OF, "edit", "reply"})
"""Commands for which a file may replace the text."""


class _NoNumber(UserError):
    """The text given for a number is not a number."""


@frozen
class Typed:
    """A typed command: its name, and the text after it verbatim."""

    name: str
    rest: str


def clean(inbound: Inbound) -> Inbound:
    """The event without NUL and lone surrogates, which databases cannot store; nothing else is changed."""
    if not any(map(_NOT_STORABLE.search, (inbound.text, inbound.actor.id, inbound.actor.name, *inbound.args.values()))):
        return inbound
    actor = replace(inbound.actor, id=storable(inbound.actor.id), name=storable(inbound.actor.name))
    args = {key: storable(value) for key, value in inbound.args.items()}
    return replace(inbound, actor=actor, args=args, text=storable(inbound.text))


def split(text: str) -> Typed | None:
    """Parse `/name words` or `/name@bot words`; None when the text is no command."""
    found = _COMMAND.match(text)
    return Typed(found["name"], found["rest"] or "") if found else None


def words_of(text: str, registry: Registry, commands: Collection[str]) -> str:
    """The text of a message without the command at its start.

    Args:
        commands: English names of the commands whose text counts; for any other command the result is empty.
    """
    typed = split(text)
    if typed is None:
        return text.strip()
    command = registry.find(typed.name)
    return typed.rest.strip() if command and command.name in commands else ""


def assign_words(command: Command, rest: str, languages: Mapping[str, Speech]) -> dict[str, str]:
    """Assign typed words to parameters in order: a number or choice takes its words, a text takes the rest."""
    given: dict[str, str] = {}
    unfit: dict[str, str] = {}
    rest = _number_first(command, rest, languages)
    for parameter in command.parameters:
        if not rest.strip() or parameter.shape is Shape.HIDDEN:
            continue
        if parameter.shape in (Shape.LONG, Shape.SHORT, Shape.AREA, Shape.PERSON):
            return {**given, parameter.name: rest}
        between = _BETWEEN.match(rest) if given and parameter.shape is Shape.NUMBER else None
        word, after = _take_value(parameter, rest[between.end() :] if between else rest.lstrip(), languages)
        if parameter.required or _fits(parameter, word, languages):
            given[parameter.name], rest = word, after
        else:
            unfit.setdefault(parameter.name, word)
    # Words that no parameter took are kept, so that `bind` reports a mistake such as `/digest nwo`.
    return {**unfit, **given} if rest.strip() else given


def _number_first(command: Command, rest: str, languages: Mapping[str, Speech]) -> str:
    """Typed words with the number moved to the front, if the command needs it there, as in `Delivery 43`.

    Behind a longer text, only a number with a sign is moved, as in `call back at 9 #43`.
    """
    typed = [parameter for parameter in command.parameters if parameter.shape is not Shape.HIDDEN][:2]
    if len(typed) < 2 or not typed[0].required or typed[0].shape is not Shape.NUMBER:
        return rest
    found = _NUMBER_LAST.match(rest)
    if not found or _fits(typed[0], _take_value(typed[0], rest.lstrip(), languages)[0], languages):
        return rest
    meant = found["sign"] or typed[1].shape in (Shape.SHORT, Shape.CHOICE, Shape.AREA)
    return f"{found['number']} {found['words']}" if meant else rest


def bind(command: Command, given: Mapping[str, str], speech: Speech, languages: Mapping[str, Speech]) -> dict[str, Any]:
    """Convert arguments from text to their types; empty ones are left out.

    Args:
        speech: the language of error messages.
        languages: the languages in which choices are understood.

    Raises:
        UserError: a value does not fit its parameter.
    """
    filled = [one for one in command.parameters if _has_text(given.get(one.name, ""))]
    try:
        return {one.name: _parse(one, given[one.name], speech, languages) for one in filled}
    except _NoNumber as error:
        if not any(one.shape is Shape.LONG for one in command.parameters):
            raise
        raise UserError(f"{error} {speech.say('After the words it needs its sign: #12.')}") from error


def _has_text(text: str) -> bool:
    """Whether a text has a visible character; the first one usually decides."""
    return bool(text) and (text[0].isalnum() or _VISIBLE.search(text) is not None)


def fillable(command: Command, args: Mapping[str, str]) -> Mapping[str, str]:
    """The arguments a form may fill in: hidden ones come only from buttons and prompts."""
    hidden = {parameter.name for parameter in command.parameters if parameter.shape is Shape.HIDDEN}
    return {name: value for name, value in args.items() if name not in hidden}


def missing(command: Command, values: Mapping[str, Any]) -> Parameter | None:
    """The first required parameter that has no value."""
    return next((p for p in command.parameters if p.required and p.name not in values), None)


def take_choice(choices: type[Chosen], text: str, languages: Mapping[str, Speech]) -> tuple[Chosen | None, str]:
    """Split the words of a choice off the start of a text; None, and the whole text, when it begins with none."""
    parameter = Parameter("", Shape.CHOICE, required=True, choices=tuple(choices))
    if not text.strip():
        return None, text
    word, rest = _take_value(parameter, text.lstrip(), languages)
    found = _find_choice(parameter, word, languages)
    return (choices(found.value), rest) if found else (None, text)


def nearest(registry: Registry, name: str, role: Role) -> str | None:
    """The command name most similar to a mistyped one that this role may use; None when none is similar enough."""
    from rapidfuzz import process  # noqa: PLC0415 - 3 MiB for who mistypes a command
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    offered = (command for command in registry.listed(role) if command.name not in DESTRUCTIVE)
    names = [each for command in offered for each in command.all_names]
    found = process.extractOne(fold(name), names, scorer=OSA.normalized_similarity, score_cutoff=LEAST_SIMILARITY)
    return found[0] if found else None


def takes_file(command: str, asked: str) -> bool:
    """Whether a file without text can answer a prompt.

    Args:
        command: the prompt's command.
        asked: the parameter asked for.
    """
    return command in TAKE_FILES and asked == "text"


def _take_value(parameter: Parameter, rest: str, languages: Mapping[str, Speech]) -> tuple[str, str]:
    """Split off the words of a value, several for `n° 12` or `not planned`; return them and the rest."""
    found = [match.end() for match in islice(_WORD.finditer(rest), MOST_CHOICE_WORDS)]
    fits = [end for end in found if _fits(parameter, rest[:end], languages)]
    end = max(fits, default=found[0])
    return rest[:end], rest[end + 1 :]


def _fits(parameter: Parameter, word: str, languages: Mapping[str, Speech]) -> bool:
    if parameter.shape is Shape.NUMBER:
        return _NUMBER.match(word) is not None
    return _find_choice(parameter, word, languages) is not None


def _parse(parameter: Parameter, text: str, speech: Speech, languages: Mapping[str, Speech]) -> Any:
    if parameter.shape is Shape.HIDDEN and _ID.match(text):
        return int(text)
    if parameter.shape in (Shape.NUMBER, Shape.HIDDEN):
        return _parse_number(text, speech)
    if parameter.shape is Shape.CHOICE:
        return _parse_choice(parameter, text, speech, languages)
    return _check_text(text, speech)


def _parse_number(text: str, speech: Speech) -> int:
    found = _NUMBER.match(text.strip())
    if not found:
        raise _NoNumber(speech.say("A number is needed here, such as 12; “{text}” is not one.", text=text.strip()[:40]))
    return int(found[1])


def _parse_choice(parameter: Parameter, text: str, speech: Speech, languages: Mapping[str, Speech]) -> Enum:
    item = _find_choice(parameter, text, languages)
    if item is None:
        choices = OR.join(speech.word(choice) for choice in parameter.choices)
        raise UserError(speech.say("“{text}” is not one of: {choices}.", text=text.strip()[:40], choices=choices))
    return item


def _find_choice(parameter: Parameter, text: str, languages: Mapping[str, Speech]) -> Enum | None:
    """Find a choice by its value or by one of its names in any language."""
    wanted = _letters(text)
    for choice in parameter.choices:
        words = [
            str(choice.value),
            *(speech.translate(form) for speech in languages.values() for form in forms(choice)),
        ]
        if any(wanted in _spellings(word) for word in words):
            return choice
    return None


@lru_cache(NAMES)
def _spellings(name: str) -> frozenset[str]:
    """The words of a choice's name, or of each of several, for comparison."""
    return frozenset(_letters(one) for one in name.split(OR))


def _letters(text: str) -> str:
    """The words of a text without accents, case, spacing and punctuation, for comparison."""
    return " ".join(_LETTERS.findall(fold(text)))


def _check_text(text: str, speech: Speech) -> str:
    """The text verbatim.

    Raises:
        UserError: it is longer than `MOST_CHARACTERS`.
    """
    if len(text) > MOST_CHARACTERS:
        raise UserError(
            speech.say(
                "That is {n} characters; the most is {most}. Nothing of it was kept: could it be shorter?",
                n=len(text),
                most=MOST_CHARACTERS,
            )
        )
    return text
