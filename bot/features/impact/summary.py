"""The lines of an impact report, and those on how each figure is counted."""

from collections.abc import Iterator

from bot.features.impact import definitions
from bot.features.impact.titles import Told
from bot.features.impact.wording import NOTHING, TIMES, name, value, work
from bot.impact.figures import Figure, Key
from bot.impact.report import Report
from bot.locales.speech import Speech
from bot.ports.reply import Line, Strong


def lines(report: Report, speech: Speech) -> list[Line]:
    """The figures, a line each, without those that have nothing to count."""
    return [*_people(report, speech), *_answered(report, speech), *_times(report, speech), *_outcomes(report, speech)]


def change(one: Told) -> Line:
    """The line of a change."""
    return (Strong(one.number), f" {one.title} · {one.status}")


def counted(report: Report, speech: Speech) -> list[Line]:
    """The lines on how each figure is counted: its value, formula, rows and assumptions."""
    return [_counted(report, speech, figure) for figure in report.figures.values()]


def _counted(report: Report, speech: Speech, figure: Figure) -> Line:
    known = value(speech, figure, report.settings)
    said = speech.say("{name}: {value}", name=name(speech, figure.key), value=known)
    return (Strong(said), " = ", definitions.definition(speech, figure, report))


def _people(report: Report, speech: Speech) -> Iterator[Line]:
    heard, told = report.figures[Key.HEARD], report.figures[Key.TOLD]
    yield speech.line("{people} heard", people=Strong(_persons(speech, heard)))
    if told.value:
        since = " ".join(definitions.known(speech, Key.TOLD, report))
        line = speech.line("{people} told what became of it", people=Strong(_persons(speech, told)))
        yield (*line, f". {since}") if since else line


def _persons(speech: Speech, figure: Figure) -> str:
    return speech.count("{n} person", "{n} people", int(figure.value or 0))


def _answered(report: Report, speech: Speech) -> Iterator[Line]:
    share = report.figures[Key.ANSWERED_SHARE]
    if share.value is None:
        return
    of = speech.count("{n} question", "{n} questions", share.whole)
    yield speech.line("{part} of {questions} answered without the team", part=Strong(str(share.part)), questions=of)
    hours = report.figures[Key.HOURS].value or 0
    if not hours:
        return
    money = report.figures.get(Key.MONEY)
    saved = Strong(work(speech, hours))
    if money is None:
        yield speech.line("About {hours} saved", hours=saved)
    else:
        cost = value(speech, money, report.settings)
        yield speech.line("About {hours} saved, worth {money}", hours=saved, money=cost)


def _times(report: Report, speech: Speech) -> Iterator[Line]:
    for key in TIMES:
        said = value(speech, report.figures[key], report.settings)
        if said != NOTHING:
            yield _half(speech, key, Strong(said))


def _half(speech: Speech, key: Key, time: Strong) -> Line:
    match key:
        case Key.ANSWER:
            return speech.line("Half of the team's answers to questions came within {time}", time=time)
        case Key.WORD:
            return speech.line("Half of the feedback had the team's first word within {time}", time=time)
        case _:
            return speech.line("Half of the decisions came within {time}", time=time)


def _outcomes(report: Report, speech: Speech) -> Iterator[Line]:
    ideas, closure = report.figures[Key.IDEAS], report.figures[Key.CLOSURE]
    if ideas.value is not None:
        of = speech.count("{n} decided idea", "{n} decided ideas", ideas.whole)
        yield speech.line("{part} of {ideas} done", part=Strong(str(ideas.part)), ideas=of)
    if closure.value is not None:
        of = speech.count("{n} message", "{n} messages", closure.whole)
        yield speech.line("{part} of {messages} with an outcome", part=Strong(str(closure.part)), messages=of)
