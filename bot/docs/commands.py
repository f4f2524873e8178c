"""Generates the tables of commands in one language."""

from collections.abc import Mapping

from bot.commands.registry import Command, Parameter, Registry, Shape
from bot.docs.tables import rows
from bot.locales.speech import Speech
from bot.ports.inbound import Role
from storage.values import frozen


@frozen
class Words:
    """The words of the tables in one language.

    Attributes:
        other: the code of the language whose command names are in the second column.
        head: the header row of the short table.
        long_head: the header row of the reference.
        who: by role, who may use a command.
        pressed: the heading of the commands that are mostly given by buttons.
        public: the words for who sees a public answer.
        private: the words for who sees a private answer.
    """

    other: str
    head: tuple[str, ...]
    long_head: tuple[str, ...]
    who: Mapping[Role, str]
    pressed: str
    public: str
    private: str


ENGLISH = Words(
    other="fr",
    head=("Command", "In French", "Also", "For", "What it does"),
    long_head=("Command", "Other names", "It takes", "Answer seen by", "What it does"),
    who={Role.MEMBER: "Everyone", Role.MODERATOR: "Moderators", Role.STAFF: "Staff"},
    pressed="On a button, or typed",
    public="the place",
    private="you alone",
)
FRENCH = Words(
    other="en",
    head=("Commande", "En anglais", "Aussi", "Pour", "Ce qu’elle fait"),
    long_head=("Commande", "Autres noms", "Ce qu’elle prend", "Réponse visible par", "Ce qu’elle fait"),
    who={Role.MEMBER: "Tout le monde", Role.MODERATOR: "La modération", Role.STAFF: "L’équipe"},
    pressed="Sur un bouton, ou à écrire",
    public="tout le lieu",
    private="la personne seule",
)
WORDS = {"en": ENGLISH, "fr": FRENCH}


def table(registry: Registry, speech: Speech) -> str:
    """A short table of the listed commands."""
    words = WORDS[speech.language]
    body = [
        (*_names(command, speech), words.who[command.role], speech.say(command.summary)) for command in _all(registry)
    ]
    return rows(words.head, body)


def reference(registry: Registry, speech: Speech) -> str:
    """Tables of every command a person can type, under a heading for each role, with its parameters."""
    words = WORDS[speech.language]
    groups = [(words.who[role], [command for command in _all(registry) if command.role is role]) for role in Role]
    groups.append((words.pressed, [command for command in registry.commands if _typed(command)]))
    parts = [f"## {title}\n\n{_long(members, speech)}" for title, members in groups if members]
    return "\n".join(parts)


def _long(members: list[Command], speech: Speech) -> str:
    return rows(WORDS[speech.language].long_head, (_row(command, speech) for command in members))


def _row(command: Command, speech: Speech) -> tuple[str, ...]:
    words = WORDS[speech.language]
    own, *others = _names(command, speech)
    taken = (_takes(parameter, speech) for parameter in command.parameters if parameter.shape is not Shape.HIDDEN)
    return (
        own,
        ", ".join(name for name in others if name),
        "; ".join(taken),
        words.public if command.public else words.private,
        speech.say(command.summary),
    )


def _names(command: Command, speech: Speech) -> tuple[str, str, str]:
    """A command's name in this language and in the other one, and its aliases."""
    own, other = command.name_in(speech.language), command.name_in(WORDS[speech.language].other)
    return f"`/{own}`", f"`/{other}`", ", ".join(f"`/{alias}`" for alias in command.aliases)


def _takes(parameter: Parameter, speech: Speech) -> str:
    """A parameter's label with its choices; in square brackets when it is optional."""
    label = speech.say(parameter.label)
    choices = " / ".join(speech.word(choice) for choice in parameter.choices)
    full = f"{label} ({choices})" if choices else label
    return full if parameter.required else f"[{full}]"


def _all(registry: Registry) -> tuple[Command, ...]:
    return registry.listed(max(Role))


def _typed(command: Command) -> bool:
    """Whether an unlisted command can also be typed, which those with translated names can."""
    return not command.listed and bool(command.names)
