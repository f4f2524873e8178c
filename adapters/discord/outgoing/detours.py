"""Notices in the channel where a person asked or wrote, for when the bot cannot send them a private message."""

from bot.commands.registry import Registry
from bot.locales.notices import passed_on
from bot.locales.speech import Speech
from bot.ports.adapter import Detour
from bot.ports.reply import Button, Buttons, Paragraph, Reply, say


def notice(registry: Registry, speech: Speech, detour: Detour) -> Reply:
    """The notice that a request is done, a message was passed on, or the answer is shown by a private command."""
    if detour.passed:
        button = Button(speech.say("Take it back"), token=detour.command)
        return Reply((Paragraph(passed_on(speech, detour.passed)), Buttons((button,))), private=False)
    if detour.received or detour.changed:
        return _completion(speech, detour)
    return say(_private_answer(registry, speech, detour.command))


def _completion(speech: Speech, detour: Detour) -> Reply:
    """The notice that a request is done, with a button that shows the answer to that person only."""
    done = speech.say("The team has it.") if detour.received else speech.say("Done.")
    why = speech.say("Direct messages from the bot are switched off: what it answers is behind this button.")
    button = Button(speech.say("Show it"), token=detour.command)
    return Reply((Paragraph(f"{done} {why}"), Buttons((button,))))


def _private_answer(registry: Registry, speech: Speech, name: str) -> str:
    command = registry.find(name)
    shown = command if command and command.listed else registry.find("help")
    return speech.say(
        "This is between you and the bot, and direct messages from it are switched off. "
        "What /{command} answers here, nobody else sees.",
        command=shown.name_in(speech.language) if shown else "help",
    )
