"""A community asks its own questions about feedback before it is filed."""

import pytest
from sqlmodel import Session, select

from bot.ports.inbound import File, Means
from bot.settings.community.questions import QuestionSettings
from bot.settings.config import CommunitySettings, Settings
from storage.models import Detail, Prompt
from storage.privacy.belongings import Person as Of
from storage.privacy.belongings import belongings
from storage.vocabulary import Kind
from tests.stage import BareStage, Person

WHERE = QuestionSettings(key="where", kind=Kind.PROBLEM, text={"en": "Where was it?", "fr": "Où était-ce ?"})
SINCE = QuestionSettings(
    key="since",
    kind=Kind.PROBLEM,
    text={"en": "Since when?", "fr": "Depuis quand ?"},
    choices={"en": ("Today", "Earlier"), "fr": ("Aujourd'hui", "Avant")},
    required=True,
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(
        update={
            "communities": tuple(
                CommunitySettings.model_validate({**dict(one), "questions": (WHERE, SINCE)})
                for one in settings.communities
            )
        }
    )


async def test_they_are_asked_in_one_form_and_stored_with_the_item(
    camille: Person, stage: BareStage, alex: Person
) -> None:
    await camille.says("/suggest Benches by the river")
    camille.hears("Got it: suggestion #1")
    await camille.says("/problem The gate squeaks")
    await camille.presses("Cancel")
    camille.hears("Nothing was sent")
    left = await stage.core.store.read(lambda session: list(session.exec(select(Prompt.command))))
    assert left == []
    await camille.says("/problem The gate squeaks")
    camille.hears("The team asks a little more about it.")
    await camille.fills(first="North side", second="1")
    camille.hears("Got it: problem #2")
    await camille.says("/status 2")
    camille.hears("Where was it?", "North side", "Since when?", "Today")
    await alex.says("/queue 2")
    alex.hears("North side", "Today")
    camille.language = "fr"
    await camille.says("/statut 2")
    camille.hears("Depuis quand", "Aujourd’hui" if "Aujourd’hui" in camille.hears() else "Aujourd'hui")
    assert await answers(stage) == [{"where": "North side", "since": "Today"}]
    theirs = await stage.core.store.read(lambda session: belongings(session, Of(1)))
    assert theirs["detail"][0]["answers"] == {"where": "North side", "since": "Today"}
    # One that is required is asked again and nothing is lost.
    camille.language = "en"
    await camille.says("/problem The lift is stuck")
    await camille.fills(first="...")
    camille.hears("A few words are needed. Nothing was lost.")
    await camille.fills(first="North side")
    camille.hears("The team asks a little more about it.")
    await camille.fills(second="Someday")
    camille.hears("“Someday” is not one of: Today · Earlier.")
    await camille.fills(second="avant")
    camille.hears("Got it: problem #3")
    assert (await answers(stage))[1:] == [{"where": "North side", "since": "Earlier"}]


async def test_others_do_not_read_the_answers_and_they_are_erased_with_the_words(
    camille: Person, stage: BareStage, noor: Person
) -> None:
    await camille.says("/problem The gate squeaks")
    await stage.restart()
    await camille.fills(second="2")
    camille.hears("Got it: problem #1", "#1")
    assert await answers(stage) == [{"since": "Earlier"}]
    # Other members do not read the answers.
    await stage.do(camille, command="problem", args={"text": "The lift is stuck", "audience": "everyone"})
    await camille.fills(first="North side", second="1")
    await noor.says("/status 2")
    noor.hears("The lift is stuck")
    noor.never_heard("North side")
    # They are erased with the words.
    await camille.says("/mydata")
    camille.hears()
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    assert await answers(stage) == []
    # Without a name too.
    await stage.do(camille, command="problem", args={"text": "The gate squeaks", "name": "nameless"})
    camille.hears("A detail may give its author away.")
    await camille.fills(first="North side", second="1")
    camille.hears("The gate squeaks")
    await camille.presses("Send")
    camille.hears("Got it")
    assert await answers(stage) == [{"where": "North side", "since": "Today"}]


async def answers(stage: BareStage) -> list[dict[str, str]]:
    def job(session: Session) -> list[dict[str, str]]:
        return [one.answers for one in session.exec(select(Detail))]

    return await stage.core.store.read(job)


FILE = File("gate.txt", "text/plain", b"The gate as it was heard.")


async def test_with_files_they_are_asked_once_it_is_filed_and_can_be_skipped(
    camille: Person, stage: BareStage, alex: Person, noor: Person
) -> None:
    await stage.do(camille, text="/problem The gate squeaks", attachments=(FILE,))
    await camille.presses("Skip")
    camille.hears("#1 stays as it is.")
    assert await answers(stage) == []
    # They are asked once it is filed.
    await stage.do(camille, text="/problem The lift is stuck", attachments=(FILE,))
    camille.hears("Got it: problem #2", "With 1 file.", "The team asks a little more about it.", "[Skip]")
    assert "[Cancel]" not in camille.hears()
    await camille.fills(first="North side", second="Someday")
    camille.hears("“Someday” is not one of: Today · Earlier.")
    await camille.fills(second="1")
    camille.hears("Added to #2; the team reads it.")
    await alex.says("/queue 2")
    alex.hears("North side", "Today", "gate.txt")
    assert await answers(stage) == [{"where": "North side", "since": "Today"}]
    # With files they are asked one by one without forms.
    means = Means(forms=False, asks=True)
    await stage.do(camille, text="/problem The roof leaks", attachments=(FILE,), means=means)
    camille.hears("Got it: problem #3", "Where was it?", "[Skip]")
    await stage.do(camille, text="North side", means=means)
    camille.hears("Since when?", "[Today] [Earlier] [Skip]")
    await stage.do(camille, button=stage.token(camille, "Skip"), means=means)
    camille.hears("Added to #3; the team reads it.")
    assert (await answers(stage))[1:] == [{"where": "North side"}]
    # With files nobody else answers.
    await stage.do(camille, text="/problem The lamp is broken", attachments=(FILE,))
    await stage.do(noor, button=stage.token(camille, "Skip"))
    await noor.says("/status 4")
    assert len(await answers(stage)) == 2
    await camille.fills(first="Here", second="1")
    camille.hears("Added to #4")
    await stage.do(camille, button=stage.token(camille, "Skip"))
    assert (await answers(stage))[2:] == [{"where": "Here", "since": "Today"}]
