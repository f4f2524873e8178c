"""The way back to an author whom the store does not know."""

import contextlib

from sqlmodel import Session, col, select

from bot.delivery.courier import Courier
from bot.ports.inbound import Role
from storage.items import addresses
from storage.models import Feedback, Outbox
from storage.vocabulary import Delivery
from tests.stage import BareStage, Person
from tests.unit.postman import Postman, owe


async def file_without_a_name(stage: BareStage) -> Person:
    """A member files something nameless; a moderator plans it."""
    ines, omar = Person(stage, "ines"), Person(stage, "omar", Role.MODERATOR)
    await stage.do(ines, command="suggest", args={"text": "More light.", "audience": "everyone", "name": "nameless"})
    await ines.presses("Send")
    await omar.says("/queue 1000 planned")
    omar.hears("1 person will be told.")
    return ines


async def test_the_nameless_author_hears_the_outcome_and_the_store_names_nobody(stage: BareStage) -> None:
    ines = await file_without_a_name(stage)
    rows = await stage.core.store.read(lambda session: session.exec(select(Outbox)).all())
    assert [owed.recipient_id for owed in rows] == [None]
    await stage.deliver()
    ines.hears("#1000 is now planned.", "More light.")


async def test_an_address_sealed_with_another_key_is_given_up_and_holds_no_other_up(
    stage: BareStage, courier: Courier, postman: Postman
) -> None:
    await file_without_a_name(stage)
    await stage.core.store.write(_spoil)
    await owe(stage.core, "agora")
    with contextlib.suppress(Exception):
        await courier.drain()
    assert postman.delivered == [("agora", "News.")]
    rows = await stage.core.store.read(lambda session: session.exec(select(Outbox).order_by(col(Outbox.id))).all())
    assert [owed.state for owed in rows] == [Delivery.FAILED, Delivery.SENT]


def _drop(session: Session) -> int:
    """Erase the sealed address of the only item."""
    own = session.exec(select(Feedback.id)).one()
    addresses.drop(session, own)
    return own


def _spoil(session: Session) -> None:
    own = _drop(session)
    session.flush()
    addresses.keep(session, own, b"sealed with a key that was lost")


async def test_an_address_that_was_erased_is_given_up(stage: BareStage, courier: Courier) -> None:
    await file_without_a_name(stage)
    await stage.core.store.write(_drop)
    assert await courier.drain() == 0
    rows = await stage.core.store.read(lambda session: session.exec(select(Outbox)).all())
    assert [(owed.state, owed.error, owed.payload) for owed in rows] == [(Delivery.FAILED, "no address", None)]
