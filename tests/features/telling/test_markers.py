"""News and mutes of people who wrote without a name: nothing of them is in what is sent, logged or stored."""

import json

from sqlmodel import Session, select
from structlog.testing import capture_logs

from storage.models import Outbox
from tests.features.conftest import Dump, dump
from tests.features.moderation.speaking import namelessly
from tests.features.telling.conftest import Days
from tests.stage import BareStage, Person
from tests.words import strange

__all__ = ["dump"]
AUTHORS = 2


def name(number: int) -> str:
    """The account and the name of an author: a marker that occurs nowhere else."""
    return f"zqx{number:02}marker"


async def test_nothing_of_a_nameless_author_leaves(stage: BareStage, alex: Person, days: Days, dump: Dump) -> None:
    payloads: list[str] = []
    with capture_logs() as logged:
        for number in range(AUTHORS):
            await _tell(stage, Person(stage, name(number)), alex, days, number, payloads)
        await alex.says("/said")
    seen = " ".join((*payloads, *stage.staff(), *stage.heard(alex), str(logged)))
    assert [one for one in map(name, range(AUTHORS)) if one in seen] == []
    rows = await dump()
    authors = {row["id"] for row in rows["member"]} - {
        row["member_id"] for row in rows["identity"] if row["external_id"] == "alex"
    }
    # No row ties an author to an item: what they muted, allowed and heard is with the item alone.
    for table in ("support", "follow", "readiness", "invitation"):
        assert [row for row in rows[table] if row["member_id"] in authors] == []
    assert [row for row in rows["outbox"] if row["recipient_id"] in authors] == []


async def _tell(stage: BareStage, author: Person, alex: Person, days: Days, number: int, payloads: list[str]) -> None:
    await namelessly(stage, author, strange(number))
    item = 1000 + number
    for verdict in ("planned", "done"):
        await alex.says(f"/queue {item} {verdict}")
        payloads += await stage.core.store.read(_outgoing)
        await days.go_by(minutes=2)
        author.hears(f"#{item} is now {verdict}.")
    await author.presses(f"Mute #{item}")
    await author.says("/notifications never")
    await author.says("/mine")
    await days.go_by(minutes=2)


def _outgoing(session: Session) -> list[str]:
    return [json.dumps(row.payload) + row.dedupe_key for row in session.exec(select(Outbox))]
