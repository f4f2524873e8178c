"""`db scrub` of a SQLite file: its log emptied, and with --full its gaps closed."""

from pathlib import Path

from storage.engine import keys, sqlite
from storage.schema.opening import Location, hold
from tests.cli.conftest import Shell
from tests.cli.upkeep.test_rekeying import filled

__all__ = ["filled"]


def test_the_log_is_emptied_and_what_remains_is_said(filled: Shell) -> None:
    connection = sqlite.connect(filled.home / "pv.db", keys.load(filled.home / "pv.key"))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE feedback SET text = ''")
    log = Path(f"{filled.home}/pv.db-wal")
    assert log.stat().st_size > 0
    said = filled.types("db", "scrub").done()
    assert log.stat().st_size == 0
    connection.close()
    for words in ("The log of the file was emptied", "--full writes it anew", "What remains: backups"):
        assert words in said.err


def test_full_writes_the_file_anew_with_the_bot_stopped(filled: Shell) -> None:
    file = filled.home / "pv.db"
    connection = sqlite.connect(file, keys.load(filled.home / "pv.key"))
    connection.execute("DELETE FROM phrasing")
    connection.close()
    assert "The file was written anew: " in filled.types("db", "scrub", "--full").done().err
    held = hold(Location(f"sqlite:///{file}", filled.home / "pv.key"))
    assert held
    with held:
        filled.types("db", "scrub", "--full").refused("Another Portevoix already runs")
        filled.types("db", "scrub").done()
