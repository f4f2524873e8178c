"""Checks the Discord settings for `init` and `doctor`: token, developer portal, gateway, commands and permissions."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.commands import sync
from adapters.discord.commands.definitions import definitions
from adapters.discord.needs import invitation, rights
from adapters.discord.outgoing.wiring import set_addresses
from adapters.discord.place_checkup import examine_place
from adapters.values import JSON
from bot.core import Core
from bot.ports.adapter import Finding, Introduction, TryLater, WrongToken
from bot.settings.config import Settings
from bot.settings.connections import DiscordSettings, Scope

TIMEOUT = 20.0
"""Seconds to wait for the login, and for the gateway's first message."""
PORTAL = "Discord's developer portal (https://discord.com/developers/applications)"
UNKNOWN_BOT = f"Discord knows no bot of this token: {PORTAL}, the application, Bot, Reset Token makes a new one"


def checkup(settings: Settings, core: Core | None = None) -> "DiscordCheckup":
    """Make the Discord checkup from the token and addresses in the settings.

    Args:
        core: gives the command definitions; without it the registered commands are not compared.
    """
    return DiscordCheckup(settings.discord, core)


class DiscordCheckup:
    """Reads from Discord's API; changes and posts nothing."""

    def __init__(self, own: DiscordSettings, core: Core | None) -> None:
        self._own = own
        self._core = core

    async def introduce(self) -> Introduction:
        """Log in and return the bot's name, its invitation link and the permissions that link asks for.

        Raises:
            WrongToken: no bot has this token.
            TryLater: Discord does not answer.
        """
        async with self._connected() as (client, about):
            return Introduction(_bot_name(client), invitation(about.id), rights())

    async def examine(self, places: Mapping[str, bool]) -> list[Finding]:
        """Check the token, the portal's settings, the gateway, the registered commands and each place.

        A refused token, or no answer from Discord, is returned as the only finding.
        """
        try:
            async with self._connected() as (client, about):
                found = [self._check_account(client), *self._check_portal(about), await _check_gateway(client)]
                found += await self._check_commands(client, about.id, self._core) if self._core else []
                for place in dict.fromkeys([*places, *map(str, self._own.help_channels)]):
                    found.append(await examine_place(client, place, staff=places.get(place, False)))
                return found
        except WrongToken as error:
            return [Finding("discord token", "refused", str(error))]
        except TryLater as error:
            mend = "check the network, discord.api_url and discord.proxy (other proxy settings are not looked at)"
            return [Finding("discord", f"{Route.BASE} does not answer ({error})", mend)]

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[tuple[discord.Client, discord.AppInfo]]:
        """A logged-in client and the bot's application; the gateway is not opened, so that no events are received."""
        token = self._own.token.get_secret_value().strip() if self._own.token else ""
        if not token.isascii() or len(token.split()) != 1:
            raise WrongToken("a token is one word of letters, digits, dots, _ and -: the portal gives it, under Bot")
        # Without a handler the library's log would be printed among the findings.
        logging.getLogger("discord").addHandler(logging.NullHandler())
        set_addresses(self._own.api_url, self._own.gateway_url)
        client = discord.Client(intents=discord.Intents.none(), proxy=self._own.proxy, max_ratelimit_timeout=TIMEOUT)
        try:
            yield client, await _log_in(client, token)
        except discord.LoginFailure:
            raise WrongToken(UNKNOWN_BOT) from None
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise TryLater(_reason(error)) from None
        finally:
            await client.close()

    def _check_account(self, client: discord.Client) -> Finding:
        proxy = f", through the proxy {urlsplit(self._own.proxy).hostname}" if self._own.proxy else ""
        return Finding("discord token", f"it is {_bot_name(client)}'s, at {urlsplit(Route.BASE).hostname}{proxy}")

    def _check_portal(self, about: discord.AppInfo) -> Iterator[Finding]:
        yield self._check_message_content(about.flags)
        yield _check_interactions(about)
        yield _check_adding(about)
        if not about.privacy_policy_url:
            words = "the portal names none; Discord asks for one, under General Information (see docs/discord.md)"
            yield Finding("discord privacy policy", words)

    def _check_message_content(self, flags: discord.ApplicationFlags) -> Finding:
        """Whether the message content intent, the one privileged intent the bot can use, agrees with the settings."""
        there = flags.gateway_message_content or flags.gateway_message_content_limited
        name = "discord message content"
        if self._own.message_content and not there:
            mend = "switch on Message Content Intent in the portal, under Bot, or set discord.message_content to false"
            return Finding(name, "discord.message_content is on, and the intent is not: Discord refuses the bot", mend)
        if self._own.help_channels and not self._own.message_content:
            mend = "set discord.message_content to true and switch the intent on, or leave discord.help_channels out"
            return Finding(name, "off, so nothing is read in discord.help_channels", mend)
        if there and not self._own.message_content:
            return Finding(name, "on in the portal and not used; it may be switched off there")
        return Finding(name, "on, as discord.message_content says" if there else "off, and not needed")

    async def _check_commands(self, client: discord.Client, application: int, core: Core) -> list[Finding]:
        """Whether this version's commands are registered in the scope the settings name, and in no other."""
        wanted, is_global = definitions(core), self._own.commands is Scope.GLOBAL
        found = [
            _compare_commands("discord commands", await sync.fetch_commands(client, None), wanted if is_global else [])
        ]
        if not is_global:
            words = "they have none, as discord.commands says; what is written there is answered all the same"
            found.append(Finding("discord commands in direct messages", words))
        # Discord stores no `contexts` for commands of a single server.
        local = [{key: value for key, value in one.items() if key != "contexts"} for one in wanted]
        async for guild in client.fetch_guilds(limit=None, with_counts=False):
            name = f"discord commands in {guild.id}"
            try:
                held = await sync.fetch_commands(client, guild.id)
            except discord.Forbidden:
                mend = f"add it again, by the same link: {invitation(application)}"
                found.append(Finding(name, f"“{guild.name}” lets the bot have none", mend))
                continue
            if held or not is_global:
                found.append(_compare_commands(name, held, [] if is_global else local))
        return found


