"""Golden files: what is said is compared with what was agreed on; `pytest tests/golden --update-golden` agrees anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings.community.telling import TellingSettings
from bot.settings.config import CommunitySettings, Settings, StaffPlace
from storage.vocabulary import News
from tests.stage import PLATFORM

FOLDER = Path(__file__).parent
OPTION = "--update-golden"
Agree = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, action="store_true", help="write the golden files instead of comparing with them")


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    """Each test here is played in both languages."""
    return str(request.param)


@pytest.fixture
def settings(home: Path, language: str) -> Settings:
    """A community that speaks the language; stands in for the settings of the other tests."""
    community = CommunitySettings(
        key="plaza",
        name={"en": "Food bank", "fr": "Banque alimentaire"}[language],
        language=language,
        team={"en": "Delivery team", "fr": "équipe Livraison"}[language],
        answer_days=14,
        staff=StaffPlace(platform=PLATFORM, place="staff"),
        undo=0,
        telling=TellingSettings(news=News.AT_ONCE),
    )
    return Settings(
        database=f"sqlite:///{home}/pv.db",
        key_file=home / "pv.key",
        timezone="Europe/Paris",
        communities=(community,),
    )


@pytest.fixture
def agree(request: pytest.FixtureRequest, language: str) -> Agree:
    """Compare a text with the golden file of that name; one that is missing fails."""
    # Away from this folder the option is not known: pytest reads this file too late for that.
    update = bool(request.config.getoption(OPTION, default=False))

    def agree(name: str, text: str) -> None:
        file = FOLDER / language / f"{name}.txt"
        if update:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert file.exists(), f"{file.name} is missing: read what is said, then run pytest tests/golden {OPTION}"
        assert text == file.read_text(encoding="utf-8")

    return agree
