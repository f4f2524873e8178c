"""What is said of one person agrees with one person, in French, too."""

from pathlib import Path

from bot.locales.speech import Languages

FRENCH = Languages(Path(__file__).parents[2] / "bot" / "locales").speech("fr")


def test_people_heard_and_questions_answered_agree_with_their_number() -> None:
    cases: list[int] = [0, 1, 2]
    for number in cases:
        people = FRENCH.count("{n} person", "{n} people", number)
        questions = FRENCH.count("{n} question", "{n} questions", number)
        heard = "".join(map(str, FRENCH.line("{people} heard", people=people)))
        answered = FRENCH.line("{part} of {questions} answered without the team", part="1", questions=questions)
        plural = number > 1
        for line in (heard, "".join(map(str, answered))):
            assert ("entendues" in line or "répondues" in line) <= plural, line
