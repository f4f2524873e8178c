"""The index of open items follows the store, across a restart and a change of the encoder, and keeps its vectors."""

import asyncio
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.core import Core
from bot.similar import finder
from bot.similar.finder import Finder
from storage.items import feedback, rewordings
from storage.items.public import publications
from storage.models import Feedback, ItemVector
from storage.people import communities
from storage.vocabulary import Action, Audience, Publication, Status
from tests.clock import StillClock
from tests.letters import Letters
from tests.storage import rows


@pytest.fixture
def letters() -> Letters:
    return Letters()


def opened(core: Core, encoder: Letters | None) -> Finder:
    async def load() -> Letters | None:
        return encoder

    return Finder(core.store, ("en", "fr"), load, core.clock)


async def file(core: Core, text: str, **what: Any) -> int:
    def job(session: Session) -> int:
        return rows.item(session, communities.every(session)[0], text=text, **what).id

    return await core.store.write(job)


async def change(core: Core, own: int, how: str) -> None:
    def job(session: Session) -> None:
        item = session.get_one(Feedback, own)
        match how:
            case "closed":
                feedback.change_status(session, item, Status.DONE, None, "", rows.NOON)
            case "for the team":
                item.audience = Audience.TEAM
            case "taken from view":
                publications.change(session, item, Publication.REMOVED, Action.REMOVED, None, rows.NOON, "rude")
            case "erased":
                item.text = ""
        session.add(item)
        session.flush()

    await core.store.write(job)


async def vectors(core: Core) -> dict[int, str]:
    query = select(ItemVector.feedback_id, ItemVector.encoder)
    return await core.store.read(lambda session: dict(session.exec(query).all()))


async def test_what_was_stored_is_not_encoded_again_after_a_restart(core: Core, letters: Letters) -> None:
    own = await file(core, "zebra")
    await opened(core, letters).refresh(1)
    assert letters.asked == ["zebra"]
    again = opened(core, letters)
    assert list(await again.find(1, "zebras", 3)) == [own]
    assert letters.asked == ["zebra", "zebras"]


async def test_another_encoder_or_other_words_are_encoded_anew(core: Core, letters: Letters) -> None:
    own = await file(core, "zebra")
    await opened(core, letters).refresh(1)
    other = Letters("letters/2")
    await opened(core, other).refresh(1)
    assert other.asked == ["zebra"]
    assert await vectors(core) == {own: "letters/2"}

    def job(session: Session) -> None:
        rewordings.change_text(session, session.get_one(Feedback, own), "quokka", None, rows.NOON)

    await core.store.write(job)
    await opened(core, other).refresh(1)
    assert other.asked == ["zebra", "quokka"]


async def test_what_is_not_shown_any_more_leaves_memory_and_store(
    core: Core, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    for few, how in product((500, 0), ("closed", "for the team", "taken from view", "erased")):
        monkeypatch.setattr(finder, "FEW", few)
        own = await file(core, "zebra")
        found = opened(core, letters)
        await found.refresh(1)
        assert list(await found.find(1, "zebra", 3)) == [own], (few, how)
        await change(core, own, how)
        await found.refresh(1)
        assert await found.find(1, "zebra", 3) == {}, (few, how)
        assert await vectors(core) == {}, (few, how)


async def test_among_many_what_is_new_is_found_at_once(
    core: Core, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder, "FEW", 0)
    await file(core, "zebra", created_at=core.clock.now(), changed_at=core.clock.now())
    found = opened(core, letters)
    await found.find(1, "zebra", 3)
    new = await file(core, "quokka", created_at=core.clock.now(), changed_at=core.clock.now())
    assert list(await found.find(1, "quokka", 3)) == [new]


async def test_more_than_a_search_waits_for_is_encoded_in_the_background(
    core: Core, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder, "AT_ONCE", 1)
    monkeypatch.setattr(finder, "BATCH", 2)
    for text in ("zebra", "quokka", "yak", "ox", "jaguar"):
        await file(core, text)
    found = opened(core, letters)
    assert len(await found.find(1, "zebra", 3)) == 0
    await found.refresh_all()
    assert len(await found.find(1, "zebra", 3)) == 1
    assert len(await vectors(core)) == 5


async def test_a_search_waits_only_so_long_for_the_first_index_which_goes_on_being_made(
    core: Core, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = await file(core, "zebra")
    loaded = asyncio.Event()

    async def load() -> Letters:
        await loaded.wait()
        return letters

    monkeypatch.setattr(finder, "FIRST_PATIENCE", 0.01)
    found = Finder(core.store, ("en", "fr"), load, core.clock)
    assert [await found.find(1, "zebras", 3) for _ in range(2)] == [{}, {}]
    loaded.set()
    await found.refresh(1)
    assert list(await found.find(1, "zebras", 3)) == [own]


async def test_of_very_many_items_the_most_supported_and_those_of_the_last_two_days_are_searched(
    core: Core, letters: Letters, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.items.vectors.MOST", 2)
    supported = [await file(core, f"zebra {number}", base_support=number) for number in range(4)]
    clock.forward(days=3)
    new = await file(core, "zebra 5", created_at=clock.now())
    found = opened(core, letters)
    await found.refresh(1)
    assert set(await found.find(1, "zebra", 9)) == {*supported[2:], new}


async def test_nothing_is_loaded_for_a_community_without_items(core: Core) -> None:
    async def load() -> None:
        raise AssertionError

    found = Finder(core.store, ("en",), load, core.clock)
    assert await found.find(1, "zebra", 3) == {}
    await found.refresh(1)


async def test_by_words_nothing_of_what_is_gone_is_left(core: Core) -> None:
    own = await file(core, "More benches in the park")
    await file(core, "Vegetarian meals on Fridays")
    found = opened(core, None)
    assert list(await found.find(1, "More benches in the park, please", 3)) == [own]
    await change(core, own, "erased")
    await found.refresh(1)
    assert await found.find(1, "More benches in the park, please", 3) == {}
    assert await vectors(core) == {}
