"""Commands in processes of their own: what goes to which stream, how they end, and what Ctrl-C does."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.vocabulary import Kind
from tests.cli.conftest import Shell, endless

ENOUGH = "x" * 15_000


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """Started in the background by a shell, tests ignore Ctrl-C, and so would all that they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_data_goes_to_stdout_and_the_rest_to_stderr(shell: Shell, tmp_path: Path) -> None:
    database, key = tmp_path / "new" / "pv.db", tmp_path / "keys" / "pv.key"
    said = shell.runs("export", PORTEVOIX_DATABASE=f"sqlite:///{database}", PORTEVOIX_KEY_FILE=str(key)).done()
    assert json.loads(said.out) == []
    assert said.err.splitlines() == [
        f"A new database was made: {database}",
        f"Its key is new: {key}",
        "Keep a copy of the key safe and apart from the data: without it nobody can read the data again.",
    ]
    assert key.stat().st_mode & 0o777 == 0o600


def test_a_refusal_is_one_line_and_2(shell: Shell) -> None:
    said = shell.runs("import", "csv", "nowhere.csv")
    assert (said.code, said.out, said.err) == (2, "", "There is no file nowhere.csv.\n")


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
        time.sleep(0.5)
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
