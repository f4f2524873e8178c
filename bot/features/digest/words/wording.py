"""The wording of counts and kinds, shared by the sections of a digest."""

from math import ceil, floor

from bot.features.digest.data import DigestData
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.signals.limits import Limits
from bot.signals.tally import Tally, Verdict
from storage.vocabulary import Kind


def heading(data: DigestData, speech: Speech) -> str:
    """The areas a digest is about, or else the community's name."""
    return excerpt(", ".join(speech.area(area) for area in data.about) or data.community, 80)


def title(data: DigestData, speech: Speech) -> str:
    """The title: with the areas the digest is about, else with the community's name."""
    whose = heading(data, speech)
    if data.weekly:
        return speech.say("Your week · {community}", community=whose)
    return speech.say("Your digest · {community}", community=whose)


def span(data: DigestData, speech: Speech) -> str:
    """The days a digest covers, in words."""
    one = data.first_day == data.last_day
    return speech.day(data.last_day) if one else speech.days(data.first_day, data.last_day)


def kind_name(speech: Speech, kind: Kind) -> str:
    """The plural name of a kind, within a sentence."""
    return {
        Kind.PROBLEM: speech.say("problems"),
        Kind.SUGGESTION: speech.say("suggestions"),
        Kind.PRAISE: speech.say("messages of praise"),
    }[kind]


def counted(speech: Speech, kind: Kind | None, number: int) -> str:
    """A kind (None: questions) with its number of messages."""
    return {
        Kind.PROBLEM: speech.say("Problems {n}", n=number),
        Kind.SUGGESTION: speech.say("Suggestions {n}", n=number),
        Kind.PRAISE: speech.say("Praise {n}", n=number),
        None: speech.say("Questions {n}", n=number),
    }[kind]


def people(speech: Speech, number: int) -> str:
    """A number of people, in words."""
    return speech.count("{n} person", "{n} people", number)


def tallied(data: DigestData, speech: Speech, tally: Tally) -> str:
    """The people of a tally; with messages without an author, several of which may be by one person, "at most"."""
    if data.unsigned and tally is not data.questions:
        return speech.say("at most {people}", people=people(speech, tally.people))
    return people(speech, tally.people)


def usually(speech: Speech, tally: Tally) -> str:
    """The whole numbers of people within the limits of a tally; empty where these are not known."""
    return within(speech, tally.usual) if tally.usual else ""


def within(speech: Speech, usual: Limits) -> str:
    """The whole numbers within limits, as a range or, if there is only one, as that."""
    low, high = ceil(usual.low), floor(usual.high)
    return str(low) if low == high else speech.say("{low} to {high}", low=low, high=high)


def is_signal(tally: Tally) -> bool:
    """Whether a tally is above its limits; one below them is shown in its row, but not in the headline."""
    return tally.verdict is Verdict.SIGNAL
