"""The words of a file's cells, in the languages and spellings people use."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cells import escape_formula, printable, unescape_formula
from bot.core import Core
from bot.locales.areas import Areas
from bot.transfer.words import Kinds, read_area, read_count, read_moment
from storage.vocabulary import Kind

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *((word, Kind.SUGGESTION) for word in ("suggestion", " Suggestions ", "SUGGÉRER", "suggest", "idea", "Idée")),
        *((word, Kind.PROBLEM) for word in ("problem", "Problème", "complain", "complaint", "Réclamation", "reclamer")),
        *((word, Kind.PRAISE) for word in ("praise", "bravo", "BRAVOS", "merci")),
    ],
)
def test_a_kind_is_known_by_many_words(core: Core, word: str, kind: Kind) -> None:
    assert Kinds(core.registry, core.languages.all().values()).read(word) is kind


@pytest.mark.parametrize("word", ["question", "status", "x", "", "\x1b[31mred"])
def test_another_word_is_refused_without_its_control_codes(core: Core, word: str) -> None:
    with pytest.raises(ValueError, match="is not a kind") as refusal:
        Kinds(core.registry, core.languages.all().values()).read(word)
    assert "\x1b" not in str(refusal.value)


@pytest.mark.parametrize(
    ("word", "area"),
    [
        ("DELIVERY", "Delivery"),
        ("horaires d’été", "Horaires d’Été"),
        ("qualité", "Quality"),
        (" Quality", "Quality"),
        ("The cellar ", "The cellar"),
        ("x" * 80, "x" * 60),
        ("  ", None),
    ],
)
def test_an_area_is_the_community_s_or_an_impact_or_kept(core: Core, word: str, area: str | None) -> None:
    areas = Areas(("Delivery", "Horaires d’Été"), core.languages.all().values())
    assert read_area(areas, word) == area


def test_a_community_s_own_name_for_an_area_goes_before_an_impact(core: Core) -> None:
    assert read_area(Areas(("qualité",), core.languages.all().values()), "Qualité") == "qualité"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("2026-01-05 09:30", datetime(2026, 1, 5, 8, 30, tzinfo=UTC)),
        ("2026-01-05T09:30:00Z", datetime(2026, 1, 5, 9, 30, tzinfo=UTC)),
        (" 2026-01-05T09:30:00-05:00 ", datetime(2026, 1, 5, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_without_an_offset_is_in_the_community_s_zone(text: str, at: datetime) -> None:
    assert read_moment(text, PARIS) == at


@pytest.mark.parametrize("text", ["05/01/2026", "yesterday", "2026-02-30", "0001-01-01T00:00+14:00"])
def test_another_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an ISO 8601 date"):
        read_moment(text, PARIS)


def test_a_count_is_a_whole_number() -> None:
    assert read_count(" 12 ") == 12
    for text in ("-1", "1.5", "1e3", "many", "١٢", "99999999999"):
        with pytest.raises(ValueError, match="is not a whole number from 0"):
            read_count(text)


@pytest.mark.parametrize("cell", ["=1+1", "+33 6", "-5", "@all", "\tx", "\rx", "\nx", "＝1", "＠x", "'=1", "''@x"])
def test_a_cell_that_looks_like_a_formula_is_guarded(cell: str) -> None:
    assert escape_formula(cell) == f"'{cell}"


@given(st.text(st.sampled_from("'=+-@\t\r\n ax"), max_size=6))
def test_guarding_loses_nothing(cell: str) -> None:
    assert unescape_formula(escape_formula(cell)) == cell
    assert not escape_formula(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_terminal_is_given_words_and_no_codes() -> None:
    assert printable("Rappel : \x1b[2Jdemain\x07\n👩‍🚀") == "Rappel : �[2Jdemain�\n👩‍🚀"
