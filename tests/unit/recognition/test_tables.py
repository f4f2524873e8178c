"""The tables that a community edits: what they add, and what is said of a line that cannot be used."""

from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.recognition.danger import Danger, danger, load_danger

HEAD = "[suicide]\n"


def write(folder: Path, content: str, name: str = "danger.en.txt") -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_an_operator_adds_phrases(tmp_path: Path) -> None:
    folder = write(tmp_path, "[abuse]\nthe  Émile game # seen twice\n[harmless]\nwant to die\n")
    tables = load_danger(folder)
    assert danger("He plays the émile game!", tables) is Danger.ABUSE
    assert danger("I want to die", tables) is None
    assert danger("je veux mourir", tables) is Danger.SUICIDE


def test_an_operator_adds_a_language(tmp_path: Path) -> None:
    folder = write(tmp_path, "[spelling]\nich = i\n[suicide]\nich will/möchte (nicht mehr) sterben\n", "danger.de.txt")
    assert danger("Ich moechte", load_danger(folder)) is None
    assert danger("Ich MÖCHTE sterben", load_danger(folder)) is Danger.SUICIDE


def test_the_forms_of_a_phrase(tmp_path: Path) -> None:
    # Each has a noun of its own, so that no other is found in its place.
    forms = [
        ("red/blue door", "the blue door", "the green door"),
        ("red (old) gate", "red gate", "red new gate"),
        ("red * roof", "red and very old roof", "red a b c d roof"),
        ("red * wall", "red one wall", "red. one wall"),
        ("reddish* lamp", "reddishly lamp", "red lamp"),
        ("does_not/doesn't desk", "doesn’t desk", "does desk"),
        ("sofa/sofas really (so) red", "sofas so red", "sofa"),
    ]
    tables = load_danger(write(tmp_path, HEAD + "".join(f"{phrase}\n" for phrase, _, _ in forms)))
    told = [(phrase, danger(found, tables), danger(quiet, tables)) for phrase, found, quiet in forms]
    assert told == [(phrase, Danger.SUICIDE, None) for phrase, _, _ in forms]


def test_groups_and_spellings_of_the_operator_join_the_packaged_ones(tmp_path: Path) -> None:
    folder = write(tmp_path, f"[groups]\ndoor = gate, <high> door\n[spelling]\ngaate = gate\n{HEAD}red <door>\n")
    tables = load_danger(folder)
    assert danger("red gaate", tables) is Danger.SUICIDE
    assert danger("red bridge door", tables) is Danger.SUICIDE


def test_a_line_that_cannot_be_used_is_named_with_its_mend(tmp_path: Path) -> None:
    cases: list[tuple[str, int, str]] = [
        ("want to die\n", 1, "Write a heading"),
        ("[sadness]\nvery sad\n", 1, "Its sections are: [abuse]"),
        (f"{HEAD}want <nobody>\n", 2, "There is no group <nobody>"),
        (f"{HEAD}want (to die\n", 2, "needs a ) after it"),
        (f"{HEAD}want) to die\n", 2, "needs a ( before it"),
        (f"{HEAD}w*nt to die\n", 2, "Write word, word/word"),
        (f"{HEAD}want <to die\n", 2, "Write word, word/word"),
        (f"{HEAD}* to die\n", 2, "begins with a word"),
        (f"{HEAD}(want) (to)\n", 2, "one that is not optional"),
        (f"{HEAD}really so\n", 2, "one that is not optional"),
        ("[groups]\nround = <round>\n[suicide]\na <round>\n", 2, "names itself"),
        ("[groups]\nround\n", 2, "write: name = words"),
        ("[spelling]\nwnt want\n", 2, "write: name = words"),
    ]
    for content, line, mend in cases:
        folder = write(tmp_path, content)
        with pytest.raises(OperatorError) as error:
            load_danger(folder)
        assert str(error.value).startswith(f"{folder / 'danger.en.txt'}, line {line}: "), content
        assert mend in str(error.value), content


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"There is no folder .*nowhere"):
        load_danger(tmp_path / "nowhere")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "danger.en.txt").write_bytes(b"[suicide]\n\xff\xfe")
    with pytest.raises(OperatorError, match=r"danger\.en\.txt cannot be read as UTF-8"):
        load_danger(tmp_path)
