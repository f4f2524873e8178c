"""Knowledge as other tools export it: their columns, help centres' articles, and Rasa's training files."""

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.knowledge.sources import Draft, Problem, read
from bot.knowledge.sources.recognition import read_text

CASES = Path(__file__).parents[1] / "cases"
NLU = """version: "3.1"
nlu:
- intent: faq/hours
  examples: |
    - When are you open?
    - Are you open [on Sunday](day)?
- intent: parking
  examples: |
    - Is there [parking]{"entity": "place"}?
- intent: greet
  examples: |
    - hello
"""
DOMAIN = """intents: [faq, parking]
responses:
  utter_faq/hours:
  - text: At nine.
  - text: From nine.
  utter_place:
  - image: x.png
    text: Behind the hall.
  utter_bye:
  - text: Bye.
"""
WHOLE = "in what was read, which should be the folder of the whole project"
RULES = "rules:\n- rule: parking\n  steps:\n  - intent: parking\n  - action: utter_place\n"


def drafts(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(one.phrasings, one.answer) for one in read_text(text) or () if isinstance(one, Draft)]


def problems(text: str) -> list[str]:
    return [str(one) for one in read_text(text) or () if isinstance(one, Problem)]


def test_a_table_with_other_columns_is_read_and_the_columns_that_are_not_are_named() -> None:
    text = (CASES / "other-columns.csv").read_text(encoding="utf-8")
    assert drafts(text) == [(("When does the hall open?", "opening, hours"), "At nine.")]
    assert problems(text) == ["line 1: columns not read: category", "line 3: is not published (no)"]


def test_the_columns_of_other_tools_are_known() -> None:
    for separator, header in product(
        (",", ";", "\t", "|"),
        ("query,response", "Question,Réponse", "prompt,reply", "Titre,Contenu", "subject,answer", "Q,Answer(s)"),
    ):
        text = f"{header}\nWhere?,Here.\n".replace(",", separator)
        assert drafts(text) == [(("Where?",), "Here.")], (separator, header)
        assert problems(text) == [], (separator, header)


def test_a_spreadsheet_s_line_about_its_separator_is_passed_over() -> None:
    text = "sep=;\r\nquestion;answer\r\nWhere?;Here, or there.\r\n;x\r\n"
    assert drafts(text) == [(("Where?",), "Here, or there.")]
    assert problems(text) == ["line 4: the question is empty"]


def test_an_unicode_text_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_bytes("question\tréponse\r\nOù ?\tÀ l’entrée.\r\n".encode("utf-16"))
    assert [(one.phrasings, one.answer) for one in read(file) if isinstance(one, Draft)] == [(("Où ?",), "À l’entrée.")]


def test_further_phrasings_are_read() -> None:
    cases: list[tuple[str, list[str]]] = [
        ("opening, hours", ["opening, hours"]),
        ("When? | From when?;Until when?", ["When?", "From when?", "Until when?"]),
        ("when are you open, opening hours?", ["when are you open", "opening hours?"]),
    ]
    assert [
        (cell, phrasings)
        for cell, phrasings in cases
        if drafts(f'question,alternative questions,answer\nOpen?,"{cell}",At nine.\n')
        != [(("Open?", *phrasings), "At nine.")]
    ] == []


def test_the_last_day_of_an_answer_is_read() -> None:
    text = "question,answer,valid until\nA?,Yes.,2027-03-31\nB?,No.,soon\n"
    assert [one.valid_until for one in read_text(text) or () if isinstance(one, Draft)] == [date(2027, 3, 31)]
    assert problems(text) == ["line 3: “soon” is not a day such as 2026-03-31"]


def test_a_language_is_read_as_others_write_it() -> None:
    [found] = [one for one in read_text("query,response,locale\nOù ?,Ici.,FR_fr\n") or () if isinstance(one, Draft)]
    assert found.language == "fr-fr"


def test_json_lines_of_other_tools_are_read() -> None:
    cases: list[str] = ['{"question": "Where?", "answer": "Here."}', '{"query": "Where?", "response": "Here."}']
    assert [
        line
        for line in cases
        if drafts(f"{line}\n{line.replace('Where', 'Whither')}\n") != [(("Where?",), "Here."), (("Whither?",), "Here.")]
    ] == []


