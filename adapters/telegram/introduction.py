"""Publishes the bot's descriptions, which people see before they write to it, in every language."""

from telegram import Bot

from bot.core import Core
from bot.locales.speech import SOURCE, Speech


async def publish(core: Core, bot: Bot) -> None:
    """Set missing descriptions on Telegram; those that the operator wrote at @BotFather are kept.

    Raises:
        TelegramError: Telegram refuses or does not answer.
    """
    languages = core.languages.all()
    # For a language without a description of its own, Telegram may return the default one.
    replaced = {"", describe(languages[SOURCE]), describe_briefly(languages[SOURCE])}
    for code, speech in languages.items():
        language, long, brief = "" if code == SOURCE else code, describe(speech), describe_briefly(speech)
        if (await bot.get_my_description(language)).description in replaced - {long}:
            await bot.set_my_description(long, language)
        if (await bot.get_my_short_description(language)).short_description in replaced - {brief}:
            await bot.set_my_short_description(brief, language)


def describe(speech: Speech) -> str:
    """The description shown in an empty chat with the bot: at most 512 characters."""
    purpose = speech.say(
        "This bot carries suggestions, problems and praise to the team of a community, with or without a name. It "
        "answers questions from what the team wrote, and tells what became of each message."
    )
    return f"{purpose}\n\n{speech.say('/help shows everything, /privacy what is kept.')}"


def describe_briefly(speech: Speech) -> str:
    """The description shown in the bot's profile and in links to it: at most 120 characters."""
    return speech.say("Suggestions, problems and questions reach the team, and what became of them comes back.")
