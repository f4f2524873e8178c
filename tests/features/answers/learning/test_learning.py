"""An answer that is kept: under the team's words, or under its asker's, which go when they are erased."""

import pytest
from sqlmodel import Session, select

from bot.knowledge.library import made_id
from bot.ports.inbound import Actor, Chat, Inbound, Means, Role
from bot.ports.plain import plain
from bot.ports.reply import Ask, Reply, buttons_of
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Answer, Phrasing, Prompt
from storage.people import communities
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person

pytestmark = pytest.mark.usefixtures("taught")
MINE = "I am Camille Dupont of 3 rue du Port, where is my parcel 4711?"
OURS = "Where is a parcel?"
ANSWER = "Ask at the desk, with its number."
KEPT = "Kept. The bot gives this answer from now on."


async def answers(alex: Person, clock: StillClock, asked: str = MINE) -> None:
    """The first question that waits is answered."""
    clock.forward(minutes=1)
    await alex.says(f"/answer {ANSWER}")
    [first, *_] = [label for label in labels(alex) if label.startswith("Answer: ")]
    await alex.presses(first)
    alex.hears(asked)


def labels(alex: Person) -> list[str]:
    assert isinstance(alex.stage, BareStage)
    shown = alex.stage._shown[alex.id][-1]
    return [button.label for block in shown.blocks for button in buttons_of(block)]


async def ways(stage: BareStage) -> list[str]:
    return list(await stage.core.store.read(lambda session: session.exec(select(Phrasing.text)).all()))


async def erases(person: Person) -> None:
    await person.says("/forgetme")
    await person.presses("Erase everything about me")


async def test_the_team_s_own_words_are_kept_in_place_of_the_asker_s(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MINE)
    await answers(alex, clock)
    await alex.presses("Keep the answer")
    [ask] = [block for block in stage._shown[alex.id][-1].blocks if isinstance(block, Ask)]
    assert (ask.fields, ask.values["text"]) == (("text",), MINE), "the words are filled in where there is a form"
    # Where there is none, they are shown beside the button.
    await stage.do(alex, button=stage.token(alex, "Keep the answer"), means=Means(forms=False))
    alex.hears(f"It was asked like this: “{MINE}”", "[As it is]")
    await alex.says(OURS)
    alex.hears(KEPT)
    assert OURS in await ways(stage)
    assert MINE not in await ways(stage)
    await noor.says(OURS)
    noor.hears(ANSWER)
    await erases(camille)
    await noor.says(OURS)
    noor.hears(ANSWER)


async def test_words_kept_as_they_were_go_with_their_asker_and_the_answer_with_them(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MINE)
    await answers(alex, clock)
    await alex.presses("Keep the answer")
    await alex.presses("As it is")
    await noor.says(MINE)
    noor.hears(ANSWER)
    await erases(camille)
    camille.hears("nothing stored here leads to you any more")
    assert MINE not in await ways(stage)
    assert ANSWER not in await stage.core.store.read(lambda session: session.exec(select(Answer.text)).all())
    await noor.says(MINE)
    assert ANSWER not in noor.hears("passed it on")


async def test_the_same_words_typed_again_are_the_asker_s_all_the_same(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MINE)
    await answers(alex, clock)
    await alex.presses("Keep the answer")
    await alex.fills(text=f" {MINE.upper()} ")
    await erases(camille)
    assert MINE.upper() not in await ways(stage)


