"""Learns what the trusted contacts are called on Telegram, so that what names one of them is kept from them."""

from contextlib import suppress

from telegram import Bot
from telegram.error import TelegramError

from adapters.telegram.places import PLATFORM
from bot.core import Core
from bot.feedback.audience.trusted import accounts_on


async def learn(core: Core, bot: Bot) -> None:
    """Ask for the name and the handle of each; who has never written to the bot stays unknown."""
    for account in sorted(accounts_on(core, PLATFORM)):
        with suppress(TelegramError, ValueError):
            chat = await bot.get_chat(int(account))
            core.contact_names.meet(PLATFORM, account, chat.full_name or "", f"@{chat.username or ''}")
