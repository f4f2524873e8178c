"""Publishes what people see of the bot before they write to it: its descriptions, in every language."""

from telegram import Bot

from bot.core import Core
from bot.locales.speech import SOURCE, Speech


async def publish(core: Core, bot: Bot) -> None:
    """Send Telegram the descriptions that differ from those it has, since it limits how often they are set.

    Raises:
        TelegramError: Telegram refuses or does not answer.
    """
    for code, speech in core.languages.all().items():
        language = "" if code == SOURCE else code
        if (await bot.get_my_description(language)).description != (long := describe(speech)):
            await bot.set_my_description(long, language)
        if (await bot.get_my_short_description(language)).short_description != (brief := describe_briefly(speech)):
            await bot.set_my_short_description(brief, language)


def describe(speech: Speech) -> str:
    """What an empty chat with the bot shows: at most 512 characters."""
    return speech.say(
        "This bot carries suggestions, problems and praise to the team of a community, with or without a name. It "
        "answers questions from what the team wrote, and tells what became of each message.\n\n"
        "/help shows everything, /privacy what is kept."
    )


def describe_briefly(speech: Speech) -> str:
    """What the bot's profile and links to it show: at most 120 characters."""
    return speech.say("Suggestions, problems and questions reach the team, and what became of them comes back.")
