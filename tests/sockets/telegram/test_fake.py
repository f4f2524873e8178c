import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    ChatMemberAdministrator,
    MessageEntity,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError

from tests.sockets.conftest import TOKEN, connected
from tests.sockets.fakes.journal import Upload
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.updates import Updates, document, group, private, supergroup, user, voice

CAMILLE = user(7)
PLAZA = supergroup(-1001, forum=True)


@pytest.fixture
def updates() -> Updates:
    return Updates()


def numbers(found: tuple[Update, ...]) -> list[int]:
    return [one.update_id for one in found]


async def test_an_offset_confirms_all_before_it(fake: FakeTelegram, bot: Bot, updates: Updates) -> None:
    fake.push(*(updates.message(str(n), private(CAMILLE), CAMILLE) for n in range(3)))
    assert numbers(await bot.get_updates(timeout=0)) == [1, 2, 3]
    assert numbers(await bot.get_updates(timeout=0, limit=1)) == [1]
    assert numbers(await bot.get_updates(timeout=0, offset=2)) == [2, 3]
    assert numbers(await bot.get_updates(timeout=0)) == [2, 3]
    assert fake.queue.confirmed == [1]


async def test_a_negative_offset_forgets_all_but_the_newest(fake: FakeTelegram, bot: Bot) -> None:
    fake.push({}, {}, {})
    assert numbers(await bot.get_updates(timeout=0, offset=-1)) == [3]
    assert numbers(await bot.get_updates(timeout=0)) == [3]


async def test_a_poll_ends_empty_when_its_time_is_over(fake: FakeTelegram) -> None:
    url = f"{fake.url}/bot{TOKEN}/getUpdates?timeout=0.02"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert await answer.json() == {"ok": True, "result": []}
    assert time.monotonic() - fake.journal.calls[0].at >= 0.02


async def test_a_malformed_update_is_handed_out_as_it_is(fake: FakeTelegram, bot: Bot) -> None:
    fake.push({"message": "nonsense"}, {"callback_query": {"id": 5}})
    async with aiohttp.ClientSession() as session, session.get(f"{fake.url}/bot{TOKEN}/getUpdates") as answer:
        raw = await answer.json()
    assert raw["result"] == [
        {"message": "nonsense", "update_id": 1},
        {"callback_query": {"id": 5}, "update_id": 2},
    ]


async def test_the_earlier_of_two_polls_is_told_of_the_other(fake: FakeTelegram, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await fake.journal.tried("getUpdates")
    second = asyncio.create_task(bot.get_updates(timeout=50))
    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await first
    fake.push({})
    assert numbers(await second) == [1]


async def test_a_webhook_is_posted_each_update_until_it_takes_it(
    fake: FakeTelegram, bot: Bot, updates: Updates
) -> None:
    answers, seen = [500, 200, 200], []

    async def hook(request: web.Request) -> web.Response:
        seen.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], (await request.json())["update_id"]))
        return web.Response(status=answers[len(seen) - 1])

    application = web.Application()
    application.router.add_post("/hook", hook)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates(timeout=0)
    fake.push(updates.message("One", private(CAMILLE), CAMILLE), {})
    await fake.queue.emptied()
    assert seen == [("s3cret", 1), ("s3cret", 1), ("s3cret", 2)]
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    await runner.cleanup()


async def test_another_persons_message_is_deleted_only_with_the_right(
    fake: FakeTelegram, bot: Bot, updates: Updates
) -> None:
    command = updates.message("/problem", PLAZA, CAMILLE, thread=3)
    fake.push(command)
    number = command["message"]["message_id"]
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(PLAZA["id"], number)
    fake.world.promote(PLAZA["id"], bot.id)
    await bot.set_message_reaction(PLAZA["id"], number, "👍")
    assert await bot.delete_message(PLAZA["id"], number)


async def test_administrators_are_told_from_members(fake: FakeTelegram, bot: Bot) -> None:
    fake.world.promote(-1001, 8, can_delete_messages=False)
    fake.world.promote(-1001, 9, owner=True)
    alex = await bot.get_chat_member(-1001, 8)
    assert isinstance(alex, ChatMemberAdministrator)
    assert not alex.can_delete_messages
    assert (await bot.get_chat_member(-1001, 7)).status == "member"
    assert [one.user.id for one in await bot.get_chat_administrators(-1001)] == [8, 9]


async def test_menus_are_kept_by_scope_and_language(bot: Bot) -> None:
    everyone, groups = [BotCommand("help", "Help")], [BotCommand("aide", "Aide")]
    await bot.set_my_commands(everyone)
    await bot.set_my_commands(groups, BotCommandScopeAllGroupChats(), language_code="fr")
    assert await bot.get_my_commands() == tuple(everyone)
    assert await bot.get_my_commands(BotCommandScopeAllGroupChats(), language_code="fr") == tuple(groups)
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("problème", "Aide")])


async def test_a_chat_described_is_told_and_any_other_made_up(fake: FakeTelegram, bot: Bot) -> None:
    fake.world.chats[-1001] = PLAZA
    assert (await bot.get_chat(-1001)).is_forum
    assert (await bot.get_chat(7)).type == "private"
    assert await bot.leave_chat(-1001)
    assert await bot.send_chat_action(7, "typing")


