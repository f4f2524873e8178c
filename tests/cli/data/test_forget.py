"""`portevoix forget` erases who left, was banned, wrote a letter or came by an import, and keeps numbers alone."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from bot.clock import SystemClock
from bot.delivery.envelope import account_mark
from bot.operations.assembly import open_core
from bot.ports.inbound import Actor
from bot.settings.config import Settings
from storage.engine.keys import load
from storage.people import communities, marks, members
from storage.traffic import prompts
from tests.cli.conftest import Shell
from tests.storage import rows

WORDS = "quincunx"
TODAY = datetime.now(UTC)


@pytest.fixture
def lived(shell: Shell) -> Shell:
    """Zoé wrote on Discord with and without a name; another Zoe, from an import."""
    _writes(shell, _live)
    return shell


def _live(session: Session) -> None:
    own = communities.every(session)[0]
    zoe = members.resolve(session, "discord", "123", "Zoé Q.", TODAY.date())
    other = members.resolve(session, "import", "zoe (letter)", "zoe (letter)", TODAY.date())
    rows.item(session, own, zoe, text=f"named {WORDS}", created_at=TODAY)
    rows.item(session, own, other, text="imported words", created_at=TODAY)
    session.flush()


def _writes(shell: Shell, job: Callable[[Session], None]) -> None:
    async def work() -> None:
        core = await open_core(_settings(shell), SystemClock())
        await core.store.write(job)
        core.store.close()

    asyncio.run(work())


def _settings(shell: Shell) -> Settings:
    return Settings(database=shell.env["PORTEVOIX_DATABASE"], key_file=Path(shell.env["PORTEVOIX_KEY_FILE"]))


def _everything(session: Session) -> str:
    tables = SQLModel.metadata.sorted_tables
    return str([list(session.connection().execute(select(table)).mappings()) for table in tables])


def test_an_account_is_erased_and_what_there_was_is_printed_and_logged_in_numbers(lived: Shell) -> None:
    said = lived.types("forget", "discord:123", "--yes").done()
    told = dict(line.split("\t") for line in said.out.splitlines())
    assert told == {"person": "1", "accounts": "1", "feedback": "1", "history": "1"}
    assert "within 7 days" in said.err
    found = lived.reads(_everything)
    assert WORDS not in found
    assert "Zoé Q." not in found
    assert "imported words" in found
    (log,) = lived.home.rglob("*.erased.log")
    (line,) = [json.loads(one) for one in log.read_text().splitlines()]
    assert line == {"day": line["day"], "erased": {kind: int(number) for kind, number in told.items()}}
    assert "123" not in log.read_text()
    assert log.stat().st_mode & 0o77 == 0


def test_a_person_is_erased_again_from_an_older_backup(lived: Shell, tmp_path: Path) -> None:
    lived.types("db", "backup", tmp_path / "older.db").done()
    lived.types("forget", "discord:123", "--yes").done()
    database = Path(lived.env["PORTEVOIX_DATABASE"].removeprefix("sqlite:///"))
    database.write_bytes((tmp_path / "older.db").read_bytes())
    for rest in database.parent.glob(f"{database.name}-*"):
        rest.unlink()
    assert WORDS not in lived.reads(_everything)


def test_a_name_is_looked_for_without_accents_and_asked_about(lived: Shell) -> None:
    for typed in ("", "\n", "1\n", "1\nn\n"):
        assert "Nothing was erased." in lived.types("forget", "zoe", answers=typed).done().err, typed
    assert WORDS in lived.reads(_everything)
    said = lived.types("forget", "zoe", answers="1\ny\n").done()
    assert "1  discord:123 (Zoé Q.)" in said.err
    assert "2  import:zoe (letter)" in said.err
    assert WORDS not in lived.reads(_everything)


def test_an_imported_author_is_erased_by_name(lived: Shell) -> None:
    lived.types("forget", "letter", answers="1\ny\n").done()
    found = lived.reads(_everything)
    assert "imported words" not in found
    assert WORDS in found


def test_it_is_asked_down_a_pipe_in_a_process_of_its_own(lived: Shell) -> None:
    with lived.opens(["forget", "letter"], stdin=-1) as process:
        _, err = process.communicate("1\ny\n", timeout=120)
    assert process.returncode == 0, err
    assert "imported words" not in lived.reads(_everything)


def test_whoever_is_nobody_here_is_said_and_yes_needs_an_account(lived: Shell, tmp_path: Path) -> None:
    lived.types("forget", "zoe", "--yes").refused("--yes", "discord:123")
    lived.types("forget", "Nobody").refused("Nobody here is called Nobody")
    nowhere = f"sqlite:///{tmp_path}/none.db"
    lived.types("forget", "discord:123", "--yes", PORTEVOIX_DATABASE=nowhere).refused("There is no database")
    assert not list(tmp_path.glob("none.db*"))


def test_what_waits_for_an_account_that_is_no_member_goes_too(shell: Shell) -> None:
    shell.reads(_everything)
    keys = load(Path(shell.env["PORTEVOIX_KEY_FILE"]))
    mark = account_mark(keys, Actor("telegram", "42", ""))
    _writes(shell, lambda session: _draft(session, mark))
    said = shell.types("forget", "telegram:42", "--yes").done()
    assert said.out == "forms_and_drafts\t1\n"
    assert "Nobody here has that account" in said.err
    assert WORDS not in shell.reads(_everything)


def _draft(session: Session, mark: str) -> None:
    prompts.draft(session, mark, "chat", "problem", {"text": WORDS}, TODAY)


def test_what_has_no_name_leaves_later_and_is_not_counted(lived: Shell) -> None:
    keys = load(Path(lived.env["PORTEVOIX_KEY_FILE"]))

    def file(session: Session) -> None:
        own, zoe = communities.every(session)[0], members.id_of(session, "discord", "123") or 0
        mark = marks.mark(keys, own.id, zoe, datetime.now(UTC))
        rows.item(session, own, text="nameless words", author_hash=mark, created_at=TODAY)

    _writes(lived, file)
    said = lived.types("forget", "discord:123", "--yes").done()
    assert "feedback\t1\n" in said.out
    assert "nameless words" in lived.reads(_everything)
