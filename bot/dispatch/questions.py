"""Tells whether a call continues the open question, or completes it."""

from bot.commands.arguments import split
from bot.dispatch.interpretation import CANCEL, Call
from bot.dispatch.situation import Situation
from bot.ports.inbound import Inbound


def continues_prompt(situation: Situation, call: Call) -> bool:
    """Whether a button of the open prompt was pressed: one that fills it in, or the one that cancels it."""
    if situation.button is None or situation.prompt is None:
        return False
    # Buttons that start a command, as in the first greeting, have no arguments.
    return call.command.name == CANCEL or (call.command.name == situation.prompt.command and bool(call.given))


def prompt_completed(inbound: Inbound, situation: Situation, call: Call) -> int | None:
    """The id of the open prompt whose arguments a call has; None when it is a call of its own."""
    prompt = situation.prompt
    if prompt is None or not prompt.asks:
        return None
    own = not inbound.answers and bool(inbound.command or split(inbound.text))
    continues = continues_prompt(situation, call) if inbound.button else call.command.name == prompt.command
    return prompt.id if continues and not own else None
