"""Knowledge in Markdown: what people write in a FAQ, as drafts of answers."""

from bot.knowledge.sources import Draft, Problem
from bot.knowledge.sources.markdown import parse


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
    assert problems(text) == ["line 7: “Old things” was read as a title: as ## it is read as a question"]


def test_deeper_headings_that_do_not_ask_are_the_answer_to_a_question_without_one() -> None:
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


def test_a_topic_with_only_questions_below_it_is_no_answer_and_they_are() -> None:
    text = "## Delivery\n\n### When do you deliver?\nOn Monday.\n\n### Livrez-vous ?\n### A domicile ?\nOui.\n"
    text += "\n## Where?\n### By bus\nLine 3.\n"
    assert drafts(text) == [
        (("When do you deliver?",), "On Monday."),
        (("Livrez-vous ?", "A domicile ?"), "Oui."),
        (("Where?",), "### By bus\nLine 3."),
    ]
    assert problems(text) == []


def test_a_topic_two_levels_above_its_questions_is_no_answer_either() -> None:
    text = "## Orders\n### Delivery\n#### When?\nMonday.\n### Paying\n#### How?\n"
    assert drafts(text) == [(("When?",), "Monday.")]
    assert problems(text) == ["line 6: “How?” has no answer under it"]


def test_a_question_with_nothing_but_headings_under_it_has_no_answer() -> None:
    text = "## How do I pay?\n### By card\n### By cheque\n\n## Where?\nHere.\n"
    assert drafts(text) == [(("Where?",), "Here.")]
    assert problems(text) == ["line 1: “How do I pay?” has no answer under it"]


def test_a_topic_without_words_is_not_taken_for_a_way_of_asking_the_next_question() -> None:
    text = "## Delivery\n\n## When do you deliver?\nOn Monday.\n\n## Contact\n## Phone\nCall 12.\n"
    assert drafts(text) == [(("When do you deliver?",), "On Monday."), (("Contact", "Phone"), "Call 12.")]
    assert problems(text) == ["line 1: “Delivery” has no answer under it"]


def test_an_answer_ends_where_the_next_heading_begins() -> None:
    text = "## Opening hours\n### Summer\n9 to 5.\n### Winter\n10 to 4.\n## Where?\nHere.\n### Parking\nBehind.\n"
    assert drafts(text) == [
        (("Summer",), "9 to 5."),
        (("Winter",), "10 to 4."),
        (("Where?",), "Here."),
        (("Parking",), "Behind."),
    ]
