"""Knowledge in CSV: rows become answers, and what is wrong is named by its line."""

import io

from hypothesis import given
from hypothesis import strategies as st

from bot.cells import storable
from bot.knowledge.sources import Draft, Problem
from bot.knowledge.sources.table import parse, recognise
from bot.transfer.knowledge import write_csv
from storage.answers.knowledge import Entry


def drafts(text: str) -> list[Draft]:
    return [found for found in parse(text) if isinstance(found, Draft)]


def problems(text: str) -> list[str]:
    return [str(found) for found in parse(text) if isinstance(found, Problem)]


def test_columns_are_known_in_english_and_french_whatever_separates_them() -> None:
    cases: list[str] = [
        "question,answer,id,language",
        "Question;Answer;ID;Language",
        "QUESTIONS\tanswer\tidentifier\tlang",
        "Question;Réponse;Identifiant;Langue",
        '"question","réponse","clé","langue"',
    ]
    for header in cases:
        separator = next(char for char in ";\t," if char in header)
        text = f"{header}\r\n{separator.join(('Where?', 'Here.', 'w', 'en'))}\r\n"
        assert recognise(text), header
        assert drafts(text) == [Draft("line 2", ("Where?",), "Here.", "w", "en")], header


def test_a_file_without_these_columns_is_no_table() -> None:
    cases: list[str] = ["", "kind,text\nidea,x\n", "question\nWhere?\n", "# Question, and answer\n"]
    assert [text for text in cases if recognise(text)] == []


def test_rows_with_one_id_are_one_answer_and_the_answer_may_stand_once() -> None:
    text = "id,question,answer\nw,Where?,Here.\nh,When?,Now.\nw,Whither?,\n"
    assert drafts(text) == [
        Draft("line 2", ("Where?", "Whither?"), "Here.", "w"),
        Draft("line 3", ("When?",), "Now.", "h"),
    ]


def test_rows_with_one_answer_are_one_unless_their_ids_differ() -> None:
    assert [one.phrasings for one in drafts("question,answer\nA?,Yes.\nB?,No.\nC?,Yes.\n")] == [("A?", "C?"), ("B?",)]
    assert [one.id for one in drafts("question,answer,id\nA?,Yes.,a\nB?,Yes.,b\n")] == ["a", "b"]


def test_bad_rows_are_named_and_good_ones_kept() -> None:
    text = (
        "question,answer,id,language\n"
        ",Here.,,\n"
        "Where?,,,\n"
        '"Two\nlines?",Yes.,,\n'
        "When?,Now.,w,English\n"
        "Why?,Because,of,fr,commas\n"
        "\n"
        "Who?,Me.,w,en\n"
        "Whom?,You.,w,en\n"
        '"Open?,Never.\n'
    )
    assert problems(text) == [
        "line 2: the question is empty",
        "line 3: the answer is empty",
        "line 6: “English” is not a language code, such as en or fr",
        "line 7: has 5 cells for 4 columns: quote texts",
        "line 10: has another answer under the id w than line 9, which is kept",
        "line 11: cannot be read as CSV (unexpected end of data): is a quotation mark left open?",
    ]
    assert [one.phrasings for one in drafts(text)] == [("Two\nlines?",), ("Who?",)]


def test_empty_lines_before_the_header_count() -> None:
    assert drafts("\r\n\nquestion,answer\nA?,Yes.\n")[0].where == "line 4"


def test_a_formula_is_a_text_in_the_file_and_itself_again_when_read() -> None:
    out = io.StringIO()
    write_csv([Entry("-1", ("=1+1", "'=2"), "@home\n+1", "en")], out)
    cells = [cell for line in out.getvalue().splitlines()[1:] for cell in line.split(",")]
    assert not [cell for cell in cells if cell.strip('"')[:1] in set("=@-")]
    assert drafts(out.getvalue()) == [Draft("line 2", ("=1+1", "'=2"), "@home\n+1", "-1", "en")]


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(lambda text: storable(text).strip())


@given(st.dictionaries(TEXT.filter(bool), st.tuples(st.lists(TEXT.filter(bool), min_size=1), TEXT.filter(bool))))
def test_whatever_is_written_is_read_back_as_it_was(held: dict[str, tuple[list[str], str]]) -> None:
    entries = [Entry(own, tuple(dict.fromkeys(asked)), answer, "fr") for own, (asked, answer) in held.items()]
    out = io.StringIO(newline="")
    write_csv(entries, out)
    read = [Entry(one.id or "", one.phrasings, one.answer, one.language or "") for one in drafts(out.getvalue())]
    assert read == entries
