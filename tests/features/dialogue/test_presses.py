"""Buttons pressed too fast: a double tap, and a press on what changed under the finger."""

from dataclasses import dataclass

import pytest

from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.dispatch.presses import SHORT, Presses
from bot.ports.inbound import Means
from bot.ports.reply import Ask, Reply
from tests.stage import BareStage, Person

CARD = "7"
"""The id of the message with the buttons."""


@dataclass
class Watch:
    """A monotonic clock that is set."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch(stage: BareStage) -> Watch:
    """The watch by which presses are too fast."""
    watch = Watch()
    stage.app = App(stage.core, Policy(stage.core.settings.limits), Presses(watch))
    return watch


async def taps(person: Person, stage: BareStage, token: str, card: str = CARD) -> Reply | None:
    return await stage.do(person, button=token, pressed=card, means=Means(forms=False))


async def asks(person: Person, stage: BareStage) -> tuple[str, str]:
    """A question with choices; returns the tokens of one that changes the card, and of the one that cancels."""
    asked = await stage.do(person, text="/problem", means=Means(forms=False))
    assert asked
    [ask] = [block for block in asked.blocks if isinstance(block, Ask)]
    tokens = {button.label: button.token for button in ask.choices}
    return tokens["everyone"], tokens["Cancel"]


async def test_a_double_tap_does_once_what_the_button_does(
    stage: BareStage, watch: Watch, camille: Person, noor: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/status 1")
    token = stage.token(noor, "Support")
    assert await taps(noor, stage, token)
    watch.seconds = SHORT - 0.1
    assert await taps(noor, stage, token) is None
    watch.seconds += SHORT
    await noor.says("/top")
    noor.hears("1 supporter")


async def test_a_press_on_a_card_that_just_changed_does_nothing_and_once_it_was_looked_at_counts(
    stage: BareStage, watch: Watch, camille: Person
) -> None:
    first, other = await asks(camille, stage)
    changed = await taps(camille, stage, first)
    assert changed
    assert changed.edits
    watch.seconds = SHORT - 0.1
    assert await taps(camille, stage, other) is None
    assert await taps(camille, stage, other, card="8"), "another card"
    camille.hears("Fine. Nothing was done.")
    # Once it was looked at, it counts.
    watch.seconds += 2 * SHORT
    first, other = await asks(camille, stage)
    await taps(camille, stage, first)
    watch.seconds += SHORT
    assert await taps(camille, stage, other)
    camille.hears("Fine. Nothing was done.")


async def test_two_buttons_of_a_card_that_all_see_count_both(
    stage: BareStage, watch: Watch, camille: Person, noor: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/status 1")
    for label in ("Support", "Follow"):
        assert await stage.do(noor, button=stage.token(noor, label), pressed=CARD, aloud=True), label
        watch.seconds += 0.1


async def test_others_may_press_at_the_same_moment(
    stage: BareStage, watch: Watch, camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    for person in (noor, alex):
        await person.says("/status 1")
        assert await taps(person, stage, stage.token(person, "Support"))
    await camille.says("/top")
    camille.hears("2 supporters")


async def test_an_event_that_comes_again_is_not_taken_for_a_second_press(
    stage: BareStage, watch: Watch, camille: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a fault of the store: the platform delivers it once more, and it was not done."""
    await camille.says("/suggest Sunday opening")
    token = stage.token(camille, "Withdraw")
    with monkeypatch.context() as patch:
        patch.setattr(stage.core.store, "glance", None)
        await taps(camille, stage, token)
    camille.hears("Something went wrong")
    await stage.again(camille)
    camille.hears("#1 is withdrawn.")
