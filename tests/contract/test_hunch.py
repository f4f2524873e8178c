"""What may mean danger: help stands above the usual answer, and one press writes to the trusted contacts."""

import pytest

from bot.settings.config import Settings
from tests import meaning
from tests.stage import Person

WORDS = "if i'm not here tomorrow tell my kids i loved them"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    contacts = ("telegram:7", "discord:7")
    own = tuple(one.model_copy(update={"trusted_contacts": contacts}) for one in settings.communities)
    return settings.model_copy(update={"communities": own})


@pytest.fixture(autouse=True)
def by_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    meaning.use(monkeypatch)


@pytest.fixture(autouse=True)
async def prepared(by_meaning: None, noor: Person) -> None:
    await noor.stage.core.semantic_recogniser.prepare()


@pytest.mark.on("telegram")
async def test_a_problem_is_filed_below_help_and_one_press_writes_to_the_trusted_contacts(noor: Person) -> None:
    await noor.says(f"/problem {WORDS}")
    noor.hears("If this is about somebody in danger", "3114", "Got it: problem #1.")
    await noor.says(f"/ask {WORDS}")
    noor.hears("If this is about somebody in danger", "passed it on")
    await noor.presses("Write to the trusted contacts")
    await noor.fills(text="I do not feel well at all. Can we talk?")
    noor.hears("People can help now, at any hour:")
