"""A member proposes an answer: nobody is given it before a moderator keeps it, and the member is told once."""

import pytest
from sqlmodel import Session, select

from bot.ports.inbound import Means
from storage.models import Proposal
from storage.privacy import retention
from tests.clock import StillClock
from tests.features.conftest import Dump
from tests.stage import BareStage, Person

ASKED = "Where is the key of the shed?"
SAID = "Under the third flower pot."
PASSED_ON = "Passed on. The team reads it first: until it keeps it, nobody gets this answer."
KEPT = "The team has kept the answer you proposed"
NOT_KEPT = "The team has read the answer you proposed, and does not give it."


async def proposes(person: Person) -> None:
    await person.says(f"/propose {ASKED} {SAID}")
    person.hears(PASSED_ON, SAID)


async def test_what_is_proposed_is_asked_for_step_by_step_and_its_author_alone_takes_it_back(
    camille: Person, noor: Person, alex: Person, stage: BareStage, dump: Dump
) -> None:
    await camille.says("/propose")
    camille.hears("Which question do you know the answer to?")
    await camille.says(ASKED)
    camille.hears(f"What is the answer to “{ASKED}”? The team reads it first.")
    await camille.says(SAID)
    camille.hears(PASSED_ON, ASKED, SAID)
    # A member keeps nothing, and takes nobody else's back.
    await alex.says("/unanswered")
    await stage.do(noor, button=stage.token(alex, "Keep the answer"))
    await noor.says(ASKED)
    assert SAID not in noor.hears()
    await stage.do(noor, button=stage.token(camille, "Take it back"))
    assert len((await dump())["proposal"]) == 1
    await camille.presses("Take it back")
    camille.hears("Taken back: nothing of it is kept.")
    assert (await dump())["proposal"] == []
    await alex.says("/unanswered")
    assert "Proposed" not in alex.hears("")
    # One without a name is not kept.
    await camille.says(f"/propose {ASKED} {SAID} (anonymous)")
    camille.hears("Nothing was kept.")
    assert (await dump())["proposal"] == []


async def test_nobody_is_given_it_before_the_team_keeps_it(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await proposes(camille)
    await noor.says(ASKED)
    assert SAID not in noor.hears("I don't know, and I'd rather not guess.")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    assert "camille" not in alex.hears("Proposed answers", ASKED, f"> {SAID}").lower()
    await alex.presses("Keep the answer")
    await alex.fills(heading="Where is the shed's key?")
    alex.hears("Kept. The bot gives this answer from now on.")
    await noor.says("Where is the shed's key?")
    noor.hears(SAID)
    await stage.deliver()
    await stage.deliver()
    assert sum(KEPT in text for text in stage.heard(camille)) == 1


async def test_the_team_changes_its_words(alex: Person, camille: Person, noor: Person) -> None:
    await proposes(camille)
    await alex.says("/unanswered")
    await alex.presses("Keep the answer")
    await alex.fills(heading=ASKED, text="At the desk.")
    await noor.says(ASKED)
    assert SAID not in noor.hears("At the desk.")


async def test_where_there_is_no_form_it_is_kept_as_it_is(alex: Person, camille: Person, stage: BareStage) -> None:
    await proposes(camille)
    await alex.says("/unanswered")
    await stage.do(alex, button=stage.token(alex, "Keep the answer"), means=Means(forms=False))
    alex.hears("How should the question read, without anything personal?", ASKED, SAID)
    await alex.presses("As it is")
    alex.hears("Kept.")


async def test_what_is_not_kept_is_told_and_goes(
    alex: Person, camille: Person, noor: Person, stage: BareStage, dump: Dump
) -> None:
    await proposes(camille)
    await alex.says("/unanswered")
    await alex.presses("Not this")
    alex.hears("Not kept. Whoever proposed it is told.")
    await stage.deliver()
    camille.hears(NOT_KEPT)
    assert (await dump())["proposal"] == []
    await alex.presses("Keep the answer")
    alex.hears("This proposed answer does not wait any more")
    await noor.says(ASKED)
    assert SAID not in noor.hears()


async def test_ten_wait_at_once(camille: Person, clock: StillClock) -> None:
    for number in range(11):
        clock.forward(hours=2)
        await camille.says(f"/propose What is number {number}? Chance.")
    camille.hears("10 answers of yours wait for the team, which is the most.")


async def test_erasure_takes_what_waits_and_what_shows_it(
    alex: Person, camille: Person, stage: BareStage, dump: Dump
) -> None:
    await proposes(camille)
    await stage.do(alex, text="/unanswered", means=Means(durable=True))
    assert SAID in str(await dump())
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    assert SAID not in str(await dump())


@pytest.mark.parametrize("unchanged", [True, False])
async def test_what_was_kept_in_its_author_s_words_goes_with_them(
    unchanged: bool, alex: Person, camille: Person, noor: Person
) -> None:
    await proposes(camille)
    await alex.says("/unanswered")
    await alex.presses("Keep the answer")
    if unchanged:
        await alex.presses("As it is")
    else:
        await alex.fills(heading="Where is the shed's key?")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await noor.says(ASKED if unchanged else "Where is the shed's key?")
    assert (SAID in noor.hears()) is not unchanged


async def test_it_is_in_its_author_s_copy_until_it_is_old(
    camille: Person, stage: BareStage, clock: StillClock, dump: Dump
) -> None:
    await proposes(camille)
    await camille.says("/mydata")
    assert "proposed_answers" in str(stage._shown[camille.id][-1])
    clock.forward(days=366)
    (rule,) = [one for one in retention.RULES if one.name == "proposals"]

    def job(session: Session) -> None:
        due = retention.due(session, rule, clock.now())
        retention.drop(session, rule, [key for _, key in due])

    await stage.core.store.write(job)
    assert not await stage.core.store.read(lambda session: session.exec(select(Proposal)).all())
