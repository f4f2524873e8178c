"""The command line as a whole: help a person can follow, one line for what they can mend."""

from pathlib import Path

import pytest

from bot import cli
from bot.cli import root
from tests.cli.conftest import TWO, Shell

COMMANDS = (
    "demo",
    "run",
    "export",
    "import csv",
    "knowledge add",
    "knowledge list",
    "digest preview",
    "digest post",
    "digest list",
    "digest show",
    "ask",
    "init",
    "doctor",
    "code",
    "outbox list",
    "outbox retry",
    "outbox drop",
    "knowledge export",
    "knowledge check",
    "db upgrade",
    "db check",
    "db backup",
    "db restore",
    "db rekey",
    "db scrub",
)


def test_every_command_tells_what_it_does_and_takes(shell: Shell) -> None:
    for command in COMMANDS:
        said = shell.types(*command.split(), "--help").done()
        assert said.out.startswith(f"Usage: portevoix {command} "), command
        assert len(said.out.split("\n\n")[1].split()) > 2, command


def test_the_help_lists_every_command(shell: Shell) -> None:
    said = shell.types("--help").done()
    assert "`portevoix demo` shows it without any token" in said.out
    for command in COMMANDS:
        assert f"\n  {command.split()[0]} " in said.out


def test_the_version_is_told(shell: Shell) -> None:
    assert shell.types("--version").done().out == "portevoix 0.1.0\n"


def test_a_command_that_does_not_exist_is_refused(shell: Shell) -> None:
    shell.types("knowlege").refused("No such command 'knowlege'")


def test_a_wrong_setting_is_told_in_one_line(shell: Shell) -> None:
    cases: list[tuple[dict[str, str], str]] = [
        ({"PORTEVOIX_DATABASE": "mysql://x"}, "PORTEVOIX_DATABASE must read sqlite:///FILE"),
        ({"PORTEVOIX_DATABSE": "sqlite:///x.db"}, "Did you mean PORTEVOIX_DATABASE?"),
        ({"PORTEVOIX_LANGUAGE": "de"}, "must be en or fr"),
        ({"PORTEVOIX_KEY_FILE": "missing.key"}, "The key missing.key is missing"),
    ]
    for env, words in cases:
        shell.types("export", **env).refused(words)


def test_a_settings_file_is_read_from_where_it_is_named(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text('[[communities]]\nkey = "forum"\nname = "Forum"\n', encoding="utf-8")
    shell.types("--config", file, "export", "--community", "nowhere").refused("there is: forum")


def test_a_settings_file_that_is_not_there_is_refused(shell: Shell) -> None:
    shell.types("--config", "nowhere.toml", "export").refused("There is no file nowhere.toml: check --config")


def test_of_several_communities_one_must_be_chosen(shell: Shell) -> None:
    cases: list[str] = ["export", "knowledge list", "digest preview", "digest post"]
    for command in cases:
        shell.types(*command.split(), PORTEVOIX_COMMUNITIES=TWO).refused("choose one with --community: plaza, forum")
        shell.types(*command.split(), "--community", "agora", PORTEVOIX_COMMUNITIES=TWO).refused(
            "There is no community agora; there is: plaza, forum."
        )


def test_a_fault_of_ours_is_told_by_its_place_and_never_with_what_it_was_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def build(_words: object) -> None:
        raise RuntimeError("the words of a member")

    monkeypatch.setattr(root, "build", build)
    with pytest.raises(SystemExit, match=r"^Something went wrong on our side: RuntimeError at .*test_root\.py:\d+\.$"):
        cli.main()


@pytest.mark.parametrize(
    ("words", "names"),
    [("run", {"run"}), ("--insecure-key demo --port 0", {"demo"}), ("ask run", {"ask", "run", "doctor", "code"})],
)
def test_where_a_bot_is_started_no_other_command_is_brought(words: str, names: set[str]) -> None:
    brought = {command.name for command in root.build(words.split()).registered_commands}
    assert names == brought or (len(names) > 1 and names < brought)
