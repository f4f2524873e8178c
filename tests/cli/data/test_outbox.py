"""`outbox list`, `outbox retry` and `outbox drop`."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.cli.outbox import age
from bot.clock import SystemClock
from bot.operations.assembly import open_core
from bot.ports.codec import ReplyCodec
from bot.ports.reply import say
from bot.settings.config import Settings
from storage.models import Outbox
from storage.people import communities, members
from storage.traffic import deliveries, outbox
from storage.vocabulary import Delivery
from tests.cli.conftest import Shell

WORDS, ACCOUNT = "The words of a member", "987654321"


def writes(shell: Shell, job: Callable[[Session], None]) -> None:
    async def work() -> None:
        settings = Settings(database=shell.env["PORTEVOIX_DATABASE"], key_file=Path(shell.env["PORTEVOIX_KEY_FILE"]))
        core = await open_core(settings, SystemClock())
        await core.store.write(job)
        core.store.close()

    asyncio.run(work())


def owe_some(session: Session) -> None:
    """Rows 1 to 5: waiting, exhausted for a place, perhaps arrived, out of reach, given up for a place."""
    now = datetime.now(UTC) - timedelta(hours=3)
    own, words = communities.every(session)[0], ReplyCodec().dump(say(WORDS))
    place = communities.join_place(session, own.id, "telegram", "-1001:7", staff=True).id
    person = members.resolve_id(session, "telegram", ACCOUNT, "Camille", now.date(), None)
    for key, to_place in (("1", True), ("2", True), ("3", False), ("4", False), ("5", True)):
        outbox.owe(
            session, key, words, now, place_id=place if to_place else None, recipient_id=None if to_place else person
        )
    deliveries.postpone(session, 2, now, "Bad Gateway")
    deliveries.mark_exhausted(session, 2, "Bad Gateway\x1b[31m")
    deliveries.mark_uncertain(session, 3, "Telegram's answer was lost")
    deliveries.mark_failed(session, 4, "Forbidden: bot was blocked by the user")
    deliveries.mark_failed(session, 5, "Chat not found")


@pytest.fixture
def owing(shell: Shell) -> Shell:
    writes(shell, owe_some)
    return shell


def states(shell: Shell) -> dict[int, str]:
    rows = shell.reads(lambda session: [session.get(Outbox, row) for row in range(1, 6)])
    return {row.id: row.state.value for row in rows if row}


def test_what_was_not_delivered_is_listed_with_where_and_why_without_anybody_s_words_or_account(owing: Shell) -> None:
    said, told = owing.types("outbox", "list").done(), owing.types("outbox", "list", "--json").done()
    assert [line.split("\t") for line in said.out.splitlines()] == [
        ["2", "failed", "telegram -1001:7", "3 h", "1", "Bad Gateway�[31m"],
        ["3", "unknown", "a person", "3 h", "0", "Telegram's answer was lost"],
        ["4", "failed", "a person", "3 h", "0", "Forbidden: bot was blocked by the user"],
        ["5", "failed", "telegram -1001:7", "3 h", "0", "Chat not found"],
    ]
    assert said.err.startswith("1 waiting, 3 failed, 1 that may have arrived.\n")
    assert "outbox retry ID" in said.err
    found = json.loads(told.out)
    assert found["waiting"] == 1
    assert [(row["id"], row["state"], row["where"], row["kept"]) for row in found["undelivered"]] == [
        (2, "failed", "telegram -1001:7", True),
        (3, "unknown", "a person", True),
        (4, "failed", "a person", False),
        (5, "failed", "telegram -1001:7", False),
    ]
    assert datetime.fromisoformat(found["undelivered"][0]["since"]) < datetime.now(UTC)
    shown = said.out + said.err + told.out + told.err
    assert [one for one in (WORDS, ACCOUNT) if one in shown] == []


def test_with_nothing_undelivered_nothing_is_offered(shell: Shell) -> None:
    said = shell.types("outbox", "list").done()
    assert (said.out, said.err) == ("", "0 waiting, 0 failed, 0 that may have arrived.\n")


def test_one_is_sent_again_or_forgotten_by_its_id(owing: Shell) -> None:
    assert "Waiting again: 1." in owing.types("outbox", "retry", "3").done().err
    assert states(owing) == {1: "waiting", 2: "failed", 3: "waiting", 4: "failed", 5: "failed"}
    row = owing.reads(lambda session: session.get_one(Outbox, 3))
    assert (row.attempts, row.error) == (0, "")
    owing.types("outbox", "retry", "4").refused("The words of 4 are no longer kept", "portevoix outbox drop 4")
    for words in ((), ("2", "--all")):
        owing.types("outbox", "retry", *words).refused("Name one ID, or say --all")
    assert owing.types("outbox", "drop", "4").done().err == "4 is gone.\n"
    assert states(owing) == {1: "waiting", 2: "failed", 3: "waiting", 5: "failed"}


def test_all_is_what_failed_and_what_may_have_arrived_which_says_so(owing: Shell) -> None:
    assert "Waiting again: 2." in owing.types("outbox", "retry", "--all").done().err
    assert states(owing) == {1: "waiting", 2: "waiting", 3: "waiting", 4: "failed", 5: "failed"}
    doubted = owing.reads(lambda session: [(session.get_one(Outbox, row).payload or {})["repeated"] for row in (2, 3)])
    assert doubted == [0, 1]


def test_an_id_there_is_not_or_that_was_sent_is_refused(owing: Shell) -> None:
    for command, number in (("retry", "9"), ("drop", "9"), ("retry", "1")):
        owing.types("outbox", command, number).refused(f"Nothing undelivered has the ID {number}")
    writes(owing, lambda session: deliveries.mark_sent(session, 1, datetime.now(UTC)))
    owing.types("outbox", "drop", "1").refused("Nothing undelivered has the ID 1")
    assert states(owing)[1] == Delivery.SENT


def test_an_age_is_told_in_its_largest_unit() -> None:
    cases: list[tuple[timedelta, str]] = [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(days=2), "2 d"),
    ]
    assert [(span, age(span)) for span, _ in cases] == cases


def test_a_message_that_somebody_without_a_name_caused_is_named_by_its_negative_id(shell: Shell) -> None:
    """As `outbox list` prints it; a dash otherwise begins an option."""

    def owe(session: Session) -> None:
        words, now = ReplyCodec().dump(say(WORDS)), datetime.now(UTC)
        own = communities.every(session)[0]
        place = communities.join_place(session, own.id, "telegram", "-1001:7", staff=True).id
        row = outbox.owe(session, "urgent:1", words, now, place_id=place, nameless=True)
        assert row
        deliveries.mark_exhausted(session, row.id, "Bad Gateway")

    writes(shell, owe)
    number = shell.types("outbox", "list").done().out.split("\t")[0]
    assert number.startswith("-")
    assert "Waiting again: 1." in shell.types("outbox", "retry", number).done().err
    shell.types("outbox", "drop", number).done()
    shell.types("outbox", "retry", "--wrong").refused("a valid integer")
