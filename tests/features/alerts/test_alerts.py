"""A crisis reaches the staff within minutes, in one message that follows it to its end."""

from bot.ports.inbound import Role
from tests.features.alerts.conftest import MANY, SIGN_IN, THINGS, Crisis
from tests.stage import Person


async def test_many_people_at_once_are_told_in_one_message_that_follows_the_numbers_and_says_when_it_is_over(
    crisis: Crisis,
) -> None:
    assert crisis.texts() == []
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    assert "16 problems, 16 people" in crisis.text()
    for number in range(2):
        await crisis.write(SIGN_IN[:2], who=f"Later {number}")
        await crisis.look(minutes=3)
    assert "20 problems, 20 people" in crisis.text()
    assert [name for name, _ in crisis.board.calls] == ["post", "edit", "edit"]

    await crisis.look(hours=2)
    text = crisis.text()
    assert "Over at " in text
    assert "20 people, " in text
    assert "Tell them?" in text
    assert "Back to normal: 20 problems in all." in text
    assert "text code never" not in text
    # What returns within two days is the same alert.
    await crisis.look(hours=3)
    await crisis.write(SIGN_IN, who="Again")
    await crisis.look(minutes=3)
    text = crisis.text()
    assert "Over at" not in text
    assert "8 problems, 8 people" in text
    assert [name for name, _ in crisis.board.calls].count("post") == 1


async def test_few_people_or_one_who_repeats_are_none(crisis: Crisis) -> None:
    await crisis.write(SIGN_IN[:6])
    await crisis.look(minutes=3)
    for text in MANY:
        await crisis.write([text], who="Loud")
    await crisis.look(minutes=3)
    assert crisis.texts() == []


async def test_a_false_alarm_mutes_the_theme_for_a_week_and_is_counted_and_something_else_is_told(
    crisis: Crisis, alex: Person
) -> None:
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    crisis.show()
    await alex.presses("False alarm")
    alex.hears("False alarm: ", "Nothing more is said of it for a week.")
    crisis.clock.forward(hours=1)
    await crisis.write(THINGS, who="Other")
    await crisis.look(minutes=3)
    false, problems = crisis.texts()
    assert "False alarm: " in false
    assert "Unusual: problems" in problems
    for day in range(2):
        await crisis.write(MANY, who=f"Day {day}")
        await crisis.look(days=1)
    await crisis.look(minutes=3)
    false, _ = crisis.texts()
    assert "False alarm" in false
    await alex.says("/pulse")
    alex.hears("1 false alarm in 90 days.")


async def test_one_is_on_it_and_a_known_issue_tells_the_people_and_the_alert_says_so(
    crisis: Crisis, alex: Person, noor: Person
) -> None:
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    crisis.show()
    await alex.presses("I'm on it")
    alex.hears("On it: alex.")
    noor.role = Role.MODERATOR
    await noor.presses("I'm on it")
    noor.hears("On it: alex.")
    await crisis.look(minutes=1)
    assert "On it: alex." in crisis.text()
    assert "[I'm on it]" not in crisis.text()
    await alex.presses("Known issue: tell people")
    alex.hears("What is known about it?")
    await alex.says("The text message provider is down.")
    alex.hears("is a known issue now. 16 people will be told.")
    await crisis.look(minutes=1)
    assert "Known issue: people are told (#" in crisis.text()
    assert "[Known issue: tell people]" not in crisis.text()
