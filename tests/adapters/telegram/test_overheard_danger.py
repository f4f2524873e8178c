"""Words of danger said to others in a group, by somebody the bot cannot write to."""

from tests.adapters.telegram.stage import GROUP, PLAZA, TelegramStage
from tests.sockets.fakes.telegram.faults import blocked
from tests.stage import Person


async def test_where_nobody_can_be_told_alone_nothing_is_said_in_the_group(
    telegram: TelegramStage, zoe: Person
) -> None:
    await zoe.says("/mine")
    telegram.fake.fail("sendMessage", blocked(), chat=telegram.account(zoe)["id"], times=None)
    before = telegram.seen_in(GROUP)
    await telegram.write(zoe, "I want to die, I cannot go on", PLAZA)
    await telegram.deliver()
    tried = [call for call in telegram.fake.journal.calls if "sounds serious" in str(call.parameters)]
    assert [call.chat for call in tried] == [telegram.account(zoe)["id"]]
    assert telegram.seen_in(GROUP) == before
