"""`import csv` and `export`."""

import csv
import io
import json
from pathlib import Path

from storage import feedback
from tests.cli.conftest import ONE, TWO, Shell

ROWS = """kind;text;author;at;area;support;mood
Problème;Le code n'arrive jamais par SMS;Inès;2026-03-04 09:30;DELIVERY;7;sad
opinion;Bad;;;;;
idea;=A dark theme;;;Qualité;;
"""


def spreadsheet(folder: Path, content: str = ROWS) -> Path:
    file = folder / "rows.csv"
    file.write_text(content, encoding="utf-8-sig")
    return file


def test_a_spreadsheet_is_brought_in_and_its_bad_rows_named(shell: Shell, tmp_path: Path) -> None:
    said = shell.types("import", "csv", spreadsheet(tmp_path), PORTEVOIX_COMMUNITIES=ONE).done()
    assert said.out == ""
    assert said.err.splitlines() == [
        "columns not read: mood",
        "skipped line 3: “opinion” is not a kind: suggestion, problem or praise",
        "imported 2, already there 0, skipped 1",
    ]
    items = json.loads(shell.types("export", "--format", "json", PORTEVOIX_COMMUNITIES=ONE).done().out)
    first, second = items
    assert {key: first[key] for key in ("number", "kind", "text", "area", "author", "support", "at", "visibility")} == {
        "number": 1,
        "kind": "problem",
        "text": "Le code n'arrive jamais par SMS",
        "area": "Delivery",
        "author": "Inès",
        "support": 7,
        "at": "2026-03-04T08:30:00+00:00",
        "visibility": "team",
    }
    assert (second["text"], second["area"], second["author"], second["visibility"]) == (
        "=A dark theme",
        "Quality",
        None,
        "nameless",
    )


def test_bringing_it_in_again_adds_nothing(shell: Shell, tmp_path: Path) -> None:
    file = spreadsheet(tmp_path)
    shell.types("import", "csv", file).done()
    assert "imported 0, already there 2, skipped 1" in shell.types("import", "csv", file).done().err


def test_what_was_exported_can_be_brought_in_elsewhere(shell: Shell, tmp_path: Path) -> None:
    shell.types("import", "csv", spreadsheet(tmp_path)).done()
    table = shell.types("export", "--format", "csv").done().out
    assert [row["text"] for row in csv.DictReader(io.StringIO(table))] == [
        "Le code n'arrive jamais par SMS",
        "'=A dark theme",
    ]
    file = spreadsheet(tmp_path, table)
    elsewhere = {"PORTEVOIX_DATABASE": f"sqlite:///{tmp_path}/elsewhere.db"}
    said = shell.types("import", "csv", file, **elsewhere).done()
    assert "imported 2, already there 0, skipped 0" in said.err
    assert shell.types("export", "--format", "csv", **elsewhere).done().out == table


def test_an_export_is_of_one_community(shell: Shell, tmp_path: Path) -> None:
    file = spreadsheet(tmp_path)
    shell.types("import", "csv", file, "--community", "forum", PORTEVOIX_COMMUNITIES=TWO).done()
    said = shell.types("export", "--community", "plaza", PORTEVOIX_COMMUNITIES=TWO).done()
    assert json.loads(said.out) == []
    assert shell.reads(lambda session: feedback.by_number(session, 2, 1)) is not None


def test_a_file_in_which_no_row_is_good_is_refused(shell: Shell, tmp_path: Path) -> None:
    file = spreadsheet(tmp_path, "kind,text\nopinion,Bad\n")
    assert "imported 0, already there 0, skipped 1" in shell.types("import", "csv", file).refused("No row of")


def test_a_file_of_something_else_leaves_the_store_alone(shell: Shell, tmp_path: Path) -> None:
    database = tmp_path / "never.db"
    file = spreadsheet(tmp_path, "name,phone\nAda,1\n")
    shell.types("import", "csv", file, PORTEVOIX_DATABASE=f"sqlite:///{database}").refused("kind and text")
    assert not database.exists()
