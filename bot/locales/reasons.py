"""Stored reasons of decisions: words, of the product or of the team, and a link on the last line.

`{link}` in the words is replaced by the link. Addresses in the words do not become links: the words may quote a
member's title.
"""

from bot.locales.speech import Speech
from bot.ports.reply import Line, Link
from bot.ports.text import is_web_address

HERE = "{link}"
"""The placeholder for the link in the words."""


def joined(words: str, link: str) -> str:
    """The reason as it is stored, from its words and its link; either may be empty."""
    return "\n".join(part for part in (words, link) if part)


def parts(note: str) -> tuple[str, str]:
    """The words and the link of a stored reason; each may be empty."""
    words, _, last = note.rpartition("\n")
    return (words, last) if is_web_address(last) else (note, "")


def plain(speech: Speech, note: str) -> str:
    """The words of a stored reason, translated if they are the product's own, without the link."""
    words, link = parts(note)
    told = speech.translate(words)
    return told.replace(HERE, link) if link else told


def lines(speech: Speech, note: str) -> tuple[Line, ...]:
    """A stored reason as the lines that everyone concerned reads."""
    words, link = parts(note)
    told = speech.translate(words)
    if not link:
        return (told,) if told else ()
    before, here, after = told.partition(HERE)
    if here:
        return ((before, Link(link, link), after),)
    below: Line = speech.line("Here: {link}", link=Link(link, link))
    return (told, below) if told else (below,)
