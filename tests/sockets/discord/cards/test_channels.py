"""Cards in a text channel: posted once, edited in place, their pictures kept, and told apart from what was deleted."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.ports.adapter import TryLater, Unreachable, Vanished
from tests.sockets.discord.boards import HALL, STAFF, build, cards, face, picture, words_of
from tests.sockets.discord.events import HISTORY, channel_changed, channel_deleted, message_deleted
from tests.sockets.discord.running import Running, running
from tests.sockets.fakes.discord import FakeDiscord, faults

PLACE = str(HALL)


async def test_a_card_stands_and_is_edited_in_place_in_a_place_that_is_one(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        for place in ("nowhere", "5"):
            with pytest.raises(Unreachable):
                await bot.discord.post(place, "card:1", face())
        for card in ("", "1", "a/b"):
            with pytest.raises(Vanished):
                await bot.discord.edit(PLACE, card, face())
        card = await bot.discord.post(PLACE, "card:1", face("1 person supports it."))
        await bot.discord.edit(PLACE, card, face("2 people support it."))
        [stands] = cards(fake)
        assert "2 people support it." in words_of(stands)
        [posted] = await fake.sent("create_message")
        assert posted.payload["enforce_nonce"]
        assert posted.payload["allowed_mentions"]["parse"] == []
        await bot.discord.remove(PLACE, card)
        assert cards(fake) == []
        await bot.discord.remove(PLACE, card)


async def test_what_fails_for_now_is_tried_later_and_what_discord_does_not_take_waits_alone(
    home: Path, fake: FakeDiscord
) -> None:
    build(fake)
    async with running(home, fake) as bot:
        fake.fail("create_message", faults.Fault(status=400, code=20009, message="Explicit content"))
        with pytest.raises(TryLater, match="Explicit content") as taken:
            await bot.discord.post(PLACE, "card:alone", face())
        assert taken.value.alone
        for number, (fault, seconds) in enumerate(
            (
                (faults.Fault(status=429, code=30046, message="Maximum number of edits", retry_after=900), 900),
                (faults.Fault(status=400, code=30046, message="Maximum number of edits"), 600),
                (faults.flooded(120), 120),
                (faults.dropped(), None),
                (faults.page(503), None),
                (faults.revoked(), 60),
            )
        ):
            card = await bot.discord.post(PLACE, f"card:{number}", face("1"))
            fake.fail("edit_message", fault, times=None)
            with pytest.raises(TryLater) as raised:
                await bot.discord.edit(PLACE, card, face("2"))
            assert raised.value.seconds == seconds, fault
            fake.faults.clear()


@pytest.mark.parametrize("history", [True, False])
async def test_a_lost_answer_doubles_no_card_and_the_last_state_is_shown(
    home: Path, fake: FakeDiscord, *, history: bool
) -> None:
    build(fake)
    if not history:
        take(fake, HISTORY)
    async with running(home, fake) as bot:
        fake.fail("create_message", faults.unanswered())
        with pytest.raises(TryLater):
            await bot.discord.post(PLACE, "card:1", face("1 person supports it."))
        await bot.discord.post(PLACE, "card:1", face("2 people support it."))
        [stands] = cards(fake)
        assert "2 people" in words_of(stands)


async def test_what_a_bot_that_died_has_posted_is_found_long_after(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        first = await bot.discord.post(PLACE, "card:1", face("1 person supports it."))
    fake.world.pass_time(3_600)
    async with running(home, fake) as bot:
        assert await bot.discord.post(PLACE, "card:1", face("2 people support it.")) == first
        await bot.discord.post(PLACE, "card:2", face("Nobody supports it yet."))
        assert ["2 people" in words_of(one) for one in cards(fake)] == [True, False]
        assert len(await fake.journal.tried("get_messages")) == 2, "one look is enough for each life"


async def test_a_lost_answer_is_looked_for_when_its_nonce_is_forgotten(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(fake)
    async with running(home, fake) as bot:
        fake.fail("create_message", faults.unanswered())
        with pytest.raises(TryLater):
            await bot.discord.post(PLACE, "card:1", face())
        fake.world.pass_time(3_600)
        monkeypatch.setattr("adapters.discord.outgoing.sightings.NONCE_LIFETIME", timedelta(0))
        await bot.discord.post(PLACE, "card:1", face())
        assert len(cards(fake)) == 1


async def test_a_picture_is_kept_and_not_sent_with_each_edit(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face("1", picture()))
        [before] = cards(fake)[0]["attachments"]
        await bot.discord.edit(PLACE, card, face("2", picture()))
    async with running(home, fake) as bot:
        await bot.discord.edit(PLACE, card, face("3", picture()))
        assert [one["id"] for one in cards(fake)[0]["attachments"]] == [before["id"]]
        assert not any(call.files for call in await fake.sent("edit_message", 2))
        assert before["filename"] in str(cards(fake)[0]["components"])
        await bot.discord.edit(PLACE, card, face("4", picture("red")))
        [after] = cards(fake)[0]["attachments"]
        assert after["filename"] != before["filename"]
        assert after["filename"] in str(cards(fake)[0]["components"])
        await bot.discord.edit(PLACE, card, face("5"))
        assert cards(fake)[0]["attachments"] == []


async def test_a_picture_is_sent_anew_where_the_bot_may_not_read(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face("1", picture()))
    take(fake, HISTORY)
    async with running(home, fake) as bot:
        await bot.discord.edit(PLACE, card, face("2", picture()))
        assert len(cards(fake)[0]["attachments"]) == 1


async def test_what_is_forbidden_names_the_permission_a_deleted_card_has_vanished_and_its_channel_is_unreachable(
    home: Path, fake: FakeDiscord
) -> None:
    build(fake)
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face())
        fake.push(message_deleted(cards(fake)[0]))
        with pytest.raises(Vanished):
            await bot.discord.edit(PLACE, card, face())
        await bot.discord.remove(PLACE, card)
        card = await bot.discord.post(PLACE, "card:1:again", face())
        take(fake, 1 << 11)
        with pytest.raises(Unreachable, match="#hall: allow the bot's role Send Messages there"):
            await bot.discord.post(PLACE, "card:2", face())
        take(fake, 1 << 10)
        await refused(bot, card, "View Channels")
        fake.push(channel_deleted(fake.world.channels[HALL]))
        await refused(bot, card, "was deleted")


async def refused(bot: Running, card: str, words: str) -> None:
    """Nothing can be done in the place any more, and the operator is told why."""
    for act in (
        bot.discord.post(PLACE, "card:other", face()),
        bot.discord.edit(PLACE, card, face()),
        bot.discord.remove(PLACE, card),
    ):
        with pytest.raises(Unreachable, match=words) as raised:
            await act
        assert type(raised.value) is Unreachable


def take(fake: FakeDiscord, right: int) -> None:
    """Take a permission from the bot in the channel."""
    changed = channel_changed(fake.world.channels[HALL])
    rule = {"id": str(STAFF), "type": 0, "allow": "0", "deny": str(right)}
    fake.push({**changed, "d": {**changed["d"], "permission_overwrites": [rule]}})
