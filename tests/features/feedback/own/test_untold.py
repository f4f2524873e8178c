"""What is passed on of somebody who cannot be told at all is kept without the name, and the team reads that."""

import pytest
from sqlmodel import Session, select

from bot.delivery.courier import Courier
from bot.ports.adapter import Unreachable
from bot.ports.inbound import Actor, Said
from storage.models import Feedback, History, Outbox
from storage.people import communities
from storage.vocabulary import Delivery
from tests.stage import PLATFORM, BareStage, Person
from tests.unit.postman import Postman

TEXT = "The gate has squeaked since Tuesday"


@pytest.fixture
async def postman(stage: BareStage) -> Postman:
    """A platform where Camille can be told neither alone nor in the place; the team has a place of its own."""

    def staff(session: Session) -> None:
        own = communities.every(session)[0].id
        for name in ("plaza", "office"):
            communities.join_place(session, own, PLATFORM, name, staff=name == "office")

    await stage.core.store.write(staff)
    return Postman(trouble={"camille": Unreachable("blocked, and muted in the place")})


async def passed_on(stage: BareStage, moderator: Person, author: Person, text: str = TEXT) -> None:
    said = Said(Actor(PLATFORM, author.id, author.id), text, "message-1", link="https://example.org/1")
    await stage.do(moderator, command="passon", about=said)
    await moderator.presses("As a problem")


async def test_the_name_is_taken_off_and_the_team_is_told(
    stage: BareStage, alex: Person, camille: Person, postman: Postman
) -> None:
    await passed_on(stage, alex, camille)
    alex.hears("Where neither can be, the words are kept without the name.")
    courier = Courier(stage.core, {PLATFORM: postman})
    await courier.drain()
    await courier.drain()
    told = "#1 was passed on, and its author could not be told: the words are kept without the name."
    assert postman.delivered == [("office", told)]
    await alex.says("/status 1")
    shown = alex.hears(TEXT)
    assert "camille" not in shown
    item, acts, owed = await stage.core.store.read(read)
    assert (item.nameless, item.author_id, item.link) == (True, None, None)
    (left,) = [one for one in owed if one.dedupe_key.startswith("passed:")]
    assert (left.state, left.payload, left.recipient_id, left.holder) == (Delivery.FAILED, None, None, None)
    assert {one.actor_id for one in acts} == {None}
    await camille.says("/mine")
    camille.hears(TEXT)


async def test_who_is_told_keeps_their_name(stage: BareStage, alex: Person, camille: Person, postman: Postman) -> None:
    postman.trouble.clear()
    await passed_on(stage, alex, camille)
    await Courier(stage.core, {PLATFORM: postman}).drain()
    item, _, _ = await stage.core.store.read(read)
    assert (item.nameless, item.author_id is None) == (False, False)


def read(session: Session) -> tuple[Feedback, list[History], list[Outbox]]:
    """The only item, its history, and the outbox."""
    return (
        session.exec(select(Feedback)).one(),
        list(session.exec(select(History)).all()),
        list(session.exec(select(Outbox)).all()),
    )
