"""`knowledge add` and `knowledge list`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

FAQ = "## When are you open?\n## Opening hours?\nMonday to Friday, from nine to five.\n\n## Et le samedi ?\n"


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    file = tmp_path / "faq.md"
    file.write_text(FAQ, encoding="utf-8")
    return file


def test_a_file_is_added_and_what_was_wrong_in_it_named(shell: Shell, faq: Path) -> None:
    said = shell.types("knowledge", "add", faq).done()
    assert said.out == ""
    assert said.err.splitlines() == [
        "skipped line 5: “Et le samedi ?” has no answer under it",
        "added 1, changed 0, already there 0, skipped 1",
    ]


def test_adding_it_again_changes_nothing(shell: Shell, faq: Path) -> None:
    shell.types("knowledge", "add", faq).done()
    held = shell.types("knowledge", "list").done().out
    assert "added 0, changed 0, already there 1, skipped 1" in shell.types("knowledge", "add", faq).done().err
    assert shell.types("knowledge", "list").done().out == held


def test_what_is_listed_can_be_added_elsewhere(shell: Shell, faq: Path, tmp_path: Path) -> None:
    shell.types("knowledge", "add", faq, "--language", "en").done()
    listed = shell.types("knowledge", "list").done().out
    [line] = listed.splitlines()
    assert json.loads(line) == {
        "id": json.loads(line)["id"],
        "phrasings": ["When are you open?", "Opening hours?"],
        "answer": "Monday to Friday, from nine to five.",
        "language": "en",
    }
    copy = tmp_path / "copy.jsonl"
    copy.write_text(listed, encoding="utf-8")
    assert "already there 1" in shell.types("knowledge", "add", copy).done().err


def test_a_file_with_nothing_good_in_it_is_refused(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "faq.md"
    file.write_text("## Why?\n", encoding="utf-8")
    shell.types("knowledge", "add", file).refused("Nothing in", "could be added.")


def test_a_file_of_something_else_leaves_the_store_alone(shell: Shell, tmp_path: Path) -> None:
    database = tmp_path / "never.db"
    said = shell.types("knowledge", "add", tmp_path, PORTEVOIX_DATABASE=f"sqlite:///{database}")
    said.refused("is a folder")
    assert not database.exists()


def test_a_language_that_is_no_code_is_refused(shell: Shell, faq: Path) -> None:
    shell.types("knowledge", "add", faq, "--language", "English").refused("is not a language code")
