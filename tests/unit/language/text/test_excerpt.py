"""Shortening and splitting, without breaking a word, an emoji or an accent."""

import regex
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.text.excerpt import ELLIPSIS, excerpt, split

FAMILY = "👨‍👩‍👧‍👦"
FLAG = "🏴󠁧󠁢󠁥󠁮󠁧󠁿"
ACCENT = "e\u0301"
pieces = st.sampled_from(
    [
        FAMILY,
        FLAG,
        "👍🏽",
        "🇫🇷",
        ACCENT,
        "e" + "\u0301" * 5,
        "\u0301",
        "שלום",
        "مرحبا",
        "ก็",
        "क्षि",
        " ",
        "  ",
        "\n",
        "\r\n",
    ]
)
texts = st.lists(pieces | st.text(max_size=6), max_size=30).map("".join)
lengths = st.integers(1, 40)


def graphemes(text: str) -> list[str]:
    return regex.findall(r"\X", text)


def boundaries(text: str) -> set[int]:
    return {0} | {found.end() for found in regex.finditer(r"\X", text)}


@given(texts, lengths)
def test_an_excerpt_is_one_line_and_never_longer_than_asked(text: str, most: int) -> None:
    short = excerpt(text, most)
    assert len(short) <= most
    assert "\n" not in short


@given(texts, lengths)
@example("a \u0301bcdef", 4)
@example(FAMILY * 2, len(FAMILY))
@example("ab" + ACCENT, 3)
def test_an_excerpt_starts_as_the_text_does_and_ends_with_a_whole_character(text: str, most: int) -> None:
    line = regex.sub(r"\s+", " ", text).strip()
    short = excerpt(text, most)
    if short == line:
        return
    assert short.endswith(ELLIPSIS)
    kept = short.removesuffix(ELLIPSIS)
    assert line.startswith(kept)
    assert len(kept) in boundaries(line)


@given(texts)
def test_a_text_that_fits_is_its_own_excerpt(text: str) -> None:
    line = regex.sub(r"\s+", " ", text).strip()
    assert excerpt(text, max(1, len(line))) == line


def test_an_excerpt_is_cut_between_words() -> None:
    assert excerpt("The pick-up point is closed again", 20) == "The pick-up point…"


def test_an_excerpt_of_one_long_word_is_cut_within_it() -> None:
    assert excerpt("anticonstitutionnellement", 10) == "anticonst…"


def test_an_excerpt_keeps_a_family_together_or_leaves_it_out() -> None:
    assert excerpt(f"Bravo {FAMILY}{FAMILY}", 6 + len(FAMILY) + 1) == f"Bravo {FAMILY}…"
    assert excerpt(FAMILY * 2, len(FAMILY)) == ELLIPSIS


@given(texts, lengths)
def test_parts_joined_again_are_the_text_exactly(text: str, most: int) -> None:
    assert "".join(split(text, most)) == text


@given(texts, lengths)
def test_no_part_is_too_long_and_none_is_empty(text: str, most: int) -> None:
    parts = split(text, most)
    assert all(len(part) <= most for part in parts)
    assert all(parts) or parts == [""]


@given(texts, lengths)
@example("ab \u0301cd", 4)
@example("\r\n" * 3, 3)
def test_a_character_that_fits_is_never_broken(text: str, most: int) -> None:
    if any(len(one) > most for one in graphemes(text)):
        return
    cuts, whole = 0, boundaries(text)
    for part in split(text, most):
        cuts += len(part)
        assert cuts in whole


@given(st.lists(st.sampled_from([FAMILY, "🇫🇷", "👍🏽", ACCENT]), min_size=1, max_size=12))
def test_a_wall_of_emoji_is_split_between_them(wall: list[str]) -> None:
    for part in split("".join(wall), 12):
        assert [one for one in graphemes(part) if one not in wall] == []


def test_a_text_is_split_after_a_space_rather_than_within_a_word() -> None:
    assert split("one two three", 9) == ["one two ", "three"]
    assert split("one two\nthree", 9) == ["one two\n", "three"]


def test_nothing_is_one_empty_part() -> None:
    assert split("", 10) == [""]


def test_even_a_character_longer_than_the_room_gets_through() -> None:
    cases: list[int] = [1, 2, 3]
    assert [most for most in cases if "".join(split(FAMILY, most)) != FAMILY] == []
