"""What waits for an answer: in all wordings and languages, set aside, or sent as feedback with consent."""

import pytest
from sqlmodel import col, select

from storage.answers import questions
from storage.models import Feedback, Outbox, Question
from storage.vocabulary import Decision
from tests import meaning
from tests.clock import StillClock
from tests.stage import BareStage, Person

LAMP = "Why is there no lamp at the door?"
WORDS = ("Where is the moon base?", "where's the base on the moon", "Où est la base lunaire ?")


async def opens(alex: Person, clock: StillClock, asked: str = LAMP) -> None:
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses(f"Not for us: {asked}")


async def kept(stage: BareStage) -> dict[str, Decision]:
    rows = await stage.core.store.read(lambda session: session.exec(select(Question)).all())
    return {row.text: row.decision for row in rows}


def first_of(alex: Person) -> str:
    """The wording under which a question is listed."""
    return next(one for one in WORDS if f"[Answer: {one}" in alex.hears("Answer: "))


async def items(stage: BareStage) -> list[Feedback]:
    return list(await stage.core.store.read(lambda session: session.exec(select(Feedback)).all()))


async def asked_whether(camille: Person, alex: Person, clock: StillClock) -> None:
    """A question is taken for feedback, and who asked it is asked."""
    await camille.says(f"/ask {LAMP}")
    await opens(alex, clock)
    await alex.presses("It is feedback")
    await camille.stage.deliver()


async def test_what_is_set_aside_keeps_its_history_leaves_the_digest_and_waits_no_more_until_it_is_asked_again(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(f"/ask {LAMP}")
    await alex.says("/digest preview")
    alex.hears("Unanswered: 1 question")
    await opens(alex, clock)
    await alex.presses("Set aside quietly")
    assert await kept(stage) == {LAMP: Decision.SET_ASIDE}
    await alex.says("/digest preview")
    assert "Unanswered" not in alex.hears("")
    held = await stage.core.store.read(lambda session: session.exec(select(Question.id)).one())
    assert await stage.core.store.write(lambda session: questions.hold_open(session, held)) is None
    # A second moderator hears so.
    for label in ("Tell them kindly", "Set aside quietly", "It is feedback", f"Answer: {LAMP}"):
        await alex.presses(label)
        alex.hears("This question does not wait any more")
    await stage.deliver()
    camille.never_heard("cannot answer")
    await camille.says(f"/ask {LAMP}")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears(f"{LAMP} · 1 person")


async def test_everyone_is_told_once_in_their_language(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    ines = Person(stage, "ines", language="fr")
    for person in (camille, camille, ines):
        await person.says(f"/ask {LAMP}")
    await noor.says("/ask")
    await noor.fills(question=LAMP, name="nameless")
    await opens(alex, clock)
    # The question for the answer says how many are told, as what they are told does.
    await alex.presses(f"Answer: {LAMP}")
    alex.hears("3 people will be told.")
    await opens(alex, clock)
    await alex.presses("Tell them kindly")
    alex.hears("3 people will be told.")
    await stage.deliver()
    ines.hears("l’équipe l’a lue et ne peut pas répondre")
    for person in (camille, noor):
        assert sum("cannot answer this one" in text for text in stage.heard(person)) == 1


async def test_what_is_sent_has_the_usual_audience_and_name(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await asked_whether(camille, alex, clock)
    camille.hears("Everyone can see it, with your name.", "Only the team can see it, with your name.")
    assert not await items(stage)
    await camille.presses("As a problem")
    camille.hears("Got it: problem #1.", "Only the team can see it, with your name.")
    assert [(item.text, item.audience.value) for item in await items(stage)] == [(LAMP, "team")]
    assert await kept(stage) == {LAMP: Decision.FILED}
    await camille.presses("Send it as a suggestion")
    camille.hears("This question was sent already")
    assert len(await items(stage)) == 1


async def test_nobody_else_sends_it_nobody_is_asked_twice_and_it_can_be_sent_also_after_it_was_set_aside(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await noor.says("/ask Who feeds the dragon?")
    await asked_whether(camille, alex, clock)
    await stage.do(noor, button=stage.token(camille, "As a problem"))
    noor.hears("This question is no longer there.")
    assert not await items(stage)
    await opens(alex, clock)
    await alex.presses("It is feedback")
    alex.hears("Everyone who asked this was asked before.")
    await stage.deliver()
    assert sum("The team thinks" in text for text in stage.heard(camille)) == 1
    await opens(alex, clock)
    await alex.presses("Set aside quietly")
    await camille.presses("Send it as a suggestion")
    camille.hears("Got it: suggestion #1")


async def test_without_a_name_there_are_words_and_no_button(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock
) -> None:
    await noor.says("/ask")
    await noor.fills(question=LAMP, name="nameless")
    await opens(alex, clock)
    await alex.presses("It is feedback")
    await stage.deliver()
    assert "[" not in noor.hears("The team thinks", "also without a name: /suggest or /problem")
    sealed = select(Outbox).where(col(Outbox.sealed).is_not(None))
    assert not await stage.core.store.read(lambda session: session.exec(sealed).all())
    assert "noor" not in str(stage.staff())


@pytest.mark.usefixtures("taught")
async def test_who_says_that_nothing_offered_fits_waits_again(camille: Person, alex: Person, clock: StillClock) -> None:
    asked = "How do I change my address?"
    await camille.says(f"/ask {asked}")
    await opens(alex, clock, asked)
    await alex.presses("Set aside quietly")
    await camille.presses("None of these")
    camille.hears("I've passed it on")
    await alex.says("/unanswered")
    alex.hears(f"{asked} · 1 person")


class TestByMeaning:
    @pytest.fixture(autouse=True)
    def by_meaning(self, monkeypatch: pytest.MonkeyPatch) -> None:
        meaning.use(monkeypatch)

    async def test_all_wordings_are_set_aside_together(
        self, stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
    ) -> None:
        ines = Person(stage, "ines", language="fr")
        for person, words in zip((camille, noor, ines), WORDS, strict=True):
            await person.says(f"/ask {words}")
        clock.forward(minutes=1)
        await alex.says("/unanswered")
        alex.hears("3 people asked this or something like it", *WORDS)
        await opens(alex, clock, first_of(alex))
        alex.hears("3 people asked this:", *WORDS)
        await alex.presses("Tell them kindly")
        alex.hears("3 people will be told.")
        assert set((await kept(stage)).values()) == {Decision.SET_ASIDE}

    async def test_who_asked_in_two_wordings_is_told_once(
        self, stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
    ) -> None:
        for person, words in ((camille, WORDS[0]), (camille, WORDS[1]), (noor, WORDS[1])):
            await person.says(f"/ask {words}")
        clock.forward(minutes=1)
        await alex.says("/unanswered")
        await alex.presses(f"Answer: {WORDS[1]}")
        await alex.says("Behind the harbour.")
        alex.hears("2 people will be told.")
        await stage.deliver()
        for person in (camille, noor):
            assert sum("Behind the harbour." in text for text in stage.heard(person)) == 1
        await alex.says("/unanswered")
        alex.hears("No question waits for an answer.")


async def test_a_crash_leaves_neither_an_item_nor_a_mark(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked_whether(camille, alex, clock)
    mark = questions.mark

    def dies(*what: object) -> None:
        mark(*what)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr("storage.answers.questions.mark", dies)
    with pytest.raises(KeyboardInterrupt):
        await camille.presses("Send it as a suggestion")
    assert await items(stage) == []
    assert await kept(stage) == {LAMP: Decision.TO_FILE}
