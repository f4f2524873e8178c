"""What is about a moderator or the team reaches the trusted contacts alone."""

import pytest

from bot.ports.inbound import Actor, Chat, Role
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.stage import BareStage, Person

WORDS = "A moderator mocked my accent in front of everybody"


async def _files(person: Person, text: str = WORDS, name: str = "named") -> None:
    await person.says("/problem")
    await person.fills(text=text, audience="trusted", name=name)
    if name == "nameless":
        await person.presses("Send")


async def test_the_trusted_contacts_read_it_and_the_receipt_says_so(
    stage: BareStage, noor: Person, sam: Person
) -> None:
    await _files(noor)
    noor.hears(
        "Got it: problem #1.",
        "Only the trusted contacts can see it, with your name; not the team.",
        "Read by: the trusted contacts of Plaza.",
        "If they answer, it comes here",
    )
    await stage.deliver()
    sam.hears(
        "For the trusted contacts of Plaza; the team does not see it.", f"> {WORDS} #1", "From: noor.", "[Answer]"
    )
    assert WORDS not in str(stage.staff())


async def test_no_moderator_and_no_member_finds_it(
    stage: BareStage, noor: Person, alex: Person, camille: Person
) -> None:
    await _files(noor)
    for person in (alex, camille):
        await person.says("/status 1")
        person.hears("There is no #1 that you can see here.")
        await person.says("/top")
        person.never_heard(WORDS)
    for asked in ("/queue", "/queue 1", "/queue 1 done", "/digest", "/digest now", "/area 1 Quality", "/support 1"):
        await alex.says(asked)
    await stage.deliver()
    alex.never_heard(WORDS, "accent")
    assert "accent" not in str(stage.staff())


async def test_a_contact_who_moderates_joins_nothing_to_it(stage: BareStage, noor: Person, camille: Person) -> None:
    await _files(noor)
    await camille.says("/problem The lamp by the door is broken")
    sam = Person(stage, "sam", Role.MODERATOR)
    for asked in ("/jointo 1 2", "/jointo 2 1"):
        await sam.says(asked)
        sam.hears("There is no #1 that you can see here.")


async def test_a_trusted_contact_answers_also_whoever_wrote_without_a_name(
    stage: BareStage, noor: Person, sam: Person
) -> None:
    await _files(noor, name="nameless")
    await stage.deliver()
    sam.hears(f"> {WORDS} #1000", "From: without a name.")
    sam.never_heard("noor")
    await sam.presses("Answer")
    sam.hears("What should its author read?")
    await sam.says("Can we talk on Tuesday?")
    sam.hears("It goes to the author of #1000.")
    await stage.deliver()
    noor.hears("An answer from sam to your #1000:", "> Can we talk on Tuesday?")


async def test_nobody_reads_what_names_them(stage: BareStage, noor: Person, sam: Person, robin: Person) -> None:
    await robin.says("/language fr")
    await _files(noor, "LEMAIRE, the moderator, reads our messages")
    await stage.deliver()
    sam.hears("reads our messages")
    robin.never_heard("reads our messages")
    await robin.says("/status 1")
    robin.never_heard("reads our messages")


async def test_nobody_reads_what_calls_them_by_their_handle_nor_a_moderator_what_calls_them_so(
    stage: BareStage, noor: Person, sam: Person, robin: Person, alex: Person
) -> None:
    for person, handle in ((sam, "big.boss_22"), (alex, "zed_77")):
        actor = Actor(stage.name, person.id, person.id, person.role, handle=handle)
        await stage.do(person, text="/help", actor=actor)
    await robin.says("/help")
    await _files(noor, "@Big.Boss_22 the moderator reads our messages")
    await stage.deliver()
    robin.hears("reads our messages")
    sam.never_heard("reads our messages")
    await noor.says("/problem zed_77 deletes my messages")
    noor.hears("This seems to be about a moderator or the team")


async def test_new_words_that_nobody_could_read_are_not_taken_over(
    stage: BareStage, noor: Person, sam: Person, robin: Person
) -> None:
    for person in (sam, robin):
        await person.says("/help")
    await _files(noor)
    await noor.says("/edit 1 Sam and Robin mocked my accent, the moderators both")
    noor.hears("Nothing was changed: Plaza has no trusted contact who could read this.")
    await noor.says("/status 1")
    noor.hears(f"> {WORDS}")


async def test_only_who_was_told_answers(stage: BareStage, noor: Person, sam: Person, alex: Person) -> None:
    await _files(noor)
    await stage.deliver()
    token = stage.token(sam, "Answer")
    await stage.do(alex, button=token)
    alex.hears("This button is for someone else.")


async def test_what_the_team_has_seen_is_not_hidden_from_it_later(noor: Person) -> None:
    await noor.says(f"/problem {WORDS}")
    await noor.presses("Send to the team only")
    await noor.says("/visibility 1 trusted contacts")
    noor.hears("The team has #1 already.")


