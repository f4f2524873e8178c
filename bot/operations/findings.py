"""Formats findings about a community's answers, with how to fix them, as lines of text."""

from collections.abc import Iterator, Mapping, Sequence

from bot.language.text.excerpt import excerpt

MOST_SHOWN = 20
"""The most lines listed under a heading."""
MOST_CHARACTERS = 80
"""The most characters of a question in a line."""


def write(one: str, several: str, mend: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading with the number of lines and the mend, and the first of the lines; nothing when there are none.

    Args:
        one: what is found, in words for a single one.
    """
    if not lines:
        return
    yield f"\n{len(lines)} {one if len(lines) == 1 else several}. {mend}:"
    yield from (f"  {line}" for line in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield f"  … and {len(lines) - MOST_SHOWN} more"


def name(ids: Sequence[str], questions: Mapping[str, str]) -> list[str]:
    """Answers by their ids, each with its first question."""
    return [f"{own} “{excerpt(questions[own], MOST_CHARACTERS)}”" if questions.get(own) else own for own in ids]
