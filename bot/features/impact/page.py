"""The page to forward, as a Markdown document, in which members' words are escaped."""

from bot.features.impact import definitions
from bot.features.impact.titles import Brought
from bot.features.impact.wording import interval, name, value
from bot.impact.figures import Figure
from bot.impact.report import Report
from bot.locales.speech import Speech
from bot.ports.markdown import escape
from bot.ports.reply import Document

MARKDOWN = "text/markdown"


def document(report: Report, when: str, brought: Brought, speech: Speech) -> Document:
    """The page as a file.

    Args:
        when: the period, in words.
        brought: what changed because of the community, and what may be quoted.
    """
    parts = (
        f"# {speech.say('What listening brought')} · {escape(report.community)}",
        when,
        _table(report, speech),
        *_changed(brought, speech),
        *_praised(brought, speech),
        f"## {speech.say('How it is counted')}",
        "\n".join(_counted(report, speech, figure) for figure in report.figures.values()),
        recount(report, speech, "`"),
    )
    return Document(f"impact-{report.period.name}.md", MARKDOWN, "\n\n".join(parts).encode() + b"\n")


def recount(report: Report, speech: Speech, mark: str = "") -> str:
    """The sentence on how the figures can be counted again.

    Args:
        mark: what is put around the command.
    """
    command = f"{mark}portevoix export --impact --period {report.period.name}{mark}"
    return speech.say("To count them again from their rows: {command}", command=command)


def _table(report: Report, speech: Speech) -> str:
    head = (speech.say("Figure"), speech.say("Value"), speech.say("95 % interval"), speech.say("Rows"))
    rows = [_row(report, speech, figure) for figure in report.figures.values()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ("---", "---:", "---", "---:"), *rows))


def _row(report: Report, speech: Speech, figure: Figure) -> tuple[str, ...]:
    said = value(speech, figure, report.settings)
    return name(speech, figure.key), said, interval(speech, figure), str(figure.rows)


def _praised(brought: Brought, speech: Speech) -> tuple[str, ...]:
    if not brought.praise:
        return ()
    quotes = (f"> {escape(one.title)} \\{one.number}" for one in brought.praise)
    return f"## {speech.say('Praise, quoted with permission')}", "\n\n".join(quotes)


def _changed(brought: Brought, speech: Speech) -> tuple[str, ...]:
    if not brought.changes and not brought.others:
        return ()
    lines = [f"- \\{one.number} {escape(one.title)} · {one.status}" for one in brought.changes]
    rest = [f"- {brought.others}"] if brought.others else []
    return f"## {speech.say('What changed because of the community')}", "\n".join((*lines, *rest))


def _counted(report: Report, speech: Speech, figure: Figure) -> str:
    return f"- **{name(speech, figure.key)}** = {definitions.definition(speech, figure, report)}"
