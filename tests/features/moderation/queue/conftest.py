"""A community with areas of its own, several moderators, and items that are as a test says."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.ports.inbound import Role
from bot.settings.config import Settings
from storage.models import Feedback
from storage.people import members
from tests.stage import PLATFORM, BareStage, Person

Sets = Callable[..., Awaitable[None]]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    (own,) = settings.communities
    return settings.model_copy(
        update={"communities": (own.model_copy(update={"areas": ("Delivery", "Site", "Help desk")}),)}
    )


@pytest.fixture
def lea(stage: BareStage) -> Person:
    return Person(stage, "Léa", Role.MODERATOR)


@pytest.fixture
def sets(stage: BareStage) -> Sets:
    """Stores values of an item, by its number; `owner` is an account."""

    async def job(number: int, owner: str = "", **values: Any) -> None:
        def change(session: Session) -> None:
            item = session.exec(select(Feedback).where(Feedback.number == number)).one()
            found = members.find(session, PLATFORM, owner) if owner else None
            for name, value in {**values, **({"owner_id": found.id} if found else {})}.items():
                setattr(item, name, value)
            session.add(item)

        await stage.core.store.write(change)

    return job
