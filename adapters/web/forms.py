"""Makes forms from the command registry: those the page offers, and those for the bot's questions."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import Enum, StrEnum

from bot.commands.registry import LABELS, Command, Parameter, Registry, Shape
from bot.locales.speech import Speech
from bot.locales.words import mark
from bot.ports.reply import Ask, Input
from storage.values import frozen

OFFERED: Mapping[str, str] = {
    "suggest": mark("Suggestion"),
    "problem": mark("Problem"),
    "praise": mark("Praise"),
    "ask": mark("Question"),
}
"""The commands with a form on the page, and the label of the button that opens it."""
MOST_RADIOS = 5


class Control(StrEnum):
    """The kinds of form fields."""

    LONG = "long"
    SHORT = "short"
    NUMBER = "number"
    RADIO = "radio"
    SELECT = "select"


@frozen
class Field:
    """One field of a form.

    Attributes:
        options: values and their labels, for a choice.
    """

    name: str
    label: str
    control: Control
    required: bool
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()


@frozen
class Form:
    """A form for a command.

    Attributes:
        opens: the label of the button that opens it.
        words: the question.
        kept: known values, sent as hidden fields.
        prompt: the id of the stored prompt it answers.
    """

    command: str
    opens: str
    words: str
    fields: tuple[Field, ...]
    kept: Mapping[str, str] = field(default_factory=dict)
    prompt: str = ""


@frozen
class Forms:
    """Makes forms in one language, for one community."""

    registry: Registry
    speech: Speech
    areas: tuple[str, ...]

    def offered(self) -> tuple[Form, ...]:
        """The forms the page always offers."""
        found = ((name, opens, self.registry.find(name)) for name, opens in OFFERED.items())
        return tuple(self._offer(name, opens, command) for name, opens, command in found if command)

    def asked(self, ask: Ask) -> Form:
        """The form for a question of the bot; its first field is required."""
        command = self.registry.find(ask.command)
        known = {parameter.name: parameter for parameter in command.parameters} if command else {}
        fields = tuple(
            self._field(ask.command, known.get(name) or Parameter(name, Shape.LONG, False), ask.values.get(name, ""))
            for name in ask.fields
        )
        fields = tuple(_with_input(one, ask.inputs) for one in fields)
        asked = tuple(replace(one, required=True) for one in fields[: 0 if ask.inputs else 1])
        kept = {name: value for name, value in ask.values.items() if name not in ask.fields}
        return Form(ask.command, "", ask.words, (*asked, *fields[len(asked) :]), kept, ask.prompt)

    def _offer(self, name: str, opens: str, command: Command) -> Form:
        shown = [parameter for parameter in command.parameters if parameter.shape is not Shape.HIDDEN]
        fields = tuple(self._field(name, parameter, "") for parameter in shown)
        return Form(name, self.speech.say(opens), self.speech.say(command.asks or command.summary), fields)

    def _field(self, command: str, parameter: Parameter, value: str) -> Field:
        label = self.speech.say(LABELS.get(parameter.name, parameter.name))
        options = self._options(parameter)
        return Field(
            parameter.name,
            label,
            _control(parameter, len(options)),
            parameter.required,
            value or self._usual(command, parameter),
            options,
        )

    def _usual(self, command: str, parameter: Parameter) -> str:
        """The default choice."""
        found = self.registry.find(command)
        return found.usual.get(parameter.name, "") if found else ""

    def _options(self, parameter: Parameter) -> tuple[tuple[str, str], ...]:
        if parameter.shape is Shape.AREA:
            return (("", self.speech.area(None)), *((area, self.speech.area(area)) for area in self.areas))
        return tuple((str(choice.value), self._word(choice)) for choice in parameter.choices)

    def _word(self, choice: Enum) -> str:
        word = self.speech.word(choice)
        return word[:1].upper() + word[1:]


def _with_input(field: Field, inputs: Iterable[Input]) -> Field:
    """A field with the community's own label and help, if it has some."""
    own = next((one for one in inputs if one.name == field.name), None)
    if own is None:
        return field
    options = own.options if own.required or not own.options else (("", "-"), *own.options)
    control = Control.SELECT if options else field.control
    return replace(field, label=own.label, control=control, required=own.required, options=options)


def _control(parameter: Parameter, options: int) -> Control:
    if parameter.shape is Shape.AREA or options > MOST_RADIOS:
        return Control.SELECT
    if parameter.shape is Shape.CHOICE:
        return Control.RADIO
    return {Shape.LONG: Control.LONG, Shape.NUMBER: Control.NUMBER}.get(parameter.shape, Control.SHORT)
