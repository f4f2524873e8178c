"""`import discord` and `import telegram`, as an operator meets them: shown first, then laid before the moderators."""

import json
from pathlib import Path

import pytest

from bot.cli.imports import chats
from tests.cli.conftest import ONE, Shell
from tests.transfer.chats.exports import ANSWER, LAYOUTS, QUESTION, TALK, account, discord

WEEKS = """{file}: 5 messages in 2 weeks
  2025-03-03: 4 messages, 2 people
  2025-03-10: 1 messages, 1 people
"""
PREVIEW = f"""{WEEKS}  questions that were answered: 1
  to import 1, already there 0
  samples:
    “{QUESTION}”
      “{ANSWER}”
"""


@pytest.fixture(params=LAYOUTS)
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def file(tmp_path: Path, platform: str) -> Path:
    made = tmp_path / "chat.json"
    made.write_text(LAYOUTS[platform](TALK), encoding="utf-8")
    return made


def test_a_preview_shows_what_would_come_and_makes_nothing(
    shell: Shell, tmp_path: Path, file: Path, platform: str
) -> None:
    place = {"PORTEVOIX_DATABASE": f"sqlite:///{tmp_path}/none.db", "PORTEVOIX_KEY_FILE": f"{tmp_path}/none.key"}
    said = shell.types("import", platform, file, "--dry-run", PORTEVOIX_COMMUNITIES=ONE, **place).done()
    assert said.out == PREVIEW.replace("{file}", str(file))
    assert said.err == "Nothing was imported yet: with --yes it is.\n"
    assert not (tmp_path / "none.db").exists()


def test_it_is_imported_once(shell: Shell, file: Path, platform: str) -> None:
    said = shell.types("import", platform, file).done()
    assert said.out == WEEKS.replace("{file}", str(file))
    assert said.err == "imported 1, already there 0\n/unanswered shows them to the moderators.\n"
    assert shell.types("import", platform, file).done().err == "imported 0, already there 1\n"
    assert "to import 0, already there 1" in shell.types("import", platform, file, "--dry-run").done().out
    assert json.loads(shell.types("export").done().out) == [], "a chat is no feedback"
    assert shell.types("knowledge", "list").done().out == "", "nobody is given it yet"


def test_somebody_at_a_terminal_is_shown_a_preview(
    shell: Shell, file: Path, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chats, "at_a_terminal", lambda: True)
    assert "to import 1" in shell.types("import", platform, file).done().out
    assert "imported 1, already there 0" in shell.types("import", platform, file, "--yes").done().err


def test_it_can_be_reviewed_in_a_file(shell: Shell, tmp_path: Path, file: Path, platform: str) -> None:
    to = tmp_path / "review.jsonl"
    said = shell.types("import", platform, file, "--review", to).done()
    assert said.err == f"wrote 1 to {to}: read them, then portevoix knowledge add {to}\n"
    assert to.stat().st_mode & 0o777 == 0o600
    words = to.read_text(encoding="utf-8")
    assert not [one.who for one in TALK if one.who in words or account(one.who) in words]
    shell.types("import", platform, file, "--review", to).refused("is there already: name a new file")
    assert "added 1" in shell.types("knowledge", "add", to).done().err
    assert ANSWER in shell.types("ask", QUESTION).done().out


def test_another_platform_s_file_is_refused(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "chat.json"
    file.write_text(discord(TALK), encoding="utf-8")
    shell.types("import", "telegram", file).refused("`portevoix import discord` reads it")
    shell.types("import", "telegram", file, "--dry-run").refused("`portevoix import discord` reads it")
