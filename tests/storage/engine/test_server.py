"""A PostgreSQL that does not let us in: one clear line, and never the password."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.engine.errors import StoreLost
from storage.schema.opening import Location, open_store
from tests.postgres import Server

Refusal = Callable[[Callable[[], object], type[Exception]], str]


@pytest.mark.parametrize(
    ("url", "mend"),
    [
        ("postgresql://me:hunter2@127.0.0.1:9/portevoix", "that the server runs"),
        ("postgresql://me:hunter2@no-such-host.invalid/portevoix", "PORTEVOIX_DATABASE"),
    ],
)
def test_a_postgres_that_is_not_there_is_one_line_without_the_password(
    tmp_path: Path, refusal: Refusal, url: str, mend: str
) -> None:
    line = refusal(lambda: open_store(Location(url, tmp_path / "pv.key")), StoreLost)
    assert mend in line
    assert "hunter2" not in line


def test_an_unknown_postgres_database_or_user_is_one_line(postgres: Server, refusal: Refusal) -> None:
    unknown = postgres.location("nowhere")
    assert "no such database" in refusal(lambda: open_store(unknown), StoreLost)
    stranger = Location(postgres.url("postgres").replace("postgres:", "stranger:", 1), unknown.key_file)
    assert stranger.url != postgres.url("postgres")
    assert "user" in refusal(lambda: open_store(stranger), StoreLost)


def test_a_wrong_postgres_password_is_one_line_without_it(postgres: Server, refusal: Refusal) -> None:
    folder = Path(re.search(r"host=([^&]+)", postgres.url("postgres")).group(1).replace("%2F", "/"))  # type: ignore[union-attr]
    rules, host = folder / "pg_hba.conf", postgres.url("postgres")
    before = rules.read_text()
    postgres.run("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    rules.write_text("local all guarded scram-sha-256\n" + before)
    postgres.run("SELECT pg_reload_conf()")
    place = Location(host.replace("//postgres:", "//guarded:hunter2", 1), Path(folder / "x.key"))
    shutil.copy(postgres.location("x").key_file, folder / "x.key")
    line = refusal(lambda: open_store(place), StoreLost)
    rules.write_text(before)
    postgres.run("SELECT pg_reload_conf()")
    assert "refuses the user or the password" in line
    assert "hunter2" not in line
