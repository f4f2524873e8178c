"""Offers the choices of a form as buttons, for platforms without forms."""

from collections.abc import Collection, Iterable, Mapping

from bot.commands.registry import Command, Parameter, Shape
from bot.locales.speech import Speech
from bot.ports.reply import Button

MOST_AREAS = 8
CHOSEN = "✓"
"""Starts the label of a chosen button."""


def choices(
    command: Command, given: Mapping[str, str], fields: Collection[str], speech: Speech, areas: Iterable[str]
) -> tuple[Button, ...]:
    """A button for each choice, which carries the arguments given so far, and a button to cancel.

    Args:
        given: the arguments so far; chosen ones are marked.
        fields: the parameters that are missing; with none, only cancelling is offered.
        areas: the community's areas.
    """
    listed = [one for one in command.parameters if one.name in fields or given.get(one.name)] if fields else []
    offered = [
        _button(command, given, parameter.name, label, value)
        for parameter in listed
        for label, value in _values(parameter, speech, areas)
    ]
    return (*offered, Button(speech.say("Cancel"), "cancel"))


def _button(command: Command, given: Mapping[str, str], name: str, label: str, value: str) -> Button:
    """A button for a choice; pressing a chosen one returns to the usual one, or removes the choice."""
    if (given.get(name) or command.usual.get(name)) == value:
        return Button(f"{CHOSEN} {label}", command.name, {**given, name: ""})
    return Button(label, command.name, {**given, name: value})


def _values(parameter: Parameter, speech: Speech, areas: Iterable[str]) -> Iterable[tuple[str, str]]:
    if parameter.shape is Shape.CHOICE:
        return [(speech.word(choice), str(choice.value)) for choice in parameter.choices]
    if parameter.shape is Shape.AREA:
        return [(speech.area(area), area) for area in list(areas)[:MOST_AREAS]]
    return []
