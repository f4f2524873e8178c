"""The application's commands: everywhere, or in one guild; replaced all at once."""

import json
from functools import cache

import regex

from tests.sockets.fakes.discord.journal import Call
from tests.sockets.fakes.discord.rest import refusals
from tests.sockets.fakes.discord.rest.refusals import Form
from tests.sockets.fakes.discord.world import BOT, JSON, World

NAME = regex.compile(r"[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}")
SLASH, USER, MESSAGE = 1, 2, 3
MOST = {SLASH: 100, USER: 15, MESSAGE: 15}
GROUPS = {1, 2}
CREATES = 200
"""New commands a guild takes in a day."""
LOCALES = frozenset(
    {"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR"}
    | {"ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"}
)


def get_commands(world: World, call: Call) -> list[JSON]:
    """Those registered; translations only when asked for."""
    found = world.commands[_guild(world, call)]
    if call.query.get("with_localizations") in {"1", "true"}:
        return found
    return [{name: part for name, part in one.items() if not name.endswith("_localizations")} for one in found]


def put_commands(world: World, call: Call) -> list[JSON]:
    """Replaces all; those of the same name and type keep their ids."""
    guild, wanted = _guild(world, call), list(call.payload)
    check(wanted)
    known = {(one["type"], one["name"]): one["id"] for one in world.commands[guild]}
    created = [one for one in wanted if (one.get("type", SLASH), one["name"]) not in known]
    if world.creates[guild] + len(created) > CREATES:
        raise refusals.too_many_creates()
    world.creates[guild] += len(created)
    world.commands[guild] = [_registered(world, one, guild, known) for one in wanted]
    return world.commands[guild]


def _guild(world: World, call: Call) -> int:
    """Where: 0 is everywhere.

    Raises:
        Refused: the application is another, or the bot is in no such guild.
    """
    guild = int(call.path.get("guild", 0))
    if call.path["application"] != str(BOT) or (guild and guild not in world.guilds):
        raise refusals.missing_access()
    return guild


def _registered(world: World, one: JSON, guild: int, known: dict[tuple[int, str], str]) -> JSON:
    kind = one.get("type", SLASH)
    identity = known.get((kind, one["name"])) or str(world.new_id())
    head = {"id": identity, "application_id": str(BOT), "version": str(world.new_id()), "type": kind}
    return {"description": "", **one, **head, **({"guild_id": str(guild)} if guild else {})}


def check(commands: list[JSON]) -> None:
    """Names, lengths and counts.

    Raises:
        Refused: any of them is not allowed.
    """
    _check(json.dumps(commands))


@cache
def _check(written: str) -> None:
    """The same of commands written as JSON: most bots register the same ones, which are read once."""
    form, commands = Form(), json.loads(written)
    for kind, most in MOST.items():
        if sum(one.get("type", SLASH) == kind for one in commands) > most:
            form.wrong("commands", "APPLICATION_COMMANDS_MAX", f"Max {most} of type {kind}")
    names = [(one.get("type", SLASH), one["name"]) for one in commands]
    for number, one in enumerate(commands):
        if names[number] in names[:number]:
            form.wrong(f"{number}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Duplicate name")
        _command(form, str(number), one)
    form.close()


def _command(form: Form, path: str, one: JSON) -> None:
    if one.get("type", SLASH) == SLASH:
        _named(form, path, one)
        _options(form, path, one.get("options") or [])
        if _size(one) > 8000:
            form.wrong(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
        return
    for name in (one["name"], *(one.get("name_localizations") or {}).values()):
        form.sized(f"{path}.name", name, 32, 1)
    if one.get("description"):
        form.wrong(f"{path}.description", "APPLICATION_COMMAND_DESCRIPTION", "Context menus have no description")


def _named(form: Form, path: str, one: JSON) -> None:
    """The name and description of a command or option, in every language."""
    names, texts = one.get("name_localizations") or {}, one.get("description_localizations") or {}
    for name in (one["name"], *names.values()):
        if not NAME.fullmatch(name) or name != name.lower():
            form.wrong(f"{path}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    for text in (one.get("description") or "", *texts.values()):
        form.sized(f"{path}.description", text, 100, 1)
    for locale in {*names, *texts} - LOCALES:
        form.wrong(f"{path}.name_localizations", "ENUM_TYPE_COERCE", f"Value {locale!r} is not a valid locale")


def _options(form: Form, path: str, options: list[JSON]) -> None:
    form.sized(f"{path}.options", options, 25)
    names = [one["name"] for one in options]
    if len(set(names)) < len(names):
        form.wrong(f"{path}.options", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Option names must be unique")
    required = [bool(one.get("required")) for one in options if one.get("type") not in GROUPS]
    if required != sorted(required, reverse=True):
        text = "Required options must be placed before non-required options"
        form.wrong(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
    for number, one in enumerate(options):
        _named(form, f"{path}.options.{number}", one)
        _choices(form, f"{path}.options.{number}", one)
        _options(form, f"{path}.options.{number}", one.get("options") or [])


def _choices(form: Form, path: str, option: JSON) -> None:
    choices = option.get("choices") or []
    form.sized(f"{path}.choices", choices, 25)
    if choices and option.get("autocomplete"):
        form.wrong(f"{path}.choices", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "Choices and autocomplete together")
    for one in choices:
        for name in (one["name"], *(one.get("name_localizations") or {}).values()):
            form.sized(f"{path}.choices", name, 100, 1)
        form.sized(f"{path}.choices", str(one["value"]), 100, 1)


def _size(one: JSON) -> int:
    """The characters of names, descriptions and values, each in its longest language."""
    names, texts = one.get("name_localizations") or {}, one.get("description_localizations") or {}
    own = max(map(len, (one["name"], *names.values())))
    own += max(map(len, (one.get("description") or "", *texts.values())))
    within = [*(one.get("options") or []), *(one.get("choices") or [])]
    return own + len(str(one.get("value", ""))) + sum(map(_size, within))
