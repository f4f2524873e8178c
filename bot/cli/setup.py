"""`portevoix init` and `portevoix code`: from a token to the codes that make chats a community's places."""

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, TextIO, TypeVar

import typer
from pydantic import SecretStr

from bot.assembly import DEFAULT_KEY
from bot.cli import tokens
from bot.cli.knowledge import CommunityOption
from bot.cli.opening import choose, note, opened, perform
from bot.config import DEFAULT_FILE, PREFIX, CommunitySettings, Settings, load
from bot.context import Core
from bot.doctor import checkup_of, connections, token_of
from bot.errors import OperatorError
from bot.invitation import invite
from bot.ports import Introduction, TryLater, WrongToken
from storage import communities
from storage.models import Community

HOW = {
    "telegram": "Telegram: open a chat with @BotFather, write /newbot, and paste the token it gives here.",
    "discord": "Discord: at https://discord.com/developers/applications, New Application, Bot, Reset Token gives it.",
}
"""Where each platform's token comes from."""
NAMES = {"en": "Community", "fr": "Communauté"}
"""What a community is called that was given no name."""
CLOSED = "Is it closed, so that only chats where its code was typed take part"
T = TypeVar("T")


def init(
    ctx: typer.Context,
    telegram_token: Annotated[
        str | None,
        typer.Option(help="What @BotFather gave; better set PORTEVOIX_TELEGRAM__TOKEN: others see a command line."),
    ] = None,
    discord_token: Annotated[
        str | None,
        typer.Option(help="Of Discord's developer portal; better set PORTEVOIX_DISCORD__TOKEN, for the same reason."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; add the token to the settings' file.")] = False,
) -> None:
    """Set Portevoix up: a token, checked, and what to do next.

    It asks for each platform's token and for the community's name, makes the database and its key, and prints the
    link that brings the bot into a group and the codes to type there. Run again, it changes nothing that is there.
    """
    file = settings_file(ctx.obj)
    new = not file.exists()
    settings = load(from_file=False) if new else load(file)
    names, given = _checked(settings), {"telegram": telegram_token, "discord": discord_token}
    for name in names:
        settings = _connect(settings, name, given.get(name), file, yes)
    names = [name for name in names if token_of(connections(settings)[name])]
    if not names:
        raise OperatorError("No token was given, so nothing is set up: portevoix demo shows it without any.")
    settings = settings if yes else _name(settings, file, new=new)
    for line in asyncio.run(_first_steps(settings, names)):
        typer.echo(line)


def code(
    ctx: typer.Context,
    community: CommunityOption = None,
    staff: Annotated[bool, typer.Option("--staff", help="For the place where its team reads digests.")] = False,
) -> None:
    """Print the code that makes a chat a community's place.

    A moderator of that chat types it there, as `/setup CODE`.
    """

    async def job(core: Core) -> tuple[Community, str, str]:
        own = await choose(core, community)
        return own, await _code(core, own, staff), _until(core)

    own, made, until = perform(ctx, job)
    typer.echo(made)
    what = f"the staff place of {own.key}: digests go there" if staff else f"a place of {own.key}"
    note(f"Typed in a group as `/setup {made}` by one of its administrators, it makes that group {what}.")
    note(f"It is good once, until {until}, while the bot runs.")


def settings_file(named: Path | None) -> Path:
    """Where the settings are read from, whether there is such a file or not."""
    return Path(named or os.environ.get(f"{PREFIX}CONFIG") or DEFAULT_FILE)


def _checked(settings: Settings) -> list[str]:
    """The platforms whose tokens can be checked; the others are named."""
    names = []
    for name in connections(settings):
        try:
            if checkup_of(name, settings):
                names.append(name)
            else:
                note(f"{name}: set {PREFIX}{name.upper()}__TOKEN; this version cannot check it.")
        except OperatorError as error:
            note(str(error))
    return names


def _connect(settings: Settings, name: str, given: str | None, file: Path, yes: bool) -> Settings:
    """Settings with a platform's token, checked there; as they were when none is given."""
    known = token_of(connections(settings)[name])
    token, asks = given or known, not (yes or given or known)
    if asks:
        note(HOW.get(name, f"{name}: paste the bot's token."))
    while token := _ask() if asks else token:
        found = _with(settings, name, token)
        try:
            note(f"{name}: this is {asyncio.run(_introduced(found, name)).name}.")
        except WrongToken as error:
            if not asks:
                raise OperatorError(f"{name}: {error}.") from None
            note(f"That did not work: {error}.")
            continue
        if token != known:
            tokens.keep(file, name, token, agreed=yes or not file.exists() or _agrees(file))
        return found
    return settings


def _name(settings: Settings, file: Path, *, new: bool) -> Settings:
    """Settings with a community that has a name; one that is set already is told and left as it is."""
    for own in settings.communities:
        note(f"The community {own.key} is {own.name}, {'closed' if own.closed else 'open'}.")
    name = (
        None if settings.communities else _answered(lambda: _prompt("The community's name", NAMES[settings.language]))
    )
    if name is None:
        return settings
    closed = bool(_answered(lambda: typer.confirm(f"{CLOSED}?", default=False, err=True)))
    own = CommunitySettings(key=DEFAULT_KEY, name=name, closed=closed)
    tokens.keep_community(file, own, agreed=new or _agrees(file, "it"))
    return settings.model_copy(update={"communities": (own,)})


def _ask() -> str:
    return _answered(lambda: _prompt("Token, or nothing", "", hide=True)) or ""


def _prompt(words: str, default: str, *, hide: bool = False) -> str:
    answer: str = typer.prompt(words, default=default, show_default=bool(default), hide_input=hide, err=True)
    return answer.strip()


def _answered(ask: Callable[[], T]) -> T | None:
    """What the operator answers; None where there is no terminal to answer at."""
    try:
        return None if _is_at_its_end(sys.stdin) else ask()
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        return None


def _is_at_its_end(source: TextIO) -> bool:
    """Whether nothing more can come, so that a question would only be noise."""
    peek = getattr(getattr(source, "buffer", None), "peek", None)
    return not source.isatty() and peek is not None and not peek(1)


def _agrees(file: Path, what: str = "the token") -> bool:
    return bool(_answered(lambda: typer.confirm(f"Add {what} to {file}?", default=True, err=True)))


def _with(settings: Settings, name: str, token: str) -> Settings:
    own = connections(settings)[name]
    return settings.model_copy(update={name: own.model_copy(update={"token": SecretStr(token)})})


async def _introduced(settings: Settings, name: str) -> Introduction:
    """Who the bot is there.

    Raises:
        WrongToken: the token is nobody's.
        OperatorError: the platform does not answer, or its adapter has no checkup.
    """
    checkup = checkup_of(name, settings)
    if checkup is None:
        raise OperatorError(f"This version cannot check a token of {name}.")
    try:
        return await checkup.introduce()
    except TryLater as error:
        mend = f"check the network and {name}.api_url, then start init again"
        raise OperatorError(f"{name} does not answer, so its token could not be checked ({error}): {mend}.") from None


async def _first_steps(settings: Settings, names: list[str]) -> list[str]:
    """What is left to do, with the links and codes to do it."""
    found = [await _introduced(settings, name) for name in names]
    async with opened(settings) as core:
        return [
            "1. Start the bot, and let it run: portevoix run",
            *[line for one in found for line in _adding(one)],
            "3. Tell it which is which: in each of the two places, an administrator types there (or answers it with)",
            *[line for own in await core.store.read(communities.every) for line in await _codes(core, own)],
            f"Each code is good once, until {_until(core)}; `portevoix code` makes another.",
            "Then `portevoix doctor` looks at everything.",
        ]


def _adding(found: Introduction) -> list[str]:
    """How to bring a bot in, and what it asks for."""
    own = f"2. Add {found.name} where your community and its team are: {found.invitation}"
    return [own, *[f"   It asks for {right}" for right in found.rights]]


async def _codes(core: Core, own: Community) -> list[str]:
    return [
        f"   /setup {await _code(core, own, staff=False)}   where the members of {own.key} are",
        f"   /setup {await _code(core, own, staff=True)}   where the team of {own.key} reads digests",
    ]


async def _code(core: Core, own: Community, staff: bool) -> str:
    today = core.clock.now().date()
    return invite(core.store.keys, own, staff, today)


def _until(core: Core) -> str:
    """The last day a code made now is good on."""
    return f"the end of {core.clock.now().date() + timedelta(days=1)} (UTC)"
