"""Text made comparable."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.text.normalise import MOST_CHARACTERS, normalise, question_key


def test_case_accents_spaces_and_surrogates_make_no_difference() -> None:
    cases: list[tuple[str, str]] = [
        ("Où est le RELAIS ?", "ou est le relais ?"),
        ("e\u0301te\u0301", "ete"),
        ("  two\n\tlines ", "two lines"),
        ("Straße", "strasse"),
        ("ﬁn", "fin"),
        ("a\ud800b", "ab"),
        ("𝔾𝕣𝕒𝕟𝕕", "grand"),
        ("", ""),
    ]
    assert [(text, normalise(text)) for text, _ in cases] == cases


@given(st.text(st.characters()))
def test_any_text_becomes_something_an_encoder_can_read(text: str) -> None:
    plain = normalise(text)
    assert plain.encode().decode() == plain
    assert len(plain) <= MOST_CHARACTERS
    assert plain == plain.strip()
    assert "  " not in plain


@given(st.text(max_size=30))
@example("𝕊𝕒𝕝𝕦𝕥")
def test_normalising_again_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(st.characters(categories=["Lu", "Ll"], include_characters="éàÉÀ "), max_size=80))
def test_case_never_matters(text: str) -> None:
    assert normalise(text.upper()) == normalise(text.upper().lower())


def test_a_very_long_text_costs_no_more_than_its_beginning() -> None:
    assert normalise("é" * 50_000) == "e" * MOST_CHARACTERS
    assert len(normalise("ﷺ" * 50_000)) <= MOST_CHARACTERS, "one character here is eighteen once decomposed"


def test_two_who_ask_the_same_are_counted_together() -> None:
    cases: list[str] = ["when are you open", "  When are you open ??", "«When are you open…»"]
    assert [other for other in cases if question_key(other) != question_key("When are you open?")] == []


def test_two_who_ask_something_else_are_not() -> None:
    assert question_key("When do you open?") != question_key("Where do you open?")


def test_a_question_of_nothing_but_signs_is_nothing() -> None:
    cases: list[str] = ["", "?!", " … ", "«»"]
    assert [signs for signs in cases if question_key(signs) != ""] == []
