"""The README's command line, typed in this process; `make endurance` lets a shell run it in a fresh tree."""

import shlex
import shutil
from pathlib import Path

from tests.cli.conftest import Shell
from tests.test_readme import LINES, ROOT, check_line, write_inputs


def test_the_command_line_does_what_the_readme_says(shell: Shell) -> None:
    assert [shlex.split(line)[0] for line in LINES] == ["export"] + ["portevoix"] * (len(LINES) - 1)
    write_inputs(Path())
    shutil.copytree(ROOT / "docs", "docs", ignore=shutil.ignore_patterns("gallery"))
    said, database = {}, {"PORTEVOIX_DATABASE": shlex.split(LINES[0])[1].partition("=")[2]}
    for line in LINES[1:]:
        command, _, file = line.partition(" > ")
        said[file or command] = shell.types(*shlex.split(command)[1:], **database).done().out
    check_line(said["portevoix digest preview"], said["feedback.json"])
