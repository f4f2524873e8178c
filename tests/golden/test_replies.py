"""What members and moderators are told most, word for word."""

from datetime import date

import pytest
from sqlmodel import Session, select

from bot.ports.inbound import Role
from storage.models import Feedback
from storage.vocabulary import Urgency
from tests.clock import StillClock
from tests.golden.conftest import Agree
from tests.stage import BareStage, Person

SAID = {"en": "Open on Saturdays, once a month.", "fr": "Ouvrir le samedi, une fois par mois."}
CLOSE = {"en": "Open on Saturdays once a month", "fr": "Ouvrir le samedi une fois par mois"}
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


async def test_help_and_privacy_say_what_one_may_do(
    stage: BareStage, ines: Person, language: str, agree: Agree
) -> None:
    for role in (Role.MEMBER, Role.MODERATOR):
        someone = Person(stage, f"a {role.name}", role, language)
        await someone.says("/help")
        agree(f"help of a {role.name.lower()}", someone.hears())
    await ines.says("/help suggest")
    agree("help about suggest", ines.hears())
    await ines.says("/privacy")
    agree("privacy", ines.hears())


async def test_what_is_not_known(stage: BareStage, ines: Person, language: str, agree: Agree) -> None:
    await Person(stage, "lea", language=language).says(f"/ask {ASKED[language]}")
    await ines.says(f"/ask {ASKED[language]}")
    agree("not knowing", ines.hears())


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


async def test_the_screen_of_an_item_with_all_that_decides(
    stage: BareStage, ines: Person, omar: Person, language: str, agree: Agree, clock: StillClock
) -> None:
    await ines.says(f"/suggest {SAID[language]}")
    await stage.do(ines, command="suggest", args={"text": CLOSE[language], "audience": "everyone", "name": "named"})
    await ines.presses(stage.core.languages.speech(language).say("Send it anyway"))
    for name in ("Ana", "Ben"):
        await Person(stage, name).says(f"/{'support' if name == 'Ana' else 'follow'} 2")
    await Person(stage, "Léa", Role.MODERATOR).says("/queue 2")

    def job(session: Session) -> None:
        item = session.exec(select(Feedback).where(Feedback.number == 2)).one()
        item.area, item.area_guessed, item.urgency = "Quality", True, Urgency.SEVERE
        item.team, item.due_on = "Team A", date(2026, 5, 20)
        session.add(item)

    await stage.core.store.write(job)
    clock.forward(minutes=2)
    await omar.says({"en": "/queue suggestions saturday", "fr": "/atraiter suggestions samedi"}[language])
    agree("screen of an item", omar.hears())
