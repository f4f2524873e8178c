"""Whoever knows the answer to somebody's question proposes it with a button, and everyone concerned is told."""

from sqlmodel import Session, select

from bot.features.questions.waiting.reconsideration import Reconsideration
from bot.knowledge.candidates import Candidate, propose
from bot.ports.inbound import Chat, Means
from bot.ports.reply import buttons_of
from storage.models import Proposal
from storage.people import communities
from tests.clock import StillClock
from tests.features.conftest import Dump
from tests.stage import PLATFORM, BareStage, Person

OPEN = Chat(PLATFORM, "plaza", overlooked=True)
ASKED, SAID = "Where is the key of the shed?", "Under the third flower pot."
KNOW = "I know the answer"


async def asks_aloud(stage: BareStage, person: Person, text: str = ASKED) -> None:
    await stage.do(person, text=text, chat=OPEN, message="asked")
    person.hears("passed it on", f"[{KNOW}]")


async def knows(stage: BareStage, asked: Person, person: Person) -> None:
    await stage.do(person, button=stage.token(asked, KNOW), chat=OPEN)
    person.hears(f"What is the answer to “{ASKED}”? The team reads it first.")
    await person.fills(text=SAID)
    person.hears("Passed on. The team reads it first", f"> {SAID}")


async def test_asked_asker_and_team_hear_of_it(stage: BareStage, camille: Person, noor: Person, alex: Person) -> None:
    await asks_aloud(stage, camille)
    await knows(stage, camille, noor)
    await alex.says("/unanswered")
    alex.hears("Proposed answers", ASKED, f"> {SAID}", "This question waits: whoever asked it is told")
    await alex.presses("Keep the answer")
    await alex.fills(heading="Where is the shed's key?")
    alex.hears("Kept. The bot gives this answer from now on. 1 person will be told.")
    await Reconsideration(stage.core).look()
    await stage.deliver()
    camille.hears("There is an answer to this question of yours now:", f"> {ASKED}", SAID, "[This helped]")
    noor.hears("The team has kept the answer you proposed", f"> {SAID}")
    await stage.deliver()
    assert sum(SAID in text for text in stage.heard(camille)) == 1
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")


async def test_without_a_form_it_is_kept_as_it_is(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    await asks_aloud(stage, camille)
    await knows(stage, camille, noor)
    await alex.says("/unanswered")
    await stage.do(alex, button=stage.token(alex, "Keep the answer"), means=Means(forms=False))
    alex.hears(ASKED, SAID)
    await alex.presses("As it is")
    alex.hears("1 person will be told.")
    await noor.says(ASKED)
    noor.hears(SAID)


async def test_what_is_declined_leaves_the_question_waiting(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await asks_aloud(stage, camille)
    await knows(stage, camille, noor)
    await alex.says("/unanswered")
    await alex.presses("Not this")
    await stage.deliver()
    noor.hears("The team has read the answer you proposed, and does not give it.")
    assert SAID not in str(stage.heard(camille))
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears(f"{ASKED} · 1 person")


async def test_there_is_such_a_button_for_the_others_alone_and_one_taken_back_is_asked_of_nobody(
    stage: BareStage, camille: Person, noor: Person
) -> None:
    await noor.says("Who has the key of the attic?")
    assert KNOW not in noor.hears("passed it on"), "alone with the bot there is none"
    reply = await stage.do(camille, text=ASKED, chat=OPEN, message="asked")
    assert reply is not None
    assert [button.label for block in reply.blocks for button in buttons_of(block)] == [KNOW]
    assert {button.args.get("question") for block in reply.blocks for button in buttons_of(block)} == {None}
    token = stage.token(camille, KNOW)
    await stage.do(camille, text="never mind", chat=OPEN, message="asked", edited=True)
    await stage.do(noor, button=token, chat=OPEN)
    assert ASKED not in noor.hears("This question does not wait any more")


async def test_the_words_of_an_asker_who_is_erased_are_in_no_proposal(
    stage: BareStage, camille: Person, noor: Person, alex: Person, dump: Dump
) -> None:
    await asks_aloud(stage, camille)
    await knows(stage, camille, noor)
    await stage.do(alex, text="/unanswered", means=Means(durable=True))
    assert ASKED in str(await dump())
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    assert ASKED not in str(await dump())
    await alex.says("/unanswered")
    alex.hears("Proposed answers", "The question was taken back.", f"> {SAID}")
    await alex.presses("Keep the answer")
    await alex.fills(heading="Where is the shed's key?")
    alex.hears("Kept.")


async def test_a_source_proposes_once_and_nobody_is_told(stage: BareStage, alex: Person) -> None:
    core = stage.core

    async def found(answer: str) -> int:
        [own] = await core.store.read(communities.every)
        one = Candidate(ASKED, answer, "en", "chat of March.json")
        return await core.store.write(lambda s: len(propose(s, core.store.keys, own.id, [one], core.clock.now())))

    assert [await found(answer) for answer in ("  ", "  ", SAID, SAID)] == [0, 0, 1, 0]
    await alex.says("/unanswered")
    alex.hears("Proposed answers", ASKED, f"> {SAID}", "Found in: chat of March.json")
    await alex.presses("Not this")
    assert "told" not in alex.hears("Not kept.")
    assert not await core.store.read(lambda session: session.exec(select(Proposal)).all())


async def test_a_source_s_answer_that_is_kept_is_given(stage: BareStage, alex: Person, camille: Person) -> None:
    core = stage.core

    def job(session: Session) -> list[int]:
        [own] = communities.every(session)
        found = Candidate(ASKED, SAID, "en", "x.json")
        return propose(session, core.store.keys, own.id, [found], core.clock.now())

    await core.store.write(job)
    await alex.says("/unanswered")
    await alex.presses("Keep the answer")
    await alex.fills()
    await camille.says(ASKED)
    camille.hears(SAID)
    assert await core.store.write(job) == []
