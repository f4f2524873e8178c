import asyncio
import io
import socket
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from adapters.telegram.transport.request import AiohttpRequest, AnswerLate, AnswerLost
from tests.sockets.conftest import TOKEN, connected
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.fakes.telegram.faults import Fault
from tests.sockets.fakes.telegram.world import World
from tests.sockets.raw import free_port, server
from tests.sockets.updates import Updates, private, user

CHAT = 42
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}'


async def test_a_message_arrives_and_its_answer_is_read(fake: FakeTelegram, bot: Bot) -> None:
    message = await bot.send_message(CHAT, "Hello", disable_notification=True)
    (call,) = await fake.sent("sendMessage")
    assert call.parameters == {"chat_id": CHAT, "text": "Hello", "disable_notification": True}
    assert (message.text, message.chat.id) == ("Hello", CHAT)


async def test_a_text_arrives_as_it_was_written(fake: FakeTelegram, bot: Bot) -> None:
    texts = ["é & = + % ? # \n fin", "👍🏽 נ ", "123", "true", '{"a": 1}']
    for text in texts:
        await bot.send_message(CHAT, text)
    assert [call.parameters["text"] for call in await fake.sent("sendMessage", len(texts))] == texts


async def test_half_an_emoji_is_sent_as_a_question_mark(fake: FakeTelegram, bot: Bot) -> None:
    await bot.send_message(CHAT, "half \ud83d")
    await bot.send_document(CHAT, b"content", caption="half \ud83d")
    assert (await fake.sent("sendMessage"))[0].shown == "half ?"
    assert (await fake.sent("sendDocument"))[0].shown == "half ?"


async def test_a_file_arrives_whole_under_its_own_name(fake: FakeTelegram, bot: Bot) -> None:
    content = bytes(range(256)) * 5000
    await bot.send_document(
        CHAT, io.BytesIO(content), filename='Été "2026".csv', caption="<b>Here</b>", parse_mode="HTML"
    )
    (call,) = await fake.sent("sendDocument")
    assert (call.files["document"].name, call.files["document"].content) == ('Été "2026".csv', content)
    assert (call.parameters["chat_id"], call.shown) == (CHAT, "Here")


async def test_a_file_name_with_a_line_break_cannot_break_the_request(fake: FakeTelegram, bot: Bot) -> None:
    await bot.send_document(CHAT, b"content", filename="a\r\nX-Evil: 1\ud83d.txt")
    assert (await fake.sent("sendDocument"))[0].files["document"].name == "a__X-Evil: 1_.txt"


async def test_a_file_is_fetched_byte_for_byte(fake: FakeTelegram, bot: Bot) -> None:
    await bot.send_document(CHAT, b"<not json>\xff" + TOKEN.encode(), filename="a.bin")
    file = await bot.get_file(next(iter(fake.world.files)))
    assert await file.download_as_bytearray() == b"<not json>\xff" + TOKEN.encode()


def test_the_library_is_told_the_read_timeout_a_long_poll_adds_to() -> None:
    assert AiohttpRequest(read_timeout=7).read_timeout == 7


async def test_a_long_poll_outlasts_the_read_timeout(fake: FakeTelegram) -> None:
    async with connected(fake.url, polling=AiohttpRequest(read_timeout=0.02)) as bot:
        polling = asyncio.create_task(bot.get_updates(timeout=50))
        await fake.journal.tried("getUpdates")
        await asyncio.sleep(0.05)
        person = user(7)
        fake.push(Updates().message("Hello", private(person), person))
        (update,) = await polling
    assert update.message is not None
    assert update.message.text == "Hello"


REFUSALS: tuple[tuple[Fault, type[TelegramError]], ...] = (
    (faults.flooded(7), RetryAfter),
    (faults.blocked(), Forbidden),
    (faults.migrated(-100), ChatMigrated),
    (faults.lost_thread(), BadRequest),
    (faults.conflict(), Conflict),
    (faults.revoked(), InvalidToken),
    (faults.broken(500), NetworkError),
    (faults.broken(502), NetworkError),
    (faults.page(502), NetworkError),
    (faults.page(504), NetworkError),
)
"""What Telegram refuses with, and the error by which stock tells it."""


async def test_a_refusal_is_told_as_stock_does(fake: FakeTelegram, bot: Bot) -> None:
    for fault, error in REFUSALS:
        fake.fail("sendMessage", fault)
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(CHAT, "Hello")
        assert type(caught.value) is error, fault
        await bot.send_message(CHAT, "Hello again")


async def test_a_flood_tells_how_long_to_wait(fake: FakeTelegram, bot: Bot) -> None:
    fake.fail("sendMessage", faults.flooded(7), chat=CHAT)
    await bot.send_message(CHAT + 1, "Bystander")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(CHAT, "Hello")
    assert caught.value.retry_after == timedelta(seconds=7)


async def test_after_a_lost_answer_the_caller_knows_and_nothing_was_repeated(fake: FakeTelegram, bot: Bot) -> None:
    fake.fail("sendMessage", faults.unanswered())
    with pytest.raises(AnswerLost):
        await bot.send_message(CHAT, "Hello")
    assert len(await fake.sent("sendMessage")) == 1
    await bot.send_message(CHAT, "Second")
    assert [call.shown for call in fake.journal.calls if call.method == "sendMessage"] == ["Hello", "Second"]


async def test_a_connection_broken_before_reading_counts_as_perhaps_sent(fake: FakeTelegram, bot: Bot) -> None:
    fake.fail("sendMessage", faults.dropped())
    with pytest.raises(AnswerLost):
        await bot.send_message(CHAT, "Hello")
    assert "sendMessage" not in fake.journal.counts()


