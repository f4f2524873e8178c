"""`knowledge check`: answers that are alike or contradict each other, their use, and what is out of date."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.clock import SystemClock
from storage.answers import knowledge, questions, refusals
from storage.answers.knowledge import Entry
from storage.models import Question
from storage.people import communities
from storage.vocabulary import Decision
from tests.cli.conftest import Shell

FAQ = """## When does the pool open?
At nine.
## When does the pool close?
At seven in the evening.
## How do I pay for a day pass?
Five euros at the desk, in cash or by card.
## The day pass: how do I pay for it?
Seven euros, by card alone.
## May I bring a dog?
Dogs wait outside, in the shade of the big tree.
## Are pets allowed?
Dogs wait outside, in the shade of the big tree!
"""


def check(shell: Shell) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shell.types("knowledge", "check", "--json").done().out)
    return found


def pairs(found: list[dict[str, str]]) -> list[set[str]]:
    return [{one["question"], one["other_question"]} for one in found]


def test_answers_that_are_alike_or_contradict_each_other_are_named(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "faq.md"
    file.write_text(FAQ, encoding="utf-8")
    shell.types("knowledge", "add", file, "--language", "en").done()
    found = check(shell)
    assert pairs(found["duplicates"]) == [{"May I bring a dog?", "Are pets allowed?"}]
    assert pairs(found["contradictions"]) == [{"How do I pay for a day pass?", "The day pass: how do I pay for it?"}]
    assert pairs(found["opposites"]) == [{"When does the pool open?", "When does the pool close?"}]
    out = shell.types("knowledge", "check").done().out
    assert "1 pair of answers with the same text. Keep one of the two, with the questions of both:" in out
    assert "1 pair of answers that contradict each other. " in out
    assert "1 pair of questions that one word turns round. " in out


def ask(session: Session, text: str, answer_id: int | None, useful: bool | None = None) -> Question:
    decision = Decision.ANSWER if answer_id else Decision.SILENT
    community = communities.every(session)[0].id
    asked = Question(community_id=community, text=text, plain=text, language="en", decision=decision,
                     answer_id=answer_id, useful=useful, asked_at=SystemClock().now())  # fmt: skip
    return questions.keep(session, asked)


def test_the_use_of_answers_is_told(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_text(
        "id,question,answer\nused,Pool?,At nine.\nbad,Dogs?,Outside.\nidle,Sauna?,Below.\n", encoding="utf-8"
    )
    shell.types("knowledge", "add", file, "--language", "en").done()
    assert check(shell)["unused"] == []

    def use(session: Session) -> None:
        ids = {one.external_id: one.id for one in knowledge.answers(session, communities.every(session)[0].id)}
        ask(session, "pool", ids["used"], useful=True)
        for number in range(3):
            refusals.keep(session, ask(session, f"dogs {number}", ids["bad"], useful=False), [ids["bad"]], firm=False)
        ask(session, "moon", None)

    shell.writes(use)
    found = check(shell)
    assert (found["asked"], found["answered"], found["unused"], found["refused"]) == (5, 1, ["idle"], {"bad": 3})
    assert ["moon", 1] in found["waiting"]
    out = shell.types("knowledge", "check").done().out
    assert "5 questions, 20% of them answered" in out
    assert (
        "1 answer that nobody got. Nobody needs them, or their questions are not how people ask:\n  idle “Sauna?”"
        in out
    )
    assert "\n  bad “Dogs?”: 3 times" in out


def test_what_is_out_of_date_is_named(shell: Shell, tmp_path: Path) -> None:
    file, other = tmp_path / "faq.md", tmp_path / "other.md"
    file.write_text("## When does the pool open?\nAt nine.\n", encoding="utf-8")
    other.write_text("## Where?\nHere.\n", encoding="utf-8")
    shell.types("knowledge", "sync", file, other).done()
    assert check(shell)["unread"] == {}
    file.write_text("## When does the pool open?\nAt ten o'clock.\n", encoding="utf-8")
    other.unlink()
    late = Entry("late", ("Winter hours?",), "At ten.", "en", valid_until=date(2020, 3, 1))
    shell.writes(lambda session: knowledge.add(session, communities.every(session)[0].id, [late]))
    found = check(shell)
    assert found["expired"] == ["late"]
    assert found["unread"] == {
        str(file): "it has changed since it was read",
        str(other): "it is not there any more",
    }
    out = shell.types("knowledge", "check").done().out
    assert "They are only offered: give them a new last day, or remove them:\n  late “Winter hours?”" in out
