"""Where people help a person in danger."""

from bot.context import Context
from bot.locales.speech import Speech
from bot.ports.reply import Paragraph, Reply

FRANCE = "Europe/Paris"
"""The zone of the communities whose help is named by number without a setting."""


def help_now(ctx: Context, told: str, speech: Speech | None = None) -> Reply:
    """Where people help, and who was told.

    Args:
        speech: the language, by default that of the person who acts.
    """
    speech = speech or ctx.speech
    opening = speech.say("What you wrote sounds serious, and this is only a bot. People can help now, at any hour:")
    files = (Paragraph(speech.say("Files were not kept.")),) if ctx.inbound.attachments else ()
    return Reply((Paragraph(opening), Paragraph(_numbers(ctx, speech)), Paragraph(told), *files))


def _numbers(ctx: Context, speech: Speech) -> str:
    """The community's own text on human help for its people, else that of its country, else how to find it."""
    if ctx.own.human_help and ctx.here:
        return ctx.own.human_help
    if ctx.community.timezone == FRANCE:
        return speech.say("3114 (suicide prevention, free, day and night) · 112 (any emergency) · 3919 (violence)")
    return speech.say("findahelpline.com lists help near you · in an emergency, the local emergency number")
