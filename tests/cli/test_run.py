"""`run` and `demo`: what they start, and what they say when they cannot."""

import asyncio
import signal
from pathlib import Path

import pytest

from bot.cli import run
from bot.core import Core
from storage.schema.opening import Location, hold
from tests.cli.conftest import Shell
from tests.sockets.conftest import TOKEN
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.running import until


def test_without_a_token_it_says_how_to_get_one_and_names_the_demo(shell: Shell) -> None:
    said = shell.types("run")
    assert (said.code, said.out) == (2, "")
    for words in ("@BotFather", "PORTEVOIX_TELEGRAM__TOKEN", "discord.com/developers", "PORTEVOIX_DISCORD__TOKEN"):
        assert words in said.err
    assert said.err.endswith("portevoix demo\n")


def test_an_empty_token_is_none(shell: Shell) -> None:
    cases: list[str] = ["", "  "]
    assert [
        token
        for token in cases
        if "No platform has a token" not in shell.types("run", PORTEVOIX_TELEGRAM__TOKEN=token).err
    ] == []


@pytest.fixture
def mute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version without adapters."""
    monkeypatch.setattr("bot.operations.assembly.entry_points", lambda group: ())


@pytest.mark.usefixtures("mute")
def test_a_platform_this_version_does_not_speak_is_refused(shell: Shell) -> None:
    shell.types("run", PORTEVOIX_TELEGRAM__TOKEN="1:x").refused("This version does not speak telegram yet")


def test_it_starts_every_platform_that_has_a_token(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    async def serve(core: Core, names: list[str]) -> None:
        started.extend(names)

    monkeypatch.setattr(run, "serve", serve)
    monkeypatch.setattr(run, "find_adapters", list)
    said = shell.types("run", PORTEVOIX_TELEGRAM__TOKEN="1:x", PORTEVOIX_DISCORD__TOKEN="y").done()
    assert started == ["telegram", "discord"]
    assert said.err == "Starting on telegram, discord; Ctrl-C stops.\n"
    assert "1:x" not in said.err


def test_a_second_bot_on_the_same_file_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "find_adapters", list)
    lock = hold(Location(f"sqlite:///{shell.home}/pv.db", shell.home / "pv.key"))
    assert lock
    try:
        shell.types("run", PORTEVOIX_TELEGRAM__TOKEN="1:x").refused("Another Portevoix already runs on")
    finally:
        lock.release()


@pytest.mark.usefixtures("mute")
def test_the_file_is_free_again_afterwards(shell: Shell) -> None:
    for _ in range(2):
        shell.types("run", PORTEVOIX_TELEGRAM__TOKEN="1:x").refused("does not speak telegram")


def test_ctrl_c_is_130_without_a_word(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    async def serve(core: Core, names: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "serve", serve)
    monkeypatch.setattr(run, "find_adapters", list)
    said = shell.types("run", PORTEVOIX_TELEGRAM__TOKEN="1:x")
    assert (said.code, said.out, said.err) == (130, "", "Starting on telegram; Ctrl-C stops.\n")


async def test_sigterm_ends_a_bot_well(shell: Shell) -> None:
    """How soon is measured where nothing else runs: `make endurance`."""
    async with FakeTelegram() as fake:
        own = {"PORTEVOIX_TELEGRAM__TOKEN": TOKEN, "PORTEVOIX_TELEGRAM__API_URL": fake.url}
        with shell.starts("run", **own) as process:
            await until(lambda: fake.queue.polls)
            process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(process.communicate)
    assert process.returncode == 0


def test_the_demo_keeps_its_data_in_a_folder_of_its_own(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, int]] = []

    async def run_demo(data: Path, port: int) -> None:
        asked.append((data, port))

    monkeypatch.setattr("bot.demo.run_demo", run_demo)
    shell.types("demo").done()
    shell.types("demo", "--data", "elsewhere", "--port", "0").done()
    assert asked == [(Path("portevoix-demo"), 8080), (Path("elsewhere"), 0)]
    shell.types("demo", "--port", "70000").refused("--port")
