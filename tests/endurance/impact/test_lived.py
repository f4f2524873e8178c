"""The weeks of the sample community: each figure comes out the same from the exported rows, on both databases."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core import Core
from bot.demo.replay import fill
from bot.demo.story import read_community
from bot.impact import table
from bot.impact.figures import Key
from bot.settings.community.impact import ImpactSettings
from bot.settings.config import Settings
from storage.people import communities
from storage.reports import reporting, turnout
from tests.features.impact.recount import differing, read, recount
from tests.features.impact.reports import report
from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, settings: Settings, home: Path) -> Iterator[Settings]:
    own = ImpactSettings(minutes_per_answer=4, hourly_cost=32.5, currency="EUR")
    settings = settings.model_copy(update={"communities": (read_community().model_copy(update={"impact": own}),)})
    if request.param == "sqlite":
        yield settings
        return
    server: Server = request.getfixturevalue("postgres")
    place = server.create("impact")
    yield settings.model_copy(update={"database": place.url, "key_file": place.key_file})
    server.drop("impact")


async def test_each_figure_is_counted_the_same_from_the_exported_rows_and_as_digests_count(core: Core) -> None:
    await fill(core)
    for period in ("90 days", "2026-02", "2026"):
        found = await report(core, period)
        out = io.StringIO()
        table.write(found, out)
        assert differing(read(io.StringIO(out.getvalue()))) == {}
    counted = recount(read(io.StringIO(out.getvalue())))
    assert all(counted[key][0] for key in (Key.HEARD, Key.TOLD, Key.ANSWERED, Key.WORD, Key.DECISION, Key.CLOSURE))
    (community,) = await core.store.read(communities.every)
    span = (community.id, found.reach.since, found.reach.until)
    total = await core.store.read(lambda session: turnout.total(session, *span, asking=True))
    closed = await core.store.read(lambda session: reporting.closure(session, *span))
    assert found.figures[Key.HEARD].value == total.people
    assert (found.figures[Key.CLOSURE].part, found.figures[Key.CLOSURE].whole) == closed
