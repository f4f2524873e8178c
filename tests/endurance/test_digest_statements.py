"""`kill -9` at each step and at each statement of posting a digest: every period has exactly one all the same."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from storage.models import Digest, Outbox
from storage.schema.opening import Location, load_keys, open_engines
from tests.crash.publisher import WEEK
from tests.golden.diary import MONDAY
from tests.postgres import Server

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", "postgres"])
def location(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Iterator[Location]:
    """An empty database on each engine."""
    if request.param == "sqlite":
        shutil.copytree(template, tmp_path, dirs_exist_ok=True)
        yield Location(f"sqlite:///{tmp_path}/pv.db", tmp_path / "pv.key")
        return
    server: Server = request.getfixturevalue("postgres")
    yield server.create("killed")
    server.drop("killed")


def test_whatever_the_step_the_bot_is_killed_at_every_period_has_one_digest(location: Location) -> None:
    assert survived(location) >= 8


def test_whatever_the_statement_the_bot_is_killed_at_every_period_has_one_digest(location: Location) -> None:
    assert survived(location, "every") > 15


def survived(location: Location, *steps: str) -> int:
    """How many times it was killed; every period has one digest all the same."""
    command = [sys.executable, "-m", "tests.crash.publisher", location.url, str(location.key_file), *steps]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    deaths = int(done.stdout)
    mondays = [f"{MONDAY + number * WEEK:%Y-%m-%d}" for number in range(deaths + 1)]
    digests, outbox = _held(location)
    assert [row.period for row in digests] == mondays
    assert [row.dedupe_key for row in outbox] == [f"digest:1:weekly:{monday}" for monday in mondays]
    assert [row.payload for row in outbox] == [row.payload for row in digests]
    return deaths


def _held(location: Location) -> tuple[list[Digest], list[Outbox]]:
    writing, reading = open_engines(location, load_keys(location))
    with Session(reading) as session:
        digests = list(session.exec(select(Digest).order_by(col(Digest.id))))
        outbox = list(session.exec(select(Outbox).order_by(col(Outbox.id))))
        found = digests, outbox
    writing.dispose()
    reading.dispose()
    return found
