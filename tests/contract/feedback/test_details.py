"""A community's own questions: one form where there are forms, else one by one, with a way to skip."""

import pytest
from sqlmodel import select

from bot.settings.community.questions import QuestionSettings
from bot.settings.config import CommunitySettings, Settings
from storage.models import Detail
from storage.vocabulary import Kind
from tests.contract.conftest import Theatre
from tests.stage import Person, Stage

ASKED = (
    QuestionSettings(key="where", kind=Kind.PROBLEM, text={"en": "Where was it?", "fr": "Où était-ce ?"}),
    QuestionSettings(
        key="since",
        kind=Kind.PROBLEM,
        text={"en": "Since when?", "fr": "Depuis quand ?"},
        choices={"en": ("Today", "Earlier"), "fr": ("Aujourd'hui", "Avant")},
        required=True,
    ),
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    (own,) = settings.communities
    asking = CommunitySettings.model_validate({**dict(own), "questions": ASKED})
    return settings.model_copy(update={"communities": (asking,)})


async def test_all_are_answered_or_skipped_also_after_a_restart(
    camille: Person, stage: Stage, theatre: Theatre
) -> None:
    one_by_one = theatre.platform == "telegram"
    await camille.says("/problem The gate squeaks")
    if one_by_one:
        camille.hears("Where was it?")
        await camille.fills(first="North *side*")
        camille.hears("Since when?")
        await camille.presses("Earlier")
    else:
        await camille.fills(first="North *side*", second="2")
    camille.hears("Got it: problem #1")
    # What needs no answer is skipped.
    await camille.says("/problem The lift is stuck")
    if one_by_one:
        await camille.presses("Skip")
        await camille.presses("Today")
    else:
        await camille.fills(second="1")
    camille.hears("Got it: problem #2")
    # After a restart they are still open.
    await camille.says("/problem Nobody answers the phone")
    await stage.restart()
    if one_by_one:
        await camille.fills(first="South side")
        await camille.presses("Earlier")
    else:
        await camille.fills(first="South side", second="2")
    camille.hears("Got it: problem #3")
    told = [{"where": "North *side*", "since": "Earlier"}, {"since": "Today"}]
    assert await answers(stage) == [*told, {"where": "South side", "since": "Earlier"}]


async def answers(stage: Stage) -> list[dict[str, str]]:
    return await stage.core.store.read(lambda session: [one.answers for one in session.exec(select(Detail))])
