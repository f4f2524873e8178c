"""Who is ready for other members' questions is sent one a day at most, unseen, and hears whether the answer helped."""

import json

import pytest
from sqlmodel import Session, select

from bot.features.telling.referring import Referring
from bot.ports.inbound import Chat
from bot.ports.reply import Document
from storage.models import Readiness, Referral
from tests.features.conftest import Dump
from tests.features.telling.conftest import Days
from tests.stage import PLATFORM, BareStage, Person

OPEN = Chat(PLATFORM, "plaza", overlooked=True)
ASKED, SAID = "Where is the key of the shed?", "Under the third flower pot."
INTRO = "Somebody here asks, and there is no answer yet:"


class Wait:
    """Lets time pass until what waits was sent to whoever is ready."""

    def __init__(self, stage: BareStage, days: Days) -> None:
        self._stage, self._days = stage, days

    async def __call__(self, **span: float) -> None:
        self._days.clock.forward(**(span or {"minutes": 11}))
        await Referring(self._stage.core).look()
        await self._days.go_by(seconds=1)


@pytest.fixture
def wait(stage: BareStage, days: Days) -> Wait:
    return Wait(stage, days)


async def is_ready(person: Person, topic: str = "Anything") -> None:
    await person.says("/dialogue")
    await person.presses(topic)
    person.hears("May other members' questions on this come here, too? One a day at most, without who asks.")
    await person.presses("Yes, send them")
    person.hears("Other members' questions on this may come here")


async def asks_aloud(stage: BareStage, person: Person, text: str = ASKED) -> None:
    await stage.do(person, text=text, chat=OPEN)
    person.hears("passed it on")


async def test_it_is_asked_answered_approved_and_thanked(
    stage: BareStage, camille: Person, noor: Person, alex: Person, wait: Wait
) -> None:
    await is_ready(noor)
    await asks_aloud(stage, camille)
    await wait()
    noor.hears(INTRO, f"> {ASKED}", "Who asks is not shown. An answer goes to the team first.", "[No more]")
    assert "camille" not in noor.hears()
    await _copy_says_it(stage, noor)
    await noor.presses("I know the answer")
    await noor.says(SAID)
    noor.hears("Passed on. The team reads it first", f"> {SAID}")
    camille.never_heard(SAID)
    await alex.says("/unanswered")
    assert "helped" not in alex.hears(f"> {SAID}", "This question waits")
    await alex.presses("Keep the answer")
    await alex.presses("As it is")
    await wait()
    camille.hears("There is an answer to this question of yours now:", SAID)
    await camille.presses("This helped")
    await wait()
    noor.hears("The answer you proposed helped whoever asked. Thank you.")
    await alex.says("/unanswered")
    assert "noor" not in alex.hears("1 answer of a member helped.")
    await wait(days=2)
    assert sum(ASKED in text for text in stage.heard(noor)) <= 2, "sent once, and quoted when it was answered"


async def _copy_says_it(stage: BareStage, person: Person) -> None:
    reply = await stage.do(person, text="/mydata")
    assert reply is not None
    (copy,) = (block for block in reply.blocks if isinstance(block, Document))
    found = json.loads(copy.content)
    assert found["readiness"][0]["questions"] is True
    assert found["referral"]
    assert ASKED not in str(found["referral"])


async def test_never_unasked_and_only_on_the_topic(stage: BareStage, camille: Person, noor: Person, wait: Wait) -> None:
    await noor.says("/dialogue")
    await noor.presses("Anything")
    # Without anybody ready for questions nothing is offered.
    await camille.says("/ask Which bus goes to the harbour?")
    assert "Ask other members" not in camille.hears("passed it on")
    await asks_aloud(stage, camille)
    await wait()
    noor.never_heard(INTRO)
    await noor.presses("Stop")
    await is_ready(noor, "Quality")
    await wait()
    noor.never_heard(INTRO)
    await asks_aloud(stage, camille, "Who looks after the quality of the bread?")
    await wait()
    noor.hears(INTRO, "> Who looks after the quality of the bread?")


async def test_on_one_s_own_feedback(stage: BareStage, camille: Person, noor: Person, wait: Wait) -> None:
    await noor.says("/suggest Open the library on Sundays")
    await noor.presses("Happy to talk about it")
    await noor.presses("Yes, send them")
    await asks_aloud(stage, camille)
    await asks_aloud(stage, camille, "Does the library open on Sundays?")
    await wait()
    noor.hears(INTRO, "> Does the library open on Sundays?")
    await wait(days=2)
    noor.never_heard(ASKED)


