"""Makes text from files safe: for spreadsheets, which run formulas, and for terminals, which obey control codes."""

import re
import unicodedata

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What spreadsheets take for the start of a formula, full-width signs included, after any escaping apostrophes."""


def escape_formula(cell: str) -> str:
    """A cell with an apostrophe before what a spreadsheet would run as a formula; `unescape_formula` removes it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """A cell as it was before `escape_formula`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def abridge(text: str) -> str:
    """A cell's text for an error message: at most 40 characters, without control codes."""
    return printable(text.strip()[:40])


def printable(text: str) -> str:
    """A text with `�` for control codes and lone surrogates; line feeds stay."""
    return "".join("�" if char != "\n" and unicodedata.category(char) in ("Cc", "Cs") else char for char in text)
