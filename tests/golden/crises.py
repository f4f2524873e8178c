"""Weeks in which something breaks, and a week of which only a file tells."""

from storage.items.importing.revising import QUOTED
from storage.models import Feedback
from storage.vocabulary import Audience, Kind
from tests.golden.diary import Diary


def crisis(diary: Diary) -> None:
    """Thirty people cannot pay, in a community where one or two write about problems a day."""
    diary.usual_weeks(10)
    _burst(diary, diary.words.payments, 30, -5.5)
    for number in range(3):
        diary.file(Kind.SUGGESTION, -4 - number / 9, f"member {number}", diary.words.small[number])


def second_crisis(diary: Diary) -> None:
    """Another thing breaks for a dozen people, four weeks after thirty could not pay."""
    diary.usual_weeks(10)
    diary.belong(_burst(diary, diary.words.payments, 30, -33.5))
    _burst(diary, diary.words.entrance, 14, -4.5)


def import_alone(diary: Diary) -> None:
    """Nobody has written to the bot yet: a file of a survey without names tells of the week, and may be quoted."""
    said = (*diary.words.payments, *diary.words.small, *diary.words.entrance)
    for number in range(24):
        row = diary.file(Kind.PROBLEM, -4 - number / 30, "nobody", said[number % len(said)], audience=Audience.EVERYONE)
        row.author_id, row.source = None, f"{QUOTED}{number}"
    for number, text in enumerate(diary.words.praise):
        known = diary.file(Kind.PRAISE, -3, f"member {number}", text)
        known.source = f"{QUOTED}praise {number}"


def _burst(diary: Diary, texts: tuple[str, ...], people: int, day: float) -> list[Feedback]:
    """So many people say one thing within two days."""
    return [
        diary.file(Kind.PROBLEM, day + 2 * number / people, f"stranger {number}", texts[number % len(texts)])
        for number in range(people)
    ]