async def test_one_a_day_and_nothing_twice_until_it_ends_by_itself(
    stage: BareStage, camille: Person, noor: Person, wait: Wait
) -> None:
    await is_ready(noor)
    for text in (ASKED, "Does the library open on Sundays?", "Which bus goes to the harbour?"):
        await asks_aloud(stage, camille, text)

    def sent() -> int:
        return sum(INTRO in text for text in stage.heard(noor))

    await wait()
    assert sent() == 1
    await wait(hours=20)
    assert sent() == 1
    await wait(hours=5)
    assert sent() == 2
    await wait(days=2)
    await wait(days=2)
    assert sent() == 3
    # It ends by itself, and reads well in French.
    await wait(days=91)
    await asks_aloud(stage, camille, "Who feeds the dragon?")
    await wait()
    assert sent() == 3
    ines = Person(stage, "ines", language="fr")
    await ines.says("/dialogue")
    await ines.presses("Tout sujet")
    await ines.presses("Oui, les recevoir")
    await wait()
    ines.hears(
        "Une personne d’ici demande, et il n’y a pas encore de réponse\u00a0:",
        "[Je connais la réponse]",
        "[Pas maintenant]",
    )


UNFIT = ("Can you write to me at camille@example.org?", "I do not want to live any more?")


async def test_what_is_not_for_members_is_sent_to_nobody_and_what_was_asked_in_private_when_the_asker_agrees(
    stage: BareStage, camille: Person, noor: Person, alex: Person, wait: Wait
) -> None:
    await is_ready(noor)
    await stage.do(camille, command="ask", args={"question": ASKED, "name": "nameless"})
    assert "Ask other members" not in camille.hears("without your name")
    for text in UNFIT:
        await stage.do(camille, text=text, chat=OPEN)
    await asks_aloud(stage, camille, "Why does alex delete my posts?")
    await alex.says("/queue")
    await wait()
    noor.never_heard(INTRO)
    await camille.says("/ask Which bus goes to the harbour?")
    camille.hears("passed it on", "[Ask other members, too]")
    await wait()
    noor.never_heard(INTRO)
    await camille.presses("Ask other members, too")
    camille.hears("Those ready to help may be asked, too, and do not see who asks.", "[The team alone]")
    await wait()
    noor.hears(INTRO, "> Which bus goes to the harbour?")


async def test_it_is_left_and_ended(stage: BareStage, camille: Person, noor: Person, wait: Wait) -> None:
    await is_ready(noor)
    await noor.says("/mine")
    noor.hears("Ready to talk about anything until 2 June. With other members' questions.", "[Ready to talk]")
    await asks_aloud(stage, camille)
    await wait()
    await noor.presses("Not now")
    noor.hears("Fine. Somebody else may know.")
    await asks_aloud(stage, camille, "Which bus goes to the harbour?")
    await wait(days=2)
    await noor.presses("No more")
    noor.hears("Fine. No more questions of other members.")
    await asks_aloud(stage, camille, "Does the library open on Sundays?")
    await wait(days=2)
    noor.never_heard("Does the library open")
    await noor.says("/mine")
    assert "other members" not in noor.hears("Ready to talk about anything until 2 June.")


async def test_three_people_at_most_are_sent_the_same(stage: BareStage, camille: Person, wait: Wait) -> None:
    helpers = [Person(stage, f"helper {number}") for number in range(5)]
    for one in (camille, *helpers):
        await is_ready(one)
    await asks_aloud(stage, camille)
    await wait()
    await wait(days=2)
    assert sum(INTRO in str(stage.heard(one)) for one in helpers) == 3
    camille.never_heard(INTRO)


async def test_nobody_is_asked_while_a_proposed_answer_waits(
    stage: BareStage, camille: Person, noor: Person, alex: Person, wait: Wait
) -> None:
    await asks_aloud(stage, camille)
    await stage.do(alex, button=stage.token(camille, "I know the answer"), chat=OPEN)
    await alex.fills(text=SAID)
    await is_ready(noor)
    await wait()
    noor.never_heard(INTRO)


async def test_erasing_takes_what_waits_and_what_was_said(
    stage: BareStage, camille: Person, noor: Person, wait: Wait, dump: Dump
) -> None:
    await is_ready(noor)
    await asks_aloud(stage, camille)
    stage.core.clock.forward(minutes=11)  # type: ignore[attr-defined]
    await Referring(stage.core).look()
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    assert ASKED not in str(await dump())
    await stage.deliver()
    noor.never_heard(ASKED)
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")

    def left(session: Session) -> int:
        return len(session.exec(select(Readiness)).all()) + len(session.exec(select(Referral)).all())

    assert await stage.core.store.read(left) == 0


async def test_whose_answer_would_be_refused_is_sent_none(
    stage: BareStage, camille: Person, noor: Person, alex: Person, wait: Wait
) -> None:
    await is_ready(noor)
    await noor.says("/suggest A rash word")
    await alex.says("/block 1 a day Please mind the tone.")
    lea = Person(stage, "Léa")
    await is_ready(lea)
    await asks_aloud(stage, camille)
    await wait()
    noor.never_heard(INTRO)
    lea.hears(INTRO)
    await wait(days=2)
    noor.hears(INTRO)
