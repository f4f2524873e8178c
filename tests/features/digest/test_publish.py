"""Posting a digest: claimed once a period, whoever tries and however often; late when it is late."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.core import Core
from bot.features.digest.gather import week_until
from bot.features.digest.posting.drafting import Edition
from bot.features.digest.posting.publish import NoStaffPlace, publish
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.settings.config import DigestSettings, Settings
from storage.people import communities
from tests.clock import StillClock
from tests.stage import BareStage, Person

Dump = Callable[[], Awaitable[dict[str, list[dict[str, Any]]]]]
TO_MONDAY_NINE = {"days": 4, "hours": 22}
"""From the still clock's Wednesday 11:00 to Monday 09:00, in Paris."""


async def _publish(core: Core, period: str = "2026-03-02") -> bool:
    community = (await core.store.read(communities.every))[0]
    window = week_until(core.clock.now(), ZoneInfo(community.timezone))
    return await publish(core, community, Edition(DigestSettings(), period, window))


async def test_a_period_is_posted_once_and_the_claim_and_what_is_owed_are_one(
    core: Core, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("the machine stops here")

    with monkeypatch.context() as broken:
        broken.setattr("storage.traffic.outbox.owe", crash)
        with pytest.raises(RuntimeError):
            await _publish(core)
    assert not (await dump())["digest"]
    assert await _publish(core)
    assert not await _publish(core)
    rows = await dump()
    assert (len(rows["digest"]), len(rows["outbox"])) == (1, 1)
    # Another period is another digest.
    assert await _publish(core, "2026-03-09")
    assert len((await dump())["outbox"]) == 2


async def test_two_processes_that_post_at_once_post_one_and_so_do_their_timetables(
    core: Core, clock: StillClock, settings: Settings, dump: Dump
) -> None:
    other = await open_core(settings, clock)
    try:
        posted = await asyncio.gather(*(_publish(one, "2026-02-23") for one in (core, other) * 4))
        assert sorted(posted) == [False] * 7 + [True]
        rows = await dump()
        assert (len(rows["digest"]), len(rows["outbox"])) == (1, 1)
        clock.forward(**TO_MONDAY_NINE)
        told = await asyncio.gather(Timetable(core).catch_up(), Timetable(other).catch_up())
    finally:
        other.store.close()
    assert sorted(told) == [0, 1]
    assert len((await dump())["outbox"]) == 2


async def test_a_digest_on_time_is_not_called_late_and_does_not_count_what_comes_after_its_week(
    stage: BareStage, camille: Person, clock: StillClock
) -> None:
    clock.forward(**TO_MONDAY_NINE)
    await camille.says("/suggest Too new for this one")
    await stage.pass_time()
    await stage.deliver()
    (posted,) = stage.staff()
    assert "2-8 March" in posted
    for words in ("Late", "Too new"):
        assert words not in posted


async def test_a_digest_after_downtime_says_when_it_was_due_and_after_a_long_one_comes_alone(
    stage: BareStage, clock: StillClock, dump: Dump
) -> None:
    clock.forward(**TO_MONDAY_NINE)
    clock.forward(hours=5)
    await stage.pass_time()
    await stage.deliver()
    assert "Late: it was due on 9 March at 09:00." in stage.staff()[0]
    assert [row["late"] for row in (await dump())["digest"]] == [True]
    clock.forward(days=21)
    await stage.pass_time()
    await stage.deliver()
    _, latest = stage.staff()
    assert "Late: it was due on 30 March at 09:00." in latest
    assert "23-29 March" in latest


async def test_the_posted_digest_is_in_the_archive_with_its_buttons(
    stage: BareStage, camille: Person, alex: Person, dump: Dump
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/digest now")
    archived = stage.core.codec.load((await dump())["digest"][0]["payload"])
    await stage.deliver()
    assert stage.core.codec.dump(archived)["blocks"]
    assert stage.token(alex, "Decide") in str(archived)


class TestWithoutAStaffPlace:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        own = tuple(community.model_copy(update={"staff": None}) for community in settings.communities)
        return settings.model_copy(update={"communities": own})

    async def test_there_is_nowhere_to_post_it_to_and_a_preview_works_all_the_same(
        self, core: Core, stage: BareStage, alex: Person, clock: StillClock, dump: Dump
    ) -> None:
        with pytest.raises(NoStaffPlace):
            await _publish(core)
        await alex.says("/digest now")
        alex.hears("There is no staff place yet to post it to.")
        await alex.says("/digest preview")
        alex.hears("Your week · Plaza")
        # The timetable logs the mend and goes on.
        clock.forward(**TO_MONDAY_NINE)
        with capture_logs() as logs:
            await stage.pass_time()
        assert [entry["mend"] for entry in logs] == ["set communities.staff to post it"]
        assert not (await dump())["digest"], "nothing is claimed"
