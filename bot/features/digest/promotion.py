"""The digest for promotion: counts, and quotes whose authors allow to quote them in public; nothing else.

It has no themes, as their labels are made of members' words, no names, and no groups too small to hide their members.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.features.digest.data import DigestData
from bot.features.digest.outcome import month
from bot.features.digest.words.counts import counts
from bot.features.digest.words.headline import opening
from bot.features.digest.words.wording import people
from bot.feedback.audience.suppression import FEWEST, quotable
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Line, Paragraph, Quote, Reply, Title
from bot.recognition.contacts import mask
from storage.models import Feedback

QUOTES = 5
"""The largest number of quotes."""
CHARACTERS = 220
"""The largest number of characters of a quote."""


def reduced(data: DigestData, permitted: Sequence[Feedback]) -> DigestData:
    """A copy of a digest's figures without words, names and small groups, but with what may be quoted in public.

    Args:
        permitted: the items whose authors allow to quote them.
    """
    areas = (replace(part, quotes=()) for part in data.areas if part.area and part.count.people >= FEWEST)
    allowed = (item for item in permitted if quotable(item, data.total.people, data.unsigned))
    return replace(
        data,
        waiting=(),
        topics=(),
        unanswered=(),
        changes=(),
        praise=None,
        areas=tuple(areas),
        more_areas=0,
        permitted=tuple(allowed)[:QUOTES],
    )


def render(data: DigestData, speech: Speech, late: Line = "") -> Reply:
    """The digest, without a button: its readers decide nothing.

    Args:
        data: as returned by `reduced`.
        late: the line that says when it was due, or empty when it is not late.
    """
    sections = (*counts(data, speech), *_areas(data, speech), *_quotes(data, speech))
    return Reply((*opening(data, speech, late), *sections), private=False)


def _areas(data: DigestData, speech: Speech) -> Iterator[Block]:
    """The areas with enough people, and how many of last month's items have an outcome."""
    if data.areas:
        yield Title(speech.say("What people talk about"), 2)
        busiest = sorted(data.areas, key=lambda part: -part.count.people)
        yield Bullets(tuple(f"{speech.area(part.area)} · {people(speech, part.count.people)}" for part in busiest))
    if data.closed[1]:
        yield Title(speech.say("What became of it"), 2)
        yield Paragraph(month(data, speech))


def _quotes(data: DigestData, speech: Speech) -> Iterator[Block]:
    if not data.total.messages:
        return
    yield Title(speech.say("May be quoted"), 2)
    yield from (Quote(excerpt(mask(item.text), CHARACTERS)) for item in data.permitted)
    if not data.permitted:
        yield Paragraph(speech.say("Nobody has allowed a quote for these days."))
