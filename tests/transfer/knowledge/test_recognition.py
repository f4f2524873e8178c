"""A knowledge file is known by what it holds, whatever it is called."""

import json
from itertools import product
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.knowledge.sources import Draft, Problem, read
from bot.knowledge.sources.places import read_place

MARKDOWN = '# FAQ\n\n## Where?\nHere.\n\n```\n{"answer": "not this"}\n```\n'
LINES = '\n{broken\n{"phrasings": ["Where?"], "answer": "Here."}\n'
SQUAD = json.dumps({"data": [{"paragraphs": [{"context": "Here.", "qas": [{"question": "Where?"}]}]}]}, indent=2)


def test_the_layout_is_read_from_the_content(tmp_path: Path) -> None:
    for (content, where), name in product(
        ((MARKDOWN, "line 3"), (LINES, "line 3"), (SQUAD, "entry 1")), ("faq.md", "faq.jsonl", "faq.json", "faq")
    ):
        file = tmp_path / name
        file.write_text(content, encoding="utf-8-sig")
        [draft] = [found for found in read(file) if isinstance(found, Draft)]
        assert (draft.where, draft.phrasings) == (where, ("Where?",)), (name, where)
        assert draft.answer.startswith("Here."), (name, where)


def test_a_broken_line_of_json_is_named(tmp_path: Path) -> None:
    file = tmp_path / "faq.jsonl"
    file.write_text(LINES, encoding="utf-8")
    assert [str(found) for found in read(file) if isinstance(found, Problem)] == ["line 2: is not a JSON object"]


def test_a_file_of_something_else_is_refused_in_one_line(tmp_path: Path) -> None:
    cases: list[tuple[bytes, str]] = [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "is not text that can be read: save it as UTF-8"),
        ("## Где?\nЗдесь.\n".encode("cp1251"), "is not text that can be read: save it as UTF-8"),
        ("## Où ?\nIci.\n".encode("utf-16")[:-1], "is not text that can be read: save it as UTF-8"),
        (b"kind,text\nidea,A dark theme\n", "holds no knowledge"),
        (b'{"data": [', "holds no knowledge"),
        (b'{"data": "text"}', "holds no knowledge"),
        (b'["a", "b"]', "holds no knowledge"),
    ]
    for content, words in cases:
        file = tmp_path / "faq.md"
        file.write_bytes(content)
        with pytest.raises(OperatorError, match=words) as refusal:
            read(file)
        assert str(file) in str(refusal.value), words
        assert "\n" not in str(refusal.value), words


def test_a_file_is_read_in_every_encoding_that_people_s_programs_write(tmp_path: Path) -> None:
    for ends, encoding in product(
        ("\n", "\r\n", "\r"), ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
    ):
        file = tmp_path / "faq.md"
        file.write_bytes(f"## Où garer son vélo ?{ends}Derrière l’entrée.{ends}".encode(encoding))
        [draft] = [found for found in read(file) if isinstance(found, Draft)]
        assert (draft.phrasings, draft.answer) == (("Où garer son vélo ?",), "Derrière l’entrée."), (ends, encoding)


def test_a_missing_file_and_a_folder_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There is no file"):
        read(tmp_path / "faq.md")
    with pytest.raises(OperatorError, match="is a folder"):
        read(tmp_path)


RST = "FAQ\n===\n\n.. _open:\n\nWhere?\n------\n\nHere, see :ref:`hall`.\n"


def test_another_format_is_named_with_what_makes_it_readable(tmp_path: Path) -> None:
    cases: list[tuple[str, str, str]] = [
        ("faq.rst", "Where?\n======\n\nHere.\n", "is reStructuredText, .*: pandoc -t gfm"),
        ("faq.txt", RST, "is reStructuredText, .*: pandoc -t gfm"),
        ("faq.adoc", "= FAQ\n\n== Where?\n\nHere.\n", "is AsciiDoc, .*: pandoc -t gfm"),
        ("faq", "= FAQ\n\n== Where?\n\nHere.\n", "is AsciiDoc, .*: pandoc -t gfm"),
        ("faq.docx", "PK\x03\x04", "is a document of a word processor, .*: pandoc -t gfm"),
        ("faq.pdf", "%PDF-1.4\n## Where?\nHere.\n", "is a PDF, .*: copy its text into a Markdown file"),
        ("faq.xlsx", "PK\x03\x04", "is a spreadsheet, .*: save it as CSV UTF-8"),
    ]
    for name, content, words in cases:
        file = tmp_path / name
        file.write_text(content)
        with pytest.raises(OperatorError, match=words):
            read(file)


def test_files_of_a_folder_that_are_not_read_are_named_by_their_format(tmp_path: Path) -> None:
    for name, content in {"a.mdx": "## Where?\nHere.\n", "b.rst": RST, "c/d.rst": RST, "e.docx": "PK"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    found = read_place(tmp_path).found
    assert [one.phrasings for one in found if isinstance(one, Draft)] == [("Where?",)]
    assert [str(one) for one in found if isinstance(one, Problem)] == [
        "b.rst, c/d.rst: reStructuredText, which is not read: pandoc -t gfm makes Markdown of it",
        "e.docx: a document of a word processor, which is not read: pandoc -t gfm makes Markdown of it",
    ]
