"""What this process files, edits, closes or hides is found, or not, by the next search, which reads no item again."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlmodel import Session

from bot.core import Core
from bot.operations.assembly import open_core
from bot.settings.config import Settings
from bot.similar import finder
from bot.similar.finder import Finder
from storage.items import feedback, rewordings, vectors
from storage.items.public import publications
from storage.items.vectors import OpenItem
from storage.models import Feedback
from storage.people import communities
from storage.vocabulary import Action, Audience, Naming, Publication, Status
from tests.letters import Letters
from tests.storage import rows

pytestmark = pytest.mark.parametrize("by_meaning", [True, False])
BENCHES, MEALS, OTHERS = "zebra", "quokka", "ivy fog"


@pytest.fixture
def found(core: Core, by_meaning: bool) -> Finder:
    return opened(core, by_meaning=by_meaning)


@pytest.fixture
async def neighbour(core: Core, settings: Settings) -> AsyncIterator[Core]:
    """Another process on the same database."""
    other = await open_core(settings, core.clock)
    yield other
    other.store.close()


def opened(core: Core, *, by_meaning: bool) -> Finder:
    encoder = Letters() if by_meaning else None

    async def load() -> Letters | None:
        return encoder

    return Finder(core.store, ("en", "fr"), load, core.clock)


async def file(core: Core, text: str) -> int:
    return await core.store.write(lambda session: rows.item(session, communities.every(session)[0], text=text).id)


async def change(core: Core, own: int, how: str) -> None:
    def job(session: Session) -> None:
        item = session.get_one(Feedback, own)
        match how:
            case "closed":
                feedback.change_status(session, item, Status.DONE, None, "", rows.NOON)
            case "for the team":
                feedback.change_visibility(session, item, Audience.TEAM, Naming.NAMED, None, rows.NOON)
            case "taken from view":
                publications.change(session, item, Publication.REMOVED, Action.REMOVED, None, rows.NOON, "rude")
            case "reworded":
                rewordings.change_text(session, item, OTHERS, None, rows.NOON)

    await core.store.write(job)


async def seen(found: Finder, text: str) -> list[int]:
    return list(await found.find(1, text, 3))


@pytest.mark.parametrize("few", [500, 0])
async def test_what_was_filed_is_found_by_the_next_search_that_reads_no_item_again(
    core: Core, found: Finder, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(finder, "FEW", few)
    first = await file(core, MEALS)
    assert await seen(found, MEALS) == [first]
    read: list[int] = []
    every = vectors.open_items

    def counted(session: Session, community_id: int) -> list[OpenItem]:
        read.append(community_id)
        return every(session, community_id)

    monkeypatch.setattr(vectors, "open_items", counted)
    second = await file(core, BENCHES)
    assert await seen(found, BENCHES) == [second]
    assert await seen(found, MEALS) == [first]
    assert read == []


async def test_what_was_changed_is_not_found_by_the_next_search(core: Core, found: Finder) -> None:
    other = await file(core, MEALS)
    for how in ("closed", "for the team", "taken from view", "reworded"):
        own = await file(core, BENCHES)
        assert await seen(found, BENCHES) == [own], how
        await change(core, own, how)
        assert await seen(found, BENCHES) == [], how
        assert await seen(found, MEALS) == [other], how


async def test_each_of_many_searches_at_once_finds_its_own(core: Core, found: Finder) -> None:
    benches, meals = await file(core, BENCHES), await file(core, MEALS)
    asked = asyncio.gather(*(seen(found, text) for text in [BENCHES, MEALS, OTHERS] * 4))
    assert await asked == [[benches], [meals], []] * 4


async def test_other_words_of_an_item_are_found_by_the_next_search(core: Core, found: Finder) -> None:
    own = await file(core, BENCHES)
    assert await seen(found, OTHERS) == []
    await change(core, own, "reworded")
    assert await seen(found, OTHERS) == [own]


async def test_what_was_not_stored_is_not_found(core: Core, found: Finder) -> None:
    await file(core, MEALS)
    assert await seen(found, BENCHES) == []

    def job(session: Session) -> None:
        rows.item(session, communities.every(session)[0], text=BENCHES)
        raise ValueError(BENCHES)

    with pytest.raises(ValueError, match=BENCHES):
        await core.store.write(job)
    assert await seen(found, BENCHES) == []


async def test_what_another_process_files_and_closes_is_noticed_in_the_background(
    core: Core, found: Finder, neighbour: Core
) -> None:
    await file(core, MEALS)
    assert await seen(found, BENCHES) == []
    own = await file(neighbour, BENCHES)
    await found.refresh_all()
    assert await seen(found, BENCHES) == [own]
    await change(neighbour, own, "closed")
    await found.refresh_all()
    assert await seen(found, BENCHES) == []


async def test_what_was_searched_for_and_not_filed_is_forgotten(core: Core, found: Finder) -> None:
    await file(core, MEALS)
    await seen(found, BENCHES)
    assert found._indexes[1]._lately
    await found.refresh_all()
    assert found._indexes[1]._lately == {}
