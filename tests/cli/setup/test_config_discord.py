"""Addresses of Discord in the settings: one that leads nowhere is told when they are read."""

import pytest

from bot.errors import OperatorError
from bot.settings.config import load

GOOD = {
    "api_url": ["https://discord.com/api/v10", "http://127.0.0.1:8100/api/v10", "http://relay/discord/api/v10/"],
    "gateway_url": ["wss://gateway.discord.gg/", "ws://127.0.0.1:8100", "wss://relay/discord?v=10"],
    "proxy": ["http://proxy.example:3128", "http://ana:hunter2@127.0.0.1:3128/", "https://[::1]:3128"],
}
WRONG = {
    "api_url": [
        "hello",
        "http://127.0.0.1:99999/api/v10",
        "http://127.0.0.1:x/api/v10",
        "http://127.0.0.1:0/api/v10",
        "http://:8100/api/v10",
        "ftp://a/api/v10",
        "http://127.0.0.1:8200",
        "http://a b/api/v10",
    ],
    "gateway_url": ["hello", "ws://127.0.0.1:99999/", "http://127.0.0.1:8200/", "ws:///"],
    "proxy": ["hello", "http://127.0.0.1:99999", "socks5://127.0.0.1:1080", "127.0.0.1:3128"],
}


def test_an_address_is_taken() -> None:
    assert [
        (name, address)
        for name, address in [(name, one) for name, some in GOOD.items() for one in some]
        if getattr(load(from_file=False, discord={name: address}).discord, name) != address
    ] == []


def test_an_empty_address_is_none() -> None:
    assert [name for name in GOOD if getattr(load(from_file=False, discord={name: ""}).discord, name) is not None] == []


def test_what_is_no_address_is_told_with_its_setting_and_the_mend() -> None:
    for name, address in [(name, one) for name, some in WRONG.items() for one in some]:
        with pytest.raises(OperatorError) as told:
            load(from_file=False, discord={name: address})
        words = str(told.value)
        assert f"Setting discord.{name} (PORTEVOIX_DISCORD__{name.upper()}): must be an address such as " in words, (
            name,
            address,
        )
        assert address not in words, (name, address)


def test_a_proxys_password_is_not_told() -> None:
    with pytest.raises(OperatorError) as told:
        load(from_file=False, discord={"proxy": "http://ana:hunter2@127.0.0.1:99999"})
    assert "hunter2" not in str(told.value)
