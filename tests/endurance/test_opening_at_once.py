"""A new store opened by two processes at the same instant, again and again: both succeed each time."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from storage.schema.opening import Location
from tests.postgres import Server

OPEN = """
import sys
from pathlib import Path
from storage.schema.opening import Location, open_store
print("ready", flush=True)
for line in sys.stdin:
    url, key_file = line.split()
    open_store(Location(url, Path(key_file))).close()
    print("opened", flush=True)
"""


@pytest.mark.parametrize(("engine", "times"), [("sqlite", 30), ("postgres", 12)])
def test_two_processes_that_open_a_new_store_at_once_both_succeed(
    engine: str, times: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    open_at_once(engine, times, tmp_path, request)


def open_at_once(engine: str, times: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Let two processes open a new store at once, so many times."""
    places = [Location(f"sqlite:///{tmp_path}/{time}.db", tmp_path / f"{time}.key") for time in range(times)]
    if engine == "postgres":
        server: Server = request.getfixturevalue("postgres")
        places = [server.create(f"at_once_{time}", empty=True) for time in range(times)]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    both: list[Any] = [subprocess.Popen([sys.executable, "-c", OPEN], text=True, **pipes) for _ in range(2)]  # noqa: S603 - our own code
    said = [process.stdout.readline() for process in both]
    for place in places:
        for process in both:
            process.stdin.write(f"{place.url} {place.key_file}\n")
        for process in both:
            process.stdin.flush()
        said += [process.stdout.readline() for process in both]
    faults = [process.communicate()[1] for process in both]
    assert (faults, said) == (["", ""], ["ready\n"] * 2 + ["opened\n"] * 2 * times)
