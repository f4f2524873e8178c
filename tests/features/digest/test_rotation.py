"""What waits is not the same three for weeks: what the last digest showed comes last, unless it changed since."""

import re

from bot.ports.plain import plain
from storage.reports import digests
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.words import WISHES


async def test_the_next_digest_shows_what_the_last_one_did_not(stage: BareStage, clock: StillClock) -> None:
    for number, words in enumerate(WISHES[:8]):
        await Person(stage, f"member {number}").says(f"/suggest {words}")
    shown = []
    for _ in range(2):
        clock.forward(days=7)
        await stage.pass_time()
        (row,) = await stage.core.store.read(lambda session: digests.archive(session, 1, 1))
        decide = plain(stage.core.codec.load(row.payload)).split("To decide\n")[1].split("\n\n")[0]
        shown.append(re.findall(r"• #(\d)", decide))
    assert shown == [["1", "2", "3"], ["4", "5", "6"]]


async def test_of_several_that_say_the_same_one_stands_for_all(stage: BareStage, clock: StillClock) -> None:
    for number in range(6):
        person = Person(stage, f"member {number}")
        await person.says(f"/suggest A lamp at the cellar stairs, please, {WISHES[number][:12]}")
        if "Send" in person.hears():
            await person.presses("Send")
    await Person(stage, "ines").says(f"/suggest {WISHES[7]}")
    clock.forward(days=5)
    await stage.pass_time()
    (row,) = await stage.core.store.read(lambda session: digests.archive(session, 1, 1))
    decide = plain(stage.core.codec.load(row.payload)).split("To decide\n")[1].split("\n\n")[0]
    assert re.findall(r"• #(\d)", decide) == ["1", "7"]
    assert "5 others like it" in decide
