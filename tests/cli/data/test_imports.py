"""`import csv` and `import` with another tool's name, as an operator meets them: shown first, then brought in."""

import csv
import json
from pathlib import Path

import pytest

from bot.cli.imports import command
from tests.cli.conftest import ONE, Shell

MONTH = "kind,text,author,at,support,mood\nsuggestion,A bench by the pond,Ada,2026-03-04,3,sad\nopinion,Bad,,,,\n"
PORTAL = """id;Titre;Description;Auteur;Créé le;Votes;Statut;Catégorie;Humeur
1;Un banc;Près de l'étang;Ada;04/03/2025;1 204;Terminé;Parc;gai
2;Un banc près de l'étang;;;05/03/2025;3;Ouvert;;
3;Mode sombre;;Ben;13/03/2025;beaucoup;Phase 3;App;
4;Mode sombre !;;;14/03/2025;-2;Refusé;App;
4;Mode sombre !;;;14/03/2025;-2;Refusé;App;
5;;;;;;;;
;;;;;;;;
"""
PREVIEW = """{file}: 6 rows
  to import 4, to change 0, already there 0
  weeks covered: 2, from 3 March 2025 to 16 March 2025
  without an area: 1
  without an author: 2, counted apart, not quoted without --quotes
  duplicates: 1, counted as support of the row they repeat
  near-duplicates: 2; they can be joined once they are here
    “Un banc Près de l'étang” ~ “Un banc près de l'étang” (100 %)
    “Mode sombre” ~ “Mode sombre !” (91 %)
  to be closed: 2 (done 1, not planned 1); nobody is told
  not read: Humeur
  statuses: Refusé = not planned (2), Terminé = done (1), Ouvert = received (1), Phase 3 = received (1)
  2 rows: votes below none are read as none
  1 row: votes “beaucoup” are no number, and read as none
  1 row: status “Phase 3” is not known, and read as received: --status “WORD=STATUS” tells it
  skipped: 1
    line 7: text is empty
  samples:
    suggestion · 4 March 2025 · done · support 1,204 · Parc · Ada · “Un banc Près de l'étang”
    suggestion · 5 March 2025 · received · support 3 · “Un banc près de l'étang”
    suggestion · 13 March 2025 · received · support 0 · App · Ben · “Mode sombre”
    suggestion · 14 March 2025 · not planned · support 0 · App · “Mode sombre !”
"""


def put(folder: Path, content: str, name: str = "rows.csv") -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_a_preview_shows_what_would_come_and_makes_nothing(shell: Shell, tmp_path: Path) -> None:
    file = put(tmp_path, PORTAL)
    place = {"PORTEVOIX_DATABASE": f"sqlite:///{tmp_path}/none.db", "PORTEVOIX_KEY_FILE": f"{tmp_path}/none.key"}
    said = shell.types("import", "csv", file, "--dry-run", PORTEVOIX_COMMUNITIES=ONE, **place).done()
    assert said.out == PREVIEW.replace("{file}", str(file))
    assert said.err == "Nothing was imported yet: with --yes it is.\n"
    assert not (tmp_path / "none.db").exists()
    assert not (tmp_path / "none.key").exists()


def test_a_preview_tells_what_is_there_already(shell: Shell, tmp_path: Path) -> None:
    shell.types("import", "csv", put(tmp_path, MONTH)).done()
    said = shell.types("import", "csv", put(tmp_path, MONTH.replace("3,sad", "5,sad")), "--dry-run").done()
    assert "to import 0, to change 1, already there 0" in said.out
    assert "to change 0, already there 1" in shell.types("import", "csv", put(tmp_path, MONTH), "--dry-run").done().out


def test_somebody_at_a_terminal_is_shown_a_preview(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "at_a_terminal", lambda: True)
    said = shell.types("import", "csv", put(tmp_path, MONTH)).done()
    assert "to import 1" in said.out
    assert json.loads(shell.types("export").done().out) == []
    said = shell.types("import", "csv", put(tmp_path, MONTH), "--yes").done()
    assert "imported 1, already there 0, skipped 1" in said.err


def test_bad_rows_are_beside_the_file_with_their_reasons(shell: Shell, tmp_path: Path) -> None:
    shell.types("import", "csv", put(tmp_path, "text\nA bench\n")).done()
    assert not (tmp_path / "rows.skipped.csv").exists()
    said = shell.types("import", "csv", put(tmp_path, MONTH.replace("Bad", "=Bad"))).done()
    beside = tmp_path / "rows.skipped.csv"
    assert f"the skipped rows with their reasons: {beside}" in said.err
    assert beside.stat().st_mode & 0o777 == 0o600
    with beside.open(encoding="utf-8-sig", newline="") as source:
        assert list(csv.reader(source)) == [
            ["line", "reason", "kind", "text", "author", "at", "support", "mood"],
            ["line 3", "“opinion” is not a kind: suggestion, problem or praise", "opinion", "'=Bad", "", "", "", ""],
        ]


