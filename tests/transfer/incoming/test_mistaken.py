"""A file of another kind is named, with what to do instead."""

import gzip
import io
import zipfile

import pytest

from bot.errors import OperatorError
from bot.transfer.incoming.reading.sheet import Sheet
from bot.transfer.incoming.reading.source import Source


def packed(*names: str) -> bytes:
    """A zip with some files."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        for name in names:
            file.writestr(name, "title\nA bench\n" * 9)
    return raw.getvalue()


def test_a_file_of_another_kind_is_named_with_what_to_do() -> None:
    cases: list[tuple[bytes, str]] = [
        (packed("[Content_Types].xml", "xl/workbook.xml"), "is an Excel workbook: open it, and save its sheet as"),
        (packed("mimetype", "content.xml"), "is an OpenDocument spreadsheet: open it, and save its sheet as"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "is an Excel workbook: open it, and save its sheet as"),
        (packed("posts.csv"), "is a zip: unpack it, and import the file in it"),
        (gzip.compress(b"title\nA bench\n", mtime=0), "is packed with gzip: unpack it, and import the file in it"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "is a PDF, which no import reads"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is a picture, which no import reads"),
        ("\ufeff<!DOCTYPE html>\n<html><body>".encode(), "is a web page: export the ideas as CSV or JSON instead"),
        (
            b'[{"title": "A bench", "votes": 3}]',
            "is JSON, not CSV: `portevoix import --help` names the imports that read",
        ),
        (b"SQLite format 3\x00" + bytes(900), "is a database: export its table as CSV instead"),
    ]
    for content, words in cases:
        with pytest.raises(OperatorError) as told:
            Sheet(Source(io.BytesIO(content), "ideas.csv"))
        assert str(told.value).startswith(f"ideas.csv {words}"), words


def test_words_that_begin_like_another_kind_are_words() -> None:
    sheet = Sheet(Source(io.BytesIO(b"PK,title\n1,A bench\n"), "ideas.csv"))
    assert sheet.titles == ["PK", "title"]
