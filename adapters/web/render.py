"""Renders the page and its entries as HTML; the templates escape every value."""

import functools
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from adapters.web.timeline import Entry, Pane
from adapters.web.visit import Visit
from bot.commands.registry import Command
from bot.ports.reply import Ask
from bot.ports.text import is_web_address

TEMPLATES = Path(__file__).parent / "templates"
SHORTCUTS = {
    Pane.COMMUNITY: frozenset({"mine", "top", "help", "queue"}),
    Pane.STAFF: frozenset({"queue", "unanswered", "digest"}),
}
"""Commands that get a button of their own, since they need no arguments."""


async def page(visit: Visit) -> str:
    """The whole page as HTML."""
    timeline = visit.scene.timeline
    cursor, shown = timeline.cursor, list(timeline.shown(visit.readers))
    standing = sorted(shown, key=lambda entry: entry.number)
    panes = {pane.value: [entry for entry in standing if entry.pane is pane] for pane in Pane}
    shortcuts = {pane.value: _shortcuts(visit, pane) for pane in Pane}
    cards = visit.scene.board.shown()
    common = await _common(visit, [*shown, *cards])
    ideas = {"cards": cards, "order": _order(cards)}
    return _render("page.html", **common, **ideas, panes=panes, cursor=cursor, shortcuts=shortcuts)


async def fragments(visit: Visit, entries: list[Entry]) -> list[str]:
    """The HTML of each entry, to be added to an open page."""
    common = await _common(visit, entries)
    return [_render("entry.html", **common, entry=entry) for entry in entries]


async def cards(visit: Visit, known: dict[str, int]) -> str:
    """The HTML of the cards that an open page does not have as they are, with the order of all that are shown.

    Args:
        known: by the id of a card, the turn as of which the page has it; these are noted there.
    """
    shown = visit.scene.board.shown()
    fresh = [entry for entry in shown if known.get(entry.id) != entry.turn]
    known.clear()
    known.update((entry.id, entry.turn) for entry in shown)
    return _render("cards.html", **await _common(visit, fresh), cards=fresh, order=_order(shown))


def _order(cards: Iterable[Entry]) -> list[str]:
    return [f"e-{entry.id}" for entry in cards]


def refusal(title: str, words: str) -> str:
    """A short page with the reason of a refusal."""
    return _render("refusal.html", title=title, words=words)


def _render(template: str, **shown: object) -> str:
    return _templates().get_template(template).render(**shown)


@functools.cache
def _templates() -> Environment:
    """The templates, cached, since compiling them takes longer than all the rest of a request."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.tests["web_address"] = is_web_address
    templates.filters["base64"] = lambda data: b64encode(data).decode()
    return templates


async def _common(visit: Visit, entries: Iterable[Entry]) -> dict[str, object]:
    asks = [block for entry in entries if entry.reply for block in entry.reply.blocks if isinstance(block, Ask)]
    open_prompts = await visit.scene.open_prompts(*(ask.prompt for ask in asks))
    return {"visit": visit, "speech": visit.speech, "open_prompts": open_prompts, "event": uuid4}


def _shortcuts(visit: Visit, pane: Pane) -> list[Command]:
    """The commands with a button of their own in a pane that its person may use."""
    listed = visit.scene.core.registry.listed(visit.actor(pane).role)
    return [command for command in listed if command.name in SHORTCUTS[pane]]
