"""Files as people and spreadsheets make them, each with its right value."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from storage.vocabulary import Kind
from tests.transfer.incoming.desk import Desk

CASES = Path(__file__).parent.parent / "cases"


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


async def test_a_spreadsheet_s_unicode_text(desk: Desk) -> None:
    said = await desk.brings(case("excel-unicode.csv"))
    assert (said.imported, said.skipped) == (2, 0)
    [first, second] = await desk.items()
    assert (first.kind, first.support, second.kind, second.support) == (Kind.SUGGESTION, 4, Kind.PROBLEM, 1)
    assert first.text == "Un préau près de l'entrée pour attendre au sec"


async def test_a_line_that_tells_the_separator(desk: Desk) -> None:
    assert (await desk.brings(case("sep-line.csv"))).imported == 1
    [item] = await desk.items()
    assert (item.text, item.support) == ("More shade in the yard", 2)


async def test_dates_of_other_tools(desk: Desk) -> None:
    assert (await desk.brings(case("other-dates.csv"))).imported == 2
    first, second = await desk.items()
    here = first.created_at.astimezone(ZoneInfo(desk.community.timezone))
    assert (here.month, here.day, here.hour) == (3, 4, 0)
    assert second.created_at == datetime(2026, 3, 4, 10, tzinfo=UTC)


async def test_a_title_is_among_the_words(desk: Desk) -> None:
    assert (await desk.brings(case("title-and-text.csv"))).imported == 2
    assert [item.text for item in await desk.items()] == ["Dark theme\n\nPlease!", "Bench by the pond"]


async def test_the_file_of_the_next_month(desk: Desk) -> None:
    assert (await desk.brings(case("month-1.csv"))).imported == 1
    said = await desk.brings(case("month-2.csv"))
    assert (said.imported, said.changed) == (0, 1)
    [item] = await desk.items()
    assert item.support == 5
