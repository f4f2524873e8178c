"""Tables in Markdown."""

from collections.abc import Iterable


def rows(head: tuple[str, ...], body: Iterable[tuple[str, ...]]) -> str:
    """A table; a bar within a cell stays a bar."""
    lines = [head, ("---",) * len(head), *body]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
