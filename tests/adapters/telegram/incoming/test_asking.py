"""Questions in a group: each reaches the person it asks, and the staff's reasons count, however they are given."""

from tests.adapters.telegram.stage import GROUP, STAFF, TelegramStage
from tests.sockets.updates import JSON
from tests.stage import Person

DESK: JSON = {"id": STAFF, "type": "supergroup", "title": "Desk"}
WHY = "Why? Everyone concerned will read it."


async def _refuse(telegram: TelegramStage, zoe: Person, omar: Person) -> JSON:
    """Zoé suggests something, and Omar presses that it is not planned; the question that follows."""
    await zoe.says("/suggest A dark theme")
    await telegram.write(omar, "/queue", DESK)
    await omar.presses("Not planned")
    asked = [call for one in telegram.shown for call in one.calls if WHY in call.shown]
    return dict(asked[-1].result)


async def test_a_question_after_a_press_opens_the_keyboard_of_who_pressed_and_a_second_reply_is_no_members_question(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    asked = await _refuse(telegram, zoe, omar)
    assert telegram.fake.world.opened[STAFF, telegram.account(omar)["id"]] == asked["message_id"]
    assert asked["text"].startswith("omar: Why?")
    # Once it is answered a second reply is no member's question.
    lea = Person(telegram, "lea", omar.role)
    await telegram.write(omar, "It would cost too much.", DESK, reply_to=asked)
    _is_refused(telegram, zoe)
    for late in (lea, omar):
        await telegram.write(late, "And it is ugly, is it not?", DESK, reply_to=asked)
        late.hears("This question is no longer open.")
    await telegram.write(omar, "/unanswered", DESK)
    assert "ugly" not in telegram.seen_in(STAFF)[-1]


async def test_a_reason_typed_plainly_counts_and_what_is_said_to_a_colleague_is_none(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await _refuse(telegram, zoe, omar)
    lea = Person(telegram, "lea", omar.role)
    said = await telegram.write(lea, "Shall we?", DESK)
    await telegram.write(omar, "I would rather not.", DESK, reply_to=said["message"])
    await telegram.write(omar, "@lea_desk what do you think?", DESK)
    assert "now not planned" not in "".join(telegram.seen_in(STAFF))
    await telegram.write(omar, "It would cost too much.", DESK)
    _is_refused(telegram, zoe)


async def test_a_colleagues_reply_counts_as_the_reason(telegram: TelegramStage, zoe: Person, omar: Person) -> None:
    asked = await _refuse(telegram, zoe, omar)
    lea = Person(telegram, "lea", omar.role)
    await telegram.write(lea, "It would cost too much.", DESK, reply_to=asked)
    _is_refused(telegram, zoe)
    await telegram.write(omar, "thanks, all!", DESK)
    assert not telegram.answered(omar)


async def test_a_question_begun_by_a_command_in_the_group_opens_too_and_the_name_in_it_is_no_link(
    telegram: TelegramStage, zoe: Person
) -> None:
    await telegram.write(zoe, "/ask")
    asked = telegram.shown[-1].calls[0].result["message_id"]
    assert telegram.fake.world.opened[GROUP, telegram.account(zoe)["id"]] == asked
    # The name in a question is no link, and no mention of another.
    eve = Person(telegram, "t.me/x <b>@everyone", language="en")
    await telegram.write(eve, "/ask")
    named = telegram.shown[-1].calls[0]
    assert [one["type"] for one in named.result["entities"]] == ["text_mention"]


def _is_refused(telegram: TelegramStage, zoe: Person) -> None:
    assert any("#1 is now not planned" in said for said in telegram.seen_in(STAFF))
    assert "It would cost too much." in telegram.told_alone(zoe)[-1]
