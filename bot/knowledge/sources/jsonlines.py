"""Reads knowledge in JSON Lines: {"id", "phrasings": […], "answer", "language"}, one answer a line."""

import json
from collections.abc import Iterator
from typing import Any

from bot.cells import storable
from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.values import LANGUAGE, day, first, tags

ASKED = ("phrasings", "question", "questions", "query", "prompt")
ANSWERED = ("answer", "response", "reponse", "réponse", "completion")
"""The keys of the questions and of the answer, ours first."""


def recognise(text: str) -> bool:
    """Whether any line is a JSON object with phrasings or an answer."""
    found = (_load(line) for line in text.split("\n") if line.lstrip().startswith("{"))
    return any(isinstance(value, dict) and first(value, (*ASKED, *ANSWERED)) for value in found)


def parse(text: str) -> Iterator[Draft | Problem]:
    """The answers, line by line; empty lines are skipped."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _read(f"line {number}", _load(line))


def _load(line: str) -> Any:
    """A line's value; None when it is not JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _read(where: str, value: Any) -> Draft | Problem:
    if not isinstance(value, dict):
        return Problem(where, "is not a JSON object")
    asked, answered = first(value, ASKED) or "phrasings", first(value, ANSWERED) or "answer"
    phrasings, answer = _phrasings(value.get(asked), alone=asked != "phrasings"), value.get(answered)
    if not phrasings:
        return Problem(where, "“phrasings” must be a list of questions")
    if answered in value and answer is None:
        answer = ""
    elif not isinstance(answer, str) or not storable(answer).strip():
        return Problem(where, "“answer” must be a text, or null for questions that are known not to be covered")
    if wrong := _wrong(value):
        return Problem(where, wrong)
    own, address = value.get("id"), value.get("address")
    return Draft(
        where,
        phrasings,
        storable(answer).strip(),
        None if own is None else storable(str(own)).strip(),
        value.get("language"),
        address if isinstance(address, str) else None,
        day(value.get("valid_until")),
        tags=tags(value.get("tags")),
        written_on=day(value.get("date")),
    )


def _wrong(value: dict[str, Any]) -> str:
    """What is wrong with the optional values of an answer; empty when nothing is."""
    own, language, until = value.get("id"), value.get("language"), value.get("valid_until")
    if own is not None and (isinstance(own, bool) or not isinstance(own, str | int) or not str(own).strip()):
        return "“id” must be a text or a number"
    if language is not None and not (isinstance(language, str) and LANGUAGE.match(language)):
        return "“language” must be a code such as en or fr"
    if until is not None and day(until) is None:
        return "“valid_until” must be a day such as 2026-03-31"
    return ""


def _phrasings(value: Any, *, alone: bool) -> tuple[str, ...]:
    """The questions that are not empty; none at all when any of them is not text.

    Args:
        alone: whether it may be one text instead of a list.
    """
    if alone and isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return ()
    return tuple(text for item in value if (text := storable(item).strip()))
