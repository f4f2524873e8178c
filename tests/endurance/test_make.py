"""`make test` as the README says it, in a fresh copy of the tree."""

from pathlib import Path

from tests.test_readme import COMMANDS, start, tree

__all__ = ["tree"]


def test_make_test_runs_the_tests(tree: Path) -> None:
    assert "make test" in COMMANDS
    # One test stands for all of them.
    made = start(tree, "test", "make test", PYTEST_ADDOPTS="tests/test_readme.py -k french", WORKERS="1")
    assert "1 passed" in made.ends_well()
