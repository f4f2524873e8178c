"""What files say beside questions and answers: tags, and the day they were changed."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from bot.knowledge.sources import Draft
from bot.knowledge.sources.places import read_place
from bot.knowledge.sources.recognition import read_text

DAY = date(2026, 2, 3)
FRONT = """---
title: FAQ
date: 2025-01-01
lastmod: 2026-02-03T10:00:00Z
tags: [Été, pool]
lang: fr
expires: 2027-01-01
---
"""


def drafts(text: str) -> list[Draft]:
    return [one for one in read_text(text) or () if isinstance(one, Draft)]


def test_front_matter_is_of_all_answers_of_its_file() -> None:
    found = drafts(f"{FRONT}\n## Where?\nHere.\n## When?\nNow.\n")
    assert [(one.written_on, one.tags, one.language) for one in found] == [(DAY, ("Été", "pool"), "fr")] * 2
    assert found[0].valid_until == date(2027, 1, 1)


def test_front_matter_that_cannot_be_read_says_nothing() -> None:
    cases: list[str] = ["---\n: [\n---\n", "---\n- a\n---\n", "---\ndate: soon\ntags: 3\n---\n", ""]
    for front in cases:
        (found,) = drafts(f"{front}## Where?\nHere.\n")
        assert (found.written_on, found.tags) == (None, ()), front


def test_tags_are_read_of_each_answer() -> None:
    cases: list[str] = [
        '{"phrasings": ["Where?"], "answer": "Here.", "tags": ["pool", " pool", "dogs"]}',
        '{"phrasings": ["Where?"], "answer": "Here.", "tags": "pool, dogs"}',
        "question,answer,tags\nWhere?,Here.,pool; dogs\n",
        "question;réponse;étiquettes\nWhere?;Here.;pool|dogs\n",
        '[{"title": "Where?", "body": "Here.", "label_names": ["pool", "dogs"]}]',
    ]
    assert [text for text in cases if [one.tags for one in drafts(text)] != [("pool", "dogs")]] == []


def test_a_file_without_a_day_has_that_of_its_last_change(tmp_path: Path) -> None:
    changed = datetime(2026, 2, 3, 12, tzinfo=UTC).timestamp()
    for name, text in (("one.md", "## Where?\nHere.\n"), ("two.md", "---\ndate: 2025-01-01\n---\n## When?\nNow.\n")):
        (tmp_path / name).write_text(text, "utf-8")
        os.utime(tmp_path / name, (changed, changed))
    found = [one for one in read_place(tmp_path).found if isinstance(one, Draft)]
    assert [one.written_on for one in found] == [DAY, date(2025, 1, 1)]
