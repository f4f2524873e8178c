"""Fills the generated sections of the documentation's pages.

A section is between `<!-- generated: NAME -->` and `<!-- end -->`; the text around it is written by hand.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bot.catalogue import registry
from bot.docs import commands, exports, personal, refusals, retention, settings
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES

_SECTION = re.compile(r"(<!-- generated: (?P<name>[a-zé -]+) -->\n).*?(<!-- end -->)", re.DOTALL)

Sections = Mapping[str, Callable[[], str]]


def pages(root: Path) -> dict[Path, str]:
    """By path, the up-to-date text of pages with a generated section, the example settings, and exports' schema."""
    written = sections(root)
    filled = {page: fill(page.read_text(encoding="utf-8"), written) for page in _markdown(root)}
    return {**filled, root / settings.FILE: settings.example(), root / exports.FILE: exports.schema()}


def sections(root: Path) -> Sections:
    """By section name, the function that generates the section."""
    known, languages = registry(), Languages(LOCALES)
    french, english = languages.speech("fr"), languages.speech("en")
    return {
        "commands in short": lambda: commands.table(known, english),
        "commandes en bref": lambda: commands.table(known, french),
        "commands": lambda: commands.reference(known, english),
        "commandes": lambda: commands.reference(known, french),
        "settings": settings.table,
        "personal data": lambda: personal.table(personal.ENGLISH, str),
        "données personnelles": lambda: personal.table(personal.FRENCH, french.translate),
        "retention": lambda: retention.table(retention.ENGLISH),
        "conservation": lambda: retention.table(retention.FRENCH),
        "refusals": lambda: refusals.listing(root),
    }


def fill(page: str, written: Sections) -> str:
    """A page's text with its sections generated anew.

    Raises:
        KeyError: the page names an unknown section.
    """
    return _SECTION.sub(lambda found: f"{found[1]}\n{written[found['name']]()}\n{found[3]}", page)


def _markdown(root: Path) -> Iterator[Path]:
    for page in (*sorted(root.glob("*.md")), *sorted((root / "docs").glob("*.md"))):
        if _SECTION.search(page.read_text(encoding="utf-8")):
            yield page
