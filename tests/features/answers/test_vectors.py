"""The vectors of answers: stored, used again after a start, encoded in the background, gone with what they are of."""

from collections.abc import Sequence

import pytest
from sqlmodel import Session, select

from bot.core import Core
from bot.knowledge import indexing
from bot.knowledge.library import Library
from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.search.index import LexicalIndex
from bot.language.search.semantic import SemanticIndex
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import AnswerVectors
from storage.people import communities
from tests import meaning
from tests.storage import rows

TOWN = (
    Entry("pool", ("When does the pool open?",), "It opens at nine, on Sundays at ten.", "en"),
    Entry("park", ("Where can I park?", "Is there parking?"), "Behind the hall.", "en"),
)


class Counting:
    """An encoder that notes what it encodes."""

    dimension = 512

    def __init__(self, own: str = "counting/1") -> None:
        self.id, self.encoded, self._within = own, list[str](), meaning.encoder()

    def encode(self, texts: Sequence[str]) -> Array:
        self.encoded += texts
        return self._within.encode(texts)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    encoder = Counting()
    _use(monkeypatch, encoder)
    return encoder


def _use(monkeypatch: pytest.MonkeyPatch, encoder: Encoder) -> None:
    monkeypatch.setattr("bot.knowledge.library.load", lambda _: encoder)


def library(core: Core) -> Library:
    """What searches after a start."""
    return Library(core.store, ("en", "fr"), core.clock, "bundled")


async def add(core: Core, *entries: Entry) -> int:
    def job(session: Session) -> int:
        own = communities.every(session)[0].id
        knowledge.add(session, own, entries)
        return own

    return await core.store.write(job)


async def stored(core: Core) -> dict[int, str]:
    return await core.store.read(
        lambda session: {one.answer_id: one.encoder for one in session.exec(select(AnswerVectors))}
    )


async def test_what_was_encoded_is_not_encoded_again_after_a_start_and_of_what_changed_only_that(
    core: Core, counting: Counting
) -> None:
    own = await add(core, *TOWN)
    first = await library(core).index(own)
    assert sorted(counting.encoded) == [
        "It opens at nine, on Sundays at ten.",
        "is there parking",
        "when does the pool open",
        "when does the pool open. It opens at nine, on Sundays at ten.",
        "where can i park",
        "where can i park. Behind the hall.",
    ]
    counting.encoded.clear()
    again = await library(core).index(own)
    assert counting.encoded == []
    assert again.search("where do I leave my car") == pytest.approx(first.search("where do I leave my car"))
    shelf = library(core)
    await shelf.index(own)
    counting.encoded.clear()
    await add(core, Entry("park", ("Where can I park?", "Is there a garage?"), "Behind the hall.", "en"))
    await shelf.index(own)
    assert sorted(counting.encoded) == ["is there a garage", "where can i park", "where can i park. Behind the hall."]


async def test_another_encoder_encodes_everything_anew(
    core: Core, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = await add(core, *TOWN)
    await library(core).index(own)
    other = Counting("other/2")
    _use(monkeypatch, other)
    await library(core).index(own)
    assert len(other.encoded) == len(counting.encoded)
    assert set((await stored(core)).values()) == {"other/2"}


async def test_much_is_encoded_in_the_background_while_the_words_are_searched_unless_somebody_waits_for_it(
    core: Core, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    own = await add(core, *TOWN)
    shelf = library(core)
    meanwhile = await shelf.index(own, patient=False)
    assert isinstance(meanwhile, LexicalIndex)
    assert (await shelf.find(own, "When does the pool open?")).score > 0.9
    await shelf.wait_until_encoded()
    assert isinstance(await shelf.index(own, patient=False), SemanticIndex)
    assert len(await stored(core)) == len(TOWN)
    await add(core, Entry("walk", ("How do I join the walking group?",), "Ask Mara.", "en"))
    await add(core, Entry("sauna", ("Is there a sauna?",), "No.", "en"))
    other = library(core)
    assert isinstance(await other.index(own, patient=False), LexicalIndex)
    assert isinstance(await other.index(own), SemanticIndex)


async def test_vectors_go_with_a_members_phrasing(core: Core, counting: Counting) -> None:
    own = await add(core, *TOWN)

    def job(session: Session) -> int:
        member = rows.person(session).id
        knowledge.learn(session, own, Entry("park", ("Where do I leave my van?",), "Behind the hall.", "en"), member)
        return member

    member = await core.store.write(job)
    await library(core).index(own)
    assert len(await stored(core)) == len(TOWN)
    await core.store.write(lambda session: knowledge.forget(session, member))
    assert len(await stored(core)) == len(TOWN) - 1