async def test_what_the_contacts_have_is_shown_to_the_team_after_being_asked(noor: Person, alex: Person) -> None:
    await _files(noor)
    await noor.says("/visibility 1 team")
    noor.hears("#1 would be shown like this:", f"> {WORDS} noor", "Only the team can see it, with your name.")
    await noor.presses("Team only")
    await alex.says("/status 1")
    alex.hears(WORDS)


class TestWithoutContacts:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        plaza = settings.communities[0].model_copy(update={"trusted_contacts": ()})
        return settings.model_copy(update={"communities": (plaza,)})

    async def test_it_is_said_before_anything_is_sent(self, stage: BareStage, noor: Person, alex: Person) -> None:
        await _files(noor)
        noor.hears("Nothing was sent: Plaza has no trusted contact who could read this.", "[Send to the team only]")
        await alex.says("/queue")
        alex.hears("Nothing waits for a decision.")
        await noor.presses("Send to the team only")
        noor.hears("Got it: problem #1.", "Only the team can see it, with your name.")


async def test_words_about_a_moderator_are_noticed_before_they_are_sent(
    stage: BareStage, noor: Person, sam: Person, alex: Person
) -> None:
    await noor.says("/problem A moderator insulted me and then banned me")
    noor.hears("This seems to be about a moderator or the team, who would read it.", "[Send to the trusted contacts]")
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")
    await noor.presses("Send to the trusted contacts")
    noor.hears("Got it: problem #1.", "Only the trusted contacts can see it, with your name; not the team.")
    await stage.deliver()
    sam.hears("> A moderator insulted me and then banned me #1")


async def test_a_problem_that_mentions_a_moderator_is_asked_about_and_no_tool_of_theirs(noor: Person) -> None:
    await noor.says("/problem The moderators decide everything among themselves")
    noor.hears("This seems to be about a moderator or the team, who would read it.", "[Send to the trusted contacts]")
    await noor.says("/problem The page for moderators is slow")
    noor.hears("Got it: problem #1.")
    await noor.says("/edit 1 The moderators decide everything among themselves")
    noor.hears("Nothing was changed. This seems to be about a moderator or the team")
    await noor.says("/suggest Another moderator on Sundays")
    noor.hears("Got it: suggestion #2.")
    await noor.says("/praise The moderator is never rude")
    noor.hears("Got it: praise #3.")


QUESTION = "Why does a moderator mock my accent in front of everybody?"


@pytest.mark.parametrize("said", [f"/ask {QUESTION}", QUESTION])
async def test_a_question_about_a_moderator_is_not_put_to_the_moderators_unasked(
    stage: BareStage, noor: Person, sam: Person, alex: Person, clock: StillClock, said: str
) -> None:
    await noor.says(said)
    noor.hears("This seems to be about a moderator or the team, who would read it.", "[Send to the trusted contacts]")
    clock.forward(minutes=1)
    for typed in ("/unanswered", "/digest"):
        await alex.says(typed)
    alex.never_heard("accent")
    await noor.presses("Send to the trusted contacts")
    noor.hears("Got it: problem #1.", "Only the trusted contacts can see it, with your name; not the team.")
    await stage.deliver()
    sam.hears(f"> {QUESTION} #1")


async def test_where_others_read_along_nobody_is_pointed_at(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock
) -> None:
    reply = await stage.do(noor, text=QUESTION, chat=Chat(stage.name, "plaza", overlooked=True))
    noor.hears("Others read along here, so nothing was kept or passed on.")
    assert "everybody" not in str(reply)
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.never_heard("accent")


async def test_it_is_put_to_the_team_by_who_says_so(noor: Person, alex: Person, clock: StillClock) -> None:
    await noor.says("/ask Why was the old shed painted?")
    await noor.says(f"/ask {QUESTION}")
    await noor.presses("Ask the team all the same")
    noor.hears("I've passed it on")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("accent")


@pytest.mark.usefixtures("taught")
@pytest.mark.parametrize(("words", "pressed"), [("address", ""), ("email address", "This did not help")])
async def test_nor_is_it_once_no_answer_fits(
    noor: Person, alex: Person, clock: StillClock, words: str, pressed: str
) -> None:
    await noor.says(f"/ask how do I change my {words}, rude staff")
    if pressed:
        await noor.presses(pressed)
    noor.hears("This seems to be about a moderator or the team", "[Ask the team all the same]")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.never_heard("rude")
    await noor.presses("Ask the team all the same")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("rude")


async def test_a_moderator_is_recognised_by_name(noor: Person, alex: Person) -> None:
    await alex.says("/queue")
    await noor.says("/problem alex insults people every evening")
    noor.hears("This seems to be about a moderator or the team")
    await noor.presses("Send to the team only")
    noor.hears("Got it: problem #1.", "Only the team can see it, with your name.")
