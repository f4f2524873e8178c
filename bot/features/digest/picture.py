"""The picture of a digest: charts of twelve periods for each kind, and bars of what people talk about."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

from bot.charting.child import Draw, Drawn, begun
from bot.charting.figure import Bar, Figure, Series
from bot.core import Core
from bot.features.digest.areas import AreaPart
from bot.features.digest.data import DigestData
from bot.features.digest.words.counts import Row, rows
from bot.features.digest.words.talk import area_voices
from bot.features.digest.words.wording import counted, heading, span, usually
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Image
from bot.signals.tally import Tally, Verdict
from bot.themes.words import voices
from storage.vocabulary import Kind

AREAS = 4
"""The number of areas shown where there are no themes."""
UNUSUAL = (Verdict.SIGNAL, Verdict.FEWER)


@asynccontextmanager
async def drawing(core: Core) -> AsyncIterator[Draw]:
    """Start the process that draws a picture, which takes half a second, while the figures are read.

    Yields:
        The function that draws a figure; it returns None where pictures are switched off.
    """
    if not core.settings.pictures:
        yield _draw_nothing
        return
    async with begun() as draw:
        yield draw


async def picture(data: DigestData, speech: Speech, draw: Draw) -> Image | None:
    """The picture of a digest; None when there is nothing to show, or it cannot be drawn."""
    if not data.total.messages:
        return None
    shown = figure(data, speech)
    if not (shown.series or shown.bars):
        return None
    drawn = await draw(shown)
    return Image(drawn, shown.alt) if drawn else None


async def _draw_nothing(_: Drawn) -> None:
    return None


def figure(data: DigestData, speech: Speech) -> Figure:
    """The figure to draw, with the same in words as its alternative text."""
    told = [row for row in rows(data) if _has_people(row)]
    bars = tuple(_bars(data, speech))
    before = speech.say("The line: last week.") if data.weekly else speech.say("The line: the period before.")
    return Figure(
        title=f"{heading(data, speech)} · {span(data, speech)}",
        series=tuple(_series(speech, kind, found) for kind, found in told),
        band=_legend(data, speech, [found for _, found in told]),
        heading=speech.say("What people talk about"),
        bars=bars,
        before=before,
        alt=" ".join((*(_said(speech, kind, found) for kind, found in told), *_talked(data, speech))),
    )


def _has_people(row: Row) -> bool:
    """Whether anybody wrote messages of a kind in any of the periods; otherwise its chart would be empty."""
    _, found = row
    return any((*found.before, found.people))


def _bars(data: DigestData, speech: Speech) -> Iterator[Bar]:
    """The themes or, without any, the busiest areas."""
    for topic in data.topics:
        theme = topic.theme
        yield Bar(theme.label, theme.voices, theme.people_before + theme.unsigned_before)
    if not data.topics:
        for part in _busiest(data):
            yield Bar(speech.area(part.area), part.voices, part.before + part.unsigned_before)


def _legend(data: DigestData, speech: Speech, told: Sequence[Tally]) -> str:
    """The legend: what is counted and, where there are any, what the band and the last mark mean."""
    who = speech.say("People who wrote.")
    if data.unsigned:
        who = speech.say("People who wrote, and messages without an author.")
    if not any(found.usual for found in told):
        return who
    return f"{who} {speech.say('The band: as usual. The last mark: now.')}"


def _busiest(data: DigestData) -> list[AreaPart]:
    return sorted(data.areas, key=lambda part: -part.voices)[:AREAS]


def _series(speech: Speech, kind: Kind | None, found: Tally) -> Series:
    usual = found.usual
    return Series(
        label=counted(speech, kind, found.people),
        counts=(*found.before, found.people),
        low=usual.low if usual else None,
        high=usual.high if usual else None,
        unusual=found.verdict in UNUSUAL,
    )


def _said(speech: Speech, kind: Kind | None, found: Tally) -> str:
    """A chart in words."""
    number = counted(speech, kind, found.people)
    if found.usual is None:
        return f"{number}."
    words = {
        Verdict.SIGNAL: speech.say("unusually many"),
        Verdict.FEWER: speech.say("unusually few"),
        Verdict.FEW: speech.say("too few to tell"),
    }
    word = words.get(found.verdict, speech.say("as usual"))
    return speech.say("{number}, {word} ({range}).", number=number, word=word, range=usually(speech, found))


def _talked(data: DigestData, speech: Speech) -> list[str]:
    """The bars in words, in which messages without an author are counted apart from people."""
    if data.topics:
        said = [(topic.theme.label, voices(speech, topic.theme)) for topic in data.topics]
    else:
        said = [(speech.area(part.area), area_voices(speech, part)) for part in _busiest(data)]
    most = ", ".join(f"{excerpt(label, 40)} ({who})" for label, who in said)
    return [speech.say("Talked about: {most}.", most=most)] if most else []
