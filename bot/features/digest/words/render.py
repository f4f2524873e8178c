"""Renders a digest's figures as a reply of limited length, without reading the store."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.features.digest.data import DigestData, Wait
from bot.features.digest.gather import QUESTIONS
from bot.features.digest.outcome import decided, month
from bot.features.digest.words import details
from bot.features.digest.words.counts import counts
from bot.features.digest.words.detail import DETAILS, MOST_CHARACTERS, Detail
from bot.features.digest.words.headline import backlog, opening
from bot.features.digest.words.talk import talk
from bot.features.digest.words.wording import people
from bot.feedback.display.edits import supporters
from bot.feedback.items import title
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.plain import plain
from bot.ports.reply import Block, Bullets, Button, Buttons, Line, Paragraph, Quote, Reply, Row, Strong, Title, Weight
from bot.recognition.contacts import mask
from bot.settings.community.digests import Length
from storage.items.public import outcomes
from storage.models import Feedback
from storage.reports.reporting import Change
from storage.vocabulary import Status


def render(data: DigestData, speech: Speech, late: Line = "", length: Length = Length.FULL) -> Reply:
    """A digest with as much detail as fits into `MOST_CHARACTERS`; with the least detail it may be longer.

    Args:
        late: the line that says when it was due; empty when it is not late.
        length: whether it is a short or a full digest.
    """
    for detail in DETAILS:
        reply = _render(data, speech, late, detail, length)
        if len(plain(reply, buttons=False)) <= MOST_CHARACTERS:
            return reply
    return reply


def _render(data: DigestData, speech: Speech, late: Line, detail: Detail, length: Length) -> Reply:
    head = opening(data, speech, late)
    if data.empty:
        return Reply(head, private=False)
    sections: tuple[Callable[[DigestData, Speech, Detail], Iterator[Block]], ...] = (
        _to_decide,
        talk,
        _counts,
        _unanswered,
        _outcome,
        _praise,
        _ready,
    )
    if length is Length.SHORT:
        sections, detail = (_to_decide, talk), replace(detail, quotes=0)
    body = [block for section in sections for block in section(data, speech, detail)]
    return Reply((*head, Paragraph(backlog(data, speech)), *body, _offers(data, speech)), private=False)


def _offers(data: DigestData, speech: Speech) -> Buttons:
    """The buttons of the whole digest: at most three, as many as a phone shows in a row."""
    decide = (Button(speech.say("Decide"), "queue", weight=Weight.PRIMARY),) if data.waiting_total else ()
    middle = []
    if any(outcomes.is_untold(change.item) for change in data.changes):
        middle.append(Button(speech.say("Tell people"), "said", short=speech.say("Tell")))
    if data.topics:
        middle.append(details.quotes(speech))
    if data.unanswered:
        middle.append(Button(speech.say("Questions"), "unanswered"))
    return Buttons((*decide, *middle[:1], details.button(data, speech)))


def _to_decide(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    if data.waiting:
        yield Title(speech.say("To decide"), 2)
        yield from (_wait(data, speech, wait) for wait in data.waiting[: detail.rows])


def _wait(data: DigestData, speech: Speech, wait: Wait) -> Row:
    days = speech.count("waiting {n} day", "waiting {n} days", wait.days) if wait.days else speech.say("since today")
    support = [supporters(speech, wait.support, wait.earlier)] if wait.support else []
    owner = [wait.owner] if wait.owner else []
    alike = [speech.count("{n} other like it", "{n} others like it", wait.alike)] if wait.alike else []
    number, why = Strong(f"#{wait.item.number}"), ", ".join([*support, *alike, days, *owner])
    line = speech.line("{number} {title} · {why}", number=number, title=_words(speech, data, wait.item), why=why)
    given = {"number": str(wait.item.number)}
    label = speech.say("Decide #{number}", number=wait.item.number)
    return Row(line, Button(label, "queue", given, short=f"#{wait.item.number}"))


def _counts(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    yield from counts(data, speech)


def _unanswered(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    if data.unanswered:
        number = speech.count("Unanswered: {n} question", "Unanswered: {n} questions", len(data.unanswered))
        yield Title(f"{number}, {people(speech, data.askers)}", 2)
        rows = data.unanswered[: min(detail.rows, QUESTIONS)]
        yield Bullets(tuple(f"{excerpt(mask(one.text), 80)} · {people(speech, one.people)}" for one in rows))


def _outcome(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    """The section on outcomes: decisions, how many people were told, and how many of last month's items have one."""
    every = data.closed[1]
    if not data.changes and not every:
        return
    yield Title(speech.say("What became of it"), 2)
    line = f"{decided(data, speech)} {month(data, speech)}" if every else decided(data, speech)
    yield Paragraph(line)
    if data.changes:
        yield Bullets(tuple(_change(data, speech, change) for change in data.changes[: min(detail.rows, 3)]))


def _praise(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    """Praise whose author allows to quote it."""
    if data.praise is not None:
        yield Paragraph((Strong(speech.say("Praise, may be quoted")),))
        yield Quote(excerpt(mask(data.praise.text), detail.quote_length), f"#{data.praise.number}")


def _ready(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    if data.ready:
        yield Paragraph(speech.count("{n} person ready to talk.", "{n} people ready to talk.", data.ready))


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
