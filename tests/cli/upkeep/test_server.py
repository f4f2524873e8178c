"""Looking after a database on PostgreSQL: a new key, traces cleared, and a check."""

from pathlib import Path

from storage.schema.opening import Location, load_keys, open_engines
from tests.cli.conftest import Shell


def test_a_scrub_clears_dead_rows_and_says_what_remains(served: Shell, tmp_path: Path) -> None:
    place = Location(served.env["PORTEVOIX_DATABASE"], tmp_path / "server.key")
    writing, reading = open_engines(place, load_keys(place))
    with writing.begin() as connection:
        connection.exec_driver_sql("UPDATE feedback SET text = ''")
        size = connection.exec_driver_sql("SELECT pg_relation_size('feedback')").scalar() or 0
    writing.dispose()
    said = served.types("db", "scrub").done()
    assert "Vacuumed: " in said.err
    assert "--full writes the tables anew" in said.err
    assert "What remains: the server's write-ahead log" in said.err
    said = served.types("db", "scrub", "--full").done()
    assert "Written anew: " in said.err
    with reading.connect() as connection:
        assert (connection.exec_driver_sql("SELECT pg_relation_size('feedback')").scalar() or 0) < size / 2
    reading.dispose()


def test_a_new_key_opens_what_the_old_one_did_unless_the_database_is_in_use(served: Shell, tmp_path: Path) -> None:
    assert "amcheck" in served.types("db", "check").done().err
    assert '"unread": ["The server' in served.types("db", "check", "--json").done().out
    # While others are connected it keeps its key.
    place = Location(served.env["PORTEVOIX_DATABASE"], tmp_path / "server.key")
    writing, reading = open_engines(place, load_keys(place))
    with reading.connect():
        served.types("db", "rekey").refused("Others are connected to this database (1)", "stop every Portevoix")
    writing.dispose()
    reading.dispose()
    assert not list(tmp_path.glob("server.key.*"))
    before = served.types("export").done().out
    said = served.types("db", "rekey").done()
    assert "`portevoix db scrub --full` clears them" in said.err
    (old,) = tmp_path.glob("server.key.old-*")
    assert served.types("export").done().out == before
    served.types("db", "check").done()
    served.types("db", "check", PORTEVOIX_KEY_FILE=str(old)).refused("The key is not that of this database")
