"""Who takes care of an item until when, and what the team notes: all of it is the team's alone."""

import json

import pytest
from sqlmodel import Session, select

from bot.ports.inbound import ALL_PLACES, Actor, Role
from storage.items import feedback
from storage.items.desk import ownership
from storage.models import Feedback, History, Member
from storage.people import communities, members
from storage.privacy import erasure
from storage.vocabulary import Action
from tests.clock import StillClock
from tests.features.moderation.speaking import namelessly
from tests.stage import PLATFORM, BareStage, Person


@pytest.fixture
async def filed(camille: Person) -> None:
    await camille.says("/suggest Sunday opening")


@pytest.fixture
def omar(stage: BareStage) -> Person:
    return Person(stage, "omar", Role.MODERATOR)


async def _entries(stage: BareStage, action: Action) -> list[History]:
    def job(session: Session) -> list[History]:
        return list(session.exec(select(History).where(History.action == action).order_by("id")))

    return await stage.core.store.read(job)


@pytest.mark.usefixtures("filed")
async def test_one_press_takes_it_and_gives_it_back_and_what_another_took_is_not_taken_unseen(
    alex: Person, omar: Person
) -> None:
    await alex.says("/queue")
    await alex.presses("I take it")
    alex.hears("alex takes care of #1 now.", "Taken care of by: you yourself", "[Give it back]")
    await alex.presses("Give it back")
    heard = alex.hears("Nobody takes care of #1 now.", "[I take it]")
    assert "Taken care of by" not in heard
    await alex.says("/assign 1 ...")
    alex.hears("Who takes care of #1?")
    await alex.says("/queue")
    await omar.says("/assign 1 me")
    await alex.presses("I take it")
    alex.hears("Meanwhile omar takes care of #1.", "Taken care of by: omar")
    await alex.presses("I take it")
    alex.hears("alex takes care of #1 now.")


NAMED = (
    ("Support", "Support"),
    ("  The   Delivery team ", "The Delivery team"),
    ("me", "alex"),
    ("moi", "alex"),
    ("<@123456>", "Omar B."),
    ("123456", "Omar B."),
)


@pytest.mark.usefixtures("filed")
async def test_a_team_or_a_person_of_the_staff_is_named(alex: Person, stage: BareStage) -> None:
    await _moderates(stage, Role.MEMBER)
    await alex.says("/assign 1 <@123456>")
    heard = alex.hears("#1 can be taken care of by a moderator of Plaza, or by a team, whose name is enough.")
    assert "Omar" not in heard
    await _moderates(stage)
    for typed, shown in NAMED:
        await alex.says(f"/assign 1 {typed}")
        beside = "you yourself" if shown == "alex" else shown
        alex.hears(f"{shown} takes care of #1 now.", f"Taken care of by: {beside}")
        await alex.says("/confier 1 personne")
        alex.hears("Nobody takes care of #1 now.")


async def _moderates(stage: BareStage, role: Role = Role.MODERATOR) -> None:
    """Somebody with an account number, who used the bot here."""
    day = stage.core.clock.now().date()
    await stage.core.store.write(lambda session: members.resolve_id(session, PLATFORM, "123456", "Omar B.", day))
    actor = Actor(PLATFORM, "123456", "Omar B.", role)
    await stage.do(Person(stage, "123456", role), actor=actor, text="/help")


TOLD: tuple[tuple[dict[str, Role], bool], ...] = (
    ({"plaza": Role.MODERATOR}, True),
    ({"elsewhere": Role.STAFF}, False),
    ({}, False),
    ({ALL_PLACES: Role.STAFF}, True),
)


@pytest.mark.usefixtures("filed")
async def test_the_platform_tells_who_moderates_here(alex: Person, stage: BareStage) -> None:
    async def present(_: str, __: str) -> bool:
        return True

    await _moderates(stage)
    await stage.core.store.write(_set_up)
    for told, allowed in TOLD:

        async def roles(account: str, told: dict[str, Role] = told) -> dict[str, Role]:
            return told if account == "123456" else {}

        stage.core.presence.register(PLATFORM, present, roles)
        await alex.says("/assign 1 nobody")
        await alex.says("/assign 1 <@123456>")
        heard = alex.hears("Omar B. takes care of #1 now." if allowed else "#1 can be taken care of by a moderator")
        assert ("Omar" in heard) is allowed, told


def _set_up(session: Session) -> None:
    communities.join_place(session, communities.every(session)[0].id, PLATFORM, "plaza", staff=False)


@pytest.mark.usefixtures("filed")
async def test_whom_the_bot_has_not_met_cannot_be_named(alex: Person) -> None:
    await alex.says("/assign 1 <@999999>")
    alex.hears("The bot has not met this person yet")
    await alex.says(f"/assign 1 {'x' * 41}")
    alex.hears("A team's name has 1 to 40 characters.")
    await alex.says("/assign 1")
    alex.hears("Who takes care of #1?", "[I take it] [Nobody]")
    await alex.says("Support")
    alex.hears("Support takes care of #1 now.")


