"""What members and moderators are told most, word for word."""

import pytest

from bot.ports.inbound import Role
from tests.golden.conftest import Agree
from tests.stage import BareStage, Person

SAID = {"en": "Open on Saturdays, once a month.", "fr": "Ouvrir le samedi, une fois par mois."}
ASKED = {"en": "Can I give frozen food?", "fr": "Puis-je donner des surgelés ?"}


@pytest.fixture
def ines(stage: BareStage, language: str) -> Person:
    return Person(stage, "Inès", language=language)


@pytest.fixture
def omar(stage: BareStage, language: str) -> Person:
    return Person(stage, "Omar", Role.MODERATOR, language=language)


@pytest.mark.parametrize("kind", ["suggest", "problem", "praise"])
async def test_a_receipt(ines: Person, language: str, agree: Agree, kind: str) -> None:
    await ines.says(f"/{kind} {SAID[language]}")
    agree(f"receipt of {kind}", ines.hears())


async def test_the_receipt_of_something_nameless_and_its_preview(
    stage: BareStage, ines: Person, language: str, agree: Agree
) -> None:
    await stage.do(ines, command="suggest", args={"text": SAID[language], "audience": "everyone", "name": "nameless"})
    agree("preview without a name", ines.hears())
    await ines.presses(stage.core.languages.speech(language).say("Send"))
    agree("receipt without a name", ines.hears())


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
async def test_help_says_what_one_may_do(stage: BareStage, language: str, agree: Agree, role: Role) -> None:
    someone = Person(stage, "someone", role, language)
    await someone.says("/help")
    agree(f"help of a {role.name.lower()}", someone.hears())


async def test_help_about_one_command(ines: Person, agree: Agree) -> None:
    await ines.says("/help suggest")
    agree("help about suggest", ines.hears())


async def test_what_is_not_known(stage: BareStage, ines: Person, language: str, agree: Agree) -> None:
    await Person(stage, "lea", language=language).says(f"/ask {ASKED[language]}")
    await ines.says(f"/ask {ASKED[language]}")
    agree("not knowing", ines.hears())


async def test_privacy_fits_one_screen(ines: Person, agree: Agree) -> None:
    await ines.says("/privacy")
    agree("privacy", ines.hears())


async def test_a_decision_and_the_news_of_it(
    stage: BareStage, ines: Person, omar: Person, language: str, agree: Agree
) -> None:
    await ines.says(f"/suggest {SAID[language]}")
    await omar.says("/queue")
    agree("queue", omar.hears())
    await omar.says("/queue 1 planned")
    await stage.deliver()
    agree("news of a decision", ines.hears())
    await ines.says("/status 1")
    agree("status", ines.hears())
