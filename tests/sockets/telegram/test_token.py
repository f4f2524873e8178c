import logging
import traceback

import pytest
from telegram.error import NetworkError, TelegramError

from adapters.telegram.transport.request import AiohttpRequest, AnswerLost
from tests.sockets.conftest import TOKEN, connected
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.raw import free_port, server

CHAT = 42
SECRET = TOKEN.split(":")[1]


def told(error: BaseException) -> str:
    """Everything a log could show of an error."""
    return "".join(traceback.format_exception(error)) + repr(error) + repr(error.args) + repr(error.__context__)


def quoted(status: str, page: str) -> bytes:
    """A proxy's page about the address it was asked for."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(page)}\r\n\r\n{page}".encode()


BROKEN = (
    b"HTTP/1.1 boom\r\n\r\n",
    b"\x00\xff nonsense\r\n\r\n",
    b"",
    b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{",
    b"HTTP/1.1 200 OK\r\nX: " + b"x" * 20000 + b"\r\n\r\n",
    quoted("502 Bad Gateway", f"<p>No answer from http://x/bot{TOKEN}/getMe"),
    quoted("200 OK", f"<p>Please log in to see http://x/bot{TOKEN}/getMe"),
)


async def test_a_broken_answer_never_tells_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for answer in BROKEN:
        async with server(answer) as (url, _), AiohttpRequest() as request:
            with pytest.raises(TelegramError) as caught:
                await request.post(f"{url}/bot{TOKEN}/getMe")
        assert SECRET not in told(caught.value), answer
    assert SECRET not in caplog.text


async def test_a_file_that_does_not_come_never_tells_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for token in (TOKEN, TOKEN.replace(":", "%3A")):
        page = quoted("502 Bad Gateway", f"<p>No answer from http://x/file/bot{token}/a.txt")
        async with server(page) as (url, _), AiohttpRequest() as request:
            with pytest.raises(NetworkError, match=r"No answer from") as caught:
                await request.retrieve(f"{url}/file/bot{token}/a.txt")
        assert SECRET not in told(caught.value), token
    assert SECRET not in caplog.text


async def test_no_connection_never_tells_the_token(fake: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    absent, malformed, no_http, no_tls = (
        f"http://127.0.0.1:{free_port()}",
        "http://[bad",
        "ftp://127.0.0.1",
        fake.url.replace("http", "https"),
    )
    async with AiohttpRequest() as request:
        for address in (absent, malformed, no_http, no_tls):
            with pytest.raises(NetworkError) as caught:
                await request.post(f"{address}/bot{TOKEN}/getMe")
            assert not isinstance(caught.value, AnswerLost), address
            assert SECRET not in told(caught.value), address
    assert SECRET not in caplog.text


async def test_a_failing_bot_never_tells_its_token(fake: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    async with connected(fake.url) as bot:
        caplog.set_level(logging.DEBUG)
        for fault in (faults.dropped(), faults.unanswered(), faults.slow(3600), faults.broken()):
            fake.fail("sendMessage", fault)
            with pytest.raises(NetworkError) as caught:
                await bot.send_message(CHAT, "Hello", read_timeout=0.02)
            assert SECRET not in told(caught.value), fault
    assert SECRET not in caplog.text
