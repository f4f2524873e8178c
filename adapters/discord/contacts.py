"""Learns what the trusted contacts are called on Discord, so that what names one of them is kept from them."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

import discord

from adapters.discord.names import PLATFORM
from bot.core import Core
from bot.feedback.audience.trusted import accounts_on

MOST_SERVERS = 20
"""Servers that are asked for a contact's nickname there, each with a request of its own."""


async def learn(core: Core, client: discord.Client) -> None:
    """Ask for the name, the handle and the nicknames of each; who cannot be found stays unknown."""
    for account in sorted(accounts_on(core, PLATFORM)):
        with suppress(discord.HTTPException, ValueError):
            user = await client.fetch_user(int(account))
            core.contact_names.meet(PLATFORM, account, user.display_name, f"@{user.name}")
            for guild in client.guilds[:MOST_SERVERS]:
                with suppress(discord.HTTPException):
                    member = guild.get_member(user.id) or await guild.fetch_member(user.id)
                    core.contact_names.meet(PLATFORM, account, member.display_name)


def names(core: Core) -> Mapping[int, str]:
    """The names of the contacts by their ids, for mentions of those whom Discord does not describe."""
    return dict(_names(core))


def _names(core: Core) -> Iterator[tuple[int, str]]:
    for account in accounts_on(core, PLATFORM):
        known = [name for name in core.contact_names.of(PLATFORM, account) if not name.startswith("@")]
        if known and account.isdecimal():
            yield int(account), known[-1]
