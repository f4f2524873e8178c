"""What is answered to `init`: through a pipe, at a terminal, by options, or not at all."""

import os
import signal
import subprocess
import termios
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell
from tests.cli.forks import Started
from tests.cli.setup.test_init import OTHER, TOKEN, speaks, types
from tests.cli.telegram import listening
from tests.sockets.fakes.telegram import FakeTelegram


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with listening() as fake:
        fake.bad_tokens.add(OTHER)
        yield fake


@pytest.fixture
def newcomer(shell: Shell, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> Shell:
    speaks(monkeypatch, telegram="adapters.telegram:create")
    return Shell(shell.home, {**shell.env, "PORTEVOIX_TELEGRAM__API_URL": telegram.url})


def kept() -> dict[str, Any]:
    return tomllib.loads(Path("config.toml").read_text())


def pipes(shell: Shell, answers: str) -> tuple[int | None, str, str]:
    """Start init in a process of its own, with its answers in a pipe."""
    with shell.opens(["init"], stdin=subprocess.PIPE) as process:
        out, err = process.communicate(answers, timeout=60)
    return process.returncode, out, err


def test_every_line_of_a_pipe_is_an_answer(newcomer: Shell) -> None:
    code, out, err = pipes(newcomer, f"{OTHER}\n{TOKEN}\n\nPlaza\ny\n")
    assert code == 0, err
    assert kept() == {
        "telegram": {"token": TOKEN},
        "communities": [{"key": "default", "name": "Plaza", "closed": True}],
    }
    assert "where the members of Plaza are" in out
    assert "where the team of Plaza reads digests" in out
    assert "Warning" not in err
    assert "secret" not in err
    assert "not asked" not in err


def test_what_went_unasked_when_the_input_ended_is_told(newcomer: Shell) -> None:
    code, _, err = pipes(newcomer, f"{TOKEN}\n")
    assert code == 0, err
    unasked = "the token of discord, the community's name, whether it is closed (it is open)"
    assert f"The input ended, so these were not asked: {unasked}." in err
    assert kept() == {"telegram": {"token": TOKEN}}


def test_an_answer_that_is_neither_yes_nor_no_is_asked_for_again(newcomer: Shell) -> None:
    said = types(newcomer, "init", answers=f"{TOKEN}\nPlaza\nperhaps\nYES\n").done()
    assert "“perhaps” is neither y nor n." in said.err
    assert kept()["communities"][0]["closed"] is True


def test_a_community_can_be_given_in_options_once(newcomer: Shell) -> None:
    for option, closed in (("--closed", True), ("--open", False)):
        Path("config.toml").unlink(missing_ok=True)
        words = ("init", "--yes", "--telegram-token", TOKEN, "--name", "Plaza", option)
        first = types(newcomer, *words).done()
        assert kept()["communities"] == [{"key": "default", "name": "Plaza", "closed": closed}]
        assert "not asked" not in first.err
        assert types(newcomer, *words).done().out == first.out
    # One that is set is not given other words.
    before = kept()
    for other in (("--name", "Other"), ("--closed",)):
        types(newcomer, "init", "--yes", *other).refused("The community default is Plaza, open, already")
    assert kept() == before


def test_of_a_community_only_what_is_not_given_is_asked(newcomer: Shell) -> None:
    said = types(newcomer, "init", "--telegram-token", TOKEN, "--name", "Plaza", answers="y\n").done()
    assert "The community's name" not in said.err
    said = types(newcomer, "code").done()
    assert "a place of Plaza" in said.err
    assert kept()["communities"] == [{"key": "default", "name": "Plaza", "closed": True}]


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    """A terminal: the operator's end, and the command's."""
    ours, theirs = os.openpty()
    try:
        yield ours, theirs
    finally:
        os.close(ours)
        os.close(theirs)


def heeds_secrets(theirs: int) -> None:
    """Wait until the terminal hides what is typed: what was typed before is thrown away."""
    end = time.monotonic() + 30
    while termios.tcgetattr(theirs)[3] & termios.ECHO:
        assert time.monotonic() < end
        time.sleep(0.01)


def hears(process: Started, words: str) -> str:
    """Read what a command says up to these words."""
    assert process.stderr
    heard = ""
    while words not in heard:
        letter = process.stderr.read(1)
        assert letter, heard
        heard += letter
    return heard


@pytest.mark.parametrize(
    ("token", "words"), [(TOKEN, "config.toml keeps the token of telegram"), ("", "nothing was written to config.toml")]
)
def test_ctrl_c_at_a_terminal_says_what_was_kept(newcomer: Shell, token: str, words: str) -> None:
    with terminal() as (ours, theirs), newcomer.opens(["init"], stdin=theirs) as process:
        said = hears(process, "Token, or nothing")
        heeds_secrets(theirs)
        os.write(ours, f"{token}\n".encode())
        said += hears(process, "Token, or nothing")
        heeds_secrets(theirs)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"Stopped: {words}. Start init again to go on." in err
    assert "Traceback" not in said + err
    assert "Aborted" not in err
    assert "secret" not in said + err


def test_a_terminal_is_asked_everything(newcomer: Shell) -> None:
    with terminal() as (ours, theirs), newcomer.opens(["init"], stdin=theirs) as process:
        for question, answer in (
            ("Token, or nothing", TOKEN),
            ("Token, or nothing", ""),
            ("name [Community]", "Plaza"),
            ("take part? [y/N]", "y"),
        ):
            hears(process, question)
            if question.startswith("Token"):
                heeds_secrets(theirs)
            os.write(ours, f"{answer}\n".encode())
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert kept()["communities"] == [{"key": "default", "name": "Plaza", "closed": True}]
    assert "the members of Plaza" in out
