"""What belongs to a place the bot was removed from goes after a delay; a community the settings name never does."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import structlog
from sqlmodel import Session, SQLModel, select

from bot.privacy.left_places import LeftPlaces
from bot.privacy.retention import Sweep
from bot.settings.config import Settings
from storage.models import Community, Outbox, Place
from storage.people import communities
from storage.vocabulary import Delivery
from tests.features.wanderers import FORUM, PLAZA, Somebody, filed
from tests.stage import PLATFORM, BareStage

WORDS = "quincunx"
REMOVED = "all of this, once the bot is removed from its last place here:"


async def removed(stage: BareStage, key: str, *, back: bool = False) -> None:
    noted = LeftPlaces(stage.core, PLATFORM)
    await noted.leave(key.__eq__)
    if back:
        await noted.come_back(key.__eq__)


async def places(stage: BareStage) -> list[str]:
    found = await stage.core.store.read(lambda session: communities.places(session, PLATFORM))
    return [place.external_id for place in found]


async def days_later(stage: BareStage, days: int) -> None:
    clock: Any = stage.core.clock
    clock.forward(days=days)
    await Sweep(stage.core).clear()


def without(stage: BareStage, *keys: str) -> None:
    """The operator takes communities out of the settings."""
    kept = tuple(item for item in stage.core.settings.communities if item.key not in keys)
    object.__setattr__(stage.core, "settings", stage.core.settings.model_copy(update={"communities": kept}))


async def test_a_place_goes_after_thirty_days_and_the_community_named_in_the_settings_stays(
    several: BareStage,
) -> None:
    noor = Somebody(several, "noor")
    await noor.says(f"/suggest A {WORDS}", FORUM.key)
    await removed(several, FORUM.key)
    await days_later(several, 29)
    assert FORUM.key in await places(several)
    with structlog.testing.capture_logs() as logged:
        await days_later(several, 2)
    assert await places(several) == [PLAZA.key]
    assert await filed(several, FORUM.key) == [f"A {WORDS}"]
    assert [one["community"] for one in logged if one["event"] == "left"] == [FORUM.key]


async def test_a_place_the_bot_comes_back_to_or_that_is_set_up_again_stays(several: BareStage) -> None:
    await removed(several, FORUM.key, back=True)
    await days_later(several, 40)
    assert FORUM.key in await places(several)
    # A place set up again stays.
    await removed(several, FORUM.key)
    join = partial(communities.join_place, community_id=2, platform=PLATFORM, external_id=FORUM.key, staff=False)
    await several.core.store.write(join)
    await days_later(several, 40)
    assert FORUM.key in await places(several)


async def test_a_community_that_the_settings_name_no_more_goes_with_its_last_place(several: BareStage) -> None:
    noor, alex = Somebody(several, "noor"), Somebody(several, "alex")
    await noor.says(f"/suggest A {WORDS}", FORUM.key)
    await noor.says(f"/ask Where is the {WORDS}?", FORUM.key)
    await alex.says(f"/suggest Another {WORDS}", FORUM.key)
    await noor.says("/privacy", FORUM.key)
    noor.hears(f"{REMOVED} until its host erases it")
    await alex.says("/suggest Sunday opening", PLAZA.key)
    without(several, FORUM.key)
    await noor.says("/privacy", FORUM.key)
    noor.hears(f"{REMOVED} 30 days")
    await removed(several, FORUM.key)
    with structlog.testing.capture_logs() as logged:
        await days_later(several, 31)
    rows = await several.core.store.read(_everything)
    assert WORDS not in rows
    assert "noor" not in rows
    assert "alex" in rows
    assert await filed(several, PLAZA.key) == ["Sunday opening"]
    assert {"community": FORUM.key, "erased": True, "event": "left", "log_level": "warning"} in logged
    known = await several.core.store.read(lambda session: session.exec(select(Community.key)).all())
    assert known == [PLAZA.key]


async def test_a_community_with_another_place_stays(several: BareStage) -> None:
    join = partial(communities.join_place, community_id=2, platform="other", external_id="1", staff=False)
    await several.core.store.write(join)
    await Somebody(several, "noor").says(f"/suggest A {WORDS}", FORUM.key)
    without(several, FORUM.key)
    await removed(several, FORUM.key)
    await days_later(several, 31)
    assert await filed(several, FORUM.key) == [f"A {WORDS}"]


async def test_without_any_community_in_the_settings_none_is_erased(several: BareStage) -> None:
    await Somebody(several, "noor").says(f"/suggest A {WORDS}", FORUM.key)
    without(several, FORUM.key, PLAZA.key)
    await removed(several, FORUM.key)
    await days_later(several, 31)
    assert await filed(several, FORUM.key) == [f"A {WORDS}"]


async def test_what_waits_for_a_place_goes_with_it_and_what_was_sent_is_still_counted(several: BareStage) -> None:
    def owe(session: Session) -> None:
        (place,) = session.exec(select(Place).where(Place.external_id == FORUM.key))
        now = several.core.clock.now()
        for state in (Delivery.SENT, Delivery.WAITING):
            row = Outbox(
                dedupe_key=state,
                place_id=place.id,
                state=state,
                created_at=now,
                next_at=now,
                sent_at=now + timedelta(days=20),
            )
            session.add(row)

    await several.core.store.write(owe)
    await removed(several, FORUM.key)
    several.core.clock.forward(days=29)  # type: ignore[attr-defined]
    await days_later(several, 2)
    rows = await several.core.store.read(lambda session: session.exec(select(Outbox)).all())
    assert [row.state for row in rows if row.place_id is None] == [Delivery.SENT]


def _everything(session: Session) -> str:
    tables = SQLModel.metadata.sorted_tables
    return str([list(session.connection().execute(table.select()).mappings()) for table in tables])


@pytest.mark.parametrize("days", [0, -1])
def test_the_delay_cannot_be_nothing(days: int) -> None:
    with pytest.raises(ValueError, match="left_places"):
        Settings(retention={"left_places": days})  # type: ignore[arg-type]
