"""FAQs in Markdown tables: a row of a table with questions and answers is an answer; other tables are a part of one."""

from bot.knowledge.sources import Draft, Problem
from bot.knowledge.sources.recognition import read_text


def drafts(text: str) -> list[tuple[str, str, str]]:
    return [(one.where, one.phrasings[0], one.answer) for one in read_text(text) or () if isinstance(one, Draft)]


def test_each_row_is_an_answer() -> None:
    cases: list[str] = [
        "| Question | Answer |\n|---|:---:|",
        "Question | Réponse\n--- | ---",
        "|**Query**|Response|\n| :-- | --: |",
    ]
    for head in cases:
        text = f"{head}\n| When do you open? | At *nine*. |\n| Parking | Behind the hall,<br>on the left. |\n"
        assert drafts(text) == [
            ("line 3", "When do you open?", "At *nine*."),
            ("line 4", "Parking", "Behind the hall,\non the left."),
        ], head


def test_the_columns_may_come_in_any_order_among_others_and_under_headings() -> None:
    text = (
        "# FAQ\n\nHello.\n\n## Pool\n\n| Réponse | Catégorie | Question |\n|---|---|---|\n| À 9 h. | eau | Ouvert ? |\n"
        "\nMore below.\n\n## Where is it?\n\nHere.\n"
    )
    assert drafts(text) == [("line 9", "Ouvert ?", "À 9 h."), ("line 13", "Where is it?", "Here.")]


def test_a_row_without_one_of_them_is_named() -> None:
    text = "| Question | Answer |\n|---|---|\n| When? | |\n| Where? | Here. |\n| | Nowhere. |\n"
    assert drafts(text) == [("line 4", "Where?", "Here.")]
    problems = [str(one) for one in read_text(text) or () if isinstance(one, Problem)]
    assert problems == ["line 3: “When?” has no answer beside it", "line 5: the question is empty"]


def test_another_table_is_a_part_of_its_answer() -> None:
    text = "## How much is it?\n\n| Who | Price |\n|---|---|\n| Children | 2 |\n"
    assert drafts(text) == [("line 1", "How much is it?", "| Who | Price |\n|---|---|\n| Children | 2 |")]
