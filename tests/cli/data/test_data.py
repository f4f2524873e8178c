"""`import csv` and `export`."""

import csv
import io
import json
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from sqlmodel import col, func, select

from bot.cli.imports import running
from storage.items import feedback
from storage.models import Feedback
from tests.cli.conftest import ONE, TWO, Shell, endless

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
        f"the skipped rows with their reasons: {tmp_path}/rows.skipped.csv",
        "imported 2, already there 0, skipped 1",
    ]
    items = json.loads(shell.types("export", "--format", "json", PORTEVOIX_COMMUNITIES=ONE).done().out)
    first, second = items
    assert {
        key: first[key] for key in ("number", "kind", "text", "area", "author", "support", "at", "audience", "name")
    } == {
        "number": 1,
        "kind": "problem",
        "text": "Le code n'arrive jamais par SMS",
        "area": "Delivery",
        "author": "Inès",
        "support": 7,
        "at": "2026-03-04T08:30:00+00:00",
        "audience": "team",
        "name": "named",
    }
    assert (second["text"], second["area"], second["author"], second["name"]) == (
        "=A dark theme",
        "Quality",
        None,
        "nameless",
    )


def test_what_was_exported_can_be_brought_in_elsewhere(shell: Shell, tmp_path: Path) -> None:
    file = spreadsheet(tmp_path)
    shell.types("import", "csv", file).done()
    assert "imported 0, already there 2, skipped 1" in shell.types("import", "csv", file).done().err
    table = shell.types("export", "--format", "csv").done().out
    assert [row["text"] for row in csv.DictReader(io.StringIO(table))] == [
        "Le code n'arrive jamais par SMS",
        "'=A dark theme",
    ]
    # A table begins with the mark of UTF-8, unless it is not wanted.
    plain = shell.types("export", "--format", "csv", "--no-bom").done().out
    assert table == "\ufeff" + plain
    assert plain.startswith("number,")
    assert shell.types("export").done().out.startswith("[")
    file = spreadsheet(tmp_path, table)
    elsewhere = {"PORTEVOIX_DATABASE": f"sqlite:///{tmp_path}/elsewhere.db"}
    said = shell.types("import", "csv", file, **elsewhere).done()
    assert "imported 2, already there 0, skipped 0" in said.err
    assert shell.types("export", "--format", "csv", **elsewhere).done().out == table


def test_an_export_is_previewed_and_then_brought_in_elsewhere(shell: Shell, tmp_path: Path) -> None:
    shell.types("import", "csv", spreadsheet(tmp_path)).done()
    for format_ in ("json", "jsonl"):
        told = shell.types("export", "--format", format_).done().out
        file, database = tmp_path / "export", tmp_path / f"{format_}.db"
        file.write_text(told, "utf-8")
        elsewhere = {"PORTEVOIX_DATABASE": f"sqlite:///{database}"}
        said = shell.types("import", "json", file, "--dry-run", **elsewhere).done()
        assert said.out == f"{file}: 2 would come, 0 are there already, 0 cannot be read\n"
        assert not database.exists()
        assert "imported 2, already there 0, skipped 0" in shell.types("import", "json", file, **elsewhere).done().err
        assert shell.types("export", "--format", format_, **elsewhere).done().out == told
        assert "imported 0, already there 2" in shell.types("import", "json", file, **elsewhere).done().err


def test_a_file_that_is_no_export_or_has_no_good_row_is_refused(shell: Shell, tmp_path: Path) -> None:
    shell.types("import", "json", spreadsheet(tmp_path)).refused("is not JSON, as `portevoix export` writes it")
    file = tmp_path / "other.json"
    file.write_text('[{"name": "Ada"}]', "utf-8")
    said = shell.types("import", "json", file).refused("Nothing of")
    assert "skipped entry 1: number: Field required" in said
    shell.types("import", "json", file, "--files", file).refused("is neither a zip nor a folder")
    file = spreadsheet(tmp_path, "kind,text\nopinion,Bad\n")
    assert "imported 0, already there 0, skipped 1" in shell.types("import", "csv", file).refused("No row of")
    database = tmp_path / "never.db"
    file = spreadsheet(tmp_path, "name,phone\nAda,1\n")
    shell.types("import", "csv", file, PORTEVOIX_DATABASE=f"sqlite:///{database}").refused("kind and text")
    assert not database.exists()


