"""Commands: typed functions with names, from whose signatures the parameters are read."""

import inspect
import types
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import field, replace
from enum import Enum, StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from bot.language.text.normalise import fold
from bot.locales.words import mark
from bot.ports.inbound import Role
from bot.ports.reply import Ask, Block, CommandLink, Reply
from storage.values import frozen


class Shape(StrEnum):
    """The kind of a parameter, which decides how it is parsed and shown in forms."""

    LONG = "long"
    SHORT = "short"
    NUMBER = "number"
    CHOICE = "choice"
    AREA = "area"
    PERSON = "person"
    HIDDEN = "hidden"


LongText = Annotated[str, Shape.LONG]
ShortText = Annotated[str, Shape.SHORT]
Number = Annotated[int, Shape.NUMBER]
AreaName = Annotated[str, Shape.AREA]
PersonName = Annotated[str, Shape.PERSON]
"""The number of an account on the platform, or a mention of it."""
Token = Annotated[int, Shape.HIDDEN]
"""The id of a stored row, set by buttons only."""

LABELS: Mapping[str, str] = {
    "text": mark("Your words"),
    "question": mark("Your question"),
    "heading": mark("The question"),
    "area": mark("Area"),
    "into": mark("Area"),
    "audience": mark("Who sees it"),
    "name": mark("Your name"),
    "title": mark("Its name"),
    "number": mark("Number, such as 12"),
    "numbers": mark("Numbers and decision, such as 12 15 planned"),
    "status": mark("Status"),
    "team": mark("Team, person or nobody"),
    "day": mark("Day, such as friday"),
    "chosen": mark("Those chosen"),
    "tags": mark("Tags, with commas between them"),
    "end": mark("Last day, such as 31/03/2027"),
    "link": mark("Link, told to everyone concerned"),
    "to": mark("The number that says the same"),
    "verdict": mark("Decision"),
    "often": mark("How often"),
    "wish": mark("What you would like in return"),
    "about": mark("Command"),
    "reason": mark("Reason, told to everyone concerned"),
    "term": mark("How long"),
    "action": mark("What to do"),
    "others": mark("Further numbers, such as 15 18"),
    "language": mark("Language"),
    "code": mark("Code"),
    "use": mark("Use of the place"),
    "order": mark("Which ones"),
    "words": mark("Words in it"),
    "community": mark("Community"),
    "kind": mark("What it is"),
    "place": mark("Place"),
    "period": mark("Period, such as last month or 90 days"),
    "age": mark("How long ago it was filed"),
    "owner": mark("Who takes care of it: mine, or a team"),
    **dict.fromkeys(("first", "second", "third", "fourth"), mark("Answer")),
    "usual": mark("Usual word"),
    "english": mark("In English"),
    "french": mark("In French"),
    "preset": mark("What it is"),
    "person": mark("Person, by the number of the account"),
}
"""Labels of parameters in forms and help; a name means the same in every command."""


@frozen
class Parameter:
    """One parameter of a command, read from its function's signature."""

    name: str
    shape: Shape
    required: bool
    choices: tuple[Enum, ...] = ()

    @property
    def label(self) -> str:
        """Its label in forms and help, before translation."""
        return LABELS.get(self.name, self.name)


Feature = Callable[..., Awaitable[Reply | None]]


