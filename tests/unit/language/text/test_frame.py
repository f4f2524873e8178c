"""The frame of a question: what is said around it asks for nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.language.text.frame import take_out, unframe

SAID = ("hello", "please", "where", "is", "the", "hall", "?", "!", "merci")


def test_courtesies_marks_and_capitals_go() -> None:
    cases: list[tuple[str, str]] = [
        ("Hello, can you tell me when the pool opens please?", "when the pool opens"),
        ("Hi everyone! Quick question: where do I park? Thanks in advance.", "where do i park"),
        ("WHEN DOES THE POOL OPEN???", "when does the pool open"),
        ("Bonjour, pouvez-vous me dire quand ouvre la piscine s'il vous plaît ?", "quand ouvre la piscine"),
        ("Bonsoir, j'aurais une petite question : où se garer ? Merci d'avance !", "où se garer"),
        ("Savez-vous si la salle est ouverte le 24.12 ?", "si la salle est ouverte le 24.12"),
        ("I don’t know, do you?", "i don’t know do you"),
        ("Bonjour, parking s'il vous plaît", "parking"),
    ]
    assert [(text, unframe(text)) for text, _ in cases] == cases


def test_what_would_leave_no_question_stays_whole() -> None:
    cases: list[str] = ["Hello!", "please", "Merci beaucoup", "a question", "Parking?"]
    assert [text for text in cases if unframe(text).strip(" !?") != text.lower().strip(" !?")] == []


def test_names_keep_their_capitals_where_words_are_compared() -> None:
    assert take_out("Hello, where is Lyon Perrache?") == "where is Lyon Perrache"


@given(st.text(st.characters()) | st.lists(st.sampled_from(SAID)).map(" ".join))
def test_any_text_has_a_question_that_has_no_frame_any_more(text: str) -> None:
    once = unframe(text)
    assert unframe(once) == once or len(once) >= 600
