"""A community whose ideas live in a place of a board in memory."""

import pytest
from sqlmodel import Session

from bot.features.cards.keeping import Keeper
from storage.items.public import boards
from storage.people import communities
from tests.features.cards.board import FakeBoard
from tests.stage import PLATFORM, BareStage


@pytest.fixture
def board() -> FakeBoard:
    return FakeBoard()


@pytest.fixture
async def keeper(stage: BareStage, board: FakeBoard) -> Keeper:
    now = stage.core.clock.now()

    def job(session: Session) -> None:
        own = communities.every(session)[0]
        communities.join_place(session, own.id, PLATFORM, "plaza", staff=False)
        boards.show_ideas(session, own.id, PLATFORM, "ideas", now)

    await stage.core.store.write(job)
    return Keeper(stage.core, {PLATFORM: board})
