"""`inbox list`, `inbox retry` and `inbox drop`."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from storage.models import Inbox
from storage.traffic import inbox
from storage.traffic.inbox import Arrival
from tests.cli.conftest import Shell
from tests.cli.data.test_outbox import writes

WORDS = "The words of a member"


def set_aside(session: Session) -> None:
    now = datetime.now(UTC) - timedelta(hours=3)
    events = [Arrival(number, json.dumps({"update_id": int(number), "text": WORDS})) for number in ("70", "71")]
    inbox.accept(session, "telegram", events, now)
    inbox.park(session, "telegram", ["70"], "KeyError")


@pytest.fixture
def aside(shell: Shell) -> Shell:
    writes(shell, set_aside)
    return shell


def contents(shell: Shell) -> dict[str, str | None]:
    return {row.event_id: row.payload for row in shell.reads(lambda session: session.exec(select(Inbox)).all())}


def test_what_was_set_aside_is_listed_without_its_words_handled_again_and_forgotten(aside: Shell) -> None:
    said = aside.types("inbox", "list").done()
    assert said.out == "70\ttelegram\t3 h\tKeyError\n"
    assert said.err == "1 set aside.\n"
    for command in ("retry", "drop"):
        aside.types("inbox", command, "71").refused("Nothing set aside has the ID 71")
    assert "the running bot handles it soon" in aside.types("inbox", "retry", "70").done().err
    assert json.loads(contents(aside)["70"] or "") == {"update_id": 70, "text": WORDS}
    writes(aside, lambda session: inbox.park(session, "telegram", ["70"], "KeyError"))
    assert aside.types("inbox", "drop", "70").done().err == "70 is gone.\n"
    assert contents(aside)["70"] is None
    assert contents(aside)["71"]
