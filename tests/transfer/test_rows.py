"""A CSV file as people have it: any order of columns, any separator, some rows wrong."""

import io
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.core import Core
from bot.errors import OperatorError
from bot.knowledge.sources import Problem
from bot.locales.areas import Areas
from bot.transfer.incoming.reading.sheet import Sheet
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.rows import CellContext, Row, read_rows
from bot.transfer.incoming.values.statuses import Statuses
from bot.transfer.words import Kinds
from storage.vocabulary import Kind


@pytest.fixture
def reading(core: Core) -> CellContext:
    speeches = core.languages.all().values()
    return CellContext(
        Kinds(core.registry, speeches), Areas((), speeches), ZoneInfo("Europe/Paris"), Statuses(speeches)
    )


def sheet(content: str | bytes) -> Sheet:
    raw = content if isinstance(content, bytes) else content.encode()
    return Sheet(Source(io.BytesIO(raw), "file.csv"))


def rows(content: str | bytes, reading: CellContext) -> list[Row]:
    return [row for row in read_rows(sheet(content).records(), reading) if isinstance(row, Row)]


def problems(content: str | bytes, reading: CellContext) -> list[str]:
    return [str(row) for row in read_rows(sheet(content).records(), reading) if isinstance(row, Problem)]


def test_a_row_says_who_brought_what_when(reading: CellContext) -> None:
    content = "kind,text,author,at,area,support\nProblème,The code never comes,Inès,2026-03-04,qualité,7\n"
    at = datetime(2026, 3, 3, 23, tzinfo=UTC)
    assert rows(content, reading) == [Row(Kind.PROBLEM, "The code never comes", "Inès", at, "Quality", 7)]


def test_columns_come_in_any_order_and_case_and_with_any_separator(reading: CellContext) -> None:
    for mark, separator in product(("", "\ufeff"), (",", ";", "\t")):
        content = mark + separator.join(("Text", "AUTHOR", "Kind")) + "\n" + separator.join(("More light", "", "idea"))
        assert rows(content, reading) == [Row(Kind.SUGGESTION, "More light", "", None, None)], (mark, separator)


def test_a_quoted_text_keeps_its_lines_quotes_and_separators(reading: CellContext) -> None:
    cases: list[str] = ["\n", "\r\n", "\r"]
    for end in cases:
        content = f'kind,text{end}idea,"One, ""two""\n\nthree  "{end}bravo,Thanks!{end}'
        assert [row.text for row in rows(content, reading)] == ['One, "two"\n\nthree  ', "Thanks!"], end


def test_a_cell_short_of_the_end_is_empty_and_an_empty_line_is_nothing(reading: CellContext) -> None:
    content = "kind,text,author,at\nidea,More light\n\n\nbravo,Thanks!,Ada,,,\n"
    assert [(row.text, row.author) for row in rows(content, reading)] == [("More light", ""), ("Thanks!", "Ada")]
    assert problems(content, reading) == []


def test_columns_that_mean_nothing_here_are_known(reading: CellContext) -> None:
    content = "mood,kind,text,Weather,\n1,idea,More light,rain,\n"
    assert sheet(content).unread == ["mood", "Weather"]
    assert [row.text for row in rows(content, reading)] == ["More light"]


def test_a_text_that_was_guarded_from_spreadsheets_is_read_as_it_was(reading: CellContext) -> None:
    assert [row.text for row in rows("kind,text\nidea,'=1+1\nidea,'tis\n", reading)] == ["=1+1", "'tis"]


def test_bad_rows_are_named_by_line_and_reason_and_the_good_ones_are_kept(reading: CellContext) -> None:
    content = (
        "kind,text,at,support\n"
        "idea,Good,,\n"
        "opinion,Bad kind,,\n"
        'idea,"Two\nlines",,\n'
        ",No kind,,\n"
        "idea, ,,\n"
        "idea,Bad date,yesterday,\n"
        "idea,Too, many,,cells\n"
        "idea,Also good,,\n"
    )
    assert [row.text for row in rows(content, reading)] == ["Good", "Two\nlines", "Also good"]
    assert problems(content, reading) == [
        "line 3: “opinion” is not a kind: suggestion, problem or praise",
        "line 6: kind is empty",
        "line 7: text is empty",
        "line 8: “yesterday” is not a date, such as 2026-03-04 or 2026-03-04T10:00:00+01:00",
        "line 9: has 5 cells for 4 columns: put quotation marks round texts",
    ]


def test_a_quotation_mark_left_open_is_named(reading: CellContext) -> None:
    [first, second] = problems('kind,text\nidea,"Great" idea\nidea,"Open\n', reading)
    assert first.startswith("line 2: cannot be read as CSV")
    assert second.startswith("line 3: cannot be read as CSV")


def test_a_text_of_the_greatest_length_is_kept_and_a_longer_one_named(reading: CellContext) -> None:
    content = f"kind,text\nidea,{'x' * 20_000}\nidea,{'x' * 20_001}\nidea,{'x' * 200_000}\nidea,short\n"
    assert [len(row.text) for row in rows(content, reading)] == [20_000, 5]
    [longer, longest] = problems(content, reading)
    assert longer == "line 3: has 20001 characters of text; the most is 20000"
    assert longest.startswith("line 4: ")


def test_a_row_that_is_not_utf_8_is_named(reading: CellContext) -> None:
    content = b"kind,text\nidea,caf\xe9\nidea,caf\xc3\xa9\n"
    assert [row.text for row in rows(content, reading)] == ["café"]
    assert problems(content, reading) == ["line 2: is not UTF-8: save the file as “CSV UTF-8”"]


def test_a_nul_is_dropped(reading: CellContext) -> None:
    assert [row.text for row in rows("kind,text\nidea,a\x00b\n", reading)] == ["ab"]


@pytest.mark.parametrize("content", ["", "\n", "a,b\n1,2\n", "\x00" * 50_000, '"kind\n,text'])
def test_a_file_that_does_not_name_its_columns_is_refused(content: str) -> None:
    with pytest.raises(OperatorError, match=r"^file\.csv is .* must name the columns kind and text"):
        sheet(content)
