"""How teams lay out a FAQ in Markdown: each layout is read, and what is no answer is left out."""

from pathlib import Path

from tests.transfer.knowledge.test_markdown import drafts, problems

CASES = Path(__file__).parents[1] / "cases"
BOTH = [(("When does the hall open?",), "At nine."), (("Is there parking?",), "Yes, behind the hall.")]
LAYOUTS = {
    "only #": "# When does the hall open?\nAt nine.\n# Is there parking?\nYes, behind the hall.\n",
    "only ###": "### When does the hall open?\nAt nine.\n### Is there parking?\nYes, behind the hall.\n",
    "a title and ######": "# FAQ\n###### When does the hall open?\nAt nine.\n###### Is there parking?\n"
    "Yes, behind the hall.\n",
    "underlined": "FAQ\n===\n\nWhen does the hall open?\n---\nAt nine.\n\nIs there parking?\n---\n"
    "Yes, behind the hall.\n",
    "bold": "**When does the hall open?**\n\nAt nine.\n\n**Is there parking?**\nYes, behind the hall.\n",
    "bold in a line": "**When does the hall open?** At nine.\n\n**Is there parking?** – Yes, behind the hall.\n",
    "bold and numbered": "1. **When does the hall open?**\n   At nine.\n2. **Is there parking?**\n\n"
    "   Yes, behind the hall.\n",
    "bold in part": "1\\. **When does** **the hall open?**\n\nAt nine.\n\n- **Is there parking?**\n"
    "  Yes, behind the hall.\n",
    "numbered": "1. When does the hall open?\n\nAt nine.\n\n2. Is there parking?\n\nYes, behind the hall.\n",
    "numbered headings": "## 1) When does the hall open?\nAt nine.\n### 1.2 Is there parking?\nYes, behind the hall.\n",
    "Q and A": "Q: When does the hall open?\nA: At nine.\n\n**Q2:** Is there parking?\n\n"
    "**A:** Yes, behind the hall.\n",
    "folds": "<details>\n<summary>When does the hall open?</summary>\n\nAt nine.\n\n</details>\n\nBye.\n\n"
    "<details><summary><b>Is there parking?</b></summary>Yes, <!-- still -->behind the hall.</details>\n\nMore.\n",
    "HTML": "<h2>When does the hall open?</h2>\n<p>At nine.</p>\n<div><h3>Is there parking?</h3>\n"
    "Yes, behind the hall.</div>\n",
    "marks in headings": '## <a name="open"></a>**When does the hall `open`?** {#open}\nAt nine.\n\n'
    "## [Is there *parking*?](#parking) ##\nYes, behind the hall.\n",
    "front matter": "---\ntitle: FAQ\n# When?\n---\n\n## When does the hall open?\nAt nine.\n\n"
    "## Is there parking?\nYes, behind the hall.\n",
    "contents": "# FAQ\n\n[TOC]\n\n## Contents\n- [When does the hall open?](#open)\n"
    "- [Is there parking?](#parking)\n\n"
    "## When does the hall open?\nAt nine.\n\n[Back to top](#faq)\n\n---\n\n## Is there parking?\n"
    "Yes, behind the hall.\n\n"
    '<a href="#faq">↑</a>\n',
    "rules": "***\n## When does the hall open?\nAt nine.\n\n***\n\n## Is there parking?\n"
    "Yes, behind the hall.\n\n---\n",
    "definitions": "When does the hall open?\n\n:   At nine.\n\nIs there parking?\n: Yes, behind the hall.\n",
    "Q. and A.": "**Q. When does the hall open?**\n\n**A.** At nine.\n\n**Q.** Is there parking?\n"
    "**A.** Yes, behind the hall.\n",
    "Q. and R., plain": "Q. When does the hall open?\nR. At nine.\n\nQ. Is there parking?\nR. Yes, behind the hall.\n",
    "signs beside bold": "❓ **When does the hall open?**\n\nAt nine.\n\n**Is there parking?** :\n\n"
    "Yes, behind the hall.\n",
    "slanted": "*When does the hall open?*\n\nAt nine.\n\n***Is there parking?***\nYes, behind the hall.\n",
    "quoted": "> When does the hall open?\n\nAt nine.\n\n> **Is there parking?**\n\nYes, behind the hall.\n",
    "bold in items": "- **When does the hall open?** At nine.\n- **Is there parking?** – Yes, behind the hall.\n",
    "folds in boxes": '<div class="faq">\n\n<details class="one">\n<summary>\n<span>When does the hall open?</span>\n'
    '<i aria-hidden="true">▼</i>\n</summary>\n<div class="answer">\n\nAt nine.\n\n</div>\n</details>\n\n'
    "<details><summary>Is there parking?</summary>\n\nYes, behind the hall.\n\n</details>\n</div>\n",
    "what unfolds": '<div>\n    <h2>Hall</h2>\n    <button data-toggle="collapse">Open all</button>\n</div>\n\n'
    '<div class="card">\n    <div class="faq">\n        <a data-toggle="collapse" href="#a"><div>1. When does the hall '
    'open?</div></a>\n        <div id="a">At nine.</div>\n    </div>\n\n        <div class="faq">\n            '
    '<button aria-expanded="false">2. Is there parking?</button>\n            <div>Yes, behind the hall.</div>\n'
    "        </div>\n\n</div>\n",
    "bold HTML": "<p><strong>When does the hall open?</strong></p>\n<p>At nine.</p>\n\n<b>Is there parking?</b><br>\n"
    "Yes, behind the hall.\n",
    "terms in HTML": "<dl><dt>When does the hall open?</dt><dd>At nine.</dd></dl>\n"
    "<p><b>2. Is there parking?</b><br>Yes, behind the hall.</p>\n",
    "folds of MkDocs": '??? question "When does the hall open?"\n    At nine.\n\n???+ faq "Is there parking?"\n\n'
    "    Yes, behind the hall.\n",
    "folds of VuePress": "::: details When does the hall open?\nAt nine.\n:::\n\n:::details[Is there parking?]\n"
    "Yes, behind the hall.\n:::\n",
    "contents, told by their name": "# FAQ\n\n## Sommaire\n1. Salle\n2. [Parking](#parking) (derrière)\n\n"
    "## When does the hall open?\nAt nine.\n\n##### [Return to index](#sommaire)\n\n## Is there parking?\n"
    "Yes, behind the hall.\n\n##### [Return to index](#sommaire)\n",
    "contents, told by their links": "## Hall\n- **[When does the hall open?](#open)** (daily)\n"
    "  - [Is there parking?](#parking), [or not?](#not)\n\n"
    "### When does the hall open?\nAt nine.\n### Is there parking?\nYes, behind the hall.\n",
    "introduced": "## Frequently asked questions\n\nThese are asked often.\n\n### When does the hall open?\nAt nine.\n"
    "### Is there parking?\n\n[![Parking](https://img.shields.io/x.svg)](https://x.org) ![](https://x.org/badge.svg)\n\n"
    "Yes, behind the hall.\n",
}


