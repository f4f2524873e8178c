"""Converts the command registry to Discord's application commands, with their translations."""

from enum import Enum

from discord import AppCommandOptionType, AppCommandType, Permissions
from discord.app_commands import AppCommandContext

from adapters.discord.names import ACCENTED, FRENCH
from adapters.values import JSON
from bot.commands.registry import Command, Parameter, Shape
from bot.core import Core
from bot.locales.speech import SOURCE, Speech
from bot.locales.words import mark
from bot.ports.inbound import Role

LONGEST_DESCRIPTION = 100
LONGEST_TEXT = 4_000
PASS_ON = mark("Pass on to the team")
ANSWER = mark("Answer from knowledge")
MENUS = {PASS_ON: "passon", ANSWER: "lookup"}
"""The message commands (entries of a message's context menu), with the commands they call."""


OPTIONS = {Shape.NUMBER: AppCommandOptionType.integer, Shape.PERSON: AppCommandOptionType.user}
"""The types of options by shape; those of the others are strings."""


def definitions(core: Core) -> list[JSON]:
    """The definitions of all commands to register, as JSON."""
    slash = [_slash(core, command) for command in core.registry.listed(Role.STAFF)]
    hidden = [_slash(core, command) for command in core.registry.commands if command.anywhere and not command.listed]
    return [*slash, *hidden, *(_menu(core, name) for name in MENUS)]


def _slash(core: Core, command: Command) -> JSON:
    speeches = list(core.languages.all().values())
    options = [_option(parameter, speeches) for parameter in command.parameters if parameter.shape is not Shape.HIDDEN]
    files = [_file(speeches)] if command.limited == "filings" else []
    found: JSON = {
        "type": AppCommandType.chat_input.value,
        "name": command.name,
        "name_localizations": _names(command) or None,
        **_localised("description", command.summary, speeches),
        "options": sorted([*options, *files], key=lambda option: not option["required"]),
        "contexts": AppCommandContext(guild=True, dm_channel=True).to_array(),
        # Shown to everybody: a required permission would hide it in all channels, even from staff who lack it.
        # Only a server's administrator, not a bot, can show a command in one channel. The policy decides who runs it.
        "default_member_permissions": None,
    }
    return found


def _names(command: Command) -> dict[str, str]:
    """The command's translated names by language, with accents, which other platforms do not allow."""
    return {code: ACCENTED.get(name, name) for code, name in command.names.items() if name != command.name}


def _required_permission(core: Core, command: Command) -> str | None:
    """The permission Discord requires to show an entry of a message's context menu in servers.

    None shows it to everybody, also when the settings name moderator roles, which Discord does not know.
    """
    hidden = command.role > Role.MEMBER and not core.settings.discord.moderator_roles
    return str(Permissions(manage_messages=True).value) if hidden else None


def _option(parameter: Parameter, speeches: list[Speech]) -> JSON:
    found: JSON = {
        "type": OPTIONS.get(parameter.shape, AppCommandOptionType.string).value,
        "name": parameter.name,
        "name_localizations": {"fr": FRENCH[parameter.name]} if FRENCH.get(parameter.name) else None,
        **_localised("description", parameter.label, speeches),
        "required": parameter.required and parameter.shape is not Shape.LONG,
    }
    match parameter.shape:
        case Shape.NUMBER:
            return {**found, "min_value": 1, "autocomplete": True}
        case Shape.AREA:
            return {**found, "autocomplete": True}
        case Shape.CHOICE:
            return {**found, "choices": [_choice(choice, speeches) for choice in parameter.choices]}
        case Shape.LONG:
            return {**found, "max_length": LONGEST_TEXT}
        case _:
            return found


def _choice(choice: Enum, speeches: list[Speech]) -> JSON:
    others = {speech.language: speech.word(choice) for speech in speeches if speech.language != SOURCE}
    own = next(speech for speech in speeches if speech.language == SOURCE)
    return {"name": own.word(choice), "name_localizations": others, "value": str(choice.value)}


def _file(speeches: list[Speech]) -> JSON:
    return {
        "type": AppCommandOptionType.attachment.value,
        "name": "file",
        "name_localizations": {"fr": FRENCH["file"]},
        **_localised("description", mark("A picture or file"), speeches),
        "required": False,
    }


def _menu(core: Core, name: str) -> JSON:
    command = core.registry.find(MENUS[name])
    speeches = core.languages.all().values()
    others = {speech.language: speech.say(name) for speech in speeches if speech.language != SOURCE}
    return {
        "type": AppCommandType.message.value,
        "name": name,
        "name_localizations": others,
        "contexts": AppCommandContext(guild=True).to_array(),
        "default_member_permissions": _required_permission(core, command) if command else None,
    }


def _localised(key: str, message: str, speeches: list[Speech]) -> JSON:
    """A text and its translations, cut to Discord's limit."""
    others = {one.language: one.say(message)[:LONGEST_DESCRIPTION] for one in speeches if one.language != SOURCE}
    return {key: message[:LONGEST_DESCRIPTION], f"{key}_localizations": others}
