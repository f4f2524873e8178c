"""The sample's ideas stand on the page as cards, those of the first weeks too."""

from bot.core import Core
from bot.demo.replay import fill
from bot.features.cards.keeping import Keeper
from storage.people import communities
from tests.demo.scene import items
from tests.features.cards.board import FakeBoard


async def test_what_is_open_for_everyone_has_a_card(demo: Core) -> None:
    board = FakeBoard()
    await Keeper(demo, {"web": board}).settle()
    shown = [one for one in await items(demo) if one.audience == "everyone" and one.kind != "praise"]
    named = [one for one in shown if one.closed_at is None and not one.nameless]
    found = board.texts()
    assert len(found) == len(named) > 10
    assert "#1\n" in found[0]


async def test_where_ideas_live_is_not_changed_by_another_start(demo: Core) -> None:
    before = await demo.store.read(lambda session: communities.places(session, "web"))
    await fill(demo)
    after = await demo.store.read(lambda session: communities.places(session, "web"))
    assert [one.ideas_since for one in after] == [one.ideas_since for one in before]
    assert [one.external_id for one in after if one.ideas_since] == ["ideas"]
