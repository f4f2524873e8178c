"""A key that others can read, or that lies with the data, is refused until the operator mends or accepts it."""

from itertools import product
from pathlib import Path

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def careful(shell: Shell, tmp_path: Path) -> Shell:
    """The shell of an operator who accepts nothing, with the key in a folder of its own."""
    key = tmp_path / "keys/pv.key"
    key.parent.mkdir()
    (shell.home / "pv.key").rename(key)
    return Shell(shell.home, {**shell.env, "PORTEVOIX_KEY_FILE": str(key), "PORTEVOIX_INSECURE_KEY": "false"})


COMMANDS = [("export",), ("db", "check"), ("db", "upgrade"), ("run",)]
TOKEN = {"PORTEVOIX_TELEGRAM__TOKEN": "123456:AA-test"}


def key(shell: Shell) -> Path:
    return Path(shell.env["PORTEVOIX_KEY_FILE"])


def test_a_key_for_others_is_refused_with_its_mend_and_one_for_its_owner_alone_is_used(careful: Shell) -> None:
    for command, mode in product(COMMANDS, (0o640, 0o604, 0o620, 0o666)):
        key(careful).chmod(mode)
        careful.types(*command, **TOKEN).refused("The key is not safe", f"chmod 600 {key(careful)}", "--insecure-key")
    for mode in (0o600, 0o400):
        key(careful).chmod(mode)
        careful.types("export").done()


def test_a_key_beside_the_data_is_refused_also_before_it_is_made(careful: Shell, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    env = {"PORTEVOIX_DATABASE": f"sqlite:///{data}/pv.db", "PORTEVOIX_KEY_FILE": f"{data}/pv.key"}
    careful.types("code", **env).refused("lies beside the database", "move it to another folder")
    assert list(data.iterdir()) == []


def test_the_operator_can_accept_it_and_a_system_without_modes_has_nothing_to_refuse(
    careful: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    key(careful).chmod(0o644)
    for words in (("--insecure-key", "export"), ("export", "--insecure-key")):
        careful.types(*words).done()
        careful.types("export").refused("not safe")
    careful.types("export", PORTEVOIX_INSECURE_KEY="true").done()
    monkeypatch.setattr("bot.operations.keycare.HAS_MODES", False)
    careful.types("export").done()


def test_doctor_tells_of_an_accepted_key(careful: Shell) -> None:
    key(careful).chmod(0o640)
    said = careful.types("doctor", "--offline")
    assert f"mend  key: others may read {key(careful)}. To mend: chmod 600" in said.out
    said = careful.types("doctor", "--offline", "--insecure-key")
    assert f"ok    key: others may read {key(careful)}; insecure_key accepts it" in said.out
