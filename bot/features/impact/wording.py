"""The wording of an impact report's figures, intervals and period."""

from datetime import date

from bot.impact.figures import Figure, Key
from bot.impact.intervals import Interval
from bot.impact.period import Period
from bot.locales.speech import Speech
from bot.settings.community.impact import ImpactSettings

SHARES = (Key.ANSWERED_SHARE, Key.IDEAS, Key.CLOSURE)
TIMES = (Key.ANSWER, Key.WORD, Key.DECISION)
HOURS_OF_DAY, MINUTES = 24, 60
NOTHING = "–"


def name(speech: Speech, key: Key) -> str:
    """A figure's name."""
    return {
        Key.HEARD: speech.say("People heard"),
        Key.TOLD: speech.say("People told"),
        Key.ANSWERED: speech.say("Questions answered without the team"),
        Key.ANSWERED_SHARE: speech.say("Share of all questions"),
        Key.HOURS: speech.say("Hours saved"),
        Key.MONEY: speech.say("What these hours cost"),
        Key.ANSWER: speech.say("Until the team's answer to a question"),
        Key.WORD: speech.say("Until the team's first word"),
        Key.DECISION: speech.say("Until a decision"),
        Key.IDEAS: speech.say("Ideas done"),
        Key.CLOSURE: speech.say("Messages with an outcome"),
    }[key]


def value(speech: Speech, figure: Figure, settings: ImpactSettings) -> str:
    """A figure's value in words; a dash where there is none."""
    if figure.value is None:
        return NOTHING
    if figure.key is Key.MONEY:
        return speech.money(figure.value, settings.currency or "")
    return _number(speech, figure.key, figure.value)


def interval(speech: Speech, figure: Figure) -> str:
    """The confidence interval of a figure in words, such as `19% to 73%`; empty where there is none."""
    return _between(speech, figure.key, figure.interval) if figure.interval else ""


def duration(speech: Speech, hours: float) -> str:
    """A span of time in the unit that fits: minutes, hours or days."""
    if hours < 1:
        return speech.count("{n} minute", "{n} minutes", round(hours * MINUTES))
    if hours < 2 * HOURS_OF_DAY:
        return speech.say("{n} h", n=speech.decimal(hours))
    return speech.say("{n} days", n=speech.decimal(hours / HOURS_OF_DAY))


def work(speech: Speech, hours: float) -> str:
    """Hours of work in words, never in days, as a day has fewer hours of work than 24."""
    return duration(speech, hours) if hours < 1 else speech.say("{n} h", n=speech.decimal(hours))


def period(speech: Speech, found: Period, today: date) -> str:
    """A period in words: a month, a year, or its days, up to today if it has not ended."""
    last = min(found.last, today)
    if "." not in found.name and last == found.last:
        year = str(found.first.year)
        return year if found.name == year else f"{speech.month(found.first)} {year}"
    return _days(speech, found.first, last)


def _days(speech: Speech, first: date, last: date) -> str:
    if first == last:
        return f"{speech.day(last)} {last.year}"
    if first.year == last.year:
        return f"{speech.days(first, last)} {last.year}"
    return f"{speech.dated(first, last)} - {speech.day(last)} {last.year}"


def _number(speech: Speech, key: Key, number: float) -> str:
    if key in SHARES:
        return speech.percent(number)
    if key is Key.HOURS:
        return work(speech, number)
    return duration(speech, number) if key in TIMES else speech.decimal(number)


def _between(speech: Speech, key: Key, found: Interval) -> str:
    low, high = (_number(speech, key, one) for one in found)
    return speech.say("{low} to {high}", low=low, high=high)
