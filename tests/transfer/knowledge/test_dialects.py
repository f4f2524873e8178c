"""What generators of sites add to Markdown: an answer has its words, without their markup."""

from bot.knowledge.sources.web.page import read_page
from tests.transfer.knowledge.test_markdown import drafts, problems

MARKED = {
    "a note of GitHub": ("> [!NOTE]\n> Not on Mondays.", ">\n> Not on Mondays."),
    "a note of MkDocs": ('!!! note "Mind"\n    Not on\n\n    Mondays.\n\nBye.', "**Mind**\nNot on\n\nMondays.\n\nBye."),
    "a note without a title": ("At nine.\n\n!!! warning\n\n    Not on Mondays.", "At nine.\n\nNot on Mondays."),
    "tabs": (
        '=== "Summer"\n\n    At nine.\n\n=== "Winter"\n\n    At ten.',
        "**Summer**\n\nAt nine.\n\n**Winter**\n\nAt ten.",
    ),
    "a note of Docusaurus": (":::tip Mind\nNot on Mondays.\n:::", "**Mind**\nNot on Mondays."),
    "a note of Sphinx": (
        "```{note} Mind\n:class: x\nNot on Mondays.\n```\n\nBye.",
        "**Mind**\n\nNot on Mondays.\n\nBye.",
    ),
    "shortcodes of Hugo": ('{{% note %}}\nSee [it]({{< relref "x" >}}).\n{{% /note %}}', "See [it]()."),
    "tags of Jekyll": ("{% raw %}\nAt nine.\n{: .big }\n{%- endraw -%}", "At nine."),
    "attributes": ("See [it](https://x.org){:target=_blank}{ .button }.", "See [it](https://x.org)."),
    "labels and roles": ("(hall)=\nSee {ref}`the hall`.", "See `the hall`."),
    "imports": ("import Tabs from '@theme/Tabs';\n\nAt nine. {/* why? */}", "At nine."),
    "footnotes": ("At nine.[^1]\n\n[^1]: Not on Mondays.", "At nine. (Not on Mondays.)"),
    "code": ("```\n{% raw %}\n!!! note\n    x\n:::\n```\n\nAnd `{{< x >}}`.",) * 2,
    "words in braces": ("Write {name}, {{ name }} or ::: so.",) * 2,
}


def test_an_answer_has_no_markup_of_a_generator() -> None:
    for kind, (written, read) in MARKED.items():
        found = drafts(f"## When?\n\n{written}\n\n## Where?\n\nHere.\n")
        assert found == [(("When?",), read), (("Where?",), "Here.")], kind
        assert problems(f"## When?\n\n{written}\n") == [], kind


def test_lines_keep_their_numbers_and_titles_are_plain() -> None:
    text = "!!! note\n    Hello.\n\n## When?[^a] {: .no_toc }\nAt nine.\n\n## Why?\n\n[^a]: Or\n    so.\n"
    assert drafts(text) == [(("When?",), "At nine.")]
    assert problems(text) == ["line 7: “Why?” has no answer under it"]


def test_what_stands_beside_the_questions_of_a_page_is_no_answer() -> None:
    text = "# FAQ\n## When?\nAt nine.\n## Introduction\n- 1.0\n## Voir aussi\n[x](y.md) et z\n## Licence\nMIT\n"
    assert drafts(text) == [(("When?",), "At nine."), (("Licence",), "MIT")]
    assert problems(text) == [
        "line 4: “Introduction” is taken for a part of the page and no question: with a question mark it is one",
        "line 6: “Voir aussi” is taken for a part of the page and no question: with a question mark it is one",
    ]


def test_html_that_cannot_be_taken_apart_is_named_and_the_rest_is_read() -> None:
    text = "## When?\n\n<div>\n<![](x.png)\n</div>\n\nAt nine. <![](y.png)> Bye.\n"
    assert problems(text) == ["line 3: the HTML cannot be read"]
    [(_, answer)] = drafts(text)
    assert answer.startswith("At nine.")
    assert read_page("<html><![](x.png)<h1>When?</h1>At nine.</html>") == []