def test_the_order_of_dates_is_said_where_the_file_does_not_tell(shell: Shell, tmp_path: Path) -> None:
    file = put(tmp_path, "text,at\nA bench,04/03/2026\n")
    said = shell.types("import", "csv", file, PORTEVOIX_COMMUNITIES=ONE).done()
    assert "dates such as 04/03/2026 are read with the day first: --dates mdy reads them the other way" in said.err
    shell.types("import", "csv", file, "--dates", "mdy", PORTEVOIX_COMMUNITIES=ONE).done()
    [item] = json.loads(shell.types("export", PORTEVOIX_COMMUNITIES=ONE).done().out)
    assert item["at"] == "2026-04-03", "the same idea, with its date as it was meant"


def test_a_status_word_of_one_s_own_can_be_told(shell: Shell, tmp_path: Path) -> None:
    file = put(tmp_path, "text,status\nA bench,Phase 3\n")
    shell.types("import", "csv", file, "--status", "Phase 3=in progress").done()
    [item] = json.loads(shell.types("export").done().out)
    assert item["status"] == "in_progress"
    shell.types("import", "csv", file, "--status", "Phase 3=soon").refused("--status Phase 3=soon: after the = stands")


def test_a_tool_is_a_command_of_its_own_and_an_option(shell: Shell, tmp_path: Path) -> None:
    file = put(tmp_path, "number,title,description,created_by,votes_count\n1,A bench,,Ada,3\n")
    said = shell.types("import", "fider", file).done()
    assert said.err.splitlines() == ["columns not read: created_by", "imported 1, already there 0, skipped 0"]
    assert "already there 1" in shell.types("import", "csv", file, "--from", "fider").done().err
    shell.types("import", "csv", file, "--from", "fidder").refused("--from fidder is not known; there is: csv, fider")
    [item] = json.loads(shell.types("export").done().out)
    assert (item["author"], item["support"]) == (None, 3)


READS = [
    ("digest", "preview"),
    ("digest", "list"),
    ("export",),
    ("ask", "when?"),
    ("knowledge", "list"),
    ("knowledge", "check"),
    ("knowledge", "export"),
    ("knowledge", "sources"),
    ("outbox", "list"),
    ("inbox", "list"),
    ("digest", "post"),
    ("knowledge", "undo"),
    ("knowledge", "remove", "q-1"),
    ("invite",),
]


def test_what_needs_what_is_there_makes_no_database_in_a_wrong_folder(shell: Shell, tmp_path: Path) -> None:
    for words in READS:
        place = {"PORTEVOIX_DATABASE": f"sqlite:///{tmp_path}/none.db", "PORTEVOIX_KEY_FILE": f"{tmp_path}/none.key"}
        shell.types(*words, **place).refused(f"There is no database at {tmp_path}/none.db")
        assert not (tmp_path / "none.db").exists(), words
        assert not (tmp_path / "none.key").exists(), words
    place = {"PORTEVOIX_DATABASE": f"sqlite:///{tmp_path}/none.db", "PORTEVOIX_KEY_FILE": f"{tmp_path}/none.key"}
    said = shell.types("doctor", "--offline", **place)
    assert f"database: there is none at {tmp_path}/none.db" in said.out
    assert not (tmp_path / "none.db").exists()


DECIDED = "id,title,votes,created_at,status,closed_at\n1,A bench,4,2025-03-04,done,2025-04-01\n2,Me too,,2025-03-05,,\n"


def test_our_own_export_comes_back_decided_once_here_and_elsewhere(shell: Shell, tmp_path: Path) -> None:
    shell.types("import", "csv", put(tmp_path, DECIDED)).done()
    table = shell.types("export", "--format", "csv").done().out
    file = put(tmp_path, table, "export.csv")
    assert "imported 0, already there 2" in shell.types("import", "csv", file).done().err
    elsewhere = {"PORTEVOIX_DATABASE": f"sqlite:///{tmp_path}/elsewhere.db"}
    assert "imported 2, already there 0" in shell.types("import", "csv", file, **elsewhere).done().err
    assert "imported 0, already there 2" in shell.types("import", "csv", file, **elsewhere).done().err
    assert shell.types("export", "--format", "csv", **elsewhere).done().out == table
    [done, waits] = json.loads(shell.types("export", **elsewhere).done().out)
    assert [(one["action"], one["after"]) for one in done["history"]] == [("filed", "received"), ("status", "done")]
    assert (done["status"], waits["status"]) == ("done", "received")
