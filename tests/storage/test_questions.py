"""Questions: what still waits for an answer, and for how many people."""

import random
from typing import Any

import pytest
from sqlmodel import Session

from storage.answers import questions
from storage.answers.questions import Waiting
from storage.models import Community, Member, Question
from storage.vocabulary import Decision
from tests.storage import rows
from tests.storage.rows import DAY, NOON, WEEK


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


def ask(session: Session, where: Community, who: Member | None, plain: str, **what: Any) -> Question:
    given = {"text": f"{plain.title()}?", "decision": Decision.SILENT, "asked_at": NOON, **what}
    asker = who.id if who else None
    return questions.keep(session, Question(community_id=where.id, asker_id=asker, plain=plain, language="en", **given))


def test_the_most_asked_comes_first_and_people_are_counted_not_messages(session: Session, plaza: Community) -> None:
    one, two = rows.person(session, "One"), rows.person(session, "Two")
    for _ in range(3):
        ask(session, plaza, one, "where do i park")
    ask(session, plaza, one, "when do you open", asked_at=NOON - DAY)
    ask(session, plaza, two, "when do you open")
    assert questions.unanswered(session, plaza.id, *WEEK) == [
        Waiting("When Do You Open?", 2, 2, NOON - DAY),
        Waiting("Where Do I Park?", 1, 3, NOON),
    ]
    assert len(questions.unanswered(session, plaza.id, *WEEK, most=1)) == 1


def test_an_answer_that_helped_is_an_answer_and_one_that_did_not_is_none(session: Session, plaza: Community) -> None:
    ask(session, plaza, None, "answered", decision=Decision.ANSWER)
    ask(session, plaza, None, "helped", decision=Decision.ANSWER, useful=True)
    ask(session, plaza, None, "no help", decision=Decision.ANSWER, useful=False)
    ask(session, plaza, None, "offered", decision=Decision.OFFER)
    ask(session, plaza, None, "found after all", decision=Decision.OFFER, useful=True)
    assert {one.text for one in questions.unanswered(session, plaza.id, *WEEK)} == {"No Help?", "Offered?"}


def test_only_this_community_and_this_span_count(session: Session, plaza: Community) -> None:
    ask(session, rows.community(session, "other"), None, "elsewhere")
    ask(session, plaza, None, "before", asked_at=WEEK[0] - DAY)
    ask(session, plaza, None, "at the start", asked_at=WEEK[0])
    ask(session, plaza, None, "at the end", asked_at=WEEK[1])
    assert [one.text for one in questions.unanswered(session, plaza.id, *WEEK)] == ["At The Start?"]


def test_a_question_without_words_is_nobody_s_to_answer(session: Session, plaza: Community) -> None:
    one, two = rows.person(session, "One"), rows.person(session, "Two")
    ask(session, plaza, one, "", text="🎉")
    ask(session, plaza, two, "", text="?!")
    assert questions.unanswered(session, plaza.id, *WEEK) == []
    assert questions.others(session, plaza.id, "", two.id) == 0


def test_others_are_people_who_asked_the_same_and_still_wait(session: Session, plaza: Community) -> None:
    me, one, two = (rows.person(session, name) for name in ("Me", "One", "Two"))
    ask(session, plaza, me, "when")
    ask(session, plaza, one, "when")
    ask(session, plaza, one, "when")
    ask(session, plaza, two, "when", decision=Decision.ANSWER, useful=False)
    ask(session, plaza, rows.person(session, "Three"), "when", decision=Decision.ANSWER)
    ask(session, rows.community(session, "other"), rows.person(session, "Four"), "when")
    assert questions.others(session, plaza.id, "when", me.id) == 2
    assert questions.others(session, plaza.id, "where", me.id) == 0
    assert questions.others(session, plaza.id, "when", None) == 3


def test_a_very_long_question_is_kept_whole_and_compared(session: Session, plaza: Community) -> None:
    one, two, dice = rows.person(session, "One"), rows.person(session, "Two"), random.Random(7)  # noqa: S311
    for letter in ("x", "é", "漢", "🎉", "\u1100"):
        noise = "".join(chr(ord(letter) + dice.randrange(40)) for _ in range(10_000))
        asked = ask(session, plaza, one, noise, text=noise)
        ask(session, plaza, two, noise, text=noise)
        session.expire_all()
        assert asked.text == noise, letter
        assert questions.others(session, plaza.id, noise, asked.asker_id) == 1, letter
        assert questions.get(session, asked.id) == asked


def test_who_asks_without_a_name_counts_once_and_not_for_themselves(session: Session, plaza: Community) -> None:
    me = rows.person(session, "Me")
    for holder in ("mine", "mine", "theirs"):
        ask(session, plaza, None, "when", holder=holder, sealed=b"-")
    ask(session, plaza, me, "when")
    assert questions.others(session, plaza.id, "when", me.id, ["mine"]) == 1
    assert questions.others(session, plaza.id, "when", None, ["mine"]) == 2
    assert questions.others(session, plaza.id, "when", me.id) == 2
    assert [(one.people, one.times) for one in questions.unanswered(session, plaza.id, *WEEK)] == [(3, 4)]
    assert questions.askers(session, plaza.id, *WEEK) == 3
