"""`ask`: what the bot would answer, to a person and to a program; nothing of it is kept."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from storage.models import Question
from tests.cli.conftest import TWO, Shell

KNOWLEDGE = """question,answer,id,language
Can I give frozen food?,"Yes, until noon.",frozen,en
Do you take frozen food?,,frozen,en
How do I change my delivery address?,Under Orders.,delivery,en
How do I change my email address?,Under Account.,email,en
How do I change my postal address for letters?,"By letter, sadly.",post,en
Quels sont les horaires d'ouverture ?,De 9 h à midi.,opening,fr
"""


@pytest.fixture
def knowing(shell: Shell, tmp_path: Path) -> Shell:
    file = tmp_path / "faq.csv"
    file.write_text(KNOWLEDGE, encoding="utf-8")
    shell.types("knowledge", "add", file).done()
    return shell


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.removesuffix("\n").split("\n")]


def test_what_would_be_answered_is_shown_and_no_question_is_kept(knowing: Shell) -> None:
    out = knowing.types("ask", "do you take FROZEN food").done().out
    assert out.splitlines() == [
        "? do you take FROZEN food",
        "answer 0.99  frozen  Can I give frozen food?",
        "",
        "Yes, until noon.",
        "",
    ]
    offered = knowing.types("ask", "How do I change my address?").done().out.splitlines()
    assert offered[1] == "offer: one of these may be meant"
    assert sorted(line.split()[1] for line in offered[2:5]) == ["delivery", "email", "post"]
    assert "silent: nothing fits" in knowing.types("ask", "Where is the moon base?").done().out
    # What a terminal would obey is not printed.
    assert "\x1b" not in knowing.types("ask", "\x1b[2Jfrozen food").done().out
    assert knowing.reads(lambda session: session.exec(select(Question)).all()) == []


def test_every_line_of_a_file_gets_one_line_of_json_in_order(knowing: Shell, tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    odd = [b"Can I give frozen food?", b"", b"  ", b"-x", b"--json", b"\x00", b"a" * 50_000, b"\xed\xa0\x80", b"?!"]
    file.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(odd) + "\r\nhoraires\u2028d'ouverture".encode())
    told = knowing.types("ask", "--file", file, "--json").done()
    found = lines(told.out)
    assert told.err == ""
    assert len(told.out.splitlines()) == len(found) == len(odd) + 1
    assert [one["question"] for one in found[:6]] == ["Can I give frozen food?", "", "  ", "-x", "--json", "\x00"]
    assert found[6]["question"] == "a" * 50_000
    assert found[0]["decision"] == "answer"
    assert found[0]["candidates"][0]["id"] == "frozen"
    assert found[1] == {"question": "", "decision": "silent", "candidates": []}
    assert found[-1]["question"] == "horaires\u2028d'ouverture"
    assert found[-1]["candidates"][0]["id"] == "opening"
    assert {one["decision"] for one in found[1:9]} == {"silent"}


def test_scores_are_shares_the_best_first_and_at_most_ten(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    rows = "".join(f"How do I change the address of {number}?,Answer {number}.\n" for number in range(30))
    file.write_text(f"question,answer\n{rows}", encoding="utf-8")
    shell.types("knowledge", "add", file).done()
    [found] = lines(shell.types("ask", "change my address", "--json").done().out)
    scores = [one["score"] for one in found["candidates"]]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_question_may_begin_with_a_dash_or_be_empty(knowing: Shell) -> None:
    for question in ("-x", "--frozen", "-", ""):
        [found] = lines(knowing.types("ask", "--json", question).done().out)
        assert found["question"] == question
    assert found == {"question": "", "decision": "silent", "candidates": []}


def test_what_the_knowledge_has_no_words_for_is_silent_however_long(knowing: Shell, tmp_path: Path) -> None:
    cases: list[str] = [
        "🍕",
        "👍👍",
        "?!… —",
        "营业时间是什么时候？",
        "متى تفتحون؟",
        "\u202e\u200b",
        "🍕" * 25_000,
        "é\u0301" * 25_000,
        "ﷺ" * 50_000,
    ]
    file = tmp_path / "odd.txt"
    file.write_text("\n".join(cases), encoding="utf-8")
    found = lines(knowing.types("ask", "--file", file, "--json").done().out)
    assert [(one["question"], one["decision"]) for one in found] == [(question, "silent") for question in cases]


def test_questions_come_down_a_pipe_too(knowing: Shell) -> None:
    with knowing.opens(["ask", "--file", "-", "--json"], stdin=subprocess.PIPE) as process:
        out, err = process.communicate("Can I give frozen food?\n\nhoraires")
    assert (process.returncode, err) == (0, "")
    assert [one["question"] for one in lines(out)] == ["Can I give frozen food?", "", "horaires"]


def test_without_knowledge_every_line_is_silent_and_the_mend_is_told(shell: Shell) -> None:
    said = shell.types("ask", "When?", "--json").done()
    assert lines(said.out) == [{"question": "When?", "decision": "silent", "candidates": []}]
    assert "There is no knowledge yet: portevoix knowledge add FILE brings it in." in said.err


def test_it_takes_one_question_or_one_file_that_is_there(shell: Shell) -> None:
    for words in ((), ("When?", "--file", "questions.txt")):
        shell.types("ask", *words).refused("Ask one question, or name a file of them with --file.")
    shell.types("ask", "--file", "nothing.txt", "--json").refused("There is no file nothing.txt.")


def test_of_several_communities_one_is_chosen(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_text(KNOWLEDGE, encoding="utf-8")
    shell.types("knowledge", "add", file, "--community", "forum", PORTEVOIX_COMMUNITIES=TWO).done()
    asked = ("ask", "Can I give frozen food?", "--json")
    shell.types(*asked, PORTEVOIX_COMMUNITIES=TWO).refused("There are several communities")
    decisions = {
        key: lines(shell.types(*asked, "--community", key, PORTEVOIX_COMMUNITIES=TWO).done().out)[0]["decision"]
        for key in ("plaza", "forum")
    }
    assert decisions == {"plaza": "silent", "forum": "answer"}
