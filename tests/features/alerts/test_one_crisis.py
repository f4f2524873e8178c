"""One crisis is one message, in whatever words people tell of it, and however long it goes on."""

import pytest

from bot.settings.config import Settings
from tests import meaning
from tests.features.alerts.conftest import MANY, THINGS, Crisis
from tests.stage import Person

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


async def test_what_comes_near_joins_it_and_what_else_comes_is_told_only_once_it_is_over(crisis: Crisis) -> None:
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    await crisis.write(PASSWORD, who="Reset")
    await crisis.look(minutes=3)
    assert "24 problems, 24 people" in crisis.text()
    # Other things meanwhile are not told as problems.
    await crisis.write(THINGS, who="Other")
    for _ in range(3):
        await crisis.look(minutes=3)
    assert "24 problems, 24 people" in crisis.text()
    await crisis.look(hours=4)
    await crisis.look(minutes=3)
    assert "Over at" in crisis.text()
    # Afterwards they are.
    await crisis.look(hours=4)
    await crisis.write(THINGS, who="Later")
    await crisis.look(minutes=3)
    over, problems = crisis.texts()
    assert "Over at" in over
    assert "Unusual: problems" in problems


class TestByMeaning:
    @pytest.fixture
    def settings(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
        meaning.use(monkeypatch)
        return settings.model_copy(update={"encoder": "bundled"})

    async def test_one_crisis_in_two_wordings_at_once_is_told_once_and_something_else_apart(
        self, crisis: Crisis
    ) -> None:
        await crisis.write(MANY)
        await crisis.write(REFUSED, who="Reset")
        await crisis.write([f"The benches by the river are {how}" for how in BROKEN], who="Bench")
        await crisis.look(minutes=3)
        one, _ = crisis.texts()
        assert "24 problems, 24 people" in one

    async def test_another_wording_joins_an_alert_that_goes_on(self, crisis: Crisis) -> None:
        await crisis.write(MANY)
        await crisis.look(minutes=3)
        await crisis.write(REFUSED, who="Reset")
        await crisis.look(minutes=3)
        assert "24 problems, 24 people" in crisis.text()


async def test_a_few_now_and_a_few_hours_ago_are_none_and_what_was_told_as_problems_is_named_and_not_told_again(
    crisis: Crisis,
) -> None:
    await crisis.write(THINGS[:7], who="Morning")
    await crisis.look(hours=5)
    await crisis.write(THINGS[7:14], who="Evening")
    await crisis.look(minutes=3)
    assert crisis.texts() == []
    await crisis.write(THINGS[:3], who="Other")
    for _ in range(2):
        await crisis.look(minutes=3)
    assert "Unusual: problems" in crisis.text()
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    await crisis.write(THINGS[10:], who="Another")
    await crisis.look(minutes=3)
    assert "Unusual: Text code" in crisis.text()


async def test_another_area_meanwhile_is_told_once_and_dismissed_not_told_in_another_way(
    crisis: Crisis, alex: Person
) -> None:
    await crisis.write(MANY, area="Shop")
    await crisis.look(minutes=3)
    await crisis.write(THINGS, who="Other", area="Delivery")
    for _ in range(2):
        await crisis.look(minutes=3)
    shop, others = crisis.texts()
    assert "Unusual: Text code" in shop
    assert "Unusual: problems" in others
    crisis.show()
    await alex.presses("False alarm")
    await crisis.look(minutes=3)
    shop, others = crisis.texts()
    assert "Unusual: Text code" in shop
    assert "False alarm: problems" in others
