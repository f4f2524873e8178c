"""Sentences on outcomes: the decisions, how many people were told, and how many of last month's items have one."""

from bot.features.digest.data import DigestData
from bot.locales.speech import Speech
from storage.vocabulary import Delivery


def month(data: DigestData, speech: Speech) -> str:
    """How many of last month's messages have an outcome."""
    done, every = data.closed
    return speech.count(
        "Of the {n} message of {month}, {done} has an outcome.",
        "Of the {n} messages of {month}, {done} have an outcome.",
        every,
        month=speech.month(data.month),
        done=done,
    )


def decided(data: DigestData, speech: Speech) -> str:
    """How many decisions there were, and how many people were told of them."""
    if not data.changes:
        return speech.say("No decision this week.") if data.weekly else speech.say("No decision.")
    decisions = speech.count("{n} decision", "{n} decisions", len(data.changes))
    reached, failed = data.told.get(Delivery.SENT, 0), data.told.get(Delivery.FAILED, 0)
    told = [speech.count("{n} person told", "{n} people told", reached)] if reached or failed else []
    unreached = [speech.count("{n} not reached", "{n} not reached", failed)] if failed else []
    return ", ".join([decisions, *told, *unreached]) + "."
