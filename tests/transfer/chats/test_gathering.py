"""What comes of a chat: its weeks, and questions with the answers that settled them."""

import json
from datetime import date

from bot.transfer.chats.weeks import Week
from tests.transfer.chats.conftest import gathered
from tests.transfer.chats.exports import ANSWER, LAYOUTS, QUESTION, TALK, Line

ADA, BEN, CLEO = "Ada Lovelace", "Ben Okri", "Cleo"


def found(platform: str, *lines: Line) -> list[tuple[str, str]]:
    """The questions and answers of a chat."""
    return [(one.question, one.answer) for one in gathered(LAYOUTS[platform](lines), platform).candidates]


def test_its_weeks_count_messages_and_people(platform: str) -> None:
    own = gathered(LAYOUTS[platform](TALK), platform)
    assert own.messages == 5
    assert own.weeks == (Week(date(2025, 3, 3), 4, 2), Week(date(2025, 3, 10), 1, 1))


def test_a_reply_that_was_thanked_settles_a_question(platform: str) -> None:
    assert found(platform, *TALK) == [(QUESTION, ANSWER)]


def test_the_next_message_settles_it_if_it_was_thanked(platform: str) -> None:
    asked, answered = Line(ADA, QUESTION), Line(BEN, ANSWER)
    assert found(platform, asked, answered, Line(ADA, "Merci beaucoup !")) == [(QUESTION, ANSWER)]
    assert found(platform, asked, answered, Line(ADA, "That did not work.")) == []
    assert found(platform, asked, answered, Line(CLEO, "Thanks!")) == [], "who asked has to say so"


def test_the_next_message_may_be_about_something_else(platform: str) -> None:
    other = "The cat has eaten all of its lunch once more today."
    assert found(platform, Line(ADA, QUESTION), Line(BEN, other, liked=3), Line(ADA, "Thanks!")) == []


def test_the_next_message_settles_it_if_it_was_liked(platform: str) -> None:
    assert found(platform, Line(ADA, QUESTION), Line(BEN, ANSWER, liked=3)) == [(QUESTION, ANSWER)]


def test_what_comes_much_later_is_about_something_else(platform: str) -> None:
    assert found(platform, Line(ADA, QUESTION), Line(BEN, ANSWER, after=3600, liked=3)) == []


def test_a_reply_may_come_later(platform: str) -> None:
    assert found(platform, Line(ADA, QUESTION), Line(BEN, ANSWER, after=20_000, to=0)) == [(QUESTION, ANSWER)]


def test_nobody_answers_their_own_question(platform: str) -> None:
    assert found(platform, Line(ADA, QUESTION), Line(ADA, ANSWER, to=0), Line(ADA, "Thanks!")) == []


def test_the_better_of_two_answers_is_taken(platform: str) -> None:
    worse = "Write to somebody in the office about it some day, perhaps."
    lines = (Line(ADA, QUESTION), Line(CLEO, worse, to=0), Line(BEN, ANSWER, to=0), Line(ADA, "Thank you!", to=2))
    assert found(platform, *lines) == [(QUESTION, ANSWER)]


def test_an_answer_may_have_several_parts(platform: str) -> None:
    more = "After noon, call the desk instead."
    lines = (Line(ADA, QUESTION), Line(BEN, ANSWER, to=0), Line(BEN, more), Line(ADA, "Thanks!"))
    assert found(platform, *lines) == [(QUESTION, f"{ANSWER}\n{more}")]


def test_what_adds_nothing_is_no_part_of_an_answer(platform: str) -> None:
    cases: list[str] = ["aah, ty for the address", ANSWER, "Which address do you have now?"]
    for more in cases:
        lines = (Line(ADA, QUESTION), Line(BEN, ANSWER, to=0), Line(BEN, more), Line(ADA, "Thanks!"))
        assert found(platform, *lines) == [(QUESTION, ANSWER)], more