def _compare_commands(name: str, held: list[JSON], wanted: list[JSON]) -> Finding:
    if sync.are_same(held, wanted):
        return Finding(name, f"{len(held)}, as they should be" if wanted else "none, as it should be")
    mend = "start `portevoix run`, which registers them, and look for `commands` in its log"
    if not wanted:
        return Finding(name, f"{len(held)} left from another setting, so members may see them twice", mend)
    return Finding(name, "not those of this version" if held else "none registered yet", mend)


async def _log_in(client: discord.Client, token: str) -> discord.AppInfo:
    """Log in and return the bot's application.

    Raises:
        TryLater: what answers is not Discord's API.
    """
    try:
        async with asyncio.timeout(TIMEOUT):
            await client.login(token)
    except (KeyError, TypeError):
        raise TryLater("what answers there is not Discord") from None
    if client.application is None:
        raise TryLater("it names no application")
    return client.application


async def _check_gateway(client: discord.Client) -> Finding:
    """Whether the gateway accepts a websocket and sends its first message; closed again before identifying."""
    address, name = DiscordWebSocket.DEFAULT_GATEWAY, "discord gateway"
    try:
        async with asyncio.timeout(TIMEOUT):
            socket = await client.http.ws_connect(str(address.with_query(v=10, encoding="json")))
            hello = await socket.receive()
            await socket.close()
    except (aiohttp.ClientError, OSError) as error:
        mend = "let websockets through to it; or see discord.gateway_url and discord.proxy"
        return Finding(name, f"{address.host} does not answer ({_reason(error)})", mend)
    if hello.type is not aiohttp.WSMsgType.TEXT:
        return Finding(name, f"{address.host} hangs up", "see discord.gateway_url, and discordstatus.com")
    return Finding(name, f"{address.host} answers")


def _check_interactions(about: discord.AppInfo) -> Finding:
    name = "discord interactions"
    if about.interactions_endpoint_url:
        mend = "empty Interactions Endpoint URL in the portal, under General Information"
        return Finding(name, f"Discord brings them to {urlsplit(about.interactions_endpoint_url).hostname}", mend)
    return Finding(name, "brought by the gateway")


def _check_adding(about: discord.AppInfo) -> Finding:
    name = "discord adding"
    if about.bot_require_code_grant:
        mend = "switch off Requires OAuth2 Code Grant in the portal, under Bot"
        return Finding(name, "no link can add the bot", mend)
    if about.bot_public:
        return Finding(name, "anybody who has the link may add the bot; Public Bot, in the portal under Bot, says so")
    return Finding(name, "its owner alone may add the bot")


def _bot_name(client: discord.Client) -> str:
    return client.user.name if client.user else ""


def _reason(error: Exception) -> str:
    """The error without the address, which may contain the proxy's password."""
    if isinstance(error, discord.HTTPException):
        return " ".join(f"{error.status} {error.text[:200]}".split())
    return type(error).__name__