def test_each_layout_gives_both_answers() -> None:
    assert [layout for layout in LAYOUTS if drafts(LAYOUTS[layout]) != BOTH] == []


def test_nothing_of_them_is_skipped() -> None:
    assert [layout for layout in LAYOUTS if problems(LAYOUTS[layout]) != []] == []


def case(name: str) -> str:
    return (CASES / name).read_text(encoding="utf-8")


def test_an_answer_ends_at_a_deeper_heading() -> None:
    assert drafts(case("nested-headings.md")) == [
        (("Who may join?",), "Everybody over sixteen."),
        (("How do I leave?",), "Write to the desk."),
        (("Is there parking?",), "Yes, behind the hall."),
    ]


def test_what_is_commented_out_is_no_text() -> None:
    assert drafts(case("commented-out.md")) == BOTH


def test_questions_in_bold_are_questions() -> None:
    assert drafts(case("bold-questions.md")) == BOTH


def test_a_comment_in_a_line_is_no_text_and_one_in_code_is_code() -> None:
    text = "## How?\nLike <!-- not -->so:\n\n```html\n<!-- kept -->\n```\n\n- <!-- not this\n  either --> one\n"
    assert drafts(text) == [(("How?",), "Like so:\n\n```html\n<!-- kept -->\n```\n\n- one")]


