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


async def test_the_trusted_contacts_read_it_answer_it_and_nobody_else(
    stage: BareStage, noor: Person, sam: Person, alex: Person, camille: Person
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
    # Only who was told answers.
    token = stage.token(sam, "Answer")
    await stage.do(alex, button=token)
    alex.hears("This button is for someone else.")
    # A contact who moderates joins nothing to it.
    await camille.says("/problem The lamp by the door is broken")
    moderating = Person(stage, "sam", Role.MODERATOR)
    for asked in ("/jointo 1 2", "/jointo 2 1"):
        await moderating.says(asked)
        moderating.hears("There is no #1 that you can see here.")
    # What the contacts have is shown to the team after being asked.
    await noor.says("/visibility 1 team")
    noor.hears("#1 would be shown like this:", f"> {WORDS} noor", "Only the team can see it, with your name.")
    await noor.presses("Team only")
    await alex.says("/status 1")
    alex.hears(WORDS)


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


async def test_nobody_reads_what_names_them_or_calls_them_by_their_handle(
    stage: BareStage, noor: Person, sam: Person, robin: Person, alex: Person
) -> None:
    await robin.says("/language fr")
    await _files(noor, "LEMAIRE, the moderator, reads our messages")
    await stage.deliver()
    sam.hears("reads our messages")
    robin.never_heard("reads our messages")
    await robin.says("/status 1")
    robin.never_heard("reads our messages")
    for person, handle in ((sam, "big.boss_22"), (alex, "zed_77")):
        actor = Actor(stage.name, person.id, person.id, person.role, handle=handle)
        await stage.do(person, text="/help", actor=actor)
    await robin.says("/help")
    await _files(noor, "@Big.Boss_22 the moderator hides our mails")
    await stage.deliver()
    robin.hears("hides our mails")
    sam.never_heard("hides our mails")
    await noor.says("/problem zed_77 deletes my messages")
    noor.hears("This seems to be about a moderator or the team")
    # New words that nobody could read are not taken over.
    await _files(noor)
    await noor.says("/edit 3 Sam and Robin mocked my accent, the moderators both")
    noor.hears("Nothing was changed: Plaza has no trusted contact who could read this.")
    await noor.says("/status 3")
    noor.hears(f"> {WORDS}")


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
    # What the team has seen is not hidden from it later.
    await noor.says(f"/problem {WORDS}")
    await noor.presses("Send to the team only")
    await noor.says("/visibility 2 trusted contacts")
    noor.hears("The team has #2 already.")


async def test_a_problem_that_mentions_a_moderator_is_asked_about_and_no_tool_of_theirs(
    noor: Person, alex: Person
) -> None:
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
    # A moderator is recognised by name.
    await alex.says("/queue")
    await noor.says("/problem alex insults people every evening")
    noor.hears("This seems to be about a moderator or the team")
    await noor.presses("Send to the team only")
    noor.hears("Got it: problem #4.", "Only the team can see it, with your name.")


QUESTION = "Why does a moderator mock my accent in front of everybody?"
ANOTHER = "Why did a moderator laugh at my accent yesterday?"


async def test_a_question_about_a_moderator_is_not_put_to_the_moderators_unasked(
    stage: BareStage, noor: Person, sam: Person, alex: Person, clock: StillClock, camille: Person
) -> None:
    for number, (said, question) in enumerate(((f"/ask {QUESTION}", QUESTION), (ANOTHER, ANOTHER)), 1):
        await noor.says(said)
        noor.hears(
            "This seems to be about a moderator or the team, who would read it.", "[Send to the trusted contacts]"
        )
        clock.forward(minutes=1)
        for typed in ("/unanswered", "/digest"):
            await alex.says(typed)
        alex.never_heard("accent")
        await noor.presses("Send to the trusted contacts")
        noor.hears(f"Got it: problem #{number}.", "Only the trusted contacts can see it, with your name; not the team.")
        await stage.deliver()
        sam.hears(f"> {question} #{number}")
    # Where others read along nobody is pointed at.
    reply = await stage.do(camille, text=QUESTION, chat=Chat(stage.name, "plaza", overlooked=True))
    camille.hears("Others read along here, so nothing was kept or passed on.")
    assert "everybody" not in str(reply)
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.never_heard("accent")
    # It is put to the team by who says so.
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
