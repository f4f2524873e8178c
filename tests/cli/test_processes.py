"""Commands in processes of their own: what goes to which stream, how they end, and what Ctrl-C does."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from storage.vocabulary import Kind
from tests.cli.conftest import Shell, endless, start

ENOUGH = "x" * 15_000


def test_data_goes_to_stdout_and_the_rest_to_stderr(shell: Shell, tmp_path: Path) -> None:
    database, key = tmp_path / "new.db", tmp_path / "keys" / "pv.key"
    place = {"PORTEVOIX_DATABASE": f"sqlite:///{database}", "PORTEVOIX_KEY_FILE": str(key)}
    said = shell.runs("db", "upgrade", **place).done()
    assert said.out == ""
    assert json.loads(shell.types("export", **place).done().out) == []
    assert said.err.splitlines()[:3] == [
        f"A new database was made: {database}",
        f"Its key is new: {key}",
        "Keep a copy of the key safe and apart from the data: without it nobody can read the data again.",
    ]
    assert key.stat().st_mode & 0o777 == 0o600


def test_started_and_not_forked_a_refusal_is_one_line_and_2(shell: Shell) -> None:
    with start(["import", "csv", "nowhere.csv"], {**os.environ, **shell.env}) as process:
        said = process.communicate(timeout=300)
    assert (process.returncode, *said) == (2, "", "There is no file nowhere.csv.\n")


def test_ctrl_c_in_an_export_stops_it(shell: Shell, tmp_path: Path) -> None:
    rows = "".join(f"{Kind.PRAISE},{number} {ENOUGH}\n" for number in range(40))
    file = tmp_path / "much.csv"
    file.write_text(f"kind,text\n{rows}", encoding="utf-8")
    shell.types("import", "csv", file).done()
    with shell.starts("export") as process:
        assert process.stdout
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        # It waits for a reader of the full pipe, and hears of the signal meanwhile.
        time.sleep(0.05)
        out, err = process.communicate(timeout=300)
    assert (process.returncode, err) == (130, "")
    assert not out.endswith("]\n")


def test_ctrl_c_in_an_import_keeps_what_was_imported(shell: Shell, tmp_path: Path) -> None:
    with (
        endless(tmp_path, "kind,text\nnonsense,first\n", f"{Kind.PRAISE},Thanks {{}}\n") as file,
        shell.starts("import", "csv", file) as process,
    ):
        assert process.stderr
        assert process.stderr.readline().startswith("skipped line 2")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=300)
    assert (process.returncode, out, err) == (130, "", "")
    shell.types("db", "check").done()


def test_a_reader_that_goes_away_ends_an_export_quietly(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "much.csv"
    rows = "".join(f"{Kind.PRAISE},{number} {ENOUGH}\n" for number in range(40))
    file.write_text(f"kind,text\n{rows}", encoding="utf-8")
    shell.types("import", "csv", file).done()
    with shell.starts("export") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@pytest.mark.parametrize("words", [("export",), ("knowledge", "list")])
def test_an_output_that_is_full_is_told_as_the_output(shell: Shell, tmp_path: Path, words: tuple[str, ...]) -> None:
    writes_to_a_full_output(shell, tmp_path, words)


def writes_to_a_full_output(shell: Shell, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Check what a command says when its output is full; the other commands are in `make endurance`."""
    knowledge = tmp_path / "answers.md"
    knowledge.write_text("## When is the market?\n\nOn Sunday.\n")
    shell.types("knowledge", "add", knowledge).done()
    with Path("/dev/full").open("w") as full, shell.opens(words, stdout=full) as process:
        _, err = process.communicate(timeout=60)
    assert err.splitlines()[:1] == ["The output cannot be written (No space left on device)."]
    assert "Traceback" not in err
    assert "ignored" not in err
    assert "database" not in err
    assert process.returncode == 2


def test_a_reader_that_is_gone_before_the_first_line_ends_an_export_quietly(shell: Shell) -> None:
    shell.types("export").done()
    gone, mouth = os.pipe()
    os.close(gone)
    with os.fdopen(mouth, "w") as pipe, shell.opens(["export"], stdout=pipe) as process:
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, "")


@pytest.mark.parametrize("command", ["run", "export"])
def test_a_folder_that_is_not_there_is_refused_and_not_made(shell: Shell, tmp_path: Path, command: str) -> None:
    away = tmp_path / "away"
    env = {"PORTEVOIX_DATABASE": f"sqlite:///{away}/pv.db", "PORTEVOIX_KEY_FILE": str(tmp_path / "new.key")}
    words = f"There is no folder {away}: make it, or set PORTEVOIX_DATABASE to another file."
    shell.types(command, **env, PORTEVOIX_TELEGRAM__TOKEN="1:x").refused(words)
    assert not away.exists()
    assert not (tmp_path / "new.key").exists()
