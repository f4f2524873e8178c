"""The first lines of a digest: what is unusual in the period, and how many items wait for a decision."""

from collections.abc import Iterator
from datetime import date

from bot.features.digest.data import DigestData, Topic
from bot.features.digest.words.wording import is_signal, kind_name, people, span, tallied, title, usually, within
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Line, Paragraph, Strong, Title
from bot.signals.limits import FEWEST_PERIODS
from bot.signals.tally import FEWEST_FOR_ALARM, Tally
from bot.themes.theme import Trend
from bot.themes.words import voices
from storage.items.desk.backlog import COUNTED
from storage.vocabulary import Kind

RISING = (Trend.NEW, Trend.GROWING)
FEWEST_NAMED = 3
"""The fewest people of a rising theme that is named beside an unusual count; alone, it needs `FEWEST_FOR_ALARM`."""


def opening(data: DigestData, speech: Speech, late: Line) -> tuple[Block, ...]:
    """The first blocks of a digest: its title, days and headline.

    Args:
        late: the line that says when it was due; empty when it is not late.
    """
    return (
        Title(title(data, speech)),
        Paragraph(span(data, speech)),
        *((Paragraph(late),) if late else ()),
        Paragraph((Strong(headline(data, speech)),)),
    )


def headline(data: DigestData, speech: Speech) -> str:
    """A sentence on what is unusually frequent; else that nothing is or, without a baseline, how many messages came."""
    if data.empty:
        return speech.say("Nothing new, nothing waiting.")
    if not data.total.messages:
        return speech.say("Nothing new this week.") if data.weekly else speech.say("Nothing new.")
    signals = list(_signals(data, speech))
    loud = next((one for one in data.topics if one.theme.unusual), None)
    if not signals and loud is None:
        return _usual(data, speech)
    rising = (one for one in data.topics if one.theme.trend in RISING and one.theme.people >= FEWEST_NAMED)
    topic = loud or next(rising, None)
    if topic and topic.theme.people >= FEWEST_FOR_ALARM:
        return " ".join((_named(topic, speech), _before(topic, data, speech), *_beside(topic, data, speech)))
    unusual = [_unusual(data, speech, what, tally) for what, tally in signals]
    return " ".join([*unusual, _named(topic, speech)] if topic else unusual)


def _named(topic: Topic, speech: Speech) -> str:
    """A new or growing theme with its people, and who takes care of it."""
    theme = topic.theme
    known = {"people": people(speech, theme.people), "theme": excerpt(theme.label, 40), "day": speech.day(topic.since)}
    said = speech.say("{people} on “{theme}” since {day}.", **known)
    owner = speech.say("{owner} is on it.", owner=topic.owner) if topic.owner else speech.say("Nobody is on it.")
    return f"{said} {owner}"


def _beside(topic: Topic, data: DigestData, speech: Speech) -> Iterator[str]:
    """The other rising themes of many people, as one crisis may be split into several themes."""
    more = [one.theme for one in data.topics if one is not topic and one.theme.trend in RISING]
    named = [
        speech.say("“{theme}” ({people})", theme=excerpt(theme.label, 40), people=people(speech, theme.people))
        for theme in more
        if theme.people >= FEWEST_FOR_ALARM
    ]
    if named:
        yield speech.say("More than before, too: {themes}.", themes=", ".join(named))


def _before(topic: Topic, data: DigestData, speech: Speech) -> str:
    """How many people usually write about a theme or, if that is not known yet, did in the period before."""
    if topic.theme.usual:
        return speech.say("Usually {range}.", range=within(speech, topic.theme.usual))
    number = topic.theme.people_before + topic.theme.unsigned_before
    if data.weekly:
        none = speech.say("Nobody the week before.")
        return speech.count("{n} person the week before.", "{n} people the week before.", number) if number else none
    return speech.count("{n} person before.", "{n} people before.", number) if number else speech.say("Nobody before.")


def _signals(data: DigestData, speech: Speech) -> Iterator[tuple[str, Tally]]:
    """The names and tallies of unusually frequent kinds or, where no kind is, of areas; and of questions."""
    kinds = [(_kind_and_area(data, speech, kind), tally) for kind, tally in data.kinds.items() if is_signal(tally)]
    yield from kinds
    if not kinds:
        yield from ((excerpt(speech.area(area), 40), tally) for area, tally in data.unusual_areas.items())
    if data.questions and is_signal(data.questions):
        yield speech.say("questions"), data.questions


def _unusual(data: DigestData, speech: Speech, what: str, tally: Tally) -> str:
    known = {"what": what, "people": tallied(data, speech, tally), "range": usually(speech, tally)}
    return speech.say("Unusually many: {what}, {people} (usually {range}).", **known)


def _usual(data: DigestData, speech: Speech) -> str:
    if data.periods_known >= FEWEST_PERIODS:
        calm, week = speech.say("Nothing out of the ordinary."), speech.say("A calm week.")
        return " ".join([week if data.weekly else calm, *_growing(data, speech)])
    number = data.total.messages
    said = speech.count("{n} message.", "{n} messages.", number)
    if data.weekly:
        said = speech.count("{n} message this week.", "{n} messages this week.", number)
    most = next((one.theme for one in data.topics if one.theme.voices >= FEWEST_FOR_ALARM), None)
    if most is None:
        return said
    label = excerpt(most.label, 40)
    return f"{said} {speech.say('Most about “{theme}”: {voices}.', theme=label, voices=voices(speech, most))}"


def _growing(data: DigestData, speech: Speech) -> Iterator[str]:
    """A sentence on a growing theme: slowly, with no period unusual, or with its usual number not known yet."""
    growing = [one.theme for one in data.topics if one.theme.trend is Trend.GROWING]
    theme = next((one for one in growing if one.usual or one.people >= FEWEST_FOR_ALARM), None)
    if theme is None:
        return
    known = {"theme": excerpt(theme.label, 40), "people": voices(speech, theme)}
    if theme.usual:
        yield speech.say("“{theme}” grows slowly: {people}.", **known)
    else:
        number = theme.people_before + theme.unsigned_before
        yield speech.say("“{theme}” grows: {people}, {n} before.", n=number, **known)


def backlog(data: DigestData, speech: Speech) -> str:
    """A sentence on how many items wait for a decision, and since when."""
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
    """The name of a kind, with the area of more than half of its messages, if there is one."""
    name, area = kind_name(speech, kind), data.mostly.get(kind)
    if area is None:
        return name
    return speech.say("{kinds} (most about {area})", kinds=name, area=excerpt(speech.area(area), 40))
