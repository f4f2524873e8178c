"""Opening a new store from several threads at once: all succeed, on one set of tables.

`make endurance` does it from several processes, on PostgreSQL, too.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from storage.schema.opening import Location, open_store


def test_all_who_open_a_new_file_at_once_succeed(tmp_path: Path) -> None:
    for attempt in range(3):
        place = Location(f"sqlite:///{tmp_path}/{attempt}.db", tmp_path / "pv.key")
        together = threading.Barrier(4)

        def open_now(_: int, place: Location = place, together: threading.Barrier = together) -> None:
            together.wait()
            open_store(place).close()

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(open_now, range(4)))
