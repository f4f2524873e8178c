"""Words the first two lines of a digest: a sentence on the period, and one on the undecided items."""

from datetime import date

from bot.features.digest.gather import DigestData, Tally, Verdict
from bot.features.digest.signals import FEWEST_PERIODS
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from storage.items.backlog import COUNTED
from storage.vocabulary import Kind


def headline(data: DigestData, speech: Speech) -> str:
    """One sentence: what is unusually frequent; else that nothing is or, without a baseline, how many messages came."""
    if data.empty:
        return speech.say("Nothing new, nothing waiting.")
    if not data.total.messages:
        return speech.say("Nothing new this week.") if data.weekly else speech.say("Nothing new.")
    unusual = [_kind_and_area(data, speech, kind) for kind, tally in data.kinds.items() if _is_signal(tally)]
    unusual += [speech.say("Questions").lower()] if data.questions and _is_signal(data.questions) else []
    if unusual and data.weekly:
        return speech.say("Out of the ordinary this week: {kinds}.", kinds=", ".join(unusual))
    if unusual:
        return speech.say("Out of the ordinary: {kinds}.", kinds=", ".join(unusual))
    return _usual(data, speech)


def _usual(data: DigestData, speech: Speech) -> str:
    if data.periods_known >= FEWEST_PERIODS:
        calm, week = speech.say("Nothing out of the ordinary."), speech.say("Calm week, nothing out of the ordinary.")
        return week if data.weekly else calm
    if data.weekly:
        return speech.count("{n} message this week.", "{n} messages this week.", data.total.messages)
    return speech.count("{n} message.", "{n} messages.", data.total.messages)


def backlog(data: DigestData, speech: Speech) -> str:
    """How many items are undecided and since when; the headline, which is about new messages, does not say this."""
    if data.waiting_since is None:
        return speech.say("Nothing waits for a decision.")
    wait = _waits(data, data.waiting_since, speech)
    if not data.waiting_long or data.waiting_total == 1:
        return wait
    return f"{wait} {_waits_long(data, speech)}"


def _waits(data: DigestData, since: date, speech: Speech) -> str:
    day = _since(since, data, speech)
    if data.waiting_total > COUNTED:
        return speech.say("More than {n} things wait for a decision, the oldest since {day}.", n=COUNTED, day=day)
    return speech.count(
        "{n} thing waits for a decision, since {day}.",
        "{n} things wait for a decision, the oldest since {day}.",
        data.waiting_total,
        day=day,
    )


def _waits_long(data: DigestData, speech: Speech) -> str:
    most, days = COUNTED, data.patience
    if data.waiting_long > most:
        return speech.say("More than {n} of them have waited for more than {days} days.", n=most, days=days)
    return speech.count(
        "{n} of them has waited for more than {days} days.",
        "{n} of them have waited for more than {days} days.",
        data.waiting_long,
        days=days,
    )


def _since(day: date, data: DigestData, speech: Speech) -> str:
    return speech.day(day) if day.year == data.last_day.year else f"{speech.day(day)} {day.year}"


def _kind_and_area(data: DigestData, speech: Speech, kind: Kind) -> str:
    """The name of a kind, with the area more than half of its messages are about, if there is one."""
    name, area = kind_name(speech, kind).lower(), data.mostly.get(kind)
    if area is None:
        return name
    return speech.say("{kinds} (most about {area})", kinds=name, area=excerpt(speech.area(area), 40))


def _is_signal(tally: Tally) -> bool:
    """Whether a count is above its limits; one below them is shown in its row, but not in the headline."""
    return tally.verdict is Verdict.SIGNAL


def kind_name(speech: Speech, kind: Kind) -> str:
    """The plural name of a kind in the language of the speech."""
    return {
        Kind.PROBLEM: speech.say("Problems"),
        Kind.SUGGESTION: speech.say("Suggestions"),
        Kind.PRAISE: speech.say("Thanks"),
    }[kind]
