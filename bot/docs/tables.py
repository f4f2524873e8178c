"""Writes Markdown tables."""

from collections.abc import Iterable


def rows(head: tuple[str, ...], body: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table with a header row; `|` within a cell is escaped."""
    lines = [head, ("---",) * len(head), *body]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
