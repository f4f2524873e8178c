"""The first response to what somebody did, where the line breaks: it is given again, and once."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.discord.incoming import interactions
from bot.ports.adapter import Handle
from bot.ports.inbound import Inbound
from bot.ports.reply import Image, Paragraph, Reply
from tests.pictures import png
from tests.sockets.discord.events import JSON
from tests.sockets.discord.running import CAMILLE, GENERAL, HURRY, plaza, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.faults import Fault
from tests.sockets.fakes.discord.rest.interactions import Answer
from tests.sockets.fakes.discord.world import LOADING
from tests.sockets.running import until

PNG = png()
LOST = [faults.dropped(), faults.unanswered()]


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with plaza() as fake:
        yield fake


def acknowledge_first() -> None:
    # Not by `monkeypatch`: that would be undone after what `plaza` patched, and leave it there for other tests.
    interactions.ACKNOWLEDGE_AFTER = 0


def answers(fake: FakeDiscord) -> list[JSON]:
    """The messages that stand as answers."""
    done = [one for one in fake.world.interactions.values() if one.original]
    return [fake.world.messages[one.channel][one.original or 0] for one in done]


async def answered(fake: FakeDiscord, count: int) -> None:
    """Wait until so many answers stand, and nothing is to go wrong any more."""
    await until(lambda: len(answers(fake)) == count and not fake.faults._waiting)


def errors(told: Any) -> list[Any]:
    return [line for line in told if line["log_level"] == "error"]


async def test_an_answer_or_form_lost_on_the_way_is_given_once_more(home: Path, fake: FakeDiscord) -> None:
    with capture_logs() as told:
        async with running(home, fake) as bot:
            for number, fault in enumerate(LOST, 1):
                fake.fail("callback", fault)
                bot.uses("suggest", text=f"Idea {number}")
                await answered(fake, number)
                assert f"#{number}" in answers(fake)[-1]["content"]
            bot.uses("mine")
            await until(lambda: len(answers(fake)) == len(LOST) + 1)
            assert await bot.filed() == [f"Idea {number}" for number in range(1, len(LOST) + 1)]
            assert [bot.posts().count(one["content"]) for one in answers(fake)] == [1] * (len(LOST) + 1)
            for fault in LOST:
                sent = len(await fake.sent("callback"))
                fake.fail("callback", fault)
                bot.uses("suggest")
                opened = (await fake.sent("callback", sent + 1))[-1]
                assert opened.payload["type"] == Answer.MODAL
    assert errors(told) == []
    assert "create_message" not in fake.journal.counts(), "nobody is written to as well"


async def test_a_repetition_by_the_library_that_comes_too_late_is_no_fault_and_one_lost_twice_a_direct_message(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home, fake) as bot:
        monkeypatch.setattr("adapters.discord.incoming.first.LIBRARY_RETRY", HURRY)
        with capture_logs() as told:
            fake.fail("callback", faults.page(500))
            event = bot.uses("suggest", text="Open later")
            await fake.journal.tried("callback")
            fake.world.interactions[event["d"]["token"]].answer = Answer.MESSAGE
            await fake.journal.tried("callback", 2)
            await until(lambda: not bot.discord._in_progress)
        assert errors(told) == []
        # Lost twice it comes by direct message.
        fake.fail("callback", faults.dropped(), times=2)
        bot.uses("suggest", text="Close earlier")
        (letter,) = await fake.sent("create_message")
        assert "#2" in letter.content
        where = fake.world.channel(letter.channel)
        assert where["recipients"][0]["id"] == CAMILLE["id"] != GENERAL["id"]


async def test_a_picture_lost_on_the_way_is_whole_the_second_time(home: Path, fake: FakeDiscord) -> None:
    def drawing(_: Handle) -> Handle:
        async def drawn(_: Inbound) -> Reply | None:
            return Reply((Paragraph("The week."), Image(PNG, "Twelve voices")))

        return drawn

    async with running(home, fake, drawing) as bot:
        for fault in (faults.slow(0), faults.unanswered()):
            fake.faults.clear()
            fake.fail("callback", fault)
            bot.uses("mine")
        await fake.journal.tried("callback", 3)
        calls = fake.journal._tried["callback"]
        assert [[file.content for file in call.files] for call in calls] == [[PNG]] * 3


async def test_a_first_response_that_was_there_already_is_told(home: Path, fake: FakeDiscord) -> None:
    fake.fail("callback", Fault(status=400, code=40060, message="Interaction has already been acknowledged."))
    async with running(home, fake) as bot:
        with capture_logs() as told:
            bot.uses("suggest", text="Open later")
            await until(lambda: errors(told))
    assert [line["refused"] for line in errors(told)] == [40060]
    assert len(fake.journal._tried["callback"]) == 1


async def test_one_that_is_too_late_is_not_repeated_and_comes_by_direct_message(home: Path, fake: FakeDiscord) -> None:
    fake.world.patience = 0.0
    async with running(home, fake) as bot:
        bot.uses("suggest", text="Open later")
        (letter,) = await fake.sent("create_message")
        assert "#1" in letter.content
    assert len(fake.journal._tried["callback"]) == 1


async def test_an_acknowledgement_lost_or_dismissed_and_an_answer_lost_after_it_are_given_again(
    home: Path, fake: FakeDiscord
) -> None:
    acknowledge_first()
    async with running(home, fake) as bot:
        for number, fault in enumerate(LOST, 1):
            fake.fail("callback", fault)
            bot.uses("suggest", text=f"Idea {number}")
            await fake.sent("edit_answer", number)
            assert f"#{number}" in answers(fake)[-1]["content"]
        # The answer is lost after it.
        with capture_logs() as told:
            for number, fault in enumerate(LOST, len(LOST) + 1):
                asked = len(await fake.journal.tried("edit_answer", 0))
                fake.fail("edit_answer", fault)
                bot.uses("suggest", text=f"Idea {number}")
                await fake.journal.tried("edit_answer", asked + (1 if fault.drop == "before" else 2))
                await until(lambda: not bot.discord._in_progress)
                answer = answers(fake)[-1]
                assert f"#{number}" in answer["content"]
                assert not answer["flags"] & LOADING
                assert bot.posts() == [one["content"] for one in answers(fake)]
        assert errors(told) == []
        # Somebody dismissed it.
        fake.fail("edit_answer", Fault(status=404, code=10008, message="Unknown Message"))
        bot.uses("suggest", text="Open later")
        await fake.sent("follow_up")
        assert f"#{2 * len(LOST) + 1}" in bot.posts()[-1]
    assert "create_message" not in fake.journal.counts(), "nobody is written to as well"


async def test_what_is_lost_for_good_leads_to_a_direct_message_and_leaves_nothing_thinking(
    home: Path, fake: FakeDiscord
) -> None:
    acknowledge_first()
    async with running(home, fake) as bot:
        fake.fail("edit_answer", faults.unanswered(), times=2)
        bot.uses("suggest", text="Open later")
        (letter,) = await fake.sent("create_message")
        assert "#1" in letter.content
        await fake.sent("delete_answer")
        assert bot.posts() == []
        fake.fail("callback", faults.dropped(), times=2)
        bot.uses("suggest", text="Close earlier")
        (_, letter) = await fake.sent("create_message", 2)
        assert "#2" in letter.content


async def test_an_answer_discord_fails_to_take_comes_by_direct_message(home: Path, fake: FakeDiscord) -> None:
    acknowledge_first()
    async with running(home, fake) as bot:
        fake.fail("edit_answer", faults.broken(503), times=None)
        bot.uses("suggest", text="Open later")
        (letter,) = await fake.sent("create_message")
        assert "#1" in letter.content


async def test_where_direct_messages_are_closed_an_answer_that_may_stand_is_not_taken_away(
    home: Path, fake: FakeDiscord
) -> None:
    acknowledge_first()
    fake.world.closed.add(int(CAMILLE["id"]))
    async with running(home, fake) as bot:
        fake.fail("edit_answer", faults.unanswered(), times=2)
        bot.uses("suggest", text="Open later")
        await fake.journal.tried("create_message")
        await until(lambda: not bot.discord._in_progress)
        assert "#1" in bot.posts()[0]
    assert "delete_answer" not in fake.journal.counts()


async def test_a_completion_lost_on_the_way_is_no_fault(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        with capture_logs() as told:
            fake.fail("callback", faults.dropped())
            typed = {"type": 4, "name": "number", "value": "1", "focused": True}
            status = {"id": "1", "type": 1, "name": "status", "options": [typed]}
            fake.push(bot.events._interaction(4, status, GENERAL, CAMILLE))
            await until(lambda: errors(told))
    assert [line.get("lost") for line in errors(told)] == ["ServerDisconnectedError"]
    assert "fault" not in {line["event"] for line in told}


async def test_where_even_the_acknowledgement_is_refused_the_answer_comes_by_direct_message(
    home: Path, fake: FakeDiscord
) -> None:
    acknowledge_first()
    with capture_logs() as told:
        async with running(home, fake) as bot:
            fake.fail("callback", Fault(status=403, code=50001, message="Missing Access"), times=None)
            bot.uses("suggest", text="Open later")
            sent = await fake.sent("create_message")
            assert await bot.filed() == ["Open later"]
    assert "#1" in sent[0].content
    assert [line["refused"] for line in errors(told)] == [50001, 50001]
