"""Files as spreadsheets and tools write them: any encoding, separator, quotation and column name."""

import csv
import io
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import OperatorError
from bot.transfer.incoming.reading.columns import recognise
from bot.transfer.incoming.reading.sheet import Sheet
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.reading.table import Record, named

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=20).filter(str.strip)
LINES = st.lists(TEXTS, min_size=1, max_size=3).map("\r\n".join)
DIALECTS: list[dict[str, Any]] = [
    {},
    {"delimiter": ";"},
    {"delimiter": "\t", "lineterminator": "\n"},
    {"delimiter": "|"},
    {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"},
    {"quoting": csv.QUOTE_NONNUMERIC, "delimiter": ";"},
    {"quotechar": "'", "quoting": csv.QUOTE_ALL},
    {"doublequote": False, "escapechar": "\\", "quoting": csv.QUOTE_ALL},
]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


def sheet(content: bytes | str) -> Sheet:
    return Sheet(Source(io.BytesIO(content.encode() if isinstance(content, str) else content), "file.csv"))


def records(content: bytes | str) -> list[dict[str, str]]:
    found = list(sheet(content).records())
    assert all(isinstance(one, Record) for one in found), found
    return [dict(one.cells) for one in found if isinstance(one, Record)]


@given(st.lists(st.tuples(LINES, TEXTS), min_size=1, max_size=6), st.sampled_from(DIALECTS), st.sampled_from(ENCODINGS))
@example([('a\nb, "c"; d\te', "Zoé")], DIALECTS[0], "utf-8")
@example([("it's 'so'", "O'Neil")], DIALECTS[6], "utf-8")
@example([('say \\"hi\\"', "Ada")], DIALECTS[7], "utf-8")
@example([("=1", "'")], DIALECTS[0], "utf-16")
def test_rows_of_any_dialect_and_encoding_come_back_equal(
    rows: list[tuple[str, str]], dialect: dict[str, Any], encoding: str
) -> None:
    out = io.StringIO(newline="")
    table = csv.writer(out, **dialect)
    table.writerow(("text", "author"))
    table.writerows(rows)
    read = [(row["text"], row["author"]) for row in records(out.getvalue().encode(encoding))]
    assert read == [tuple(_unguarded(cell) for cell in row) for row in rows]


def _unguarded(cell: str) -> str:
    """Spreadsheets guard formulas by an apostrophe, which is no part of the words."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in tuple("=+-@＝＋－＠") else cell


EXCEL = "kind\ttext\tauthor\tat\tsupport\r\nsuggestion\tUn préau près de l'entrée\tÉlodie\t2026-03-02\t4\r\n"


def test_a_spreadsheet_s_encoding_is_told() -> None:
    cases: list[str] = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
    for encoding in cases:
        [row] = records(EXCEL.encode(encoding))
        assert (row["text"], row["author"], row["support"]) == ("Un préau près de l'entrée", "Élodie", "4"), encoding


def test_what_is_not_utf_8_is_said() -> None:
    def told(content: bytes) -> str | None:
        return Source(io.BytesIO(content), "file.csv").told

    assert told(EXCEL.encode()) is None
    assert told(EXCEL.encode("utf-16")) == "file.csv is read as UTF-16"
    assert told(EXCEL.encode("cp1252")) == "file.csv is read as Windows-1252 (cp1252), as older spreadsheets write it"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1251", "shift_jis"])
def test_another_encoding_is_refused_with_the_mend(encoding: str) -> None:
    texts = {"cp1251": "Скамейка у пруда", "shift_jis": "池のそばのベンチ"}
    content = f"text\n{texts.get(encoding, 'Un préau près de l’entrée, ça aide à être au sec'.replace('’', ' '))}\n"
    with pytest.raises(OperatorError, match="save it as UTF-8, in a spreadsheet as “CSV UTF-8”"):
        Source(io.BytesIO(content.encode(encoding)), "file.csv")


def test_a_spreadsheet_s_line_that_names_the_separator_is_none_of_the_header() -> None:
    cases: list[str] = ["sep=;\r\n", "\r\n\r\nSEP=;\r\n", '"sep=;"\n', "\ufeffsep=;\n"]
    assert [
        lead
        for lead in cases
        if records(f"{lead}kind;text;support\r\nsuggestion;More shade, please;2\r\n")
        != [{"kind": "suggestion", "text": "More shade, please", "support": "2"}]
    ] == []


def test_line_breaks_may_be_in_titles_and_cells_and_empty_rows_anywhere() -> None:
    content = '"Description\n(long)","Number of\nvotes"\r\n\r\n"A\nbench",3\r\n,\r\n,,,\r\n'
    assert records(content) == [{"text": "A\nbench", "support": "3"}]


def test_rows_keep_their_line_after_a_lead_and_quoted_line_breaks() -> None:
    found = [one.where for one in sheet('sep=,\ntext,votes\n"a\nb",1\nc,2\n').records()]
    assert found == ["line 3", "line 5"]


def test_columns_are_known_by_the_names_of_other_tools() -> None:
    cases: list[tuple[str, str]] = [
        ("Title,Description,Votes,Created at,Status,Category", "title text support at status area"),
        ("postTitle,post_details,voteCount,createdAt,status_name,boardName", "title text support at status area"),
        ("Titre;Texte;Nombre de votes;Date de création;État;Catégorie", "title text support at status area"),
        ("id,title,body,score,created_at,state,author_name", "id title text support at status author"),
        ("Idée,Auteur,Créé le,Soutiens,Statut,Domaine,Motif", "text author at support status area reason"),
        (
            "number,title,description,created_at,created_by,votes_count,status,responded_at,response",
            "id title text at author support status changed reason",
        ),
    ]
    for titles, columns in cases:
        found = recognise(titles.replace(";", ",").split(","))
        assert set(found.at) == set(columns.split()), titles
        assert found.unread == [], titles


def test_columns_that_are_not_read_are_named_once() -> None:
    found = recognise(["id", "text", "mood", "votes", "upvotes", "  ", "internal\nnotes"])
    assert found.unread == ["mood", "upvotes", "internal notes"]


def test_of_very_many_columns_that_are_not_read_the_first_are_named() -> None:
    assert named(["mood"]) == "mood"
    assert named([str(number) for number in range(3_000)]).endswith("28, 29 and 2,970 more")


def test_a_column_of_names_is_that_of_authors_unless_it_says_whether_there_is_one() -> None:
    assert records("name,idea\nAda,A bench\n") == [{"author": "Ada", "text": "A bench"}]
    assert records("name,text\nnameless,A bench\n") == [{"name": "nameless", "text": "A bench"}]
    assert sheet("name,author,text\nMs. A,Ada,A bench\n").unread == ["name"]


def test_a_pipe_is_read_once_and_whole() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    rows = "".join(f"Row {number} é,{number}\n" for number in range(8_000))
    table = Sheet(Source(Pipe(f"text,votes\n{rows}".encode()), "pipe"))
    assert sum(1 for _ in table.sample()) == 2_000
    read = [one.cells["text"] for one in table.records() if isinstance(one, Record)]
    assert read == [f"Row {number} é" for number in range(8_000)]


def test_a_file_that_is_closed_first_stops_the_reading_without_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("kind,text\nidea,One\nidea,Two\n", "utf-8")
    with file.open("rb") as raw, ExitStack() as stack:
        text = stack.enter_context(Source(raw, str(file)).text())
        assert text.readline() == "kind,text\n"
        raw.close()
