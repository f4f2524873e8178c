"""Every command that writes much, to an output that is full: it is told as the output."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell, own_log, read_once, shell
from tests.cli.test_processes import writes_to_a_full_output

__all__ = ["own_log", "read_once", "shell"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@pytest.mark.parametrize("words", [("export", "--format", "csv"), ("code",), ("knowledge", "export")])
def test_an_output_that_is_full_is_told_as_the_output(shell: Shell, tmp_path: Path, words: tuple[str, ...]) -> None:
    writes_to_a_full_output(shell, tmp_path, words)
