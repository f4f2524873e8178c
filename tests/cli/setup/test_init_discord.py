"""`init` on Discord: the token, the link with the least rights, and the codes."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from tests.cli.conftest import Said, Shell
from tests.cli.doctor.discord_clinic import TOKEN, connected
from tests.cli.setup.test_init import CODE, fits, speaks, types
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.faults import dropped
from tests.sockets.fakes.discord.world import BOT

OTHER = "MTIz.secret.of-before"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDiscord]:
    with connected(monkeypatch) as server:
        server.bad_tokens.add(OTHER)
        yield server


@pytest.fixture
def newcomer(shell: Shell, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch) -> Shell:
    speaks(monkeypatch, discord="adapters.discord:create")
    return Shell(shell.home, {**shell.env, "PORTEVOIX_DISCORD__API_URL": fake.api_url})


def link(said: Said) -> dict[str, list[str]]:
    """What the printed link asks for."""
    word = next(word for word in said.out.split() if word.startswith("https://discord.com/oauth2/authorize?"))
    return parse_qs(urlsplit(word).query)


def test_a_token_is_all_it_asks_for(newcomer: Shell, fake: FakeDiscord) -> None:
    said = types(newcomer, "init", answers=f"{TOKEN}\n").done()
    assert "Reset Token" in said.err
    assert "discord: this is portevoix." in said.err
    assert said.err.count("Token, or nothing") == 1
    assert tomllib.loads(Path("config.toml").read_text()) == {"discord": {"token": TOKEN}}
    assert {call.method for call in fake.journal.calls} == {"get_me", "get_application"}


def test_the_link_asks_for_five_rights_and_two_scopes(newcomer: Shell) -> None:
    asked = link(types(newcomer, "init", "--discord-token", TOKEN).done())
    assert asked["client_id"] == [str(BOT)]
    assert asked["scope"] == ["bot applications.commands"]
    held = discord.Permissions(int(asked["permissions"][0]))
    assert {name for name, given in held if given} == {
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "attach_files",
        "read_message_history",
    }


def test_each_right_is_printed_with_what_it_is_for(newcomer: Shell) -> None:
    said = types(newcomer, "init", "--discord-token", TOKEN).done()
    assert "   It asks for Attach Files: to show the pictures that come with feedback" in said.out.splitlines()
    assert said.out.count("It asks for ") == 5


def test_the_codes_are_printed_for_the_members_and_for_the_team(newcomer: Shell) -> None:
    said = types(newcomer, "init", "--discord-token", TOKEN).done()
    assert [fits(newcomer, code) for code in CODE.findall(said.out)] == [("default", False), ("default", True)]


def test_a_wrong_token_is_told_kindly_and_asked_for_again(newcomer: Shell) -> None:
    said = types(newcomer, "init", answers=f"{OTHER}\n{TOKEN}\n").done()
    assert "That did not work: Discord knows no bot of this token" in said.err
    assert tomllib.loads(Path("config.toml").read_text())["discord"]["token"] == TOKEN
    assert "secret" not in said.out + said.err


def test_a_discord_that_does_not_answer_is_told_as_such(newcomer: Shell, fake: FakeDiscord) -> None:
    fake.fail("get_me", dropped(), times=None)
    types(newcomer, "init", "--discord-token", TOKEN).refused("discord does not answer", "discord.api_url")
    assert not Path("config.toml").exists()