def test_a_link_whose_address_stands_elsewhere_keeps_it() -> None:
    text = "## Rules?\nSee [here][rules].\n\n## More?\n[rules]\n\n[rules]: https://example.org/r\n"
    assert drafts(text)[0] == (("Rules?",), "See [here](https://example.org/r).")


def test_a_section_of_links_alone_is_no_answer_and_named() -> None:
    text = "## Where?\nHere.\n\n## See also\n- [Us](https://example.org)\n- [Them](https://example.org/t)\n"
    assert drafts(text) == [(("Where?",), "Here.")]
    assert problems(text) == ["line 4: “See also” has links alone under it"]


def test_what_looks_like_a_question_and_is_not_read_as_one_is_named_with_its_line() -> None:
    text = "# FAQ\n\nWhen does the hall open?\n\nAt nine.\n\nIs there parking?\nYes.\n\n## Where?\nHere.\n"
    assert drafts(text) == [(("Where?",), "Here.")]
    assert [line.split(" looks")[0] for line in problems(text)] == [
        "line 3: “When does the hall open?”",
        "line 7: “Is there parking?”",
    ]


def test_a_question_inside_an_answer_belongs_to_it() -> None:
    text = "## How do I join?\nStill unsure?\nAsk us.\n\n**Note** that it is free.\n"
    assert drafts(text) == [(("How do I join?",), "Still unsure?\nAsk us.\n\n**Note** that it is free.")]
    assert problems(text) == []


def test_one_title_under_two_topics_is_told_apart_by_them() -> None:
    text = "## Adults\n### Prices\nTen.\n### How do I join?\nAsk.\n"
    text += "## Children\n### Prices\nFive.\n### How do I join?\nCall.\n"
    assert drafts(text) == [
        (("Adults – Prices",), "Ten."),
        (("Adults – How do I join?", "How do I join?"), "Ask."),
        (("Children – Prices",), "Five."),
        (("Children – How do I join?", "How do I join?"), "Call."),
    ]


def test_a_comment_that_does_not_end_is_named() -> None:
    text = "## Where?\nHere.\n\n<!-- not yet\n\n## When?\nNow.\n"
    assert drafts(text) == [(("Where?",), "Here.")]
    assert problems(text) == ["line 4: a comment begins here and does not end: what follows is not read"]


def test_old_line_ends_and_odd_characters_are_read() -> None:
    text = "## Where?\rHere\x00.\r\r## When?\rNow \ud800.\r"
    assert drafts(text) == [(("Where?",), "Here."), (("When?",), "Now ?.")]


def test_markup_that_nests_without_end_is_bounded() -> None:
    cases: list[str] = ["<div>" * 2_000, "> " * 2_000 + "x", "- " * 2_000 + "x", "`" * 20_000, "*a " * 5_000]
    assert [odd for odd in cases if drafts(f"## Where?\nHere.\n\n## Odd?\n{odd}\n")[0] != (("Where?",), "Here.")] == []


def test_words_beside_a_link_within_the_page_are_no_navigation() -> None:
    text = '## When?\n\n<p>At nine, see <a href="#x">below</a>, <a href="/p">/p</a>.</p>\n\n<a href="#top">Top</a>\n'
    assert drafts(text) == [(("When?",), "At nine, see [below](#x), [/p](/p).")]
