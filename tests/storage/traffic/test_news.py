"""News that is held: each row is sent once, by one process, on both databases."""

import asyncio
from collections import Counter
from functools import partial

import pytest
from sqlmodel import Session, select

from storage.items.desk.decisions import UNSENT
from storage.items.support import mutes, supports
from storage.models import Community, Feedback, Member, Outbox
from storage.privacy import erasure
from storage.schema.opening import Location, open_store
from storage.traffic import deliveries, news, outbox
from storage.vocabulary import Delivery
from tests.storage import rows
from tests.storage.rows import DAY, NOON

PEOPLE, PROCESSES = 6, 4


def owed(session: Session, item: Feedback, person: Member, key: str, held: object = NOON) -> Outbox:
    said = {"blocks": [{"block": "paragraph", "text": key}]}
    made = outbox.owe(session, f"status:{key}", said, NOON, recipient_id=person.id, feedback_id=item.id, held=held)  # type: ignore[arg-type]
    assert made is not None
    return made


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


def test_what_is_held_is_not_delivered_until_it_is_released(session: Session, plaza: Community) -> None:
    person, item = rows.person(session), rows.item(session, plaza)
    held = owed(session, item, person, "one")
    assert deliveries.due(session, NOON + DAY) == []
    assert news.due(session, NOON) == [person.id]
    assert news.due(session, NOON - DAY) == []
    (claimed,) = news.claim(session, person.id, NOON)
    news.release(session, claimed, NOON)
    assert deliveries.due(session, NOON) == [held]
    assert news.due(session, NOON) == []


def test_several_become_one(session: Session, plaza: Community) -> None:
    person, item = rows.person(session), rows.item(session, plaza)
    for key in ("one", "two"):
        owed(session, item, person, key)
    made = news.gather(session, news.claim(session, person.id, NOON), {"blocks": []}, NOON)
    assert made is not None
    assert deliveries.due(session, NOON) == [made]
    assert news.claim(session, person.id, NOON) == []
    assert news.last_told(session, person.id, NOON - DAY) == NOON
    assert news.last_told(session, person.id, NOON) is None


def test_news_for_nobody_to_be_sent_is_never_due(session: Session, plaza: Community) -> None:
    person, item = rows.person(session), rows.item(session, plaza)
    owed(session, item, person, "one", UNSENT)
    assert news.due(session, NOON + 900 * DAY) == []
    assert news.held_items(session, person.id) == {item.id}
    news.mark_seen(session, person.id, [item.id])
    assert news.held_items(session, person.id) == set()


def test_held_news_of_what_becomes_nameless_goes_alone(session: Session, plaza: Community) -> None:
    person = rows.person(session)
    item, other = rows.item(session, plaza, person), rows.item(session, plaza, person)
    own, kept = owed(session, item, person, "one", UNSENT), owed(session, other, person, "two")
    outbox.readdress(session, item.id, person.id, None)
    session.expire_all()
    assert (own.recipient_id, own.state, own.next_at) == (None, Delivery.WAITING, NOON)
    assert (kept.recipient_id, kept.state) == (person.id, Delivery.HELD)


def test_erasing_a_person_takes_what_is_held_for_them(session: Session, plaza: Community) -> None:
    person, item = rows.person(session), rows.item(session, plaza)
    owed(session, item, person, "one")
    erasure.erase_person(session, person.id, [])
    assert session.exec(select(Outbox)).all() == []


def test_who_muted_what(session: Session, plaza: Community) -> None:
    author, fan = rows.person(session, "author"), rows.person(session, "fan")
    item = rows.item(session, plaza, author)
    supports.toggle(session, item, fan.id, NOON)
    assert mutes.mute_others(session, item, fan.id, muted=True)
    assert not mutes.mute_others(session, item, author.id, muted=True)
    mutes.mute_own(session, item, muted=True)
    assert mutes.muting(session, item) == {author.id, fan.id}
    assert mutes.muted_by(session, fan.id, [item.id]) == {item.id}
    assert mutes.mute_others(session, item, fan.id, muted=False)
    assert mutes.muting(session, item) == {author.id}


async def test_several_processes_send_each_piece_once(location: Location) -> None:
    stores = [open_store(location) for _ in range(PROCESSES)]
    people = await stores[0].write(_owe_to_many)
    calls = (store.write(partial(_gather, member_id=one)) for one in people for store in stores)
    made = await asyncio.gather(*calls)
    assert sum(made) == PEOPLE
    states = await stores[0].read(lambda session: [row.state for row in session.exec(select(Outbox))])
    assert Counter(states) == {Delivery.WAITING: PEOPLE, Delivery.SENT: 2 * PEOPLE}
    for store in stores:
        store.close()


def _owe_to_many(session: Session) -> list[int]:
    item = rows.item(session, rows.community(session))
    people = [rows.person(session, f"person {one}") for one in range(PEOPLE)]
    for place, person in enumerate(people):
        for key in ("one", "two"):
            owed(session, item, person, f"{key} {place}")
    return [person.id for person in people]


def _gather(session: Session, member_id: int) -> int:
    claimed = news.claim(session, member_id, NOON)
    return int(bool(claimed) and news.gather(session, claimed, {"blocks": []}, NOON) is not None)
