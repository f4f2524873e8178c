"""The team of an area with a place of its own reads a digest of that area there."""

from tests.clock import StillClock
from tests.features.routing.conftest import desk, file
from tests.stage import BareStage, Person


async def test_the_desk_reads_what_is_about_its_area(camille: Person, stage: BareStage, clock: StillClock) -> None:
    await file(stage, camille, "suggest", "Open the shop on Sundays", area="Shop")
    await file(stage, camille, "suggest", "Bring it earlier", area="Delivery")
    await file(stage, camille, "suggest", "Longer hours at the shop", area="Shop", name="nameless")
    await camille.presses("Send")
    clock.forward(days=4, hours=22)
    await stage.pass_time()
    await stage.deliver()
    shown = desk(stage)[-1]
    assert "Shop" in shown
    assert "Sundays" in shown
    assert "Bring it earlier" not in shown
    # Without a place of its own there is no digest of an area.
    assert sum("Bring it earlier" in text for text in stage.staff()) == 1
    before = len(desk(stage))
    await stage.pass_time()
    await stage.deliver()
    assert len(desk(stage)) == before
