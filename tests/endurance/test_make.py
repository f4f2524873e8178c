"""`make test` and the command line as the README says them, in a fresh copy of the tree."""

from pathlib import Path

from tests.test_readme import COMMANDS, LINES, check_line, running, start, tree

__all__ = ["tree"]


def test_make_test_runs_the_tests(tree: Path) -> None:
    assert "make test" in COMMANDS
    # One test stands for all of them.
    made = start(tree, "test", "make test", PYTEST_ADDOPTS="tests/test_readme.py -k french", WORKERS="1")
    assert "1 passed" in made.ends_well()


def test_the_command_line_does_what_the_readme_says(tree: Path) -> None:
    with running(tree, "line", "\n".join(LINES)) as line:
        digest = line.ends_well()
    check_line(digest, (tree / "feedback.json").read_text())