DUE = {
    "friday": "6 March",
    "in 2 weeks": "18 March",
    "2026-12-04": "4 December",
    "dans un mois": "4 April",
    "vendredi": "6 March",
    "2027-01-02": "2 January 2027",
}


@pytest.mark.usefixtures("filed")
async def test_a_due_date_is_read_in_both_languages_and_what_is_no_day_to_come_is_said(alex: Person) -> None:
    for typed, shown in DUE.items():
        await alex.says(f"/due 1 {typed}")
        alex.hears(f"#1 is due on {shown}.", f"Due: {shown}")
        await alex.says("/echeance 1 aucune")
        alex.hears("#1 has no due date now.")
    for typed in ("2020-01-01", "yesterday", "31 February", "soon", "in 500 weeks"):
        await alex.says(f"/due 1 {typed}")
        alex.hears(f"“{typed}” is no day to come that can be read here.")


@pytest.mark.usefixtures("filed")
async def test_it_is_pressed_too_and_kept_with_its_history(alex: Person, omar: Person) -> None:
    await alex.says("/queue 1")
    await alex.presses("More actions")
    await alex.presses("Due date")
    await alex.presses("In a week")
    alex.hears("#1 is due on 11 March.")
    await omar.says("/assign 1 Support")
    await omar.says("/note 1 The town pays half.")
    omar.hears("Noted on #1, for the team only.", "Note of 4 March, omar:", "> The town pays half.")
    await alex.says("/queue 1")
    await alex.presses("More actions")
    await alex.presses("What was noted")
    alex.hears("> The town pays half.", "4 March: due 11 March · alex", "4 March: taken care of by Support · omar")


@pytest.mark.usefixtures("filed")
async def test_members_see_none_of_it_and_a_note_is_in_the_copy_of_who_wrote_it_alone(
    camille: Person, noor: Person, alex: Person, stage: BareStage
) -> None:
    await alex.says("/assign 1 MARKTEAM")
    await alex.says("/due 1 friday")
    await alex.says("/note 1 MARKNOTE")
    await alex.says("/queue 1 planned")
    await stage.deliver()
    for person in (camille, noor):
        await person.says("/status 1")
        await person.says("/mine")
        await person.says("/note 1 Mine")
        person.never_heard("MARK", "6 March", "Noted")
    for person, has in ((camille, False), (alex, True)):
        await person.says("/mydata")
        assert ("MARKNOTE" in json.dumps([str(one) for one in _documents(person)])) is has


def _documents(person: Person) -> list[bytes]:
    stage = person.stage
    assert isinstance(stage, BareStage)
    return [block.content for reply in stage._shown[person.id] for block in reply.blocks if block.block == "document"]


async def test_on_their_own_nameless_item_a_moderator_is_not_named(alex: Person, stage: BareStage) -> None:
    await namelessly(stage, alex, "A quiet room")
    await alex.says("/assign 1000 Support")
    await alex.says("/due 1000 friday")
    await alex.says("/note 1000 Ask the owner")
    for action in (Action.OWNED, Action.DUE, Action.NOTED):
        (entry,) = await _entries(stage, action)
        assert entry.actor_id is None
        assert entry.at.hour == 23  # The beginning of the day in Paris.


@pytest.mark.usefixtures("filed")
async def test_erasing_a_person_takes_their_name_and_notes_off(alex: Person, stage: BareStage) -> None:
    await alex.says("/assign 1 me")
    await alex.says("/note 1 MARKNOTE")

    def erase(session: Session) -> tuple[Feedback | None, Member | None]:
        found = members.find(session, PLATFORM, "alex")
        assert found
        own = found.id
        erasure.erase_person(session, own, ["some mark"])
        session.expire_all()
        return feedback.by_number(session, communities.every(session)[0].id, 1), session.get(Member, own)

    item, gone = await stage.core.store.write(erase)
    assert gone is None
    assert item
    assert (item.owner_id, item.text) == (None, "Sunday opening")
    assert [entry.note for entry in await _entries(stage, Action.NOTED)] == [""]


async def test_what_one_takes_care_of_is_found_what_is_due_first(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    for words in ("Sunday opening", "A dark theme", "A quiet room", "More lamps"):
        await camille.says(f"/suggest {words}")
        clock.forward(minutes=1)
    for number in (1, 2, 3):
        await alex.says(f"/assign {number} me")
    await alex.says("/due 3 friday")
    await alex.says("/queue 1 done")

    def mine(session: Session) -> list[int]:
        found = members.find(session, PLATFORM, "alex")
        assert found
        return [one.number for one in ownership.owned_by(session, communities.every(session)[0].id, found.id, 10)]

    assert await stage.core.store.read(mine) == [3, 2]
