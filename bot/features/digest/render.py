"""Puts a digest in words: pure, in the order of voice and attention, short enough for a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor

from bot.features.digest.gather import QUESTIONS, AreaPart, DigestData, Tally, Verdict, Wait
from bot.items import title
from bot.language.excerpt import excerpt
from bot.plain import plain
from bot.reply import Block, Bullets, Button, Buttons, Line, Paragraph, Quote, Reply, Strong, Title
from bot.signals import FEWEST_PERIODS
from bot.speech import Speech
from storage.models import Feedback
from storage.reporting import Change
from storage.vocabulary import Delivery, Kind, Status

MOST_CHARACTERS = 1_800
"""What a phone shows without tiring, and one message on every platform."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is said; a digest that is too long is said with less."""

    areas: int
    quotes: int
    quote_length: int
    rows: int


DETAILS = (
    Detail(5, 2, 110, 5),
    Detail(4, 2, 90, 4),
    Detail(4, 2, 70, 3),
    Detail(4, 1, 80, 3),
    Detail(3, 1, 60, 2),
    Detail(2, 0, 40, 1),
)


def render(data: DigestData, speech: Speech, late: str = "") -> Reply:
    """A digest of at most 1,800 characters.

    Args:
        late: why it comes late, or nothing.
    """
    for detail in DETAILS:
        reply = _render(data, speech, late, detail)
        if len(plain(reply, buttons=False)) <= MOST_CHARACTERS:
            return reply
    return reply


def _render(data: DigestData, speech: Speech, late: str, detail: Detail) -> Reply:
    head: list[Block] = [
        Title(_heading(data, speech)),
        Paragraph(_dates(data, speech)),
        *([Paragraph(late)] if late else []),
        Paragraph((Strong(_headline(data, speech)),)),
    ]
    if data.empty:
        return Reply(tuple(head), private=False)
    sections: tuple[Callable[[DigestData, Speech, Detail], Iterator[Block]], ...] = (
        _to_decide,
        _talked_about,
        _counts,
        _unanswered,
        _loop,
    )
    body = [block for section in sections for block in section(data, speech, detail)]
    buttons = [Button(speech.say("Decide"), "queue")]
    buttons += [Button(speech.say("Questions"), "unanswered")] if data.questions else []
    return Reply((*head, *body, Buttons(tuple(buttons))), private=False)


def _heading(data: DigestData, speech: Speech) -> str:
    """Whose digest it is: a community's, or what some of its areas hear."""
    whose = excerpt(", ".join(speech.area(area) for area in data.about) or data.community, 80)
    if data.weekly:
        return speech.say("Your week · {community}", community=whose)
    return speech.say("Your digest · {community}", community=whose)


def _dates(data: DigestData, speech: Speech) -> str:
    one = data.first_day == data.last_day
    return speech.day(data.last_day) if one else speech.days(data.first_day, data.last_day)


def _headline(data: DigestData, speech: Speech) -> str:
    """One sentence: what stands out, else what waits, else that all is calm."""
    if data.empty:
        return speech.say("Nothing new, nothing waiting.")
    loud = [_out_of_the_ordinary(data, speech, kind) for kind, tally in data.kinds.items() if _loud(tally)]
    loud += [speech.say("Questions").lower()] if data.questions and _loud(data.questions) else []
    if loud and data.weekly:
        return speech.say("Out of the ordinary this week: {kinds}.", kinds=", ".join(loud))
    if loud:
        return speech.say("Out of the ordinary: {kinds}.", kinds=", ".join(loud))
    return _calm_week(data, speech) if data.weekly else _calm(data, speech)


def _calm_week(data: DigestData, speech: Speech) -> str:
    if not data.waiting:
        return speech.say("A calm week. Nothing waits for a decision.")
    return speech.count(
        "A calm week. {n} thing waits for a decision.",
        "A calm week. {n} things wait for a decision.",
        data.waiting_total,
    )


def _calm(data: DigestData, speech: Speech) -> str:
    if not data.waiting:
        return speech.say("All calm. Nothing waits for a decision.")
    return speech.count(
        "All calm. {n} thing waits for a decision.",
        "All calm. {n} things wait for a decision.",
        data.waiting_total,
    )


def _out_of_the_ordinary(data: DigestData, speech: Speech, kind: Kind) -> str:
    """A kind there is more of than usual, and where most of it is from."""
    name, area = _kind(speech, kind).lower(), data.mostly.get(kind)
    if area is None:
        return name
    return speech.say("{kinds} (most about {area})", kinds=name, area=excerpt(speech.area(area), 40))


