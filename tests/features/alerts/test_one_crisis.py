"""One crisis is one message, in whatever words people tell of it, and however long it goes on."""

import pytest

from bot.settings.config import Settings
from tests import meaning
from tests.features.alerts.conftest import MANY, Crisis
from tests.stage import Person

THINGS = (
    "door broke",
    "lamp rusted",
    "chair vanished",
    "roof cracked",
    "bike squeaked",
    "soup froze",
    "bell fell",
    "tap burnt",
    "oven jammed",
    "sink dripped",
    "rug tore",
    "gate stuck",
    "bin smelt",
    "kettle hissed",
    "ladder bent",
    "fence leaked",
)
REFUSED = (
    "After the password reset my new password is refused",
    "Password refused since the reset of my password",
    "My new password is refused after a password reset",
    "The password after a reset is refused",
    "Reset my password twice, and the password is refused",
    "Every password is refused since the reset",
    "Password refused, and the password reset fails too",
    "Password reset, and then the password is refused",
)
BROKEN = ("broken", "broken again", "wet and broken", "broken and dirty", "all broken", "still broken", "gone", "burnt")
PASSWORD = (
    "After the password reset my new password is refused, so I cannot sign in",
    "Password refused since the reset of my password",
    "I cannot sign in: my new password is refused after a password reset",
    "The password after a reset is refused when I want to sign in",
    "Reset my password twice, and the password is refused",
    "Cannot sign in, every password is refused since the reset",
    "I cannot sign in: password refused, and the password reset fails too",
    "Password reset, and then the password is refused",
)


async def test_what_comes_near_an_alert_that_goes_on_joins_it(crisis: Crisis) -> None:
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    await crisis.write(PASSWORD, who="Reset")
    await crisis.look(minutes=3)
    assert "24 problems, 24 people" in crisis.text()


class TestByMeaning:
    @pytest.fixture
    def settings(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
        meaning.use(monkeypatch)
        return settings.model_copy(update={"encoder": "bundled"})

    async def test_one_crisis_in_two_wordings_at_once_is_told_once(self, crisis: Crisis) -> None:
        await crisis.write(MANY)
        await crisis.write(REFUSED, who="Reset")
        await crisis.look(minutes=3)
        assert "24 problems, 24 people" in crisis.text()

    async def test_another_wording_joins_an_alert_that_goes_on(self, crisis: Crisis) -> None:
        await crisis.write(MANY)
        await crisis.look(minutes=3)
        await crisis.write(REFUSED, who="Reset")
        await crisis.look(minutes=3)
        assert "24 problems, 24 people" in crisis.text()

    async def test_something_else_at_once_is_told_apart(self, crisis: Crisis) -> None:
        await crisis.write(MANY)
        await crisis.write([f"The benches by the river are {how}" for how in BROKEN], who="Bench")
        await crisis.look(minutes=3)
        assert len(crisis.texts()) == 2


async def test_what_else_comes_meanwhile_is_not_told_as_problems(crisis: Crisis) -> None:
    await crisis.write(MANY)
    await crisis.write(THINGS, who="Other")
    for _ in range(3):
        await crisis.look(minutes=3)
    assert "16 problems, 16 people" in crisis.text()
    await crisis.look(hours=4)
    await crisis.look(minutes=3)
    assert "Over at" in crisis.text()


async def test_what_was_told_as_problems_is_named_and_not_told_again(crisis: Crisis) -> None:
    await crisis.write(THINGS[:10], who="Other")
    await crisis.look(minutes=3)
    assert "Unusual: problems" in crisis.text()
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    await crisis.write(THINGS[10:], who="Another")
    await crisis.look(minutes=3)
    assert "Unusual: Text code" in crisis.text()


async def test_a_few_now_and_a_few_hours_ago_are_none(crisis: Crisis) -> None:
    await crisis.write(THINGS[:7], who="Morning")
    await crisis.look(hours=5)
    await crisis.write(THINGS[7:14], who="Evening")
    await crisis.look(minutes=3)
    assert crisis.texts() == []


async def test_another_area_meanwhile_is_told(crisis: Crisis) -> None:
    await crisis.write(MANY, area="Shop")
    await crisis.look(minutes=3)
    await crisis.write(THINGS, who="Other", area="Delivery")
    await crisis.look(minutes=3)
    shop, others = crisis.texts()
    assert "Unusual: Text code" in shop
    assert "Unusual: problems" in others


async def test_more_problems_of_an_area_are_told_once_and_dismissed_not_told_in_another_way(
    crisis: Crisis, alex: Person
) -> None:
    await crisis.write(THINGS, area="Shop")
    for _ in range(2):
        await crisis.look(minutes=3)
    assert "Unusual: problems" in crisis.text()
    crisis.show()
    await alex.presses("False alarm")
    await crisis.look(minutes=3)
    assert "False alarm: problems" in crisis.text()


async def test_something_else_after_a_false_alarm_is_told(crisis: Crisis, alex: Person) -> None:
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    crisis.show()
    await alex.presses("False alarm")
    crisis.clock.forward(hours=1)
    await crisis.write(THINGS, who="Other")
    await crisis.look(minutes=3)
    false, problems = crisis.texts()
    assert "False alarm: " in false
    assert "Unusual: problems" in problems


async def test_something_else_after_it_is_told(crisis: Crisis) -> None:
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    await crisis.look(hours=4)
    await crisis.write(THINGS, who="Other")
    await crisis.look(minutes=3)
    over, problems = crisis.texts()
    assert "Over at" in over
    assert "Unusual: problems" in problems
