"""Reads the training files of Rasa: the examples of intents, and the responses that rules assign to them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from itertools import pairwise
from typing import Any

import yaml

from bot.cells import storable
from bot.knowledge.sources.draft import Draft, Problem
from storage.values import frozen

_WHOLE = "in what was read, which should be the folder of the whole project"
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@frozen
class Training:
    """The content of all files of a project.

    Attributes:
        examples: by intent, its place and its examples.
        responses: by name, the first text of a response.
        actions: by intent, the response that a rule or a story gives.
    """

    examples: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    responses: dict[str, str] = field(default_factory=dict)
    actions: dict[str, str] = field(default_factory=dict)


def recognise(text: str) -> bool:
    """Whether a text is a training file of Rasa."""
    return bool(re.search(r"^(nlu|responses|rules|stories):\s*(#.*)?$", text, re.MULTILINE)) and isinstance(
        _load(text), dict
    )


def parse(texts: Iterable[tuple[str, str]]) -> Iterator[Draft | Problem]:
    """The intents with a response as answers; problems for intents and responses without the other.

    Args:
        texts: by name, the files of a project.
    """
    training = Training()
    for name, text in texts:
        value = _load(text)
        if isinstance(value, dict):
            _gather(training, name, value)
    answered = set()
    for intent, (where, examples) in training.examples.items():
        action = training.actions.get(intent, f"utter_{intent}")
        answered.add(action)
        if answer := training.responses.get(action):
            yield Draft(where, tuple(dict.fromkeys(examples)), answer, intent)
        else:
            yield Problem(where, f"the intent {intent} has no response {action} {_WHOLE}")
    for name in training.responses:
        if name not in answered:
            yield Problem("responses", f"{name} has no intent with examples")


def _load(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _gather(training: Training, name: str, value: Mapping[str, Any]) -> None:
    for item in _items(value.get("nlu")):
        examples = _examples(item.get("examples"))
        if item.get("intent") and examples:
            intent = str(item["intent"])
            where, known = training.examples.get(intent, (f"{name}, intent {intent}", []))
            training.examples[intent] = (where, [*known, *examples])
    responses = value.get("responses")
    for key, variants in responses.items() if isinstance(responses, dict) else ():
        texts = [storable(str(one["text"])).strip() for one in _items(variants) if one.get("text")]
        if texts:
            training.responses.setdefault(str(key), texts[0])
    for kind in ("rules", "stories"):
        for told in _items(value.get(kind)):
            _pair(training, _items(told.get("steps")))


def _pair(training: Training, steps: list[dict[str, Any]]) -> None:
    """Record which response follows which intent."""
    for asked, given in pairwise(steps):
        action = str(given.get("action", ""))
        if asked.get("intent") and action.startswith("utter_"):
            training.actions.setdefault(str(asked["intent"]), action)


def _examples(value: Any) -> list[str]:
    """The examples of a block of lines `- …`, or of a list, without the marks of entities."""
    if isinstance(value, list):
        lines = [str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in value]
    else:
        lines = [line.strip().removeprefix("-") for line in str(value or "").split("\n")]
    return [storable(_ENTITY.sub(r"\1", line)).strip() for line in lines if line.strip()]


def _items(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
