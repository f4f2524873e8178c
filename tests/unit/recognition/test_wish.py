"""A wish about name or audience is heard where a text begins, ends or is made of it, and nowhere else."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from bot.language.text.normalise import fold
from bot.recognition.wish import Wish, parse_wish
from tests.unit.recognition.labelled import Labelled, labelled

SENTENCES = labelled("wish.tsv")
WISHES = [one for one in SENTENCES if one.label != "-"]
ORDINARY = [one for one in SENTENCES if one.label == "-"]


def test_there_are_enough_sentences() -> None:
    assert len(WISHES) >= 100
    assert len(ORDINARY) >= 60


def test_a_wish_is_heard() -> None:
    heard = {said: parse_wish(said.text) for said in WISHES}
    assert heard == {said: Wish("n" in said.label, "t" in said.label, said.rest) for said in WISHES}


def test_ordinary_words_are_no_wish() -> None:
    heard = {said: parse_wish(said.text) for said in ORDINARY}
    assert heard == {said: Wish(nameless=False, team_only=False, rest=said.text) for said in ORDINARY}


def test_a_wish_is_heard_in_capitals_and_without_accents() -> None:
    cases: list[Callable[[str], str]] = [str.upper, fold]
    for typed in cases:
        heard = {said: parse_wish(typed(said.text)) for said in WISHES}
        assert {said: (wish.nameless, wish.team_only) for said, wish in heard.items()} == {
            said: ("n" in said.label, "t" in said.label) for said in WISHES
        }, typed


def test_a_wish_is_heard_at_both_ends_of_a_long_text() -> None:
    story = "The boss shouts at us. " * 200
    assert parse_wish(f"anonymous: {story}Team only.") == Wish(nameless=True, team_only=True, rest=story.rstrip())


def test_accents_typed_as_characters_of_their_own_are_heard() -> None:
    assert parse_wish("e\u0301quipe seulement : la porte").team_only


@given(st.text(st.characters()))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert parse_wish(text).rest in text


@given(st.sampled_from(WISHES), st.text(st.characters(), max_size=40))
def test_the_rest_is_never_more_than_the_text(said: Labelled, tail: str) -> None:
    assert parse_wish(said.text + tail).rest in said.text + tail
