"""Redirects calls whose words may be somebody else's: forwarded, quoted, or written in the name of a group."""

from bot.commands.arguments import split
from bot.commands.registry import Command, Registry
from bot.dispatch.interpretation import ASK, Call
from bot.errors import UserError
from bot.locales.speech import Speech
from bot.locales.words import KIND_OF
from bot.ports.inbound import Inbound, Role

NOBODY, FORWARDED, LOOKUP = "nobody", "forwarded", "lookup"


def redirect(call: Call | None, inbound: Inbound, registry: Registry, speech: Speech) -> Call | None:
    """The call to make instead of one that would store words under the wrong person; usually the call itself.

    For a forwarded message the person is asked whose words they are; `/ask` in reply to somebody else's message
    searches for the answer to that; and who writes in the name of a group or channel is told how to be heard.

    Raises:
        UserError: a command was forwarded, or words where others read along.
    """
    if call is None:
        return None
    if not inbound.actor.account and (_is_personal(call.command) or inbound.actor.role < call.command.role):
        return _call(registry, NOBODY)
    if inbound.forwarded:
        return _ask_whose(call, inbound, registry, speech)
    about = inbound.about
    if call.command.name == ASK and about and not about.bot and not call.given.get("question", "").strip():
        return _call(registry, LOOKUP)
    return call


def _is_personal(command: Command) -> bool:
    """Whether a command stores or shows something of the person: not for moderation, public, or usable anywhere."""
    return command.role is Role.MEMBER and not (command.public or command.anywhere)


def _ask_whose(call: Call, inbound: Inbound, registry: Registry, speech: Speech) -> Call | None:
    """The call that asks what to do with forwarded words; None for what is not addressed to the bot."""
    typed = split(inbound.text)
    if inbound.button or inbound.command or (typed and call.command.name not in (*KIND_OF, ASK)):
        raise UserError(
            speech.say("This command was forwarded, so it was not carried out. If it is meant, it can be typed.")
        )
    if not inbound.addressed:
        return None
    words = typed.rest if typed else inbound.text
    if not words.strip():
        raise UserError(speech.say("Forwarded files are not kept. They can be sent anew, with words of one’s own."))
    if inbound.chat.overlooked:
        raise UserError(
            speech.say(
                "These are somebody else’s words, so nothing was kept. To send them, copy them and write them yourself."
            )
        )
    kind = KIND_OF.get(call.command.name)
    return _call(registry, FORWARDED, text=words, **({"kind": kind.value} if kind else {}))


def _call(registry: Registry, name: str, **given: str) -> Call:
    return Call(registry.command(name), given)
