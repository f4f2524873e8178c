"""/privacy says what an erasure leaves outside of the tables, on a file and on a server."""

import pytest

from storage.engine.store import Store
from tests.stage import Person


async def test_backups_are_named_and_on_a_server_its_files_and_its_log(
    noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await noor.says("/privacy")
    noor.hears("Backups hold what was erased since until they are deleted")
    monkeypatch.setattr(Store, "shared", property(lambda _: True))
    await noor.says("/privacy")
    noor.hears("The database server's files and its log can hold traces of what was erased")
