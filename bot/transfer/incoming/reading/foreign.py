"""Recognises files that are not text or CSV, and tells what to do with them."""

from bot.errors import OperatorError

MEND = "save it as UTF-8, in a spreadsheet as “CSV UTF-8”"
_SHEET = "open it, and save its sheet as “CSV UTF-8”"
_PACKED = "unpack it, and import the file in it"
_PICTURE = "is a picture, which no import reads"
BEGINNINGS = {
    b"\xd0\xcf\x11\xe0": f"is an Excel workbook: {_SHEET}",
    b"\x1f\x8b": f"is packed with gzip: {_PACKED}",
    b"7z\xbc\xaf": f"is packed with 7-Zip: {_PACKED}",
    b"Rar!\x1a": f"is packed with RAR: {_PACKED}",
    b"%PDF-": "is a PDF, which no import reads",
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"SQLite format 3\0": "is a database: export its table as CSV instead",
}
"""By the first bytes of a file, its format and what to do."""
_ZIPPED = (
    (b"xl/", f"is an Excel workbook: {_SHEET}"),
    (b"word/", "is a Word document: import a table, saved as CSV"),
    (b"content.xml", f"is an OpenDocument spreadsheet: {_SHEET}"),
    (b"", f"is a zip: {_PACKED}"),
)
"""By a part of the names of the files in a zip, its format and what to do."""
_PAGES = (b"<!doctype html", b"<html")
_MARK = b"\xef\xbb\xbf"


def refuse_foreign(head: bytes, name: str) -> None:
    """Check that a file may be text.

    Args:
        head: its first bytes.
        name: its name, for the message.

    Raises:
        OperatorError: it has another format; the message says which, and what to do.
    """
    if head.startswith(b"PK\x03\x04"):
        raise OperatorError(f"{name} {next(words for sign, words in _ZIPPED if sign in head)}.")
    for sign, words in BEGINNINGS.items():
        if head.startswith(sign):
            raise OperatorError(f"{name} {words}.")
    if head.removeprefix(_MARK).lstrip()[:20].lower().startswith(_PAGES):
        raise OperatorError(f"{name} is a web page: export the ideas as CSV or JSON instead.")


def refuse_json(sample: str, name: str) -> None:
    """Check that a file is not JSON.

    Raises:
        OperatorError: it is JSON, where a table is read.
    """
    if sample.lstrip("\ufeff \t\r\n").startswith(('{"', "[{", "{\n", "{\r", "[\n", "[]")):
        raise OperatorError(f"{name} is JSON, not CSV: `portevoix import --help` names the imports that read JSON.")
