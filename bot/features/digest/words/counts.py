"""The section on counts: how many messages and people there were, and which kinds are unusual."""

from collections.abc import Iterator

from bot.features.digest.data import DigestData
from bot.features.digest.words.wording import counted, people, tallied, usually
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Line, Paragraph, Strong, Title
from bot.signals.limits import FEWEST_PERIODS
from bot.signals.tally import Tally, Verdict
from storage.vocabulary import Kind

Row = tuple[Kind | None, Tally]
"""A kind (None: questions) with its tally."""
STRIKING = (Verdict.SIGNAL, Verdict.FEWER)


def counts(data: DigestData, speech: Speech) -> Iterator[Block]:
    """A row for each unusual kind, and one for all others; nothing if there is neither a message nor a baseline."""
    if not data.total.messages and data.periods_known < FEWEST_PERIODS:
        return
    yield Title(", ".join(_totals(data, speech)), 2)
    told = [(kind, found) for kind, found in rows(data) if found.now.messages or found.verdict is Verdict.FEWER]
    unusual = [row for row in told if row[1].verdict in STRIKING]
    lines = [
        *(_unusual(data, speech, *row) for row in unusual),
        *_others(speech, [row for row in told if row not in unusual]),
    ]
    yield Bullets(tuple(lines))
    if data.periods_known < FEWEST_PERIODS:
        yield too_early(data, speech)


def too_early(data: DigestData, speech: Speech) -> Paragraph:
    """The sentence that there are too few periods to tell what is usual."""
    known = {"n": data.periods_known, "most": FEWEST_PERIODS}
    return Paragraph(speech.say("Too early to tell what is usual ({n} of {most}).", **known))


def unsigned(speech: Speech, number: int) -> list[str]:
    """A list with the number of messages without an author in words; empty for none."""
    return [speech.count("{n} message without an author", "{n} messages without an author", number)] if number else []


def _totals(data: DigestData, speech: Speech) -> list[str]:
    messages = speech.count("{n} message", "{n} messages", data.total.messages)
    new = [speech.count("{n} new voice", "{n} new voices", data.new_voices)] if data.new_voices else []
    return [messages, people(speech, data.total.people), *new, *unsigned(speech, data.unsigned)]


def rows(data: DigestData) -> Iterator[Row]:
    """The kinds in the order they are told."""
    yield Kind.PROBLEM, data.kinds[Kind.PROBLEM]
    yield Kind.SUGGESTION, data.kinds[Kind.SUGGESTION]
    if data.questions:
        yield None, data.questions
    yield Kind.PRAISE, data.kinds[Kind.PRAISE]


def _unusual(data: DigestData, speech: Speech, kind: Kind | None, found: Tally) -> Line:
    """A kind with its people and how many are usual."""
    many = found.verdict is Verdict.SIGNAL
    word = speech.say("unusually many") if many else speech.say("unusually few")
    return speech.line(
        "{kind} from {people}, {word} ({range})",
        kind=counted(speech, kind, found.now.messages),
        people=tallied(data, speech, found),
        word=Strong(word),
        range=usually(speech, found),
    )


def _others(speech: Speech, rows: list[Row]) -> list[Line]:
    """The kinds that are as usual, in a line that says so, and those too few to tell or without a baseline."""
    if not rows:
        return []
    usual = [counted(speech, kind, found.now.messages) for kind, found in rows if found.verdict is Verdict.NOISE]
    rest = [counted(speech, kind, found.now.messages) for kind, found in rows if found.verdict is not Verdict.NOISE]
    said = speech.say("{counts}: as usual", counts=" · ".join(usual))
    few = speech.say("{counts}: too few to tell", counts=" · ".join(rest))
    early = " · ".join(rest) if any(found.verdict is Verdict.EARLY for _, found in rows) else few
    return [*([said] if usual else []), *([early] if rest else [])]
