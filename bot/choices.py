"""What a form offers to choose from, as buttons: for platforms that ask for one thing at a time."""

from collections.abc import Iterable, Mapping

from bot.registry import Command, Parameter, Shape
from bot.reply import Button
from bot.speech import Speech

MOST_AREAS = 8


def choices(
    command: Command, given: Mapping[str, str], fields: Iterable[str], speech: Speech, areas: Iterable[str]
) -> tuple[Button, ...]:
    """A button for each choice that is still open, each keeping what was given; and one to stop.

    Args:
        fields: the parameters that are not filled in yet.
        areas: the community's areas.
    """
    still = [command.parameter(name) for name in fields]
    offered = [
        Button(label, command.name, {**given, parameter.name: value})
        for parameter in still
        for label, value in _values(parameter, speech, areas)
    ]
    return (*offered, Button(speech.say("Cancel"), "cancel"))


def _values(parameter: Parameter, speech: Speech, areas: Iterable[str]) -> Iterable[tuple[str, str]]:
    if parameter.shape is Shape.CHOICE:
        return [(speech.word(choice), str(choice.value)) for choice in parameter.choices]
    if parameter.shape is Shape.AREA:
        return [(speech.area(area), area) for area in list(areas)[:MOST_AREAS]]
    return []
