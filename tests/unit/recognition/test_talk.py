"""Plain talk is told from questions and problems that merely have its words."""

from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.talk.talk import Kind, Talk, recognise
from tests.unit.recognition.labelled import Labelled, labelled

SENTENCES = labelled("talk.tsv")
PLAIN = [one for one in SENTENCES if one.label != "-"]
OTHER = [one for one in SENTENCES if one.label == "-"]


def test_there_are_enough_sentences() -> None:
    assert len(OTHER) >= 120
    assert len(SENTENCES) >= 250
    assert {one.label for one in PLAIN} == {kind.value for kind in Kind}


def test_plain_talk_is_recognised() -> None:
    found = {said: recognise(said.text) for said in PLAIN}
    assert found == {said: Talk(Kind(said.label), said.rest) for said in PLAIN}


def test_anything_else_is_left_to_others() -> None:
    assert {said.text: found for said in OTHER if (found := recognise(said.text))} == {}


def test_what_only_looks_like_it_is_nothing() -> None:
    cases: list[str] = [
        "",
        " ",
        "🙏",
        "?!",
        "argent",
        "hell",
        "canard",
        "merle",
        "help " + "x" * 5000,
        "help?" + " what about my card" * 40,
    ]
    assert [text for text in cases if recognise(text) is not None] == []


def test_a_slip_of_the_pen_is_forgiven() -> None:
    cases: list[str] = ["talk to a humna", "where does my feedbak go?", "Comment ça marhce ?"]
    assert [text for text in cases if recognise(text) is None] == []


def test_no_slip_is_guessed_in_a_short_word() -> None:
    cases: list[str] = ["who are yo", "what can you doo", "qui li ça"]
    assert [text for text in cases if recognise(text) is not None] == []


def test_an_idea_keeps_all_its_words() -> None:
    story = "open the hall on Sundays, with tea. " * 100
    assert recognise(f"Hello! I have an idea: {story}") == Talk(Kind.IDEA, story.strip())


def test_asking_where_to_put_an_idea_is_answered_as_an_idea() -> None:
    assert recognise("Can I make a suggestion?") == Talk(Kind.IDEA)


@given(st.text(st.characters()))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = recognise(text)
    assert found is None or found.rest in text


@given(st.sampled_from(PLAIN), st.sampled_from(["about my invoice?", "de ma facture ?", "in room 12", "le samedi"]))
def test_a_question_about_something_is_not_plain(said: Labelled, about: str) -> None:
    if said.label not in {"idea", "complaint"}:
        assert recognise(f"{said.text.rstrip('!?. 🙏')} {about}") is None