async def test_a_wrong_token_a_wrong_path_and_a_wrong_method_are_refused(fake: FakeTelegram) -> None:
    fake.bad_tokens.add("1:revoked")
    for token in ("1:revoked", "no-token"):
        with pytest.raises(InvalidToken):
            async with connected(fake.url, token=token):
                pass
    async with aiohttp.ClientSession() as session:
        for path, status in (("/bot1:revoked/getMe", 401), ("/botx/getMe", 404), ("/bot1:a/nothing", 404), ("/", 404)):
            async with session.get(fake.url + path) as answer:
                assert answer.status == status


async def test_a_fault_hits_its_method_and_chat_so_often_and_no_more(fake: FakeTelegram, bot: Bot) -> None:
    fake.fail("sendMessage", faults.blocked(), times=2, chat=7)
    await bot.send_message(8, "Bystander")
    await bot.send_photo(7, b"png")
    for _ in range(2):
        with pytest.raises(Forbidden):
            await bot.send_message(7, "Blocked")
    await bot.send_message(7, "Unblocked")
    assert [call.shown for call in await fake.sent("sendMessage")] == ["Bystander", "Unblocked"]
    assert len(await fake.journal.tried("sendMessage")) == 4
    assert fake.journal.busiest(7) == 4


async def test_a_proxys_page_comes_instead_of_telegrams_answer(fake: FakeTelegram, bot: Bot) -> None:
    fake.fail("sendMessage", faults.page(502, "<h1>No way</h1>"))
    with pytest.raises(NetworkError, match="No way"):
        await bot.send_message(7, "Hello")


async def test_waiting_for_what_never_comes_fails(fake: FakeTelegram) -> None:
    with pytest.raises(AssertionError, match="sendMessage accepted 0 times, not 1"):
        await fake.sent("sendMessage", timeout=0.01)


async def test_updates_are_as_the_library_reads_them(fake: FakeTelegram, bot: Bot, updates: Updates) -> None:
    asked = updates.message("👍 /suggest@portevoix_bot see @noor_k, a/b", PLAZA, CAMILLE, thread=3)
    fake.push(
        asked,
        updates.edited_message(asked, "/help"),
        *updates.album(["a", "b"], private(CAMILLE), CAMILLE, "/problem broken"),
        updates.message(None, private(CAMILLE), CAMILLE, voice=voice("v"), reply_to=asked["message"]),
        updates.message("notes", private(CAMILLE), CAMILLE, document=document("d")),
        updates.my_chat_member(PLAZA, CAMILLE, fake.world.me(), "member", "administrator"),
        *updates.migrate(group(-5), PLAZA, CAMILLE),
    )
    said, edited, first, second, spoken, file, joined, old, new = await bot.get_updates(timeout=0)
    assert said.message is not None
    assert said.message.message_thread_id == 3
    command, mention = said.message.entities
    assert (command.type, said.message.parse_entity(command)) == (MessageEntity.BOT_COMMAND, "/suggest@portevoix_bot")
    assert (mention.type, said.message.parse_entity(mention)) == (MessageEntity.MENTION, "@noor_k")
    assert edited.edited_message is not None
    assert edited.edited_message.text == "/help"
    assert first.message is not None
    assert second.message is not None
    assert first.message.media_group_id == second.message.media_group_id
    assert (first.message.caption, second.message.caption) == ("/problem broken", None)
    assert spoken.message is not None
    assert spoken.message.voice is not None
    assert spoken.message.reply_to_message is not None
    assert file.message is not None
    assert file.message.document is not None
    assert joined.my_chat_member is not None
    assert joined.my_chat_member.new_chat_member.status == "administrator"
    assert old.message is not None
    assert new.message is not None
    assert (old.message.migrate_to_chat_id, new.message.migrate_from_chat_id) == (-1001, -5)


async def test_a_file_somebody_sent_is_fetched(fake: FakeTelegram, bot: Bot) -> None:
    identity = fake.world.keep(Upload("photo.jpg", "image/jpeg", b"jpeg"))
    assert await (await bot.get_file(identity)).download_as_bytearray() == b"jpeg"
    await bot.send_document(7, identity)
    with pytest.raises(BadRequest, match="remote file identifier"):
        await bot.send_document(7, "unknown")


@pytest.fixture
def apart() -> Iterator[str]:
    """The address of a fake in its own process."""
    command = [sys.executable, "-m", "tests.sockets.fakes.telegram"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own words
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


async def test_a_fake_in_its_own_process_is_driven_over_http(apart: str, updates: Updates) -> None:
    async with connected(apart) as bot, aiohttp.ClientSession(f"{apart}/control/") as control:

        async def ask(verb: str, path: str, content: Any = None) -> Any:
            async with control.request(verb, path, json=content) as answer:
                return await answer.json()

        assert await ask("POST", "updates", [updates.message("Hello", private(CAMILLE), CAMILLE)]) == [1]
        assert numbers(await bot.get_updates(timeout=0)) == [1]
        await ask(
            "POST", "faults", {"method": "sendMessage", "code": 403, "description": "Forbidden: no", "times": None}
        )
        with pytest.raises(Forbidden):
            await bot.send_message(7, "Refused")
        await ask("DELETE", "faults")
        await bot.send_document(7, b"abc", filename="a.txt")
        await bot.send_message(7, "Taken")
        (call,) = await ask("GET", "calls?method=sendDocument&count=1")
        assert call["files"] == {"document": {"name": "a.txt", "bytes": 3}}
        assert "error" in await ask("GET", "calls?method=sendPhoto&count=1&timeout=0.01")
        state = await ask("GET", "state")
        assert (state["pending"], state["sent"]["sendMessage"]) == (1, 1)
        await ask("POST", "reset")
        assert (await ask("GET", "state"))["pending"] == 0
