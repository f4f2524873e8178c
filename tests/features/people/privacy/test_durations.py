"""/privacy says how long things are kept, as the settings have it."""

from collections.abc import AsyncIterator

import pytest

from bot.core import Core
from bot.operations.assembly import open_core
from bot.privacy.durations import KEPT, UNSAID
from bot.settings.config import Retention, Settings
from storage.privacy.retention import RULES
from tests.clock import StillClock
from tests.stage import Person, bare_stage


@pytest.fixture
async def core(settings: Settings, clock: StillClock) -> AsyncIterator[Core]:
    own = Retention(feedback=400, questions=61)
    core = await open_core(settings.model_copy(update={"retention": own}), clock)
    yield core
    core.store.close()


async def test_the_settings_days_are_said(core: Core) -> None:
    async with bare_stage(core) as stage:
        noor = Person(stage, "noor")
        await noor.says("/privacy")
        noor.hears(
            "feedback and its files: 400 days after the outcome",
            "questions, answers you propose, and what the team asked you: 61 days",
            "forms and drafts: 1 day",
        )


def test_every_retention_setting_is_said_or_says_why_not() -> None:
    assert {*KEPT, *UNSAID} == {*Retention.model_fields, "prompts", "blocks", "rates", "readiness"}


def test_every_rule_has_a_setting_that_is_accounted_for() -> None:
    assert {rule.setting for rule in RULES} <= {*KEPT, *UNSAID}
