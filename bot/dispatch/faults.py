"""Logs unexpected errors under a reference, and makes the text that tells the person that reference."""

import secrets
import traceback

import structlog

from bot.locales.speech import Speech
from bot.ports.inbound import Inbound
from storage.engine.errors import store_error


def report(error: Exception, inbound: Inbound, speech: Speech) -> str:
    """Log an error under a new reference, without the event's text or person.

    Returns:
        The text for the person, with the reference.
    """
    reference = secrets.token_hex(3)
    log = structlog.get_logger()
    known = store_error(error)
    if known is not None:
        log.error("store", reference=reference, mend=str(known))
        return speech.say(
            "I cannot store anything just now, so nothing of this was kept. Please send it again in a while. "
            "({reference})",
            reference=reference,
        )
    log.error(
        "fault", reference=reference, platform=inbound.actor.platform, error=type(error).__name__, frames=frames(error)
    )
    return speech.say(
        "Something went wrong on our side, so please look before sending again. "
        "The team can find it under {reference}.",
        reference=reference,
    )


def frames(error: BaseException) -> list[str]:
    """The traceback as places in the code, the innermost call last; without values."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
