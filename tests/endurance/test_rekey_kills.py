"""`kill -9` at each step of a new key: the data has a key that opens it, and a later try comes to its end."""

import subprocess
import sys
from pathlib import Path

from storage.schema.opening import Location
from storage.schema.rekeying import rekey
from tests.storage.conftest import file, location, server
from tests.storage.rekeying.test_rekey import full
from tests.storage.rows import NOON

__all__ = ["file", "full", "location", "server"]

ROOT = Path(__file__).parents[2]


def test_whatever_the_step_it_is_killed_at_a_key_opens_the_data(full: Location) -> None:
    command = [sys.executable, "-m", "tests.storage.rekeying.replacer", full.url, str(full.key_file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > (20 if full.file else 12)
    made = rekey(full, NOON, lambda *_: None)
    left = sorted(one.name for one in full.key_file.parent.iterdir())
    assert left[0] == "pv.key"
    assert all(one.startswith("pv.key.old-") and len(one) == len("pv.key.old-") + 8 for one in left[1:])
    assert made.old_key and made.old_key.name in left  # noqa: PT018 - one thing
