"""`knowledge add`, `list`, `export` and `check`."""

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


def test_a_file_is_added_once_and_what_was_wrong_in_it_named(shell: Shell, faq: Path) -> None:
    said = shell.types("knowledge", "add", faq).done()
    assert said.out == ""
    assert said.err.splitlines() == [
        "skipped line 5: “Et le samedi ?” has no answer under it",
        "added 1, changed 0, already there 0, skipped 1",
    ]
    held = shell.types("knowledge", "export").done().out
    assert "added 0, changed 0, already there 1, skipped 1" in shell.types("knowledge", "add", faq).done().err
    assert shell.types("knowledge", "export").done().out == held


def test_what_is_exported_is_complete(shell: Shell, faq: Path, tmp_path: Path) -> None:
    shell.types("knowledge", "add", faq, "--language", "en").done()
    [line] = shell.types("knowledge", "export").done().out.splitlines()
    assert json.loads(line) == {
        "id": json.loads(line)["id"],
        "phrasings": ["When are you open?", "Opening hours?"],
        "answer": "Monday to Friday, from nine to five.",
        "language": "en",
    }


@pytest.mark.parametrize("layout", ["jsonl", "csv"])
def test_what_is_exported_is_read_back_as_it_was(shell: Shell, tmp_path: Path, layout: str) -> None:
    file, copy, other = tmp_path / "odd.jsonl", tmp_path / "copy", f"sqlite:///{tmp_path}/other.db"
    entries: list[dict[str, object]] = [
        {
            "id": "-1",
            "phrasings": ["=1+1 ?", "'=2", "deux\nlignes"],
            "answer": "@home\n\n“oui”, ok",
            "language": "fr",
        },
        {"id": "2", "phrasings": ["=1+1 ?"], "answer": "@home\n\n“oui”, ok", "language": "en"},
    ]
    if layout == "jsonl":
        entries[0] |= {"address": "https://example.org/a", "valid_until": "2027-03-31"}
    file.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    shell.types("knowledge", "add", file).done()
    copy.write_text(shell.types("knowledge", "export", "--format", layout).done().out, encoding="utf-8", newline="")
    assert "added 2," in shell.types("knowledge", "add", copy, PORTEVOIX_DATABASE=other).done().err
    again = shell.types("knowledge", "export", PORTEVOIX_DATABASE=other).done().out
    assert [json.loads(line) for line in again.splitlines()] == entries


def test_the_list_is_short_one_answer_a_line(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_text(
        'question;réponse;id;langue\n"Où\nça ?\x1b[2J";Ici.;where;fr\nOù donc ?;;where;\n', encoding="utf-8"
    )
    shell.types("knowledge", "add", file).done()
    assert shell.types("knowledge", "list").done().out == "where\tfr\tOù ça ?�[2J\n"


CHECKED = """question,answer,id
When are you open?,At nine.,hours
Opening hours?,,hours
From when to when are you open?,,hours
Can I give frozen food?,Until noon.,frozen
When are you open?,Never.,never
???,Nobody knows.,odd
"""


def test_a_check_names_what_keeps_questions_from_their_answers(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_text(CHECKED, encoding="utf-8")
    shell.types("knowledge", "add", file, "--language", "en").done()
    out = shell.types("knowledge", "check").done().out
    assert "4 answers (4 en), 6 questions" in out
    assert "2 answers that none of their own questions finds. Another answer is found" in out
    assert ":\n  never “When are you open?”\n  odd “???”\n" in out
    assert "“When are you open?” of hours may get never" in out
    assert "3 answers with fewer than 3 questions. With more ways of asking they are found more surely:\n" in out
    assert "Confidence needed: offer 0.25, answer 0.70, answer unasked 0.97" in out
    assert "Too few questions to rehearse" in out
    found = json.loads(shell.types("knowledge", "check", "--json").done().out)
    assert (found["answers"], found["questions"], found["languages"]) == (4, 6, {"en": 4})
    assert (found["lost"], found["few"], found["empty"]) == (["never", "odd"], ["frozen", "never", "odd"], [])
    assert {(one["id"], one["other"]) for one in found["shadows"]} == {("hours", "never"), ("never", "hours")}
    assert found["thresholds"]["answer"] == 0.7
    assert found["held_out"] == {}


def test_a_check_tells_how_it_went_on_held_out_questions(shell: Shell, tmp_path: Path) -> None:
    ways = ["where is the {0}", "I lost my {0}", "how much for a {0}", "{0} please", "repair the {0}"]
    things = ["parcel", "invoice", "bicycle", "garden", "library", "piano", "volcano", "teacher", "umbrella", "window"]
    lines = [
        {
            "id": thing,
            "phrasings": [f"{way} {nth}".format(thing) for way in ways for nth in ("now", "then")],
            "answer": "x",
        }
        for thing in things
    ]
    file = tmp_path / "faq.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    shell.types("knowledge", "add", file).done()
    found = json.loads(shell.types("knowledge", "check", "--json").done().out)["held_out"]
    assert found["answer"]["threshold"] == 0.7
    assert found["answer"]["precision"] > 0.9
    assert found["offer"]["coverage"] >= found["answer"]["coverage"] > 0.5
    assert found["answer"]["false"] < 0.2
    assert "Rehearsed on its own questions, answer: 100% right" in shell.types("knowledge", "check").done().out


ORPHANS = "## Delivery\n\n## When do you deliver?\nOn Monday.\n\n## Paying\n### How do I pay?\nBy card.\n### Can I?\n"


def test_a_check_of_a_file_names_headings_that_nothing_belongs_to_and_adds_nothing(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "faq.md"
    file.write_text(ORPHANS, encoding="utf-8")
    out = shell.types("knowledge", "check", file).done().out
    assert out.splitlines()[:3] == [
        f"{file}, line 1: “Delivery” has no answer under it",
        f"{file}, line 9: “Can I?” has no answer under it",
        "0 answers, 0 questions",
    ]
    found = json.loads(shell.types("knowledge", "check", file, "--json").done().out)
    assert (found["answers"], len(found["problems"])) == (0, 2)
    shell.types("knowledge", "check").refused("There is no knowledge yet")


def test_what_cannot_be_added_or_checked_is_refused_and_leaves_the_store_alone(
    shell: Shell, tmp_path: Path, faq: Path
) -> None:
    shell.types("knowledge", "check").refused("There is no knowledge yet")
    file = tmp_path / "faq.md"
    file.write_text("## Why?\n", encoding="utf-8")
    shell.types("knowledge", "add", file).refused("Nothing in", "could be added.")
    shell.types("knowledge", "add", faq, "--language", "English").refused("is not a language code")
    database = tmp_path / "never.db"
    said = shell.types("knowledge", "add", tmp_path, PORTEVOIX_DATABASE=f"sqlite:///{database}")
    said.refused("is a folder", "knowledge sync")
    assert not database.exists()
