"""`knowledge sync`, `remove`, `undo` and `sources`."""

import json
import shutil
from pathlib import Path

import pytest

from bot.cli.terminal.questions import Questions
from tests.cli.conftest import Shell

CASES = Path(__file__).parents[2] / "transfer" / "cases"


@pytest.fixture
def faq(shell: Shell, tmp_path: Path) -> Path:
    file = tmp_path / "faq.md"
    shutil.copy(CASES / "price-v1.md", file)
    shell.types("knowledge", "add", file).done()
    return file


def answers(shell: Shell) -> dict[str, str]:
    lines = shell.types("knowledge", "export").done().out.splitlines()
    return {one["phrasings"][0]: one["answer"] for one in map(json.loads, lines)}


def decided(shell: Shell, question: str) -> str:
    return str(json.loads(shell.types("ask", "--json", question).done().out)["decision"])


NOW = {"How much does a day pass cost?": "Seven euros."}
BEFORE = {"Is the hall open on Sundays?": "Yes, from ten to noon.", "How much is a day pass?": "Five euros."}


def test_after_a_sync_the_knowledge_is_what_the_file_holds_and_it_is_taken_back(shell: Shell, faq: Path) -> None:
    shutil.copy(CASES / "price-v2.md", faq)
    said = shell.types("knowledge", "sync", faq).done()
    assert [line.split("\t")[::2] for line in said.out.splitlines()] == [
        ["added", "How much does a day pass cost?"],
        ["removed", "Is the hall open on Sundays?"],
        ["removed", "How much is a day pass?"],
    ]
    assert said.err.splitlines() == [
        "added 1, changed 0, removed 2, already there 0, skipped 0",
        "To take it back: portevoix knowledge undo 2",
    ]
    assert answers(shell) == NOW
    assert decided(shell, "is the hall open on sundays?") == "silent"
    assert decided(shell, "How much does a day pass cost?") == "answer"
    assert shell.types("knowledge", "undo").done().err == "put back 2, removed 1\n"
    assert answers(shell) == BEFORE
    assert shell.types("knowledge", "undo").done().err == "put back 0, removed 2\n"
    shell.types("knowledge", "undo").refused("no such change")


WARNED = "2 of the 2 answers that came from other files and pages are removed; --keep-others keeps them"


def test_a_sync_of_another_file_takes_the_place_of_the_first_unless_others_are_kept(shell: Shell, faq: Path) -> None:
    other = CASES / "price-v2.md"
    said = shell.types("knowledge", "sync", "--dry-run", other).done()
    assert len(said.out.splitlines()) == 3
    # That most answers of other files go is said.
    assert said.err.splitlines()[0] == WARNED
    assert said.err.splitlines()[-1] == "Nothing was changed yet: with --apply it is."
    assert answers(shell) == BEFORE
    shell.types("knowledge", "sync", "--keep-others", other).done()
    assert answers(shell) == {**BEFORE, **NOW}
    assert len(shell.types("knowledge", "sources").done().out.splitlines()) == 2
    assert WARNED in shell.types("knowledge", "sync", other).done().err
    assert answers(shell) == NOW
    [number, _, place] = shell.types("knowledge", "sources").done().out.strip().split("\t")
    assert (int(number) > 0, place) == (True, str(other))


def test_typed_in_it_is_asked_about(shell: Shell, faq: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def confirm(_: Questions, about: str, words: str, *, default: bool) -> bool | None:
        asked.append(words)
        assert not default
        return meant.pop()

    monkeypatch.setattr("bot.cli.language.knowledge_sync.is_interactive", lambda: True)
    monkeypatch.setattr(Questions, "confirm", confirm)
    typed, meant = ("knowledge", "sync", "--apply"), [True, False]
    assert "Nothing was changed.\n" in shell.types(*typed, CASES / "price-v2.md").done().err
    assert answers(shell) == BEFORE
    assert "Nothing was changed.\n" not in shell.types(*typed, CASES / "price-v2.md").done().err
    assert (answers(shell), asked) == (NOW, ["Remove them?", "Remove them?"])
    # With --yes nobody is asked.
    assert "Nothing was changed.\n" not in shell.types(*typed, "--yes", CASES / "price-v1.md").done().err
    assert (answers(shell), len(asked)) == (BEFORE, 2)


def test_an_answer_that_changed_is_named_and_put_back(shell: Shell, faq: Path) -> None:
    faq.write_text(faq.read_text().replace("Five", "Six"))
    assert shell.types("knowledge", "sync", faq).done().out.split("\t")[::2] == ["changed", "How much is a day pass?\n"]
    assert answers(shell)["How much is a day pass?"] == "Six euros."
    shell.types("knowledge", "undo", "2").done()
    assert answers(shell) == BEFORE
    assert "added 0, changed 1," in shell.types("knowledge", "sync", faq).done().err
    assert shell.types("knowledge", "sync", faq).done().out == ""


def test_a_folder_is_read_whole_and_what_cannot_be_read_in_it_named(shell: Shell, faq: Path, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    (folder / ".git").mkdir(parents=True)
    shutil.copy(CASES / "price-v1.md", folder / ".git" / "old.md")
    shutil.copy(CASES / "bold-questions.md", folder / "bold.md")
    shutil.copy(CASES / "other-columns.csv", folder / "table.csv")
    (folder / "notes.txt").write_text("Buy milk.")
    (folder / "image.png").write_bytes(b"\x89PNG")
    said = shell.types("knowledge", "sync", folder).done()
    assert "skipped notes.txt: holds no knowledge that can be read" in said.err
    assert "skipped table.csv, line 3: is not published (no)" in said.err
    assert "skipped table.csv, line 2: asks “When does the hall open?” as bold.md, line 3 does" not in said.err
    assert set(answers(shell)) == {"When does the hall open?", "Is there parking?"}
    (folder / "bold.md").unlink()
    shell.types("knowledge", "sync", folder).done()
    assert set(answers(shell)) == {"When does the hall open?"}


def test_answers_are_removed_by_id_and_by_source(shell: Shell, faq: Path, tmp_path: Path) -> None:
    shell.types("knowledge", "remove").refused("Name answers by their ids")
    shell.types("knowledge", "remove", "nothing").refused("Nothing was removed")
    shell.types("knowledge", "remove", "--source", faq.parent / "other.md").refused("Nothing was removed")
    empty = tmp_path / "empty"
    empty.mkdir()
    shell.types("knowledge", "sync", empty).refused("Nothing in", "the knowledge stays as it is")
    shell.types("knowledge", "sync", tmp_path / "gone.md").refused("There is no file")
    assert answers(shell) == BEFORE
    own = shell.types("knowledge", "list").done().out.split("\t")[0]
    assert "removed 1" in shell.types("knowledge", "remove", own).done().err
    assert set(answers(shell)) == {"How much is a day pass?"}
    assert "removed 1" in shell.types("knowledge", "remove", "--source", faq).done().err
    assert answers(shell) == {}
    shell.types("knowledge", "undo").done()
    shell.types("knowledge", "undo").done()
    assert answers(shell) == BEFORE
