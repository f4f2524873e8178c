"""What waits for somebody whom a keyed mark or a sealed address stands for is read by nobody who reads the tables."""

import json
from typing import Any

from sqlmodel import Session, col, select

from bot.core import Core
from bot.delivery.courier import Courier
from bot.ports.inbound import Means
from bot.ports.plain import plain
from bot.ports.reply import say
from storage.models import Outbox
from storage.traffic import outbox
from tests.features.people.privacy.test_forgetme import WORDS, forgets
from tests.stage import BareStage, Person
from tests.unit.postman import Postman

DURABLE = Means(durable=True)


async def waiting(core: Core) -> list[Outbox]:
    """The rows of the outbox, the oldest first."""
    return await core.store.read(lambda session: list(session.exec(select(Outbox).order_by(col(Outbox.id))).all()))


async def files_without_a_name(stage: BareStage, noor: Person) -> None:
    what = {"text": f"A {WORDS}", "audience": "everyone", "name": "nameless"}
    await stage.do(noor, command="suggest", args=what, means=DURABLE)


async def delivered(core: Core) -> str:
    postman = Postman()
    await Courier(core, {"bare": postman}).drain()
    return "\n".join(words for _, words in postman.delivered)


async def test_a_receipt_is_not_read_beside_the_mark_of_whom_it_is_for(stage: BareStage, noor: Person) -> None:
    await files_without_a_name(stage, noor)
    (owed,) = await waiting(stage.core)
    assert owed.holder
    assert WORDS not in json.dumps(owed.payload)
    assert WORDS in plain(stage.core.codec.load(owed.payload or {}))
    await stage.restart()
    assert WORDS in await delivered(stage.core)


async def test_news_for_a_sealed_address_is_not_read(stage: BareStage, noor: Person, alex: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text=f"A {WORDS}", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/queue 1000 planned")
    owed = [row for row in await waiting(stage.core) if row.dedupe_key.startswith("status:")]
    assert [(row.recipient_id, row.place_id) for row in owed] == [(None, None)]
    assert WORDS not in str(owed[0].payload)
    assert "#1000 is now planned" in await delivered(stage.core)


async def test_news_that_waits_is_sealed_when_its_reader_takes_their_name_off(
    stage: BareStage, noor: Person, alex: Person
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await alex.says("/queue 1 planned")
    assert WORDS in str([row.payload for row in await waiting(stage.core)])
    await noor.presses("Without my name")
    await noor.presses("Take my name off")
    assert WORDS not in str([row.payload for row in await waiting(stage.core)])
    assert WORDS in await delivered(stage.core)


async def test_a_message_stored_by_an_earlier_version_is_delivered(stage: BareStage, noor: Person) -> None:
    await files_without_a_name(stage, noor)

    def former(session: Session) -> None:
        row = session.exec(select(Outbox)).one()
        row.payload = stage.core.codec.dump(say("From before."))

    await stage.core.store.write(former)
    await stage.restart()
    assert await delivered(stage.core) == "From before."


async def test_a_sealed_message_still_says_that_it_comes_perhaps_for_the_second_time(
    stage: BareStage, noor: Person
) -> None:
    await files_without_a_name(stage, noor)
    await stage.core.store.write(lambda session: outbox.count_repeat(session.exec(select(Outbox)).one()))
    await stage.restart()
    assert (await delivered(stage.core)).startswith("Perhaps for the second time:")


async def test_what_an_erased_person_wrote_leaves_a_sealed_message(
    stage: BareStage, noor: Person, alex: Person
) -> None:
    await noor.says("/suggest")
    await noor.fills(text=f"A {WORDS}", audience="everyone", name="nameless")
    await noor.presses("Send")
    await stage.do(alex, text=f"/queue 1000 not_planned A {WORDS}x reason")
    owed: list[Any] = [row for row in await waiting(stage.core) if row.dedupe_key.startswith("status:")]
    assert "reason" in plain(stage.core.codec.load(owed[0].payload))
    await forgets(alex)
    left = [row for row in await waiting(stage.core) if row.id == owed[0].id]
    assert left
    assert "reason" not in plain(stage.core.codec.load(left[0].payload or {}))
    assert set(left[0].payload or {}) == {"sealed", "repeated"}
