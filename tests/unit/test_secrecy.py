"""Secrets never reach a log, in whatever form somebody quotes them back."""

import base64
import json
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from adapters.telegram.transport.request import masked
from bot.cli.terminal.opening import opened
from bot.secrecy import LEFT_OUT, SecretFilter, secrets_of
from bot.settings.config import Settings
from bot.settings.connections import DiscordSettings, TelegramSettings

SECRET = "AAF9k2-Zq_81xUvTT0mPq7Rw3YbHd5LsN0c"
TOKEN = f"123456789:{SECRET}"
URL = f"https://api.telegram.org/bot{TOKEN}/sendMessage"
SETTINGS = Settings(
    database="postgresql://portevoix:hunter%402000000@db/portevoix",
    key_file=Path("k"),
    telegram=TelegramSettings(token=SecretStr(TOKEN), proxy="http://me:sesame-open-up@proxy:3128"),
    discord=DiscordSettings(token=SecretStr("MTIzNDU2Nzg5.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789")),
)
FILTER = SecretFilter(secrets_of(SETTINGS))


def test_a_token_is_hidden_however_it_is_quoted() -> None:
    cases: list[str] = [
        URL,
        json.dumps({"url": URL}).replace("/", "\\/"),
        json.dumps({"url": URL}).replace(":", "\\u003a").replace("A", "\\u0041"),
        quote(URL, safe=""),
        quote(quote(URL, safe=""), safe=""),
        f"Proxy error for {URL}"[:70],
        "\n".join(URL[start : start + 16] for start in range(0, len(URL), 16)),
        " ".join(URL),
        f"Authorization: Basic {base64.b64encode(TOKEN.encode()).decode()}",
        f"x{base64.b64encode(b'bot' + TOKEN.encode()).decode()}",
        f"y{base64.b64encode(b'at' + SECRET.encode()).decode()}",
        SECRET.encode().hex(),
        "".join(f"&#{ord(char)};" for char in SECRET),
        SECRET.upper(),
    ]
    for text in cases:
        shown = FILTER.hide(text)
        assert shown == LEFT_OUT or "***" in shown, text
        assert SECRET[:12].casefold() not in shown.casefold(), text
        assert not set(base64.b64encode(SECRET.encode()).decode()[4:20].split()) & set(shown.split()), text


@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, len(SECRET) - 12))
def test_no_part_of_a_token_passes(before: str, after: str, start: int) -> None:
    part = SECRET[start : start + 12]
    assert part not in FILTER.hide(before + SECRET + after)


def test_other_words_stay() -> None:
    cases: list[str] = [
        "The disk is full: make room where the database lives.",
        "telegram.token (PORTEVOIX_TELEGRAM__TOKEN)",
        "http://x:80/",
    ]
    assert [text for text in cases if FILTER.hide(text) != text] == []


def test_passwords_in_addresses_are_hidden() -> None:
    cases: list[str] = ["http://me:sesame-open-up@proxy:3128", "no sesame-open-up", "hunter@2000000 refused"]
    for text in cases:
        assert "sesame" not in FILTER.hide(text), text
        assert "hunter" not in FILTER.hide(text), text


def test_everything_that_is_logged_goes_through_it() -> None:
    entry = FILTER(None, "error", {"event": "telegram", "why": [URL, {"b": URL.encode()}], "error": ValueError(URL)})
    assert SECRET[:12] not in str(entry)


def test_a_proxy_s_page_in_json_does_not_bring_the_token_back() -> None:
    for escaped, status in product((True, False), (200, 404, 502)):
        words = f"blocked: {URL}" + quote(URL, safe="")
        page = json.dumps({"ok": False, "error_code": status, "description": words, "parameters": {"retry_after": 3}})
        body = (page.replace("/", "\\/").replace(":AAF9", "\\u003a\\u0041AF9") if escaped else page).encode()
        shown = masked(body, URL, status)
        assert SECRET[4:20] not in shown.decode(), (escaped, status)
        assert json.loads(shown)["parameters"] == {"retry_after": 3}, (escaped, status)


def test_nor_does_an_answer_that_is_no_error_as_telegram_writes_it() -> None:
    body = json.dumps({"ok": True, "result": {"url": URL}}, separators=(",", ":")).encode()
    assert SECRET not in masked(body, URL, 200).decode()


async def test_the_command_line_hides_its_secrets_and_the_key(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    usual = structlog.get_config()
    own = settings.model_copy(update={"telegram": SETTINGS.telegram, "insecure_key": True})
    try:
        async with opened(own) as core:
            key = core.store.keys.root.hex()
            structlog.get_logger().error("telegram", trouble=URL.replace("/", "\\/"), key=key, mend="set the token")
    finally:
        structlog.configure(**usual)
    shown = "".join(capsys.readouterr())
    assert "set the token" in shown
    assert SECRET[:12] not in shown
    assert key not in shown
