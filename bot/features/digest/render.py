"""Renders a digest's figures as a reply of limited length; without access to the store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.features.digest.areas import AreaPart
from bot.features.digest.counts import counts, unsigned
from bot.features.digest.data import DigestData, Wait
from bot.features.digest.gather import QUESTIONS
from bot.features.digest.headline import backlog, headline
from bot.features.digest.wording import heading, people, span
from bot.feedback.edits import supporters
from bot.feedback.items import title
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.plain import plain
from bot.ports.reply import Block, Bullets, Button, Buttons, Line, Paragraph, Quote, Reply, Strong, Title, Weight
from bot.recognition.contacts import mask
from storage.models import Feedback
from storage.reports.reporting import Change
from storage.vocabulary import Delivery, Status

MOST_CHARACTERS = 1_800
"""The longest digest: readable on a phone, and a single message on every platform."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How many areas, quotes for each, characters of a quote, and rows of other lists are shown."""

    areas: int
    quotes: int
    quote_length: int
    rows: int


DETAILS = (
    Detail(5, 2, 110, 5),
    Detail(4, 2, 90, 4),
    Detail(4, 2, 70, 3),
    Detail(4, 1, 80, 3),
    Detail(4, 1, 50, 3),
    Detail(3, 1, 60, 2),
    Detail(2, 0, 40, 1),
)


def render(data: DigestData, speech: Speech, late: Line = "") -> Reply:
    """A digest of at most 1,800 characters, with as much detail as fits; with the least, it may be longer.

    Args:
        late: the line that says when it was due, or empty when it is not late.
    """
    for detail in DETAILS:
        reply = _render(data, speech, late, detail)
        if len(plain(reply, buttons=False)) <= MOST_CHARACTERS:
            return reply
    return reply


def _render(data: DigestData, speech: Speech, late: Line, detail: Detail) -> Reply:
    head: list[Block] = [
        Title(_heading(data, speech)),
        Paragraph(span(data, speech)),
        *([Paragraph(late)] if late else []),
        Paragraph((Strong(headline(data, speech)),)),
        *([] if data.empty else [Paragraph(backlog(data, speech))]),
    ]
    if data.empty:
        return Reply(tuple(head), private=False)
    sections: tuple[Callable[[DigestData, Speech, Detail], Iterator[Block]], ...] = (
        _to_decide,
        _talked_about,
        _counts,
        _unanswered,
        _outcome,
    )
    body = [block for section in sections for block in section(data, speech, detail)]
    buttons = [Button(speech.say("Decide"), "queue", weight=Weight.PRIMARY)]
    buttons += [Button(speech.say("Questions"), "unanswered")] if data.questions else []
    return Reply((*head, *body, Buttons(tuple(buttons))), private=False)


def _heading(data: DigestData, speech: Speech) -> str:
    """The title: with the areas the digest is about, else with the community's name."""
    whose = heading(data, speech)
    if data.weekly:
        return speech.say("Your week · {community}", community=whose)
    return speech.say("Your digest · {community}", community=whose)


def _to_decide(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    if data.waiting:
        yield Title(speech.say("To decide"), 2)
        yield Bullets(tuple(_wait(data, speech, wait) for wait in data.waiting[: detail.rows]))


def _wait(data: DigestData, speech: Speech, wait: Wait) -> Line:
    days = speech.count("waiting {n} day", "waiting {n} days", wait.days) if wait.days else speech.say("since today")
    support = [supporters(speech, wait.support, wait.earlier)] if wait.support else []
    number, why = Strong(f"#{wait.item.number}"), ", ".join([*support, days])
    return speech.line("{number} {title} · {why}", number=number, title=_words(speech, data, wait.item), why=why)


def _talked_about(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    if not data.areas:
        return
    yield Title(speech.say("What people talk about"), 2)
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
    yield Paragraph((Strong(name), f" · {_voices(speech, part)} · {_trend(data, speech, part)}"))
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


def _voices(speech: Speech, part: AreaPart) -> str:
    """The people of an area, and how many messages have no author."""
    known = [people(speech, part.count.people)] if part.count.people or not part.unsigned else []
    return ", ".join([*known, *unsigned(speech, part.unsigned)])


def _counts(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    yield from counts(data, speech)


def _unanswered(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    if data.unanswered:
        number = speech.count("Unanswered: {n} question", "Unanswered: {n} questions", len(data.unanswered))
        yield Title(f"{number}, {people(speech, data.askers)}", 2)
        rows = data.unanswered[: min(detail.rows, QUESTIONS)]
        yield Bullets(tuple(f"{excerpt(one.text, 80)} · {people(speech, one.people)}" for one in rows))


def _outcome(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    """The decisions of the period, how many people were told of them, and how many of last month's have an outcome."""
    every = data.closed[1]
    if not data.changes and not every:
        return
    yield Title(speech.say("What became of it"), 2)
    yield Paragraph(f"{_decided(data, speech)} {_month(data, speech)}" if every else _decided(data, speech))
    if data.changes:
        yield Bullets(tuple(_change(data, speech, change) for change in data.changes[: min(detail.rows, 3)]))


def _month(data: DigestData, speech: Speech) -> str:
    done, every = data.closed
    month = speech.month(data.month)
    return speech.count(
        "Of the {n} message of {month}, {done} has an outcome.",
        "Of the {n} messages of {month}, {done} have an outcome.",
        every,
        month=month,
        done=done,
    )


def _decided(data: DigestData, speech: Speech) -> str:
    if not data.changes:
        return speech.say("No decision this week.") if data.weekly else speech.say("No decision.")
    decided = speech.count("{n} decision", "{n} decisions", len(data.changes))
    reached, failed = data.told.get(Delivery.SENT, 0), data.told.get(Delivery.FAILED, 0)
    told = [speech.count("{n} person told", "{n} people told", reached)] if reached or failed else []
    unreached = [speech.count("{n} not reached", "{n} not reached", failed)] if failed else []
    return ", ".join([decided, *told, *unreached]) + "."


def _change(data: DigestData, speech: Speech, change: Change) -> Line:
    number = Strong(f"#{change.item.number}")
    word = speech.word(Status(change.status))
    word = speech.say("{status}, edited since", status=word) if change.edited else word
    return speech.line(
        "{number} {title} · {status}", number=number, title=_words(speech, data, change.item), status=word
    )


def _words(speech: Speech, data: DigestData, item: Feedback) -> str:
    """An item's title, or only its kind where its text could reveal a nameless author."""
    if data.may_quote(item):
        return title(item, 50)
    return speech.say("{kind}, without a name", kind=speech.word(item.kind))
