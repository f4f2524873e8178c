"""A copy has the buttons of earlier versions that only its person may press, and tries none that cannot be theirs."""

from datetime import datetime, timedelta

import pytest

from bot.commands.buttons import button_holder
from bot.core import Core
from bot.ports.inbound import Actor
from bot.privacy import persons
from storage.models import Button
from storage.people import members
from tests.clock import StillClock
from tests.stage import Person

NOOR = Actor("bare", "noor", "noor")


async def old_button(core: Core, token: str, at: datetime) -> None:
    """Store a button of Noor's as earlier versions did."""
    holder = button_holder(core.store.keys, token, NOOR)
    row = Button(token=token, command="edit", args={"number": "1"}, holder=holder, created_at=at)
    await core.store.write(lambda session: session.add(row))


async def copied(core: Core) -> tuple[str, ...]:
    member = await core.store.read(lambda session: members.id_of(session, "bare", "noor"))
    return (await persons.person(core, member, NOOR)).buttons


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens that were tried."""
    tokens: list[str] = []

    def noted(*given: object) -> str:
        tokens.append(str(given[1]))
        return button_holder(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(persons, "button_holder", noted)
    return tokens


async def test_only_what_can_be_theirs_and_be_pressed_is_tried(
    core: Core, clock: StillClock, noor: Person, tried: list[str]
) -> None:
    await old_button(core, "from-before-them", clock.now() - timedelta(days=1))
    await noor.says("/suggest A bench")
    await old_button(core, "too-old-later", clock.now())
    clock.forward(days=170)
    await old_button(core, "theirs", clock.now())
    assert set(await copied(core)) == {"too-old-later", "theirs"}
    clock.forward(days=100)
    tried.clear()
    assert await copied(core) == ("theirs",)
    assert tried == ["theirs"]
