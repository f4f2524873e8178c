"""The page to forward, as one picture: the same figures, changes and definitions."""

from bot.charting.child import draw
from bot.charting.page import Page, Tile
from bot.features.impact import definitions
from bot.features.impact.titles import Brought
from bot.features.impact.wording import SHARES, interval, name, value
from bot.impact.figures import Figure, Key
from bot.impact.report import Report
from bot.locales.speech import Speech
from bot.ports.reply import Image

DRAWING = "bot.charting.printing"


async def picture(report: Report, when: str, brought: Brought, speech: Speech) -> Image | None:
    """The page as a PNG; None when it cannot be drawn. Arguments as for `page.document`."""
    shown = page(report, when, brought, speech)
    drawn = await draw(shown, DRAWING)
    return Image(drawn, shown.alt) if drawn else None


def page(report: Report, when: str, brought: Brought, speech: Speech) -> Page:
    """The content of the picture, with the same in words as its alternative text."""
    figures = report.figures.values()
    tiles = tuple(_tile(report, speech, figure) for figure in figures if _says_something(figure))
    heading, others = speech.say("What listening brought"), (brought.others,) if brought.others else ()
    return Page(
        title=f"{heading} · {report.community}",
        subtitle=when,
        tiles=tiles,
        heading=speech.say("What changed because of the community"),
        lines=(*(f"{one.number} {one.title} · {one.status}" for one in brought.changes), *others),
        praised=speech.say("Praise, quoted with permission"),
        praise=tuple(speech.say("“{words}”", words=one.title) + f" {one.number}" for one in brought.praise),
        counting=speech.say("How it is counted"),
        definitions=tuple(
            f"{name(speech, figure.key)} = {definitions.definition(speech, figure, report)}" for figure in figures
        ),
        alt=" ".join(f"{tile.label}: {tile.value}." for tile in tiles),
    )


def _says_something(figure: Figure) -> bool:
    """Whether a figure gets a tile: it has a value, and is not that no hours were saved."""
    return figure.value is not None and (figure.value > 0 or figure.key not in (Key.HOURS, Key.MONEY))


def _tile(report: Report, speech: Speech, figure: Figure) -> Tile:
    between = interval(speech, figure)
    low, high = figure.interval if figure.interval and figure.key in SHARES else (None, None)
    return Tile(
        label=name(speech, figure.key),
        value=value(speech, figure, report.settings),
        note=speech.say("95 %: {interval}", interval=between) if between else "",
        share=figure.value if figure.key in SHARES else None,
        low=low,
        high=high,
    )
