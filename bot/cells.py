"""Makes text safe: for spreadsheets, which run formulas, for terminals, which obey control codes, and for databases."""

import re
import unicodedata

from bot.language.text.excerpt import excerpt

_SEPARATORS = r",;|:\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
"""What a reader may split cells or rows at, whatever separator the file was written with."""
_SKIPPED = r" \"'\xa0\u202f"
"""What readers strip from the start of a cell, and the apostrophes that escape it."""
_SIGNS = r"=+\-@\t\r＝＋－＠"
"""What spreadsheets take for the start of a formula, full-width signs included."""
_STARTS = (
    r"^'*(?=<>\n)",
    rf"(?:^|[{_SEPARATORS}])[{_SKIPPED}]*(?=<>[{_SIGNS}])",
    # A space may be the separator, too; a sign alone between spaces, as a dash in a sentence, is no formula.
    rf"(?<![{_SKIPPED}])[{_SKIPPED}]* [{_SKIPPED}]*(?=<>[{_SIGNS}]\S)",
)
_FORMULA = re.compile("|".join(_STARTS).replace("<>", ""))
_ESCAPED = re.compile(f"({'|'.join(_STARTS)})'".replace("<>", "'"))
_START = re.compile(rf"'(?='*[{_SIGNS}\n])")


def escape_formula(cell: str) -> str:
    """A cell with an apostrophe before all that a spreadsheet would run as a formula, also if it splits the cell.

    `unescape_formula` removes them.
    """
    return _FORMULA.sub(r"\g<0>'", cell)


def unescape_formula(cell: str) -> str:
    """A cell as it was before `escape_formula`."""
    return _ESCAPED.sub(r"\1", cell)


def unescape_start(cell: str) -> str:
    """A cell without the apostrophe that other programs put before a formula at its start."""
    return cell[1:] if _START.match(cell) else cell


def abridge(text: str) -> str:
    """A cell's text for an error message: at most 40 characters, without control codes."""
    return printable(text.strip()[:40])


def printable(text: str) -> str:
    """A text with `�` for control codes and lone surrogates; line feeds stay."""
    return "".join("�" if char != "\n" and unicodedata.category(char) in ("Cc", "Cs") else char for char in text)


def storable(text: str) -> str:
    """A text without NUL, and with `?` for lone surrogates: databases accept neither."""
    return text.replace("\x00", "").encode("utf-8", errors="replace").decode("utf-8")


def quoted(text: str, most: int) -> str:
    """The start of a text in quotes on one printable line, of at most this many characters without the quotes."""
    return f"“{printable(excerpt(' '.join(text.split()), most))}”"