def test_an_import_that_was_killed_is_finished_by_the_next(shell: Shell, tmp_path: Path) -> None:
    with (
        endless(tmp_path, "kind,text\nnonsense,first\n", "praise,Thanks {}\n") as file,
        shell.starts("import", "csv", file) as process,
    ):
        assert process.stderr
        process.stderr.readline()
        while not shell.reads(lambda session: feedback.by_number(session, 1, 1)):
            time.sleep(0.02)
        process.kill()
    known = shell.reads(lambda session: session.exec(select(func.count(col(Feedback.id)))).one())
    texts = [f"Thanks {number}" for number in range(known + 100)]
    content = "kind,text\nnonsense,first\n" + "".join(f"praise,{text}\n" for text in texts)
    said = shell.types("import", "csv", spreadsheet(tmp_path, content)).done()
    assert said.err.splitlines()[-1] == f"imported 100, already there {known}, skipped 1"
    table = shell.types("export", "--format", "csv").done().out
    assert [line["text"] for line in csv.DictReader(io.StringIO(table))] == texts


def test_of_very_many_bad_rows_the_first_are_named_and_the_rest_counted_by_reason(shell: Shell, tmp_path: Path) -> None:
    rows = [f"opinion{number},Bad" for number in range(150)]
    rows += ["idea,Good", "idea,", *(f"idea,{'x' * number}" for number in range(20_001, 20_004)), "praise,Good too"]
    said = shell.types("import", "csv", spreadsheet(tmp_path, "kind,text\n" + "\n".join(rows))).done()
    lines = said.err.splitlines()
    assert lines[99] == "skipped line 101: “opinion99” is not a kind: suggestion, problem or praise"
    assert lines[100:] == [
        "skipped 54 more:",
        "  50 times: … is not a kind: suggestion, problem or praise",
        "  3 times: has … characters of text; the most is 20000",
        "  1 times: text is empty",
        f"the skipped rows with their reasons: {tmp_path}/rows.skipped.csv",
        "imported 2, already there 0, skipped 154",
    ]


def test_an_export_may_begin_at_a_day_of_the_community(shell: Shell, tmp_path: Path) -> None:
    rows = "idea,Tuesday,2026-03-03T23:59:59\nidea,Wednesday,2026-03-04T00:00\nidea,Thursday,2026-03-05"
    shell.types("import", "csv", spreadsheet(tmp_path, f"kind,text,at\n{rows}"), PORTEVOIX_COMMUNITIES=ONE).done()
    for since, texts in (
        ("2026-03-04", ["Wednesday", "Thursday"]),
        ("2026-03-05T00:00+01:00", ["Thursday"]),
        ("2027-01-01", []),
    ):
        for format_ in ("json", "csv"):
            words = ("export", "--since", since, "--format", format_)
            out = shell.types(*words, PORTEVOIX_COMMUNITIES=ONE).done().out
            read = json.loads(out) if format_ == "json" else list(csv.DictReader(io.StringIO(out)))
            assert [item["text"] for item in read] == texts
    shell.types("export", "--since", "yesterday").refused("--since: “yesterday” is not an ISO 8601 date")


def test_of_several_communities_an_import_must_name_its_own_and_an_export_is_of_one(
    shell: Shell, tmp_path: Path
) -> None:
    words = ("import", "csv", spreadsheet(tmp_path))
    shell.types(*words, PORTEVOIX_COMMUNITIES=TWO).refused("choose one with --community: plaza, forum")
    shell.types(*words, "--community", "agora", PORTEVOIX_COMMUNITIES=TWO).refused("There is no community agora")
    file = spreadsheet(tmp_path)
    shell.types("import", "csv", file, "--community", "forum", PORTEVOIX_COMMUNITIES=TWO).done()
    said = shell.types("export", "--community", "plaza", PORTEVOIX_COMMUNITIES=TWO).done()
    assert json.loads(said.out) == []
    assert shell.reads(lambda session: feedback.by_number(session, 2, 1)) is not None


def test_a_short_export_to_a_reader_that_went_away_ends_quietly(shell: Shell, tmp_path: Path) -> None:
    shell.types("import", "csv", spreadsheet(tmp_path)).done()
    with shell.starts("export") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_on_a_terminal_an_import_shows_how_far_it_is_and_how_fast(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = io.StringIO()
    terminal = Console(file=shown, force_terminal=True, width=100)
    monkeypatch.setattr(running, "console", lambda: terminal)
    shell.types("import", "csv", spreadsheet(tmp_path)).done()
    assert re.search(r"3 rows, [\d,]+/s", shown.getvalue())
    assert "0:00:00" in shown.getvalue()


def test_what_is_dated_in_the_future_is_a_bad_row(shell: Shell, tmp_path: Path) -> None:
    soon, far = (datetime.now(UTC) + timedelta(days=days) for days in (0.9, 1.1))
    file = tmp_path / "rows.csv"
    file.write_text(f"kind,text,at\nidea,Soon,{soon.isoformat()}\nidea,Far,{far.isoformat()}\n", "utf-8")
    said = shell.types("import", "csv", file).done()
    assert "skipped line 3: " in said.err
    assert "is in the future" in said.err
    assert "imported 1, already there 0, skipped 1" in said.err