ZENDESK = {
    "count": 3,
    "articles": [
        {"id": 7, "title": "How do I pay?", "body": "<p>By <b>card</b>.</p>\n<ul><li>or not</li></ul>",
         "locale": "en-us",
         "html_url": "https://help.example.org/7", "draft": False},
        {"id": 8, "title": "Secret", "body": "<p>In June.</p>", "locale": "en-us", "draft": True},
        {"id": 9, "title": "Empty", "body": None, "locale": "fr"},
    ],
}  # fmt: skip
INTERCOM = {
    "type": "list",
    "data": [
        {"id": "3", "title": "Join", "body": "<p>Ask.</p>", "state": "published", "translated_content": {
            "type": "article_translated_content",
            "en": {"title": "Join", "body": "<p>Ask.</p>", "state": "published"},
            "fr": {"title": "Adhérer", "body": "<p>Demander.</p>", "state": "published"},
            "de": None,
        }},
        {"id": "4", "title": "Later", "body": "<p>x</p>", "state": "draft"},
    ],
}  # fmt: skip


def test_the_articles_of_zendesk_are_read_but_for_drafts() -> None:
    text = json.dumps(ZENDESK)
    [found] = [one for one in read_text(text) or () if isinstance(one, Draft)]
    assert found == Draft(
        "article 1 (id 7)", ("How do I pay?",), "By **card**.\n\n- or not", "7", "en-us", "https://help.example.org/7"
    )
    assert problems(text) == ["article 2 (id 8): is a draft", "article 3 (id 9): “Empty” has no text"]


def test_the_articles_of_intercom_are_read_in_each_language() -> None:
    text = json.dumps(INTERCOM, indent=1)
    found = [(one.id, one.language, one.phrasings) for one in read_text(text) or () if isinstance(one, Draft)]
    assert found == [("3-en", "en", ("Join",)), ("3-fr", "fr", ("Adhérer",))]
    assert problems(text) == ["article 2 (id 4): is a draft"]


def test_an_article_is_read_in_its_own_language_beside_its_translations() -> None:
    translated = {"fr": {"title": "Adhérer", "body": "<p>Demander.</p>"}}
    own = {"id": "3", "title": "Join", "body": "<p>Ask.</p>", "default_locale": "en", "translated_content": translated}
    text = json.dumps({"data": [own]})
    found = [(one.id, one.language, one.phrasings) for one in read_text(text) or () if isinstance(one, Draft)]
    assert found == [("3", "en", ("Join",)), ("3-fr", "fr", ("Adhérer",))]


def test_a_page_of_an_export_says_that_there_are_others() -> None:
    cases: list[dict[str, object]] = [{"next_page": "https://x.org?page=2"}, {"pages": {"next": {"page": 2}}}]
    for more in cases:
        text = json.dumps({**more, "articles": [{"title": "Where?", "body": "Here."}]})
        assert problems(text) == ["the file: is one page of an export; the articles of the next ones are not in it"], (
            more
        )


def test_a_list_of_questions_with_answers_is_read() -> None:
    text = json.dumps([{"question": "Where?", "answer": "Here."}, {"question": "When?", "answer": ""}, 7])
    assert drafts(text) == [(("Where?",), "Here.")]
    assert problems(text) == ["article 2: “When?” has no text", "article 3: is no article"]


def test_the_files_of_a_rasa_project_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name, text in {"domain.yml": DOMAIN, "data/nlu.yml": NLU, "data/rules.yml": RULES}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = list(read(tmp_path / "data" / "nlu.yml"))
    assert [(one.id, one.phrasings, one.answer) for one in found if isinstance(one, Draft)] == [
        ("faq/hours", ("When are you open?", "Are you open on Sunday?"), "At nine."),
        ("parking", ("Is there parking?",), "Behind the hall."),
    ]
    assert [str(one) for one in found if isinstance(one, Problem)] == [
        f"nlu.yml, intent greet: the intent greet has no response utter_greet {WHOLE}",
        "responses: utter_bye has no intent with examples",
    ]


@pytest.mark.parametrize("text", ["a: [1", "a: 1\n", "- b\n", "nlu: 3\n"])
def test_other_yaml_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OperatorError, match="holds no knowledge"):
        read(file)
