"""`portevoix init` and `portevoix code`: saves tokens and a community, and prints the codes that set up chats."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.cli import tokens
from bot.cli.inviting import ways_in
from bot.cli.language.knowledge import CommunityOption
from bot.cli.terminal.interruption import EXIT_INTERRUPTED
from bot.cli.terminal.opening import choose, note, opened, perform
from bot.cli.terminal.output import emit
from bot.cli.terminal.questions import Questions
from bot.core import Core
from bot.dispatch.community.invitation import invite
from bot.errors import OperatorError
from bot.operations.assembly import DEFAULT_KEY
from bot.operations.doctor import checkup_of, connections, token_of
from bot.ports.adapter import Introduction, TryLater, WrongToken
from bot.settings.config import DEFAULT_FILE, PREFIX, CommunitySettings, Settings, load
from storage.models import Community
from storage.people import communities

TOKEN_HELP = {
    "telegram": "Telegram: open a chat with @BotFather, write /newbot, and paste the token it gives here.",
    "discord": "Discord: at https://discord.com/developers/applications, New Application, Bot, Reset Token gives it.",
}
"""By platform, where its token comes from."""
DEFAULT_NAMES = {"en": "Community", "fr": "Communauté"}
"""By language, the name of a community that was given none."""
CLOSED = "Is it closed, so that only chats where its code was typed take part"


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
    name: Annotated[str | None, typer.Option(help="The community's name, for one that is not set up yet.")] = None,
    closed: Annotated[
        bool | None,
        typer.Option("--closed/--open", help="Whether only chats where its code was typed belong to it; else all do."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; add what is given to the settings' file.")] = False,
) -> None:
    """Set Portevoix up: a token, checked, and what to do next.

    It asks for each platform's token and for the community's name, makes the database and its key, and prints the
    link that brings the bot into a group and the codes to type there. Run again, it changes nothing that is there.
    Without a terminal each line of the input is an answer, in the order of the questions.
    """
    file = settings_file(ctx.obj)
    settings = load(file) if file.exists() else load(from_file=False)
    wizard = Wizard(file, yes, Questions())
    try:
        lines = wizard.run(settings, {"telegram": telegram_token, "discord": discord_token}, name, closed)
    except (KeyboardInterrupt, typer.Abort):
        kept = f"{file} keeps {' and '.join(wizard.kept)}" if wizard.kept else f"nothing was written to {file}"
        note(f"\nStopped: {kept}. Start init again to go on.")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    for line in lines:
        emit(line)


@dataclass
class Wizard:
    """Asks for what is needed to start, and writes it to the settings' file.

    Attributes:
        file: the settings' file.
        yes: whether to ask nothing and write without asking.
        kept: what was written to the file so far, for the message to the operator.
    """

    file: Path
    yes: bool
    questions: Questions
    kept: list[str] = field(default_factory=list)

    def run(
        self, settings: Settings, given: Mapping[str, str | None], name: str | None, closed: bool | None
    ) -> list[str]:
        """Check and save the tokens, save the community, and return the remaining steps, line by line.

        Args:
            given: by platform, the token from the command line.
            name: the community's name from the command line.
            closed: whether the community is closed, from the command line.

        Raises:
            OperatorError: no token is given, one is wrong, or the settings already say otherwise.
        """
        _refuse_another(settings, name, closed)
        new, names = not self.file.exists(), _checked(settings)
        for platform in names:
            settings = self._connect(settings, platform, given.get(platform))
        names = [platform for platform in names if token_of(connections(settings)[platform])]
        if names:
            settings = self._name(settings, name, closed, new=new)
        self.questions.tell_unasked()
        if not names:
            raise OperatorError("No token was given, so nothing is set up: portevoix demo shows it without any.")
        return asyncio.run(_first_steps(settings, names))

    def _connect(self, settings: Settings, platform: str, given: str | None) -> Settings:
        """The settings with a platform's token, checked with the platform; unchanged when none is given."""
        known = token_of(connections(settings)[platform])
        token, asks = given or known, not (self.yes or given or known)
        if asks:
            note(TOKEN_HELP.get(platform, f"{platform}: paste the bot's token."))
        while token := self._ask_token(platform) if asks else token:
            found = _with_token(settings, platform, token)
            try:
                note(f"{platform}: this is {asyncio.run(_introduce(found, platform)).name}.")
            except WrongToken as error:
                if not asks:
                    raise OperatorError(f"{platform}: {error}.") from None
                note(f"That did not work: {error}.")
                continue
            if token != known:
                self._keep_token(platform, token)
            return found
        return settings

    def _ask_token(self, platform: str) -> str:
        return self.questions.ask(f"the token of {platform}", "Token, or nothing", hide=True) or ""

    def _keep_token(self, platform: str, token: str) -> None:
        agreed = not self.file.exists() or self._agrees("the token")
        tokens.save_token(self.file, platform, token, agreed=agreed)
        if agreed:
            self.kept.append(f"the token of {platform}")

    def _name(self, settings: Settings, name: str | None, closed: bool | None, *, new: bool) -> Settings:
        """The settings with a community, as given and answered; communities already set are printed and kept."""
        for own in settings.communities:
            note(f"The community {own.key} is {own.name}, {'closed' if own.closed else 'open'}.")
        if settings.communities or (self.yes and name is None and closed is None):
            return settings
        made = self._describe(DEFAULT_NAMES[settings.language], name, closed)
        if made is None:
            return settings
        agreed = new or self._agrees("it")
        tokens.save_community(self.file, made, agreed=agreed)
        if agreed:
            self.kept.append(f"the community {made.name}")
        return settings.model_copy(update={"communities": (made,)})

    def _describe(self, usual: str, name: str | None, closed: bool | None) -> CommunitySettings | None:
        """The community as given and answered; None when neither its name nor whether it is closed is known."""
        if name is None and not self.yes:
            name = self.questions.ask("the community's name", "The community's name", usual)
        if closed is None and not self.yes:
            closed = self.questions.confirm("whether it is closed (it is open)", f"{CLOSED}?", default=False)
        if name is None and closed is None:
            return None
        return CommunitySettings(key=DEFAULT_KEY, name=(name or "").strip() or usual, closed=bool(closed))

    def _agrees(self, what: str) -> bool:
        about, words = f"whether to add {what} to {self.file}", f"Add {what} to {self.file}?"
        return self.yes or bool(self.questions.confirm(about, words, default=True))


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
    emit(made)
    what = f"the staff place of {own.name}: digests go there" if staff else f"a place of {own.name}"
    note(f"Typed in a group as `/setup {made}` by one of its administrators, it makes that group {what}.")
    note(f"It is good once, until {until}, while the bot runs.")


