"""`init` and `code`: from a token to the codes to type."""

import re
import stat
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from bot.dispatch.community.invitation import invited
from bot.operations.assembly import ENTRY_POINT_GROUP
from storage.engine import keys
from tests.cli.conftest import TWO, Said, Shell
from tests.cli.telegram import listening
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.fakes.telegram.faults import dropped

TOKEN, OTHER = "123456:AA-secret_of_the_bot", "123456:BB-secret_of_before"
CODE = re.compile(r"/setup ([A-Z2-7]{10})")


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with listening() as fake:
        fake.bad_tokens.add(OTHER)
        yield fake


@pytest.fixture
def newcomer(shell: Shell, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> Shell:
    speaks(monkeypatch, telegram="adapters.telegram:create")
    return Shell(shell.home, {**shell.env, "PORTEVOIX_TELEGRAM__API_URL": telegram.url})


def speaks(monkeypatch: pytest.MonkeyPatch, **adapters: str) -> None:
    """Let a version have these adapters alone."""
    points = [EntryPoint(name, value, ENTRY_POINT_GROUP) for name, value in adapters.items()]
    monkeypatch.setattr("bot.operations.assembly.entry_points", lambda group: points)


def types(shell: Shell, *words: str, answers: str = "") -> Said:
    """Start a command, and type the answers it asks for."""
    return shell.types(*words, answers=answers)


def fits(shell: Shell, code: str) -> tuple[str, bool] | None:
    """What a code makes a chat."""
    key = keys.load(Path(shell.env["PORTEVOIX_KEY_FILE"]))
    found = shell.reads(lambda session: invited(session, key, code, datetime.now(UTC).date()))
    return (found[0].key, found[1]) if found else None


def test_a_token_is_all_it_asks_for_and_it_prints_what_to_do_next(newcomer: Shell) -> None:
    said = types(newcomer, "init", answers=f"{TOKEN}\n").done()
    assert "/newbot" in said.err
    assert "telegram: this is @portevoix_bot." in said.err
    assert said.err.count("Token, or nothing") == 1
    assert "This version does not speak discord yet; it speaks: telegram." in said.err
    written = Path("config.toml").read_text()
    assert tomllib.loads(written) == {"telegram": {"token": TOKEN}}
    assert stat.S_IMODE(Path("config.toml").stat().st_mode) == 0o600
    assert [line[:2] for line in said.out.splitlines()[:3]] == ["1.", "2.", "3."]
    assert "portevoix run" in said.out
    assert "https://t.me/portevoix_bot?startgroup=setup" in said.out
    assert [fits(newcomer, code) for code in CODE.findall(said.out)] == [("default", False), ("default", True)]
    # Started again it changes nothing.
    assert types(newcomer, "init").done().out == said.out
    assert Path("config.toml").read_text() == written


def test_every_community_has_codes(newcomer: Shell) -> None:
    shell = Shell(newcomer.home, {**newcomer.env, "PORTEVOIX_COMMUNITIES": TWO})
    said = types(shell, "init", "--telegram-token", TOKEN).done()
    assert [fits(newcomer, code) for code in CODE.findall(said.out)] == [
        ("plaza", False),
        ("plaza", True),
        ("forum", False),
        ("forum", True),
    ]


def test_a_wrong_token_is_told_kindly_asked_for_again_and_never_shown_and_without_one_nothing_is_made(
    newcomer: Shell, telegram: FakeTelegram
) -> None:
    for wrong, words in (
        (OTHER, "Telegram knows no bot of this token"),
        ("my token", "a token has a number, a colon and letters"),
    ):
        Path("config.toml").unlink(missing_ok=True)
        said = types(newcomer, "init", answers=f"{wrong}\n{TOKEN}\n").done()
        assert f"That did not work: {words}" in said.err
        assert "secret" not in said.out + said.err
        assert tomllib.loads(Path("config.toml").read_text())["telegram"]["token"] == TOKEN
    Path("config.toml").unlink()
    types(newcomer, "init", answers="\n").refused("No token was given")
    types(newcomer, "init", "--yes").refused("No token was given")
    types(newcomer, "init", "--telegram-token", OTHER).refused("Telegram knows no bot of this token", "@BotFather")
    telegram.fail("getMe", dropped(), times=None)
    refusal = types(newcomer, "init", "--telegram-token", TOKEN).refused("telegram does not answer", "telegram.api_url")
    assert "secret" not in refusal
    assert not Path("config.toml").exists()


def test_a_platform_that_cannot_be_checked_is_named(newcomer: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    speaks(monkeypatch, telegram="adapters.telegram:create", discord="adapters.web:create")
    said = types(newcomer, "init", "--telegram-token", TOKEN).done()
    assert "discord: set PORTEVOIX_DISCORD__TOKEN; this version cannot check it." in said.err


SETTINGS = '# ours\nlanguage = "fr"\n\n[telegram] # ours too\nmode = "poll"\n\n[web]\nport = 8081\n'


def test_a_file_that_is_there_is_added_to_when_one_agrees(newcomer: Shell) -> None:
    cases: list[str] = [SETTINGS, 'language = "fr"', "# nothing yet\n"]
    for written in cases:
        Path("config.toml").write_text(written)
        Path("config.toml").chmod(0o644)
        assert "Add the token to config.toml?" in types(newcomer, "init", answers=f"{TOKEN}\ny\n").done().err, written
        text = Path("config.toml").read_text()
        before = tomllib.loads(written)
        assert tomllib.loads(text) == {**before, "telegram": {**before.get("telegram", {}), "token": TOKEN}}, written
        assert set(written.splitlines()) <= set(text.splitlines()), written
        assert stat.S_IMODE(Path("config.toml").stat().st_mode) == 0o640, written


def test_what_a_file_says_otherwise_is_never_overwritten_or_broken(newcomer: Shell) -> None:
    cases: list[str] = [f'[telegram]\ntoken = "{OTHER}"\n', f'telegram = {{ token = "{OTHER}" }}\n']
    for written in cases:
        Path("config.toml").write_text(written)
        types(newcomer, "init", "--yes", "--telegram-token", TOKEN).refused("has another token", "change it there")
        assert Path("config.toml").read_text() == written, written
    Path("config.toml").write_text('telegram = { mode = "poll" }\n')
    types(newcomer, "init", "--yes", "--telegram-token", TOKEN).refused("could not be added to", "[telegram]")
    assert Path("config.toml").read_text() == 'telegram = { mode = "poll" }\n'
    Path("config.toml").write_text(SETTINGS)
    said = types(newcomer, "init", answers=f"{TOKEN}\nn\n").done()
    assert "Set PORTEVOIX_TELEGRAM__TOKEN" in said.err
    assert Path("config.toml").read_text() == SETTINGS


def test_it_writes_the_file_that_is_named_or_none_for_a_token_of_the_environment(newcomer: Shell) -> None:
    types(newcomer, "--config", "ours.toml", "init", "--telegram-token", TOKEN).done()
    assert tomllib.loads(Path("ours.toml").read_text()) == {"telegram": {"token": TOKEN}}
    assert not Path("config.toml").exists()
    shell = Shell(newcomer.home, {**newcomer.env, "PORTEVOIX_TELEGRAM__TOKEN": TOKEN})
    assert "this is @portevoix_bot" in types(shell, "init").done().err
    assert not Path("config.toml").exists()
    types(shell, "init", "--telegram-token", "123456:CC").refused("PORTEVOIX_TELEGRAM__TOKEN holds another token")


def test_a_code_is_printed_alone_and_said_what_for(shell: Shell) -> None:
    cases: list[tuple[tuple[str, ...], bool]] = [((), False), (("--staff",), True)]
    for words, staff in cases:
        said = shell.types("code", *words).done()
        code = said.out.strip()
        assert fits(shell, code) == ("default", staff), words
        assert f"/setup {code}" in said.err, words
        assert ("the staff place of Portevoix" in said.err) is staff, words
        assert "It is good once, until the end of " in said.err, words


def test_of_several_communities_a_code_is_for_one(shell: Shell) -> None:
    shell.types("code", PORTEVOIX_COMMUNITIES=TWO).refused("choose one with --community: plaza, forum")
    said = shell.types("code", "--community", "forum", PORTEVOIX_COMMUNITIES=TWO).done()
    assert fits(shell, said.out.strip()) == ("forum", False)


def test_it_asks_what_the_community_is_called_and_whether_strangers_may_join(newcomer: Shell) -> None:
    said = types(newcomer, "init", answers=f'{TOKEN}\nLes "Amis"\ny\n').done()
    assert "The community's name [Community]" in said.err
    kept = tomllib.loads(Path("config.toml").read_text())
    assert kept == {
        "telegram": {"token": TOKEN},
        "communities": [{"key": "default", "name": 'Les "Amis"', "closed": True}],
    }
    again = types(newcomer, "init").done()
    assert 'The community default is Les "Amis", closed.' in again.err
    assert tomllib.loads(Path("config.toml").read_text()) == kept
    # It has a name though none is typed.
    for language, name in (("en", "Community"), ("fr", "Communauté")):
        Path("config.toml").unlink(missing_ok=True)
        shell = Shell(newcomer.home, {**newcomer.env, "PORTEVOIX_LANGUAGE": language})
        types(shell, "init", answers=f"{TOKEN}\n\n\n").done()
        (own,) = tomllib.loads(Path("config.toml").read_text())["communities"]
        assert (own["name"], own["closed"]) == (name, False), (language, name)


def test_a_community_that_is_set_is_left_as_it_is_and_a_file_of_ones_own_gets_one_when_they_agree(
    newcomer: Shell,
) -> None:
    Path("config.toml").write_text('[[communities]]\nkey = "plaza"\nname = "Plaza"\n')
    said = types(newcomer, "init", answers=f"{TOKEN}\ny\n").done()
    assert "The community plaza is Plaza, open." in said.err
    assert "The community's name" not in said.err
    assert tomllib.loads(Path("config.toml").read_text())["communities"] == [{"key": "plaza", "name": "Plaza"}]
    shell = Shell(newcomer.home, {**newcomer.env, "PORTEVOIX_TELEGRAM__TOKEN": TOKEN})
    Path("config.toml").write_text(SETTINGS)
    said = types(shell, "init", answers="Amis\nn\nn\n").done()
    assert "was left alone" in said.err
    assert Path("config.toml").read_text() == SETTINGS
    types(shell, "init", answers="Amis\nn\ny\n").done()
    text = Path("config.toml").read_text()
    assert text.startswith(SETTINGS)
    assert tomllib.loads(text)["communities"] == [{"key": "default", "name": "Amis", "closed": False}]


def test_without_a_terminal_it_says_what_is_there_and_ends_well(newcomer: Shell, telegram: FakeTelegram) -> None:
    types(newcomer, "init", "--telegram-token", TOKEN).done()
    before = Path("config.toml").read_text()
    env = {"PORTEVOIX_TELEGRAM__API_URL": telegram.url}
    with newcomer.starts("init", **env) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "telegram: this is @portevoix_bot." in err
    assert "/setup " in out
    assert "Token, or nothing" not in err
    assert Path("config.toml").read_text() == before
