"""A message that could not be handled, and is kept for the operator, goes with its author."""

import json

from sqlmodel import Session, select

from storage.models import Inbox
from storage.traffic import inbox
from storage.traffic.inbox import Arrival
from tests.stage import PLATFORM, BareStage, Person


async def test_what_was_set_aside_goes_with_its_author_alone(stage: BareStage, noor: Person, camille: Person) -> None:
    await noor.says("/suggest A bench")
    now = stage.core.clock.now()

    def park(session: Session) -> None:
        for number, who in enumerate(("noor", "camille")):
            raw = {"message": {"from": {"id": who}, "text": f"words of {who}"}}
            inbox.accept(session, PLATFORM, [Arrival(f"parked-{number}", json.dumps(raw))], now)
            inbox.park(session, PLATFORM, [f"parked-{number}"], "it ended the bot")

    await stage.core.store.write(park)
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    kept = await stage.core.store.read(lambda session: [row.payload or "" for row in session.exec(select(Inbox))])
    assert "words of noor" not in str(kept)
    assert "words of camille" in str(kept)
    assert [one.event_id for one in await stage.core.store.read(inbox.parked)] == ["parked-1"]
