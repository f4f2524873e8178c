"""A damaged page, a full disk and raw errors of the driver: the sweep tells each once, and does the rest."""

from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine
from structlog.testing import capture_logs

from bot.catalogue import registry
from bot.core import Core
from bot.knowledge.library import Library
from bot.language.text.detect import Detector
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES
from bot.ports.codec import ReplyCodec
from bot.privacy import left_places, retention
from bot.privacy.retention import Sweep
from bot.settings.config import Settings
from storage.engine.errors import StoreError, StoreFull, store_error
from storage.engine.store import Store
from storage.models import Inbox
from storage.schema.opening import Location, open_store
from tests.clock import StillClock

Log = list[MutableMapping[str, Any]]
PAGE = 4096


@pytest.fixture
def log() -> Iterator[Log]:
    with capture_logs() as entries:
        yield entries


def troubles(log: Log) -> list[tuple[str, str]]:
    return [
        (one.get("part", one.get("rule", "")), str(one.get("mend", one.get("error"))))
        for one in log
        if one["log_level"] == "error"
    ]


async def test_a_raw_error_of_the_driver_in_the_scrub_is_told_once_with_the_mend_and_when_it_is_over(
    core: Core, clock: StillClock, monkeypatch: pytest.MonkeyPatch, log: Log
) -> None:
    def scrub(_: Engine, rewrite: bool = False) -> bool:
        raise sqlcipher.OperationalError("database or disk is full")

    await core.store.write(lambda session: session.add(_event(clock)))
    clock.forward(days=31)
    sweep = Sweep(core)
    with monkeypatch.context() as patch:
        patch.setattr(retention, "scrub", scrub)
        assert (await sweep.clear())["inbox"] == 1, "the rest goes on"
        await sweep.clear()
    assert troubles(log) == [
        ("scrub", "The disk is full: make room where the database lives. What was stored is safe.")
    ]
    await sweep.clear()
    assert [one["part"] for one in log if one.get("trouble") == "none any more"] == ["scrub"]


async def test_an_error_that_nobody_knows_ends_no_sweep_and_its_words_stay_out_of_the_log(
    core: Core, monkeypatch: pytest.MonkeyPatch, log: Log
) -> None:
    async def clear(_: Core) -> int:
        raise RuntimeError("Camille is paid late")

    monkeypatch.setattr(left_places, "clear", clear)
    await Sweep(core).clear()
    assert troubles(log) == [("left places", "RuntimeError")]
    assert "Camille" not in str(log)


async def test_a_damaged_page_is_told_with_the_mend_and_costs_nothing_else(
    settings: Settings, clock: StillClock, log: Log
) -> None:
    place = Location(settings.database, settings.key_file)
    store = open_store(place)
    await store.write(lambda session: session.add_all([_event(clock, f"{number:0300}") for number in range(2000)]))
    store.close()
    assert place.file
    _damage(place.file)
    store = open_store(place)
    core = _core(store, settings, clock)
    clock.forward(days=31)
    sweep = Sweep(core)
    for _ in range(2):
        await sweep.clear()
    found = [(rule, mend) for rule, mend in troubles(log) if rule == "inbox"]
    assert found == [("inbox", "The database file is damaged: bring back a backup. Nothing was changed.")]
    assert not [mend for _, mend in troubles(log) if "damaged" not in mend], troubles(log)
    store.close()


@pytest.mark.parametrize(
    ("error", "known"),
    [
        (sqlcipher.OperationalError("database or disk is full"), StoreFull),
        (sqlcipher.DatabaseError("database disk image is malformed"), StoreError),
        (ConnectionError("connection reset by peer"), type(None)),
        (ValueError("disk is full"), type(None)),
    ],
)
def test_only_the_database_s_own_errors_are_taken_for_its(error: Exception, known: type[object]) -> None:
    assert type(store_error(error)) is known


def _event(clock: StillClock, event_id: str = "1") -> Inbox:
    return Inbox(platform="bare", event_id=event_id, received_at=clock.now(), handled_at=clock.now())


def _damage(file: Path) -> None:
    """Overwrite bytes in many pages in the middle of a file."""
    content = bytearray(file.read_bytes())
    for page in range(len(content) // PAGE // 2, len(content) // PAGE):
        content[page * PAGE + 100 : page * PAGE + 200] = b"x" * 100
    file.write_bytes(content)


def _core(store: Store, settings: Settings, clock: StillClock) -> Core:
    languages = Languages(LOCALES)
    codes = languages.codes
    library, codec = Library(store, codes, clock), ReplyCodec(store.keys)
    return Core(settings, store, registry(), languages, clock, library, Detector(codes), codec)
