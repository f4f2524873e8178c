"""What is filed in a group: the receipt goes to its author alone, or the way to it is shown."""

from tests.adapters.telegram.stage import GROUP, TelegramStage
from tests.sockets.fakes.telegram.faults import not_started
from tests.stage import Person

OPEN = "[Open my chat with the bot]\n"


async def test_a_receipt_comes_alone_and_so_is_asked_for_what_is_missing(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/suggest A dark theme")
    assert "Got it: suggestion #1." in telegram.told_alone(zoe)[-1]
    await telegram.write(zoe, "/problem")
    assert "What is the problem?" in telegram.told_alone(zoe)[-1]
    assert not telegram.seen_in(GROUP)
    await zoe.says("I am paid late")
    zoe.hears("Got it: problem #2.")
    assert "seen" not in zoe.hears("Only the team can see it, with your name.")


async def test_whoever_never_started_the_bot_is_shown_the_way_to_what_they_asked_for(
    telegram: TelegramStage, zoe: Person
) -> None:
    await zoe.says("/suggest A bench")
    number = telegram.account(zoe)["id"]
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=number)
    await telegram.write(zoe, "/withdraw 1")
    assert telegram.seen_in(GROUP)[-1].startswith("Done. To see it, open your chat with the bot, and press Start.")
    await telegram.write(zoe, "/mine")
    assert _way(telegram) == "mine"
    await telegram.write(zoe, "/problem")
    assert "This is between you and the bot." in telegram.seen_in(GROUP)[-1]
    way = telegram.shown[-1].calls[0].buttons
    assert [button["url"] for button in way] == ["https://t.me/portevoix_bot?start=problem"]
    telegram.fake.faults.clear()
    await zoe.says("/start problem")
    zoe.hears("What is the problem?")


async def test_whoever_never_started_the_bot_hears_that_the_team_has_it_and_finds_the_receipt(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(zoe)["id"])
    await telegram.write(zoe, "/suggest A bench")
    told = telegram.seen_in(GROUP)[-1]
    assert told == "The team has it. For the receipt, open your chat with the bot, and press Start.\n" + OPEN
    assert "bench" not in told
    payload = _way(telegram)
    await ines.says(f"/start {payload}")
    ines.hears("Ce bouton est destiné à quelqu’un d’autre.")
    telegram.fake.faults.clear()
    await zoe.says(f"/start {payload}")
    zoe.hears("Got it: suggestion #1.", "Everyone can see it, with your name.", "[Edit] [Withdraw] [Team only]")
    await zoe.presses("Withdraw")
    await zoe.says(f"/start {payload}")
    zoe.hears("#1 is already withdrawn.")
    # It says, too, that others have read it.
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(zoe)["id"])
    await telegram.write(zoe, "/problem I am paid late")
    telegram.fake.faults.clear()
    await zoe.says(f"/start {_way(telegram)}")
    zoe.hears("Got it: problem #2.", "it has been seen with your name beside it", "Only the team can see it")


async def test_a_name_the_group_has_read_is_not_taken_off(telegram: TelegramStage, zoe: Person, omar: Person) -> None:
    await telegram.write(zoe, "/suggest A bench")
    assert "Without my name" not in telegram.told_alone(zoe)[-1]
    await zoe.says("/visibility 1 nameless")
    zoe.hears("#1 was typed where others read along", "taking the name off now would hide nothing")
    await zoe.presses("Team only")
    zoe.hears("#1 is changed. Only the team can see it, with your name.", "[Show to everyone] [Area]\n")
    # So it is with words changed there, and with what was passed on.
    await zoe.says("/suggest A dark theme")
    await telegram.write(zoe, "/edit 2 Two dark themes")
    await zoe.presses("Without my name")
    zoe.hears("#2 was typed where others read along")
    said = await telegram.write(zoe, "The lift is stuck again")
    await telegram.write(omar, "/passon", reply_to=said["message"])
    await omar.presses("As a problem")
    await zoe.says("/visibility 3 nameless")
    zoe.hears("#3 was typed where others read along")


async def test_a_problem_typed_in_the_group_is_the_teams_alone_and_said_to_be_seen_also_where_it_cannot_be_deleted(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    said = await telegram.write(zoe, "/problem The lift is stuck")
    zoe.hears("Got it: problem #1.", "it has been seen")
    assert (GROUP, said["message"]["message_id"]) in telegram.fake.world.messages
    telegram.fake.world.promote(GROUP, telegram.fake.world.bot)
    said = await telegram.write(zoe, "/problem I am paid late")
    zoe.hears(
        "Got it: problem #2.",
        "It was typed where others read along, so it has been seen with your name beside it.",
        "Only the team can see it, with your name.",
    )
    assert (GROUP, said["message"]["message_id"]) not in telegram.fake.world.messages
    ines.never_heard("paid late")
    # Words meant without a name are not called nameless.
    await telegram.write(zoe, "/problem")
    await zoe.presses("without my name")
    await telegram.write(zoe, "/problem I am never paid")
    zoe.hears("Got it: problem #3.", "with your name beside it", "Only the team can see it, with your name.")


def _way(telegram: TelegramStage) -> str:
    """What the button that leads to the private chat opens it with."""
    (button,) = telegram.shown[-1].calls[0].buttons
    return str(button["url"]).partition("?start=")[2]


async def test_who_takes_back_something_nameless_in_the_group_is_not_left_standing_there(
    telegram: TelegramStage, zoe: Person
) -> None:
    telegram.fake.world.promote(GROUP, telegram.fake.world.bot)
    await zoe.says("/suggest")
    await zoe.fills(text="I am paid late", audience="everyone", name="nameless")
    await zoe.presses("Send")
    for command in ("/visibility 1000 nameless", "/edit 1000 I am paid far too late", "/withdraw 1000"):
        said = await telegram.write(zoe, command)
        assert (GROUP, said["message"]["message_id"]) not in telegram.fake.world.messages, command
