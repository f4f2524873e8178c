"""In a group, nobody learns that somebody is blocked: neither by what the bot says there, nor by what it takes away."""

from bot.ports.inbound import Role
from tests.adapters.telegram.stage import GROUP, TelegramStage
from tests.stage import Person


async def test_in_the_group_the_bot_says_nothing_of_it(telegram: TelegramStage, zoe: Person, ines: Person) -> None:
    omar = Person(telegram, "omar", Role.MODERATOR)
    await telegram.write(zoe, "/suggest You are all idiots")
    before = telegram.seen_in(GROUP)
    await omar.says("/block 1 week Please mind the tone.")
    omar.hears("#1's author is blocked until 11 March.")
    deleted = len([call for call in telegram.fake.journal.calls if call.method == "deleteMessage"])
    await telegram.write(zoe, "/suggest Again")
    assert "ask for a pause" in telegram.told_alone(zoe)[-1]
    assert telegram.seen_in(GROUP) == before
    assert len([call for call in telegram.fake.journal.calls if call.method == "deleteMessage"]) == deleted
    ines.never_heard("pause", "blocked")


async def test_what_a_moderator_types_about_it_in_the_group_is_taken_out_of_view(
    telegram: TelegramStage, zoe: Person
) -> None:
    omar = Person(telegram, "omar", Role.MODERATOR)
    await telegram.write(zoe, "/suggest You are all idiots")
    await telegram.write(omar, "/block 1 week Please mind the tone.")
    assert "#1's author is blocked" in telegram.told_alone(omar)[-1]
    assert [call for call in telegram.fake.journal.calls if call.method == "deleteMessage"]
    zoe.never_heard("blocked")
