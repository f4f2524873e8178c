"""Faults: logged by a reference, told calmly under it."""

import secrets
import traceback

import structlog

from bot.locales.speech import Speech
from bot.ports.inbound import Inbound
from storage.engine.errors import StoreError


def report(error: Exception, inbound: Inbound, speech: Speech) -> str:
    """Log a fault by reference, never with what was said or who said it, and tell the person calmly."""
    reference = secrets.token_hex(3)
    log = structlog.get_logger()
    if isinstance(error, StoreError):
        log.error("store", reference=reference, mend=str(error))
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
    """Where a fault came from, the innermost call last: places in the code, and nothing that was said."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