async def test_an_answer_that_can_be_asked_for_otherwise_stays_when_an_asker_is_erased(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    own = [Entry(made_id(MINE), (OURS,), "Nowhere.", "en")]

    def teach(session: Session) -> None:
        knowledge.add(session, communities.every(session)[0].id, own)

    await stage.core.store.write(teach)
    await camille.says(MINE)
    if "None of these" in camille.hears():
        await camille.presses("None of these")
    await answers(alex, clock)
    await alex.presses("Keep the answer")
    await alex.presses("As it is")
    assert {MINE, OURS} <= set(await ways(stage))
    await erases(camille)
    assert MINE not in await ways(stage)
    assert OURS in await ways(stage)
    assert ANSWER in await stage.core.store.read(lambda session: session.exec(select(Answer.text)).all())


async def test_words_that_come_back_from_a_file_are_still_their_asker_s(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MINE)
    await answers(alex, clock)
    await alex.presses("Keep the answer")
    await alex.presses("As it is")
    again = [Entry(made_id(MINE), (MINE, OURS), "At the new desk.", "en")]
    await stage.core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, again))
    await erases(camille)
    assert MINE not in await ways(stage)
    assert OURS in await ways(stage)


async def test_what_its_asker_took_back_meanwhile_is_not_kept(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    for person in (camille, noor):
        await stage.do(person, text=MINE, message=person.id)
        await answers(alex, clock)
        await alex.presses("Keep the answer")
        if person is camille:
            await erases(camille)
        else:
            await stage.do(noor, text="Who repairs zebra saddles?", message="noor", edited=True)
        for way in ("As it is", "Keep the answer"):
            await alex.presses(way)
            alex.hears("This answer can no longer be kept: its question was changed, or erased.")
        assert MINE not in await ways(stage)


async def test_a_question_without_words_finds_nothing_and_is_not_kept(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MINE)
    await answers(alex, clock)
    await alex.presses("Keep the answer")
    await alex.fills(text="🎉")
    alex.hears("A question is found by its words: a few are needed.")
    await alex.presses("As it is")
    alex.hears(KEPT)


class Team:
    """Two moderators in the staff's place, where both see what either is shown."""

    def __init__(self, stage: BareStage, clock: StillClock) -> None:
        self.stage, self.clock = stage, clock

    async def does(self, who: str, **what: str) -> Reply:
        chat = Chat(PLATFORM, "staff", staff=True, overlooked=True, own=who)
        actor = Actor(PLATFORM, who, who, Role.STAFF, "en")
        own = f"staff-{next(self.stage._events)}"
        reply = await self.stage.app.handle(Inbound(own, actor, chat, self.clock.now(), **what))  # type: ignore[arg-type]
        assert reply is not None
        return reply


def token(reply: Reply, label: str) -> str:
    buttons = [button for block in reply.blocks for button in buttons_of(block)]
    return next(button.token for button in buttons if button.label.startswith(label))


async def test_in_the_staff_s_place_any_of_them_keeps_the_answer_and_the_next_hears_that_it_is(
    stage: BareStage, camille: Person, clock: StillClock
) -> None:
    await camille.says(MINE)
    clock.forward(minutes=1)
    team = Team(stage, clock)
    listed = await team.does("alex", text=f"/answer {ANSWER}")
    answered = await team.does("sam", button=token(listed, "Answer"))
    assert "1 person will be told." in plain(answered)
    keep = token(answered, "Keep the answer")
    asked = await team.does("bo", button=keep)
    assert KEPT in plain(await team.does("alex", button=token(asked, "As it is")))
    assert "This answer was kept already" in plain(await team.does("sam", button=keep))


async def test_another_community_s_team_does_not_keep_it(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MINE)
    await answers(alex, clock)

    def move(session: Session) -> None:
        other = communities.ensure(session, "other", "Other", "en", "UTC", clock.now())
        kept = session.exec(select(Prompt)).one()
        communities.join_place(session, kept.community_id or 0, PLATFORM, "plaza", staff=False)
        kept.community_id = other.id

    await stage.core.store.write(move)
    await alex.presses("Keep the answer")
    alex.hears("This answer was kept already, or is older than a day.")


async def test_it_is_kept_within_a_day_or_not_at_all(camille: Person, alex: Person, clock: StillClock) -> None:
    await camille.says(MINE)
    await answers(alex, clock)
    clock.forward(days=1, minutes=1)
    await alex.presses("Keep the answer")
    alex.hears("This answer was kept already, or is older than a day.")
