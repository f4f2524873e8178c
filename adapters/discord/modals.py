"""Forms: opened from the registry alone, and read when they come back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord

from adapters.discord.names import form_id
from bot.registry import Command, Parameter, Shape
from bot.speech import Speech

SECONDS = 900.0
"""How long discord.py remembers a form; ours come back by their id whether it does or not."""
MOST_OPTIONS = 25
LONGEST_LABEL, LONGEST_OPTION, LONGEST_TEXT, SHORT = 45, 100, 4_000, 200
FILES = "file"


def modal(
    command: Command,
    fields: Sequence[str],
    speech: Speech,
    areas: Sequence[str],
    *,
    prompt: str = "",
    values: Mapping[str, str] | None = None,
) -> discord.ui.Modal:
    """A form for a command's fields.

    Args:
        fields: the parameters to fill in; with none, all that can be.
        areas: what to choose an area from.
        prompt: the stored prompt's id, if one was asked.
        values: what is filled in already.
    """
    known = values or {}
    title = speech.say(command.asks) if command.asks else speech.say(command.summary)
    shown = discord.ui.Modal(title=title[:LONGEST_LABEL], timeout=SECONDS, custom_id=form_id(command.name, prompt))
    open_to_all = [item for item in command.parameters if item.shape is not Shape.HIDDEN]
    asked = [item for item in open_to_all if item.name in fields or not fields]
    for parameter in asked[:4]:
        shown.add_item(_label(parameter, speech, areas, known.get(parameter.name, "")))
    if command.limited == "filings":
        upload: discord.ui.FileUpload[Any] = discord.ui.FileUpload(custom_id=FILES, required=False, max_values=5)
        shown.add_item(discord.ui.Label(text=speech.say("A picture or file")[:LONGEST_LABEL], component=upload))
    return shown


def filled(data: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by parameter name; what was left empty is left out."""
    found: dict[str, str] = {}
    for component in _inner(data.get("components", ())):
        name, values = str(component.get("custom_id", "")), component.get("values")
        value = str(component.get("value") or "") if values is None else str(next(iter(values), ""))
        if name != FILES and value.strip():
            found[name] = value
    return found


def uploads(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The files sent with a form, as Discord describes them."""
    resolved = data.get("resolved", {}).get("attachments", {})
    named = [number for one in _inner(data.get("components", ())) for number in one.get("values") or ()]
    return [resolved[number] for number in named if number in resolved]


def _inner(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        inner = component.get("component")
        yield from [inner] if inner else component.get("components", ())


def _label(parameter: Parameter, speech: Speech, areas: Sequence[str], value: str) -> discord.ui.Label[Any]:
    text = speech.say(parameter.label)[:LONGEST_LABEL]
    return discord.ui.Label(text=text, component=_component(parameter, speech, areas, value))


def _component(parameter: Parameter, speech: Speech, areas: Sequence[str], value: str) -> discord.ui.Item[Any]:
    match parameter.shape:
        case Shape.CHOICE:
            return _select(parameter, [(speech.word(one), str(one.value)) for one in parameter.choices], value)
        case Shape.AREA:
            return _select(parameter, [(speech.area(area), area) for area in areas], value)
        case _:
            long = parameter.shape is Shape.LONG
            style = discord.TextStyle.paragraph if long else discord.TextStyle.short
            return discord.ui.TextInput(
                custom_id=parameter.name,
                style=style,
                required=parameter.required,
                default=value[:LONGEST_TEXT] or None,
                max_length=LONGEST_TEXT if long else SHORT,
            )


def _select(parameter: Parameter, choices: Sequence[tuple[str, str]], value: str) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(label=label[:LONGEST_OPTION], value=own[:LONGEST_OPTION], default=own == value)
        for label, own in choices[:MOST_OPTIONS]
    ]
    return discord.ui.Select(custom_id=parameter.name, options=options, required=parameter.required, min_values=0)