def test_who_is_spoken_to_may_be_told_something_else() -> None:
    cases: list[tuple[int | None, tuple[str, ...]]] = [(0, ()), (None, (ADA,))]
    for to, mentions in cases:
        asked, other = Line(ADA, QUESTION), "The cat has eaten all of its lunch once more today."
        said = Line(BEN, other, to=to, mentions=mentions)
        assert found("discord", asked, said) == [], to
        assert found("discord", asked, said, Line(ADA, "Thanks!")) == [(QUESTION, other)], to
        assert found("discord", asked, Line(BEN, ANSWER, to=to, mentions=mentions)) == [(QUESTION, ANSWER)], to


def test_the_same_question_comes_once(platform: str) -> None:
    again = [Line(one.who, one.text, one.after, one.to + len(TALK) if one.to else None) for one in TALK]
    assert found(platform, *TALK, *again) == [(QUESTION, ANSWER)]


def test_what_does_not_stand_for_itself_is_no_question(platform: str) -> None:
    cases: list[str] = [
        "Really?",
        "And on Sunday?",
        "Did you try it again with the other one?",
        "Is that the right one for me?",
        "Can somebody help?",
        "I wonder.",
        "Hello, how are you?",
        "I have got a real big problem, can someone help me?",
        "Anyone have an idea what is wrong please?",
        "Can I use a bit of that for the parcel?",
        "How do I change the address of a parcel and",
        "How do I change the address of a parcel through:",
    ]
    assert [
        question
        for question in cases
        if found(platform, Line(ADA, question), Line(BEN, ANSWER, to=0), Line(ADA, "Thanks!", to=1)) != []
    ] == []


def test_what_says_nothing_is_no_answer(platform: str) -> None:
    cases: list[str] = [
        "What do you mean by that exactly?",
        "No idea, sorry about that.",
        "ok",
        "Merci !",
        "It depends, what do you want to change on it",
        "I am having the same with my parcel since Monday.",
        "J'ai le même problème avec mon colis.",
        "I want to change my address, please help me!",
        "I just told you how",
        "Follow the link I sent to change the address.",
        "Please ask in a more appropriate place.",
        "Im unsure, I always change the address myself.",
        "https://paste.example.org/23652732/change/of/address",
        "Give me one second to find the address",
        "Is it the address of a house or of an office",
        "Off topic here, #post",
        "!address | Ada and Ben of the parcels",
        "Show us the output of the order first",
        "I guess it depends how old the order is - then change it",
    ]
    assert [
        answer
        for answer in cases
        if found(platform, Line(ADA, QUESTION), Line(BEN, answer, to=0), Line(ADA, "Thanks!", to=1)) != []
    ] == []


def test_a_french_question(platform: str) -> None:
    asked = "Bonjour, comment changer l'adresse de mon colis ?"
    said = "Dans la commande, bouton Modifier, avant midi."
    assert found(platform, Line(ADA, asked), Line(BEN, said, to=0), Line(ADA, "Super, merci !")) == [(asked, said)]


def test_bots_say_nothing() -> None:
    lines = (Line(ADA, QUESTION), Line("Helper", ANSWER, to=0, liked=3, bot=True))
    assert found("discord", *lines) == []


def test_a_forum_of_telegram_has_its_topics_apart() -> None:
    # Each message of a topic names it, as if it answered the message that made it.
    whole = json.loads(LAYOUTS["telegram"]((Line(ADA, QUESTION), Line(CLEO, "It rains a lot here today, I think."),
                                            Line(BEN, ANSWER), Line(ADA, "Thanks!"))))  # fmt: skip
    made = {"type": "service", "action": "topic_created", "date_unixtime": "1741000000", "date": "2025-03-03T10:00:00"}
    for entry, topic in zip(whole["messages"], (100, 200, 100, 100), strict=True):
        entry["reply_to_message_id"] = topic
    whole["messages"] = [{"id": 100, **made}, {"id": 200, **made}, *whole["messages"]]
    [one] = gathered(json.dumps(whole), "telegram").candidates
    assert (one.question, one.answer) == (QUESTION, ANSWER)
