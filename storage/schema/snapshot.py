"""Writes the SQL script that creates the tables of a new SQLite file, so that Alembic need not be imported for it.

`python -m storage.schema.snapshot` writes the script from a file that was migrated;
`storage.schema.drift` checks that it is current.
"""

import tempfile
from pathlib import Path

from storage import migrations
from storage.schema.opening import Location, load_keys, open_engines

_STATEMENTS = (
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid"
)


def dump() -> str:
    """The script that creates what all migrations together create, with their last revision.

    Returns:
        One statement a line.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Location(f"sqlite:///{folder}/new.db", Path(folder) / "new.key")
        engine = open_engines(place, load_keys(place))[0]
        migrations.migrate(engine)
        with engine.connect() as connection:
            found = [" ".join(statement.split()) for (statement,) in connection.exec_driver_sql(_STATEMENTS)]
        engine.dispose()
    return "\n".join([*found, migrations.MARK.format(revision=migrations.head()), ""])


if __name__ == "__main__":
    migrations.SNAPSHOT.write_text(dump(), encoding="utf-8")