async def test_an_answer_cut_short_counts_as_perhaps_sent() -> None:
    async with server(ANSWER[:-5]) as (url, _), AiohttpRequest() as request:
        with pytest.raises(AnswerLost):
            await request.post(f"{url}/bot{TOKEN}/getMe")


async def test_a_late_answer_is_both_late_and_perhaps_sent(fake: FakeTelegram, bot: Bot) -> None:
    fake.fail("sendMessage", faults.slow(3600))
    with pytest.raises(TimedOut) as caught:
        await bot.send_message(CHAT, "Hello", read_timeout=0.02)
    assert isinstance(caught.value, AnswerLost)
    assert len(await fake.sent("sendMessage")) == 1


@pytest.mark.parametrize("patience", [60.0, None])
async def test_a_call_may_be_more_patient_than_the_others(fake: FakeTelegram, patience: float | None) -> None:
    fake.fail("getMe", faults.slow(0.06), times=2)
    async with AiohttpRequest(read_timeout=0.02) as request:
        with pytest.raises(AnswerLate):
            await request.post(f"{fake.url}/bot{TOKEN}/getMe")
        await request.post(f"{fake.url}/bot{TOKEN}/getMe", read_timeout=patience)


async def test_an_upload_that_stalls_is_given_up() -> None:
    async with server(None) as (url, _), AiohttpRequest(write_timeout=0.02, read_timeout=0.02) as request:
        bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
        with pytest.raises(AnswerLate):
            async with asyncio.timeout(60):
                await bot.send_document(CHAT, bytes(32 << 20), connect_timeout=0.1, pool_timeout=0.05)


async def test_with_no_server_nothing_was_sent_and_the_reason_names_it() -> None:
    port = free_port()
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError, match=f"127.0.0.1:{port}") as caught:
            await request.post(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe")
    assert not isinstance(caught.value, AnswerLost)


async def test_with_an_unknown_name_nothing_was_sent_and_the_reason_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError, match=r"telegram.invalid:80.*Name or service not known") as caught:
            await request.post(f"http://telegram.invalid/bot{TOKEN}/getMe")
    assert not isinstance(caught.value, AnswerLost)


async def test_who_waits_too_long_for_a_free_connection_sent_nothing(fake: FakeTelegram) -> None:
    async with connected(fake.url, AiohttpRequest(connections=1)) as bot:
        fake.fail("sendMessage", faults.slow(3600))
        first = asyncio.create_task(bot.send_message(CHAT, "First"))
        await fake.sent("sendMessage")
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(CHAT, "Second", connect_timeout=0.02, pool_timeout=0.02)
        assert not isinstance(caught.value, AnswerLost)
        first.cancel()
        await asyncio.wait([first])
    assert len(await fake.sent("sendMessage")) == 1


async def test_a_server_that_went_and_came_back_is_reached_again(fake: FakeTelegram, bot: Bot) -> None:
    await bot.send_message(CHAT, "Before")
    await fake.stop()
    with pytest.raises(NetworkError):
        await bot.send_message(CHAT, "Meanwhile")
    await fake.start()
    await bot.send_message(CHAT, "After")
    assert [call.shown for call in await fake.sent("sendMessage")] == ["Before", "After"]


async def test_many_at_once_share_the_connections_and_each_is_sent_once(fake: FakeTelegram) -> None:
    async with connected(fake.url, AiohttpRequest(connections=8, pool_timeout=60)) as bot:
        await asyncio.gather(*(bot.send_message(CHAT, str(number)) for number in range(200)))
    assert sorted(int(call.shown) for call in await fake.sent("sendMessage")) == list(range(200))


async def test_a_closed_pool_says_so_and_opens_again(fake: FakeTelegram) -> None:
    request = AiohttpRequest()
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert await request.post(f"{fake.url}/bot{TOKEN}/getMe") == {**World(bot=123456).me(), **_flags()}
        await request.shutdown()
        await request.shutdown()
        with pytest.raises(NetworkError, match="not open"):
            await request.post(f"{fake.url}/bot{TOKEN}/getMe")


def _flags() -> dict[str, bool]:
    return {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


async def test_a_redirect_is_not_followed(fake: FakeTelegram) -> None:
    away = f"HTTP/1.1 307 Away\r\nLocation: {fake.url}/bot{TOKEN}/getMe\r\nContent-Length: 0\r\n\r\n".encode()
    async with server(away) as (url, _), AiohttpRequest() as request:
        with pytest.raises(NetworkError):
            await request.post(f"{url}/bot{TOKEN}/getMe")
    assert not fake.journal.calls


async def test_a_proxy_is_asked_for_the_whole_address() -> None:
    async with server(ANSWER) as (url, heads):
        proxy = url.replace("//", "//camille:secret@")
        async with AiohttpRequest(proxy=proxy) as request:
            assert await request.post(f"http://telegram.invalid/bot{TOKEN}/getMe") is True
    assert heads[0].startswith(f"POST http://telegram.invalid/bot{TOKEN}/getMe HTTP/1.1".encode())
    assert b"User-Agent: python-telegram-bot" in heads[0]
    assert b"Proxy-Authorization: Basic Y2FtaWxsZTpzZWNyZXQ=" in heads[0]


async def test_with_a_proxy_that_refuses_nothing_was_sent_and_the_reason_says_so() -> None:
    refusal = b"HTTP/1.1 407 Authenticate\r\nContent-Length: 0\r\n\r\n"
    async with server(refusal) as (proxy, heads), AiohttpRequest(proxy=proxy) as request:
        with pytest.raises(NetworkError, match="proxy answered 407") as caught:
            await request.post(f"https://telegram.invalid/bot{TOKEN}/getMe")
    assert not isinstance(caught.value, AnswerLost)
    assert heads[0].startswith(b"CONNECT telegram.invalid:443 ")
