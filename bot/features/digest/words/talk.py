"""The section on what people talk about: the themes of a period, or its areas."""

from collections.abc import Iterator

from bot.features.digest.areas import AreaPart
from bot.features.digest.data import DigestData, Topic
from bot.features.digest.taking import button
from bot.features.digest.words.counts import unsigned
from bot.features.digest.words.detail import Detail
from bot.features.digest.words.wording import people, within
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Paragraph, Quote, Row, Strong, Title
from bot.recognition.contacts import mask
from bot.themes import words
from bot.themes.theme import Trend

LABEL = 60
"""The largest number of characters of a theme's label."""


def talk(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    """The themes with the most people; the areas where there are no themes."""
    if not data.topics and not data.areas:
        return
    yield Title(speech.say("What people talk about"), 2)
    if not data.topics:
        yield from by_area(data, speech, detail)
    for place, topic in enumerate(data.topics[: max(detail.areas, 1)], 1):
        yield from _topic(speech, detail, topic, place)
    if data.topics and data.drawn:
        yield Paragraph(words.drawn(speech, *data.drawn))


def _topic(speech: Speech, detail: Detail, topic: Topic, place: int) -> Iterator[Block]:
    """A theme with its people and trend, who takes care of it, and its most typical quotes."""
    theme, usual = topic.theme, ""
    if theme.usual and theme.trend is Trend.GROWING:
        usual = speech.say("usually {range}", range=within(speech, theme.usual))
    parts = [part for part in (words.voices(speech, theme), words.trend(speech, theme), usual, topic.owner) if part]
    words_ = (Strong(excerpt(theme.label, LABEL)), f" · {' · '.join(parts)}")
    yield Row(words_, button(topic, speech, place), place)
    for item in theme.quotes[: detail.quotes]:
        yield Quote(excerpt(mask(item.text), detail.quote_length), f"#{item.number}")
    if not theme.quotes and (left := words.unquoted(speech, theme)):
        yield Paragraph(left)


def by_area(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    """The areas with their people, trend and quotes, and the names of those without messages."""
    busiest = sorted(data.areas, key=lambda part: -part.voices)[: detail.areas]
    for part in data.areas:
        if part in busiest:
            yield from _area(data, speech, detail, part)
    if more := data.more_areas + len(data.areas) - len(busiest):
        yield Paragraph(speech.count("And {n} more area.", "And {n} more areas.", more))
    if data.quiet:
        quiet = ", ".join(speech.area(area) for area in data.quiet)
        yield Paragraph(speech.say("Nothing new on: {areas}.", areas=excerpt(quiet, 120)))


def _area(data: DigestData, speech: Speech, detail: Detail, part: AreaPart) -> Iterator[Block]:
    name = excerpt(speech.area(part.area), 40) if part.area else speech.say("No area yet")
    yield Paragraph((Strong(name), f" · {area_voices(speech, part)} · {_trend(data, speech, part)}"))
    for item in part.quotes[: detail.quotes]:
        yield Quote(excerpt(mask(item.text), detail.quote_length), f"#{item.number}")
    if part.area is None:
        yield Paragraph(speech.say("An area can be chosen when writing, or later: /area, then the number."))


def _trend(data: DigestData, speech: Speech, part: AreaPart) -> str:
    before = part.before + part.unsigned_before
    if data.weekly:
        again = speech.say("back this week") if part.known else speech.say("new this week")
        return speech.say("{n} last week", n=before) if before else again
    again = speech.say("back") if part.known else speech.say("new")
    return speech.say("{n} before", n=before) if before else again


def area_voices(speech: Speech, part: AreaPart) -> str:
    """The people of an area, and how many messages have no author."""
    known = [people(speech, part.count.people)] if part.count.people or not part.unsigned else []
    return ", ".join([*known, *unsigned(speech, part.unsigned)])
