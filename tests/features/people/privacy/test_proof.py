"""The proof of erasure: a word in each kind of data is there, is erased, and is found nowhere but where it is declared.

Looked through are every table on both engines, the files of an unencrypted twin, the log, the exports, and the files
beside the database.
"""

import io
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from bot.core import Core
from bot.operations.assembly import open_core
from bot.settings.config import Settings
from bot.transfer.outgoing.export import write_csv, write_json
from storage.engine import sqlite
from storage.people import communities
from tests.clock import StillClock
from tests.features.people.privacy.life import ACCOUNT, KEPT, SAID, Life
from tests.postgres import Server
from tests.stage import BareStage
from tests.storage.erasure.twin import left, open_plainly

DECLARED = dict(KEPT.values())


@pytest.fixture(params=["twin", "postgres"])
def settings(
    request: pytest.FixtureRequest, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """An unencrypted twin of a SQLite database, and PostgreSQL; Zoé is a trusted contact."""
    plaza = settings.communities[0].model_copy(update={"trusted_contacts": (f"bare:{ACCOUNT}",)})
    here = settings.model_copy(update={"communities": (plaza,), "erased_file": tmp_path / "erased"})
    if request.param == "twin":
        monkeypatch.setattr(sqlite, "connect", open_plainly)
        yield here.model_copy(update={"database": f"sqlite:///{tmp_path}/twin.db"})
        return
    server: Server = request.getfixturevalue("postgres")
    place = server.create("proof")
    yield here.model_copy(update={"database": place.url, "key_file": place.key_file})
    server.drop("proof")


@pytest.fixture
async def core(settings: Settings, clock: StillClock) -> AsyncIterator[Core]:
    core = await open_core(settings, clock)
    yield core
    core.store.close()


async def test_a_word_in_each_kind_of_data_is_erased_and_only_what_is_declared_stays(
    stage: BareStage, clock: StillClock, tmp_path: Path
) -> None:
    life, words = Life(stage, clock), [*SAID.values(), *DECLARED]
    with structlog.testing.capture_logs() as logged:
        await life.live()
        before, file = await stage.core.store.read(tables_of), tmp_path / "twin.db"
        assert {word for word in words if word not in before} == set(), "each is there before"
        assert not file.exists() or left(file, *words) == set(words)
        await life.leave()
    assert await stage.core.store.read(tables_of) == DECLARED
    assert not file.exists() or left(file, *words) == set(DECLARED)
    written = [await stage.core.store.read(exported), str(logged), (tmp_path / "erased").read_text()]
    assert [word for word in SAID.values() if any(word in text for text in written)] == []
    assert f"{date(2026, 3, 4)}" in written[-1]


def tables_of(session: Session) -> dict[str, set[str]]:
    """The tables in which each word stands."""
    found: dict[str, set[str]] = {}
    for table in SQLModel.metadata.sorted_tables:
        rows = str([tuple(row) for row in session.connection().execute(select(table))])
        for word in [*SAID.values(), *DECLARED]:
            if word in rows:
                found.setdefault(word, set()).add(table.name)
    return found


def exported(session: Session) -> str:
    """Both exports, with what moderators took from view."""
    out, (community,) = io.StringIO(), communities.every(session)
    everything: Any = {"removed": True}
    write_json(session, community, out, lambda: False, **everything)
    write_csv(session, community, out, lambda: False, **everything)
    return out.getvalue()