def settings_file(named: Path | None) -> Path:
    """The path of the settings' file: as named, from the environment, or the default; it may not exist."""
    return Path(named or os.environ.get(f"{PREFIX}CONFIG") or DEFAULT_FILE)


def _checked(settings: Settings) -> list[str]:
    """The platforms whose tokens can be checked; a note is printed for each of the others."""
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


def _refuse_another(settings: Settings, name: str | None, closed: bool | None) -> None:
    """Refuse a name or openness that differs from that of a community already set.

    Raises:
        OperatorError: it differs.
    """
    for own in settings.communities:
        if name not in (None, own.name) or closed not in (None, own.closed):
            state = "closed" if own.closed else "open"
            raise OperatorError(f"The community {own.key} is {own.name}, {state}, already: change it in the settings.")


def _with_token(settings: Settings, name: str, token: str) -> Settings:
    own = connections(settings)[name]
    return settings.model_copy(update={name: own.model_copy(update={"token": SecretStr(token)})})


async def _introduce(settings: Settings, name: str) -> Introduction:
    """The bot's account on a platform, asked with the settings' token.

    Raises:
        WrongToken: the platform does not accept the token.
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
    """The steps left to the operator, line by line, with the links and codes for them."""
    found = [await _introduce(settings, name) for name in names]
    links = [one.link for one in found if one.link]
    async with opened(settings) as core:
        return [
            "1. Start the bot, and let it run: portevoix run",
            *[line for one in found for line in _adding(one)],
            "3. Tell it which is which: in each of the two places, an administrator types there (or answers it with)",
            *[line for own in await core.store.read(communities.every) for line in await _codes(core, own)],
            f"Each code is good once, until {_until(core)}; `portevoix code` makes another.",
            *[line for own in await core.store.read(communities.every) for line in ways_in(core, own, links)],
            "Then `portevoix doctor` looks at everything.",
        ]


def _adding(found: Introduction) -> list[str]:
    """The lines on how to add the bot to a chat, and on the rights it asks for."""
    own = f"2. Add {found.name} where your community and its team are: {found.invitation}"
    return [own, *[f"   It asks for {right}" for right in found.rights]]


async def _codes(core: Core, own: Community) -> list[str]:
    return [
        f"   /setup {await _code(core, own, staff=False)}   where the members of {own.name} are",
        f"   /setup {await _code(core, own, staff=True)}   where the team of {own.name} reads digests",
    ]


async def _code(core: Core, own: Community, staff: bool) -> str:
    today = core.clock.now().date()
    return invite(core.store.keys, own, staff, today)


def _until(core: Core) -> str:
    """The end of the last day on which a code made now is valid, in words."""
    return f"the end of {core.clock.now().date() + timedelta(days=1)} (UTC)"
