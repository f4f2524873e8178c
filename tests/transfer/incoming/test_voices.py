"""What came without an author is heard all the same: counted apart, quoted when the file allows it, never an alarm."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.features.digest.data import DigestData
from bot.features.digest.gather import gather, week_until
from bot.features.digest.words.render import render
from bot.ports.plain import plain
from storage.people import communities
from tests.stage import Person
from tests.transfer.incoming.desk import Desk

ROWS = "text,category,at\n" + "".join(f"The till is closed {number},Delivery,2026-03-02\n" for number in range(16))


async def digest(desk: Desk) -> DigestData:
    zone = ZoneInfo(desk.community.timezone)
    until = desk.core.clock.now() + timedelta(seconds=1)

    def read(session: object) -> DigestData:
        community = communities.every(session)[0]  # type: ignore[arg-type]
        return gather(session, community, week_until(until, zone))  # type: ignore[arg-type]

    return await desk.core.store.read(read)


async def words(desk: Desk, language: str = "en") -> str:
    return plain(render(await digest(desk), desk.core.languages.all()[language]))


async def test_messages_without_an_author_are_counted_apart(desk: Desk, camille: Person) -> None:
    await desk.brings(ROWS)
    await camille.says("/suggest A bench")
    said = await words(desk)
    assert "17 messages, 1 person, 1 new voice, 16 messages without an author" in said
    assert "Delivery · 16 messages without an author · new this week" in said
    assert "16 messages sans auteur" in await words(desk, "fr")


async def test_they_are_quoted_only_when_the_file_allows_it(desk: Desk) -> None:
    await desk.brings(ROWS)
    assert "The till is closed" not in await words(desk)
    assert (await desk.brings(ROWS, quotable=True)).known == 16
    assert "The till is closed" in await words(desk)


async def test_a_few_are_not_quoted_as_words_without_a_name_are_not(desk: Desk) -> None:
    few = "\n".join(ROWS.splitlines()[:5])
    await desk.brings(few, quotable=True)
    assert "The till is closed" not in await words(desk)
    await desk.brings(ROWS, quotable=True)
    assert "The till is closed" in await words(desk)


async def test_an_area_that_was_there_before_is_not_new(desk: Desk, camille: Person) -> None:
    await desk.brings("text,category,at\nThe till,Delivery,2024-05-02\n")
    await desk.brings("text,category,at\nThe door,Delivery,2026-03-03\n")
    said = await words(desk)
    assert "Delivery · 1 message without an author · back this week" in said
    assert "new this week" not in said


async def test_rows_of_long_ago_are_no_silence_that_a_new_message_breaks(desk: Desk, camille: Person) -> None:
    await desk.brings("text,author,at\nA bench,Ada,2019-05-02\n")
    for number in range(9):
        await camille.says(f"/suggest Another idea {number}")
    found = await digest(desk)
    assert found.periods_known == 0
    assert "Out of the ordinary" not in plain(render(found, desk.core.languages.all()["en"]))


async def test_a_file_s_own_weeks_are_a_baseline(desk: Desk) -> None:
    rows = "".join(f"Idea {number},Ada,2026-0{1 + number // 28}-{1 + number % 28:02}\n" for number in range(60))
    await desk.brings(f"text,author,at\n{rows}")
    assert (await digest(desk)).periods_known == 8
