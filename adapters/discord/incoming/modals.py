"""Makes modals from a command's parameters, and reads submitted ones."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

import discord

from adapters.discord.names import form_id
from adapters.discord.outgoing.drawing.text import escape_trusted
from bot.commands.registry import Command, Parameter, Shape
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.locales.words import DESCRIPTIONS
from bot.ports.reply import Input
from storage.vocabulary import Audience

MOST_FIELDS = 4
"""Discord takes five components, one of which is for files."""
MOST_OPTIONS = 25
LONGEST_LABEL, LONGEST_OPTION, LONGEST_TEXT, LONGEST_SHORT_TEXT = 45, 100, 4_000, 200
FILES = "file"


class Option(NamedTuple):
    """One choice of a select."""

    label: str
    value: str
    description: str = ""


def modal(
    command: Command,
    fields: Sequence[str],
    speech: Speech,
    areas: Sequence[str],
    *,
    asks: str = "",
    prompt: str = "",
    values: Mapping[str, str] | None = None,
    open_to_all: bool = False,
    inputs: Sequence[Input] = (),
) -> discord.ui.Modal:
    """Make a modal for a command's parameters.

    Args:
        fields: the parameters to fill in; empty for all.
        areas: the areas to choose from; when empty, the area is typed, and asked for only if it is among `fields`.
        asks: the question, shown in full below the title if too long for it; by default the command's question.
        prompt: the id of the stored prompt it answers, if any.
        values: the initial values by parameter name.
        open_to_all: whether everyone who finds the bot sees public items.
        inputs: fields with the community's own labels.
    """
    known = values or {}
    question, parameters = asks or speech.say(_title(command, fields)), _shown_parameters(command, fields, areas)
    title = question if len(question) <= LONGEST_LABEL else excerpt(question, LONGEST_LABEL)
    shown = discord.ui.Modal(title=title, timeout=None, custom_id=form_id(command.name, prompt))
    # Stopped, so that the library does not keep it: a submitted form is recognised by its id, also after a restart.
    shown.stop()
    if title != question and len(parameters) < MOST_FIELDS:
        shown.add_item(discord.ui.TextDisplay(escape_trusted(question)))
    for parameter in parameters[:MOST_FIELDS]:
        if own := next((one for one in inputs if one.name == parameter.name), None):
            shown.add_item(_own_field(own))
            continue
        needed = parameter.required or parameter.name in fields[:1]
        value = known.get(parameter.name) or command.usual.get(parameter.name, "")
        component = _component(parameter, speech, areas, value, required=needed, open_to_all=open_to_all)
        shown.add_item(discord.ui.Label(text=speech.say(parameter.label)[:LONGEST_LABEL], component=component))
    if command.limited == "filings":
        upload: discord.ui.FileUpload[Any] = discord.ui.FileUpload(custom_id=FILES, required=False, max_values=5)
        shown.add_item(discord.ui.Label(text=speech.say("A picture or file")[:LONGEST_LABEL], component=upload))
    return shown


def _own_field(own: Input) -> discord.ui.Label[Any]:
    """A field with the community's own label; if too long for a label, it is shown in full below it."""
    fits = len(own.label) <= LONGEST_LABEL
    options = [Option(label, value) for value, label in own.options]
    component: discord.ui.Item[Any] = (
        _select(own.name, options, "", required=own.required)
        if options
        else discord.ui.TextInput(custom_id=own.name, required=own.required, max_length=LONGEST_SHORT_TEXT)
    )
    text = own.label if fits else excerpt(own.label, LONGEST_LABEL)
    return discord.ui.Label(text=text, description=None if fits else own.label[:LONGEST_OPTION], component=component)


def _title(command: Command, fields: Sequence[str]) -> str:
    """The title: the command's question if that is about the first field shown, else the field's label."""
    first = next((item.name for item in command.parameters if item.required), "")
    if fields and fields[0] != first:
        return command.parameter(fields[0]).label
    return command.asks or command.summary


def _shown_parameters(command: Command, fields: Sequence[str], areas: Sequence[str]) -> list[Parameter]:
    return [
        item
        for item in command.parameters
        if item.shape is not Shape.HIDDEN
        and (item.name in fields or (not fields and (areas or item.shape is not Shape.AREA)))
    ]


def read_fields(data: Mapping[str, Any]) -> dict[str, str]:
    """The values of a submitted form by parameter name, without empty ones."""
    found: dict[str, str] = {}
    for component in _inner_components(data.get("components", ())):
        name, values = str(component.get("custom_id", "")), component.get("values")
        value = str(component.get("value") or "") if values is None else str(next(iter(values), ""))
        if name != FILES and value.strip():
            found[name] = value
    return found


def read_uploads(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The files uploaded with a form, as Discord describes them."""
    resolved = data.get("resolved", {}).get("attachments", {})
    named = [number for one in _inner_components(data.get("components", ())) for number in one.get("values") or ()]
    return [resolved[number] for number in named if number in resolved]


def _inner_components(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        inner = component.get("component")
        yield from [inner] if inner else component.get("components", ())


def _component(
    parameter: Parameter, speech: Speech, areas: Sequence[str], value: str, *, required: bool, open_to_all: bool
) -> discord.ui.Item[Any]:
    match parameter.shape:
        case Shape.CHOICE:
            choices = [
                Option(speech.word(one), str(one.value), _describe(speech, one, open_to_all=open_to_all))
                for one in parameter.choices
            ]
            return _select(parameter.name, choices, value, required=required)
        case Shape.AREA if areas:
            offered = [Option(speech.area(area), area) for area in areas]
            return _select(parameter.name, offered, value, required=required)
        case _:
            long = parameter.shape is Shape.LONG
            style = discord.TextStyle.paragraph if long else discord.TextStyle.short
            longest = LONGEST_TEXT if long else LONGEST_SHORT_TEXT
            return discord.ui.TextInput(
                custom_id=parameter.name,
                style=style,
                required=required,
                # A text over the limit is left out: truncated, its end would be lost when the form is submitted.
                default=value if 0 < len(value) <= longest else None,
                max_length=longest,
            )


def _describe(speech: Speech, choice: Enum, *, open_to_all: bool) -> str:
    """The explanation of a choice; empty where its label suffices."""
    if choice is Audience.EVERYONE and open_to_all:
        return speech.say("Everyone who finds this bot")
    meaning = DESCRIPTIONS.get(choice)
    return speech.say(meaning) if meaning else ""


def _select(name: str, choices: Sequence[Option], value: str, *, required: bool) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=(one.label[:1].upper() + one.label[1:])[:LONGEST_OPTION],
            value=one.value[:LONGEST_OPTION],
            description=one.description[:LONGEST_OPTION] or None,
            default=one.value == value,
        )
        for one in choices[:MOST_OPTIONS]
    ]
    return discord.ui.Select(custom_id=name, options=options, required=required)
