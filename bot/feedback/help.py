"""The messages that tell a person in danger where to find help."""

from bot.context import Context
from bot.core import Core
from bot.locales.speech import Speech
from bot.ports.inbound import Inbound
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply
from bot.settings.config import CommunitySettings

FRANCE = "Europe/Paris"
"""The time zone of the communities that are shown the French numbers when they set no text of their own."""


def help_now(ctx: Context, told: str, speech: Speech | None = None) -> Reply:
    """The reply that says where to find help.

    Args:
        told: a sentence on who was told of it.
        speech: the language, by default that of the person who acts.
    """
    own, speech = ctx.own.human_help if ctx.here else "", speech or ctx.speech
    return _help(ctx.inbound, speech, _numbers(speech, own, ctx.community.timezone), told)


def help_perhaps(ctx: Context) -> tuple[Block, ...]:
    """Where to find help, to be put above the answer to a text that may be about somebody in danger."""
    speech, own = ctx.speech, ctx.own.human_help if ctx.here else ""
    opening = speech.say("If this is about somebody in danger: people can help now, at any hour.")
    told = speech.say("This is only a guess of a bot: nobody was told of it, and your message is handled as usual.")
    contacts = Button(speech.say("Write to the trusted contacts"), "confide")
    offer = (Buttons((contacts,)),) if ctx.here and ctx.own.trusted_contacts else ()
    numbers = _numbers(speech, own, ctx.community.timezone)
    return (Paragraph(opening), Paragraph(numbers), Paragraph(told), *offer)


def help_unread(core: Core, inbound: Inbound, speech: Speech) -> Reply | None:
    """Where to find help, for a text that tells of danger while the store cannot be read; None for another text.

    The person's community is not known then, so that its own text is used only where there is a single one.
    """
    texts = () if inbound.forwarded else (inbound.text, *inbound.args.values())
    if not any(map(core.recogniser.danger, texts)):
        return None
    own, *others = core.settings.communities or (CommunitySettings(key="", name=""),)
    words = "" if others else own.human_help
    numbers = _numbers(speech, words, (not others and own.timezone) or core.settings.timezone)
    return _help(inbound, speech, numbers, not_told(speech, inbound))


def not_told(speech: Speech, inbound: Inbound) -> str:
    """The sentence that nobody else was told, as nothing can be stored, and whether that is tried again."""
    if inbound.means.kept:
        return speech.say("Nobody else is told yet: nothing can be stored just now. It is tried again by itself.")
    return speech.say("Nobody else was told: nothing can be stored just now. Please send it again in a while.")


def _help(inbound: Inbound, speech: Speech, numbers: str, told: str) -> Reply:
    opening = speech.say("What you wrote sounds serious, and this is only a bot. People can help now, at any hour:")
    files = (Paragraph(speech.say("Files were not kept.")),) if inbound.attachments else ()
    return Reply((Paragraph(opening), Paragraph(numbers), Paragraph(told), *files))


def _numbers(speech: Speech, own: str | None, timezone: str) -> str:
    """The community's own text on where to find help, else the numbers of its country, else where to look for them."""
    if own:
        return own
    if timezone == FRANCE:
        return speech.say("3114 (suicide prevention, free, day and night) · 112 (any emergency) · 3919 (violence)")
    return speech.say("findahelpline.com lists help near you · in an emergency, the local emergency number")
