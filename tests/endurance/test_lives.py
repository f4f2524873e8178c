"""Random lives, more than `make test` has time for: whatever was ever shown does what its label says, or nothing."""

import pytest

from tests.clock import StillClock
from tests.features.dialogue.test_any_press import live
from tests.stage import BareStage


@pytest.mark.parametrize("seed", range(1, 40))
async def test_no_press_does_anything_else_than_its_label_says(stage: BareStage, clock: StillClock, seed: int) -> None:
    await live(stage, clock, seed)
