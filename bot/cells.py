"""Cells of a spreadsheet and words of a file, made safe to open and to show on a terminal."""

import re
import unicodedata

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What spreadsheets take for the start of a formula, the full-width signs of some of them included."""


def guard(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unguard` gives the text back, exactly."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """A cell as it was before `guard`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def shown(text: str) -> str:
    """A word of a file as a terminal may show it: short, and without control codes."""
    return printable(text.strip()[:40])


def printable(text: str) -> str:
    """A text without the codes a terminal would obey; its lines stay."""
    return "".join("�" if char != "\n" and unicodedata.category(char) in ("Cc", "Cs") else char for char in text)