@frozen
class Command:
    """A registered feature.

    Attributes:
        name: the English name, without slash.
        run: the feature, a function from a context and typed arguments to a reply.
        names: the name by language code, where it differs.
        aliases: further names, in any language.
        role: the role needed.
        public: whether the reply is shown to everybody in the chat.
        aloud: whether it is answered publicly where others read what was typed.
        owned: whether the buttons of its public answer are for the person it answers alone.
        anywhere: whether it works in a place that belongs to no community, and for people who take part in none.
        listed: whether menus and help show it.
        typed: whether it can be typed; if not, only buttons call it.
        asks: the question when the required text is missing.
        limited: the name of the rate limit that counts it; empty for none.
        usual: the choices it takes where none is made, by parameter; forms show them as chosen.
        in_place: whether its answer takes the place of the message whose button was pressed; a question never does.
        lasting: whether its buttons never expire, since they stand on cards, which stay.
        opening: what its private answer begins with, for this call.
    """

    name: str
    run: Feature
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    role: Role = Role.MEMBER
    public: bool = False
    aloud: bool = False
    owned: bool = False
    anywhere: bool = False
    listed: bool = True
    typed: bool = True
    asks: str = ""
    limited: str = "commands"
    usual: Mapping[str, str] = field(default_factory=dict)
    in_place: bool = False
    lasting: bool = False
    opening: tuple[Block, ...] = ()
    parameters: tuple[Parameter, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", read_parameters(self.run))

    @property
    def summary(self) -> str:
        """The first line of the function's docstring, before translation."""
        return (inspect.getdoc(self.run) or "").split("\n")[0]

    def name_in(self, language: str) -> str:
        """The name in a language, or the English one."""
        return self.names.get(language, self.name)

    def link(self, language: str, argument: str = "") -> CommandLink:
        """The command as what a person would type or press, in a language."""
        typed = f"/{self.name_in(language)} {argument}".rstrip()
        return CommandLink(typed, self.name, argument)

    def fit(self, reply: Reply, *, private: bool) -> Reply:
        """The reply as the command's registration fixes it: who sees it, and whether it edits the message pressed."""
        asks = any(isinstance(block, Ask) for block in reply.blocks)
        # An answer that was stored, so that its buttons have tokens, passes here again.
        opening = self.opening if private and reply.blocks[:1] != self.opening[:1] else ()
        edits = reply.edits or (self.in_place and not asks)
        if not opening and (reply.private, reply.edits) == (private, edits):
            return reply
        return replace(reply, blocks=(*opening, *reply.blocks), private=private, edits=edits)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Its names in all languages, and its aliases."""
        return tuple(dict.fromkeys((self.name, *self.names.values(), *self.aliases)))

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name.

        Raises:
            StopIteration: there is none.
        """
        return next(parameter for parameter in self.parameters if parameter.name == name)


class Registry:
    """All commands, looked up by any of their names.

    Attributes:
        lasting: the English names of those whose buttons never expire.

    Raises:
        ValueError: two commands have the same name.
    """

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands = tuple(commands)
        self.lasting = frozenset(command.name for command in self.commands if command.lasting)
        self._by_name: dict[str, Command] = {}
        for command in self.commands:
            for name in command.all_names:
                owner = self._by_name.setdefault(fold(name), command)
                if owner is not command:
                    raise ValueError(f"/{name} is claimed by both {owner.name} and {command.name}")

    def find(self, name: str) -> Command | None:
        """The command of that name, ignoring case and accents; None when there is none."""
        return self._by_name.get(name) or self._by_name.get(fold(name))

    def command(self, name: str) -> Command:
        """The command of that English name.

        Raises:
            LookupError: it is not registered.
        """
        found = self.find(name)
        if found is None:
            raise LookupError(name)
        return found

    def listed(self, role: Role) -> tuple[Command, ...]:
        """The listed commands a role may use, in the order registered."""
        return tuple(command for command in self.commands if command.listed and command.role <= role)


def read_parameters(run: Feature) -> tuple[Parameter, ...]:
    """Read the parameters of a feature, without its context, from its signature."""
    hints = get_type_hints(run, include_extras=True)
    listed = list(inspect.signature(run).parameters.values())[1:]
    return tuple(_parameter(item, hints[item.name]) for item in listed)


def _parameter(item: inspect.Parameter, hint: Any) -> Parameter:
    required = item.default is inspect.Parameter.empty
    base = _without_none(hint)
    if get_origin(base) is Annotated:
        return Parameter(item.name, get_args(base)[1], required)
    return Parameter(item.name, Shape.CHOICE, required, tuple(base))


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint
