"""Knowledge in Markdown: what people write in a FAQ, as drafts of answers."""

from bot.sources import Draft, Problem
from bot.sources.markdown import parse


def drafts(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(found.phrasings, found.answer) for found in parse(text) if isinstance(found, Draft)]


def problems(text: str) -> list[str]:
    return [str(found) for found in parse(text) if isinstance(found, Problem)]


def test_a_heading_is_a_question_and_the_text_under_it_the_answer() -> None:
    assert drafts("## When are you open?\n\nFrom 9 to 5.\n") == [(("When are you open?",), "From 9 to 5.")]


def test_headings_in_a_row_are_phrasings_of_one_question() -> None:
    text = "## When are you open?\n## Opening hours?\n\n## Heures d'ouverture ?\nFrom 9 to 5.\n## Where?\nHere."
    assert drafts(text) == [
        (("When are you open?", "Opening hours?", "Heures d'ouverture ?"), "From 9 to 5."),
        (("Where?",), "Here."),
    ]


def test_the_lines_of_an_answer_stay_as_they_are() -> None:
    assert drafts("## How?\nFirst:\n\n- one\n  - two\n\n\n") == [(("How?",), "First:\n\n- one\n  - two")]


def test_a_title_and_an_introduction_are_passed_over() -> None:
    text = "# Our FAQ\nHello.\n\n## Where?\nHere.\n\n# Old things\nNot this.\n"
    assert drafts(text) == [(("Where?",), "Here.")]
    assert problems(text) == []


def test_deeper_headings_belong_to_the_answer() -> None:
    assert drafts("## How?\n### By phone\nCall.\n") == [(("How?",), "### By phone\nCall.")]


def test_a_heading_inside_code_is_code() -> None:
    text = "## How?\n```sh\n## not a question\n```\nDone.\n~~~\n# nor a title\n~~~\n"
    assert drafts(text) == [(("How?",), "```sh\n## not a question\n```\nDone.\n~~~\n# nor a title\n~~~")]


def test_closing_marks_and_windows_line_ends_are_no_part_of_it() -> None:
    assert drafts("## Where? ##\r\nHere.\r\nOr there.\r\n") == [(("Where?",), "Here.\nOr there.")]


def test_a_hash_of_the_words_stays() -> None:
    assert drafts("## What is C#\nA language.\n") == [(("What is C#",), "A language.")]


def test_a_question_without_an_answer_is_named_with_its_line() -> None:
    text = "## Where?\nHere.\n\n## Why?\n"
    assert drafts(text) == [(("Where?",), "Here.")]
    assert problems(text) == ["line 4: “Why?” has no answer under it"]


def test_an_empty_heading_is_named_with_its_line() -> None:
    assert problems("##\nSome text.\n") == ["line 1: the heading is empty"]
