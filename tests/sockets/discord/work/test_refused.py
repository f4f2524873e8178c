"""Where Discord does not let the bot write: the person hears otherwise, the digest waits, and the owner is told."""

import asyncio
from pathlib import Path

import pytest

from bot.ports.reply import say
from storage.vocabulary import Delivery
from tests.sockets.discord.answers import shown
from tests.sockets.discord.events import HISTORY, SEND, VIEW, channel_changed, direct, joined, left
from tests.sockets.discord.running import CAMILLE, GARDEN, GENERAL, PLAZA, Running, running
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.faults import Fault
from tests.sockets.fakes.journal import PATIENCE
from tests.sockets.running import until

OWNER = 1


def told_alone(fake: FakeDiscord, account: int) -> list[str]:
    there = fake.world.private(account)
    return [one["content"] for one in fake.world.messages[int(there["id"])].values() if one["author"]["bot"]]


def mentions(bot: Running, text: str) -> dict[str, str]:
    """Camille mentions the bot in the channel; returns the message."""
    event = bot.events.message(
        f"<@{bot.fake.world.me()['id']}> {text}", GENERAL, CAMILLE, mentions=[bot.fake.world.me()]
    )
    bot.fake.push(event)
    message: dict[str, str] = event["d"]
    return message


async def one_more(fake: FakeDiscord, account: int, count: int = 1) -> list[str]:
    async with asyncio.timeout(PATIENCE):
        while len(found := told_alone(fake, account)) < count:
            await asyncio.sleep(0.01)
    return found


async def test_a_refused_digest_is_kept_told_and_posted_once_the_bot_may_write(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        for count, lost in enumerate((SEND, VIEW), 1):
            fake.push(channel_changed(GENERAL, lost))
            number = await bot.owe(f"digest:{count}", say("The digest."))
            kept = await bot.became(number, Delivery.FAILED)
            assert kept.payload
            *_, told = await one_more(fake, OWNER, count)
            assert "general" in told
            assert "Plaza" in told
            fake.push(channel_changed(GARDEN))
            assert (await bot.row(number)).state is Delivery.FAILED
            fake.push(channel_changed(GENERAL))
            await bot.became(number, Delivery.SENT)
            assert bot.posts() == ["The digest."] * count
            assert len(told_alone(fake, OWNER)) == count


@pytest.mark.parametrize("archived", [False, True])
async def test_a_digest_for_a_locked_thread_comes_once_it_is_open_again(
    home: Path, fake: FakeDiscord, archived: bool
) -> None:
    async with running(home, fake) as bot:
        thread = fake.world.open_post(GENERAL, 70 << 22, "digests", [], owner=OWNER)
        fake.world.turn_post(thread, locked=True, archived=archived)
        await until(lambda: bool(bot.discord.client.guilds[0].threads) is not archived)
        number = await bot.owe("digest:1", say("The digest."), thread)
        await bot.became(number, Delivery.FAILED)
        [told] = await one_more(fake, OWNER)
        assert "digests" in told
        fake.world.turn_post(thread, locked=False, archived=False)
        await bot.became(number, Delivery.SENT)
        assert bot.posts(thread) == ["The digest."]


async def test_a_digest_refused_before_a_restart_is_posted_after_it_or_once_the_bot_may_write(
    home: Path, fake: FakeDiscord
) -> None:
    async with running(home, fake) as bot:
        fake.push(channel_changed(GENERAL, SEND))
        number = await bot.owe("digest:1", say("The digest."))
        await bot.became(number, Delivery.FAILED)
    fake.push(channel_changed(GENERAL))
    async with running(home, fake) as bot:
        await bot.became(number, Delivery.SENT)
        assert bot.posts() == ["The digest."]
        fake.push(channel_changed(GENERAL, SEND))
        number = await bot.owe("digest:2", say("Another."))
        await bot.became(number, Delivery.FAILED)
    async with running(home, fake) as bot:
        await until(lambda: not bot.discord._after_connect)
        fake.push(channel_changed(GENERAL))
        await bot.became(number, Delivery.SENT)
        assert bot.posts() == ["The digest.", "Another."]


async def test_a_digest_for_a_server_the_bot_was_removed_from_comes_once_it_is_back(
    home: Path, fake: FakeDiscord
) -> None:
    async with running(home, fake) as bot:
        fake.push(left(PLAZA))
        await until(lambda: not bot.discord.client.guilds)
        number = await bot.owe("digest:1", say("The digest."))
        await bot.became(number, Delivery.FAILED)
        fake.push(joined(PLAZA))
        await bot.became(number, Delivery.SENT)
        assert bot.posts() == ["The digest."]


async def test_without_the_history_an_answer_is_no_reply_and_who_asks_where_the_bot_may_not_write_hears_alone(
    home: Path, fake: FakeDiscord
) -> None:
    async with running(home, fake) as bot:
        fake.push(channel_changed(GENERAL, HISTORY))
        mentions(bot, "where is the moon base?")
        await fake.sent("create_message")
        [posted] = [one for one in fake.world.messages[int(GENERAL["id"])].values() if one["author"]["bot"]]
        assert not posted.get("message_reference")
        fake.push(channel_changed(GENERAL, SEND))
        mentions(bot, "where is the moon base?")
        [told] = await one_more(fake, int(CAMILLE["id"]))
        assert "the answer comes here" in told or "la réponse arrive ici" in told
        assert "pass" in told or "transmis" in told


async def test_who_can_be_told_nowhere_sees_a_reaction(home: Path, fake: FakeDiscord) -> None:
    fake.world.closed.add(int(CAMILLE["id"]))
    async with running(home, fake) as bot:
        fake.push(channel_changed(GENERAL, SEND))
        asked = mentions(bot, "where is the moon base?")
        await fake.sent("react")
        filed = mentions(bot, "/suggest A bench")
        await fake.sent("react", 2)
        there = fake.world.messages[int(GENERAL["id"])]
        signs = [there[int(one["id"])]["reactions"][0]["emoji"]["name"] for one in (asked, filed)]
        assert signs == ["🔇", "✅"]


async def test_a_direct_message_costs_two_requests_and_too_fast_is_later_and_not_never(
    home: Path, fake: FakeDiscord
) -> None:
    async with running(home, fake) as bot:
        await bot.became(await bot.owe_person("notice:0", say("News.")), Delivery.SENT)
        assert not await fake.journal.tried("get_user", 0)
        await fake.sent("create_private")
        for number, (method, fault) in enumerate(
            (
                ("create_private", Fault(status=400, code=40003, message="You are opening direct messages too fast")),
                ("create_message", Fault(status=403, code=20028, message="The channel has hit the write rate limit")),
                ("create_message", Fault(status=403, code=20029, message="The server has hit the write rate limit")),
            ),
            1,
        ):
            fake.fail(method, fault)
            await bot.became(await bot.owe_person(f"notice:{number}", say("News.")), Delivery.SENT)
            assert told_alone(fake, int(CAMILLE["id"])) == ["News."] * (number + 1)


async def test_what_is_pressed_and_completed_alone_asks_who_somebody_is_once(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        there = direct(99 << 22, CAMILLE)
        await bot.owe("digest:1", say("The digest."))
        for typed in ("1", "2", "3"):
            fake.push(bot.events.slash("status", {"number": typed}, there, CAMILLE, focused="number"))
        await fake.sent("callback", 3)
        event = bot.events.slash("help", {}, there, CAMILLE)
        fake.push(event)
        await fake.sent("callback", 4)
        assert shown(fake, event)
        assert len(await fake.journal.tried("get_member", 0)) <= 2
