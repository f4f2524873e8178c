"""The words of a file's cells, in the languages and spellings people use."""

import csv
import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cells import escape_formula, printable, unescape_formula, unescape_start
from bot.core import Core
from bot.locales.areas import Areas
from bot.transfer.words import Kinds, read_area, read_count, read_moment
from storage.vocabulary import Kind

PARIS = ZoneInfo("Europe/Paris")


def test_a_kind_is_known_by_many_words(core: Core) -> None:
    cases: list[tuple[str, Kind]] = [
        *((word, Kind.SUGGESTION) for word in ("suggestion", " Suggestions ", "SUGGÉRER", "suggest", "idea", "Idée")),
        *((word, Kind.PROBLEM) for word in ("problem", "Problème", "complain", "complaint", "Réclamation", "reclamer")),
        *((word, Kind.PRAISE) for word in ("praise", "bravo", "BRAVOS", "merci")),
    ]
    assert [
        (word, kind)
        for word, kind in cases
        if Kinds(core.registry, core.languages.all().values()).read(word) is not kind
    ] == []


@pytest.mark.parametrize("word", ["question", "status", "x", "", "\x1b[31mred"])
def test_another_word_is_refused_without_its_control_codes(core: Core, word: str) -> None:
    with pytest.raises(ValueError, match="is not a kind") as refusal:
        Kinds(core.registry, core.languages.all().values()).read(word)
    assert "\x1b" not in str(refusal.value)


def test_an_area_is_the_community_s_or_an_impact_or_kept(core: Core) -> None:
    cases: list[tuple[str, str | None]] = [
        ("DELIVERY", "Delivery"),
        ("horaires d’été", "Horaires d’Été"),
        ("qualité", "Quality"),
        (" Quality", "Quality"),
        ("The cellar ", "The cellar"),
        ("x" * 80, "x" * 60),
        ("  ", None),
    ]
    for word, area in cases:
        areas = Areas(("Delivery", "Horaires d’Été"), core.languages.all().values())
        assert read_area(areas, word) == area, word


def test_a_community_s_own_name_for_an_area_goes_before_an_impact(core: Core) -> None:
    assert read_area(Areas(("qualité",), core.languages.all().values()), "Qualité") == "qualité"


def test_a_moment_without_an_offset_is_in_the_community_s_zone() -> None:
    cases: list[tuple[str, datetime]] = [
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("2026-01-05 09:30", datetime(2026, 1, 5, 8, 30, tzinfo=UTC)),
        ("2026-01-05T09:30:00Z", datetime(2026, 1, 5, 9, 30, tzinfo=UTC)),
        (" 2026-01-05T09:30:00-05:00 ", datetime(2026, 1, 5, 14, 30, tzinfo=UTC)),
    ]
    assert [(text, read_moment(text, PARIS)) for text, _ in cases] == cases


@pytest.mark.parametrize("text", ["05/01/2026", "yesterday", "2026-02-30", "0001-01-01T00:00+14:00"])
def test_another_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an ISO 8601 date"):
        read_moment(text, PARIS)


def test_a_count_is_a_whole_number() -> None:
    assert read_count(" 12 ") == 12
    for text in ("-1", "1.5", "1e3", "many", "١٢", "99999999999"):
        with pytest.raises(ValueError, match="is not a whole number from 0"):
            read_count(text)


def test_a_cell_that_looks_like_a_formula_is_guarded() -> None:
    cases: list[str] = ["=1+1", "+33 6", "-5", "@all", "\tx", "\rx", "\nx", "＝1", "＠x", "'=1", "''@x"]
    assert [cell for cell in cases if escape_formula(cell) != f"'{cell}"] == []


SIGNS = "=+-@\t\r＝＋－＠"
TEXTS = st.text(st.sampled_from(f"{SIGNS}\n '\";,|:ab\u2028\x85\xa0"), max_size=12)


@given(TEXTS)
def test_guarding_loses_nothing(cell: str) -> None:
    assert unescape_formula(escape_formula(cell)) == cell
    assert not escape_formula(cell).startswith((*SIGNS, "\n"))


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), max_size=3), st.sampled_from(",;\t|: "), st.booleans())
def test_no_reader_finds_a_formula_whatever_it_splits_at(rows: list[list[str]], separator: str, trims: bool) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([escape_formula(cell) for cell in row] for row in rows)
    for text in (out.getvalue(), "\n".join(out.getvalue().splitlines())):
        for read in csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=trims):
            # Line ends are no matter of the text: another separator moves the writer's own quotation marks. A sign
            # alone is a word, as a dash between spaces is.
            shown = [cell.lstrip("\r\n") for cell in read]
            assert not [cell for cell in shown if cell[:1] in set(SIGNS) and cell.strip(SIGNS)], (text, read)


def test_what_starts_a_formula_within_a_cell_is_guarded_there() -> None:
    cases: list[str] = ["a;=1", "a\t@x", "a\n\n=1", 'a; "=1', "a =1+1", "a|+1", "Bob: -1", "a,＝1"]
    for cell in cases:
        sign = next(place for place, char in enumerate(cell) if char in SIGNS and char != "\t")
        assert escape_formula(cell).endswith(f"'{cell[sign:]}"), cell


def test_a_dash_in_a_sentence_stays_and_other_programs_quotes_within_too() -> None:
    assert escape_formula("Open on Sunday - or on Monday, to-day") == "Open on Sunday - or on Monday, to-day"
    assert unescape_start("'=1; he said '-5' once") == "=1; he said '-5' once"


def test_a_terminal_is_given_words_and_no_codes() -> None:
    assert printable("Rappel : \x1b[2Jdemain\x07\n👩‍🚀") == "Rappel : �[2Jdemain�\n👩‍🚀"
