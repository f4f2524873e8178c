"""Odd texts where nobody expects them: as questions, and far too long."""

from tests.clock import StillClock
from tests.stage import Person

QUESTIONS = (
    "word " * 1_999 + "word?",
    "اقتراح: الوضع الداكن ليلاً؟",
    "<script>alert(1)</script> **bold** [a](javascript:b)?",
    "@everyone @here <@123> <#4>?",
    "{0} {question} {} {{text}} %s?",
    "'; DROP TABLE question; --",
    "日本語は？",
)


async def test_an_odd_question_is_kept_and_listed(camille: Person, alex: Person, clock: StillClock) -> None:
    for text in QUESTIONS:
        await camille.says(f"/ask {text}")
        camille.hears("I don't know, and I'd rather not guess.")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    first = alex.hears("1 to 5 of 7")
    await alex.presses("Next")
    listed = first + alex.hears("6 to 7 of 7")
    assert [text for text in QUESTIONS if text[:25] not in listed] == []
    # A text beyond the most is refused with both figures.
    await camille.says("/suggest " + "x" * 20_001)
    camille.hears("20001", "20000")
    await camille.says("/mine")
    camille.hears("Your questions")


async def test_what_is_said_to_be_passed_on_is_really_listed(camille: Person, alex: Person, clock: StillClock) -> None:
    for text in (
        "👩‍👩‍👧‍👦🎉",
        "???",
        "...",
    ):
        await camille.says(f"/ask {text}")
        clock.forward(minutes=1)
        await alex.says("/unanswered")
        told = "passed it on" in camille.stage.heard(camille)[-1]
        assert told is (text in alex.hears(""))
