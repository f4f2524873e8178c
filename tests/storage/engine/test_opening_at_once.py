"""Opening a new store from several processes or threads at once: all succeed, on one set of tables."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from storage.schema.opening import Location, open_store
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


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_two_processes_that_open_a_new_store_at_once_both_succeed(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    open_at_once(engine, 1, tmp_path, request)


def open_at_once(engine: str, times: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Let two processes open a new store at once, so many times; `make endurance` does it more often."""
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


def test_all_who_open_a_new_file_at_once_succeed(tmp_path: Path) -> None:
    for attempt in range(3):
        place = Location(f"sqlite:///{tmp_path}/{attempt}.db", tmp_path / "pv.key")
        together = threading.Barrier(4)

        def open_now(_: int, place: Location = place, together: threading.Barrier = together) -> None:
            together.wait()
            open_store(place).close()

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(open_now, range(4)))