def _to_decide(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    if data.waiting:
        yield Title(speech.say("To decide"), 2)
        yield Bullets(tuple(_wait(data, speech, wait) for wait in data.waiting[: detail.rows]))


def _wait(data: DigestData, speech: Speech, wait: Wait) -> Line:
    days = (
        speech.count("waits for {n} day", "waits for {n} days", wait.days) if wait.days else speech.say("since today")
    )
    support = [speech.count("{n} supporter", "{n} supporters", wait.support)] if wait.support else []
    number, why = Strong(f"#{wait.item.number}"), ", ".join([*support, days])
    return speech.line("{number} {title} · {why}", number=number, title=_words(speech, data, wait.item), why=why)


def _talked_about(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    if data.areas:
        yield Title(speech.say("What people talk about"), 2)
    for part in data.areas[: detail.areas]:
        yield Paragraph(
            (
                Strong(excerpt(speech.area(part.area), 40)),
                f" · {_people(speech, part.count.people)} · {_trend(data, speech, part)}",
            )
        )
        for item in part.quotes[: detail.quotes]:
            yield Quote(excerpt(item.text, detail.quote_length), f"#{item.number}")


def _trend(data: DigestData, speech: Speech, part: AreaPart) -> str:
    if data.weekly:
        return speech.say("{n} last week", n=part.before) if part.before else speech.say("new this week")
    return speech.say("{n} before", n=part.before) if part.before else speech.say("new")


def _counts(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    messages = speech.count("{n} message", "{n} messages", data.total.messages)
    new = [speech.count("{n} new voice", "{n} new voices", data.new_voices)] if data.new_voices else []
    yield Title(", ".join([messages, _people(speech, data.total.people), *new]), 2)
    rows = [(_kind(speech, kind), data.kinds[kind]) for kind in (Kind.PROBLEM, Kind.SUGGESTION)]
    rows += [(speech.say("Questions"), data.questions)] if data.questions else []
    rows += [(_kind(speech, Kind.PRAISE), data.kinds[Kind.PRAISE])]
    known = data.periods_known
    yield Bullets(tuple(_count(speech, name, tally, known) for name, tally in rows if _worth_saying(tally)))


def _count(speech: Speech, name: str, tally: Tally, known: int) -> Line:
    if tally.usual is None:
        early = speech.say("too early to tell ({n} of {most})", n=known, most=FEWEST_PERIODS)
        return f"{name} {tally.now} · {early}"
    usual = speech.say("usually {low}-{high}", low=ceil(tally.usual.low), high=floor(tally.usual.high))
    return (f"{name} {tally.now} ({usual}) ", _verdict(speech, tally))


def _verdict(speech: Speech, tally: Tally) -> Strong | str:
    match tally.verdict:
        case Verdict.SIGNAL:
            return Strong(speech.say("SIGNAL"))
        case Verdict.FEWER:
            return Strong(speech.say("SIGNAL, fewer than usual"))
        case Verdict.FEW:
            return speech.say("too few to tell")
        case _:
            return speech.say("noise")


def _unanswered(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    if data.unanswered:
        number = speech.count("Unanswered: {n} question", "Unanswered: {n} questions", len(data.unanswered))
        yield Title(f"{number}, {_people(speech, data.askers)}", 2)
        rows = data.unanswered[: min(detail.rows, QUESTIONS)]
        yield Bullets(tuple(f"{excerpt(one.text, 80)} · {_people(speech, one.people)}" for one in rows))


def _loop(data: DigestData, speech: Speech, detail: Detail) -> Iterator[Block]:
    """Whether people heard what became of it: the news told, and the closure rate of last month."""
    if not data.changes and not data.closed[1]:
        return
    yield Title(speech.say("Loop"), 2)
    yield Paragraph(_decided(data, speech))
    if data.changes:
        yield Bullets(tuple(_change(data, speech, change) for change in data.changes[: min(detail.rows, 3)]))
    done, every = data.closed
    if every:
        month = speech.month(data.month)
        yield Paragraph(speech.say("{month}: {done} of {every} closed.", month=month, done=done, every=every))


def _decided(data: DigestData, speech: Speech) -> str:
    if not data.changes:
        return speech.say("No decision this week.") if data.weekly else speech.say("No decision.")
    decided = speech.count("{n} decision", "{n} decisions", len(data.changes))
    told = speech.count("{n} person told", "{n} people told", data.told.get(Delivery.SENT, 0))
    failed = data.told.get(Delivery.FAILED, 0)
    unreached = [speech.count("{n} not reached", "{n} not reached", failed)] if failed else []
    return ", ".join([decided, told, *unreached]) + "."


def _change(data: DigestData, speech: Speech, change: Change) -> Line:
    number = Strong(f"#{change.item.number}")
    word = speech.word(Status(change.status))
    return speech.line(
        "{number} {title} · {status}", number=number, title=_words(speech, data, change.item), status=word
    )


def _words(speech: Speech, data: DigestData, item: Feedback) -> str:
    """An item in a few words, or its kind alone where its words could give a nameless author away."""
    if data.may_quote(item):
        return title(item, 50)
    return speech.say("{kind}, without a name", kind=speech.word(item.kind))


def _worth_saying(tally: Tally) -> bool:
    """Whether there is, or usually is, anything of this kind."""
    return bool(tally.now or tally.usual is None or tally.usual.high)


def _loud(tally: Tally) -> bool:
    """Whether there is more than usual: fewer is worth a word in its row, not an alarm."""
    return tally.verdict is Verdict.SIGNAL


def _people(speech: Speech, number: int) -> str:
    return speech.count("{n} person", "{n} people", number)


def _kind(speech: Speech, kind: Kind) -> str:
    return {
        Kind.PROBLEM: speech.say("Problems"),
        Kind.SUGGESTION: speech.say("Suggestions"),
        Kind.PRAISE: speech.say("Thanks"),
    }[kind]
