"""Writes down what a community said, day by day, as if the bot had been there."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.core import Core
from bot.language.text.normalise import question_key
from bot.ports.reply import say
from storage.answers import questions
from storage.items import feedback
from storage.items.signals import themes
from storage.models import Feedback, Question
from storage.people import communities, members
from storage.traffic import deliveries, outbox
from storage.vocabulary import DEFAULT_AUDIENCE, Audience, Decision, Kind, Status
from tests.golden.words import LONG, Words

MONDAY = datetime.fromisoformat("2026-03-09T08:00:00+00:00")
"""When the digest of the golden week is due: nine in Paris."""
TUESDAY = timedelta(days=-6)
"""Early in the golden week, from the Monday it is due on."""
FIRST_MONTH = timedelta(days=-120)


class Diary:
    """One community's past; days count from the Monday its digest is due."""

    def __init__(self, session: Session, core: Core, words: Words) -> None:
        self._session = session
        self._core = core
        self.words = words
        self.community = communities.every(session)[0]
        self.community.created_at = MONDAY + FIRST_MONTH
        session.add(self.community)

    def file(
        self,
        kind: Kind,
        day: float,
        who: str,
        text: str,
        area: str | None = None,
        *,
        support: int = 0,
        audience: Audience | None = None,
        nameless: bool = False,
    ) -> Feedback:
        """Someone files something."""
        at = MONDAY + timedelta(days=day)
        author = members.resolve(self._session, "bare", who, who, at.date()).id
        item = Feedback(
            community_id=self.community.id,
            kind=kind,
            area=area,
            audience=audience or DEFAULT_AUDIENCE[kind],
            nameless=nameless,
            language=self.community.language,
            text=text,
            author_id=None if nameless else author,
            author_hash=self._core.store.keys.mark(self.community.id, author) if nameless else None,
            base_support=support,
            created_at=at,
            changed_at=at,
        )
        return feedback.add(self._session, item)

    def ask(self, day: float, who: str, text: str, decision: Decision = Decision.SILENT) -> None:
        """Someone asks; the bot knows or does not."""
        at = MONDAY + timedelta(days=day)
        question = Question(
            community_id=self.community.id,
            asker_id=members.resolve(self._session, "bare", who, who, at.date()).id,
            text=text,
            plain=question_key(text),
            language=self.community.language,
            decision=decision,
            asked_at=at,
        )
        questions.keep(self._session, question)

    def decide(self, item: Feedback, status: Status, day: float, told: int = 0, lost: int = 0) -> None:
        """The team decides; some people hear of it, others cannot be reached."""
        at = MONDAY + timedelta(days=day)
        entry = feedback.change_status(self._session, item, status, None, self.words.reason, at)
        for number in range(told + lost):
            payload = self._core.codec.dump(say("News."))
            whom = members.resolve_id(self._session, "bare", f"{entry.id}:{number}", "Somebody", at.date())
            key = f"status:{entry.id}:{number}"
            owed = outbox.owe(self._session, key, payload, at, recipient_id=whom, feedback_id=item.id)
            assert owed
            if number < told:
                deliveries.mark_sent(self._session, owed.id, at)
            else:
                deliveries.mark_failed(self._session, owed.id, "blocked")

    def belong(self, items: list[Feedback]) -> None:
        """The items are one theme, as the bot found when they were new."""
        theme = themes.begin(self._session, self.community.id, items[-1].created_at)
        themes.assign(self._session, {item.id: theme for item in items})

    def usual_weeks(self, weeks: int) -> None:
        """Weeks before the golden one, with the ups and downs a week has; half of it is decided on at once."""
        for week in range(1, weeks + 1):
            for number in range(3 + week % 2):
                item = self.file(
                    Kind.PROBLEM, -7 * week - 2 - number / 9, f"member {number}", self.words.small[number % 4]
                )
                self.decide(item, Status.RESOLVED, -7 * week - 1)
            for number in range(2 + week % 3):
                item = self.file(
                    Kind.SUGGESTION, -7 * week - 3 - number / 9, f"member {number}", self.words.small[number % 4]
                )
                self.decide(item, Status.UNDER_REVIEW, -7 * week - 1)
            self.file(Kind.PRAISE, -7 * week - 2, "member 1", self.words.praise[0])
            self.decide(item, Status.DONE, -7 * week - 1)
            for number in range(2 + week % 2):
                self.ask(-7 * week - 2, f"member {number}", self.words.questions[0], Decision.ANSWER)


def full_week(diary: Diary) -> None:
    """Much is said, one thing out of the ordinary, and some of it was decided."""
    diary.usual_weeks(9)
    points, hours, volunteers = diary.words.areas
    old = diary.file(Kind.SUGGESTION, -38, "lea", diary.words.areas[hours][0], hours, support=18)
    done = diary.file(Kind.SUGGESTION, -20, "noa", diary.words.areas[volunteers][1], volunteers, support=9)
    refused = diary.file(Kind.SUGGESTION, -19, "tom", diary.words.areas[hours][1], hours, support=3)
    for number in range(14):
        text = diary.words.areas[points][number % 3]
        diary.file(Kind.PROBLEM, -5 + number / 10, f"new {number % 12}", text, points)
    for number in range(4):
        text = diary.words.areas[volunteers][number % 2]
        diary.file(Kind.SUGGESTION, -4 + number / 10, f"member {number}", text, volunteers)
    for number in range(2):
        diary.file(Kind.PRAISE, -3, f"member {number}", diary.words.praise[number])
    for number in range(6):
        diary.ask(-3 + number / 10, f"new {number}", diary.words.questions[number % 2])
    diary.decide(done, Status.DONE, -2, told=9, lost=1)
    diary.decide(refused, Status.NOT_PLANNED, -2, told=4)
    assert old.status is Status.RECEIVED


def calm_week(diary: Diary) -> None:
    """A young community, a usual week, one thing that waits."""
    diary.usual_weeks(3)
    hours = list(diary.words.areas)[1]
    diary.file(Kind.SUGGESTION, -24, "lea", diary.words.areas[hours][0], hours, support=19)
    diary.file(Kind.SUGGESTION, -4, "noa", diary.words.areas[hours][1], hours)
    for item in (diary.file(Kind.PROBLEM, -3, f"member {number}", diary.words.small[number]) for number in range(3)):
        diary.decide(item, Status.RESOLVED, -1, told=1)


def waiting_week(diary: Diary) -> None:
    """Nothing was said, but something waits."""
    hours = list(diary.words.areas)[1]
    diary.file(Kind.SUGGESTION, -24, "lea", diary.words.areas[hours][0], hours, support=1)


def far_too_much(diary: Diary) -> None:
    """More than a phone can show: long words, many areas, many decisions, many questions."""
    diary.usual_weeks(9)
    for number in range(60):
        area = f"{number % 9} {list(diary.words.areas)[number % 3]} {LONG[:90]}"
        item = diary.file(Kind.PROBLEM, -5 + number / 20, f"new {number % 40}", LONG, area, support=number)
        if number % 3 == 0:
            diary.decide(item, Status.EXPLAINED, -1, told=2)
        diary.ask(-3, f"new {number}", f"{number % 7} {LONG[:500]}")
