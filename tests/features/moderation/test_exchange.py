"""The exchange between the team and an item's author: who may read, ask and answer, and what ends it."""

import json

import pytest
from sqlmodel import select

from bot.ports.inbound import Chat, File
from storage.models import History
from storage.vocabulary import Action
from tests.clock import StillClock
from tests.features.moderation.speaking import PAUSE, namelessly
from tests.stage import PLATFORM, BareStage, Person, let_in

NEWS = "#1 is now resolved.\n> The hall is cold"


async def _reply_alone(stage: BareStage, person: Person, text: str, quoted: str) -> None:
    """Write in one's private chat, in reply to a message of the bot's."""
    await let_in(stage.core, PLATFORM, person.id, person.id)
    await stage.do(person, text=text, quoted=quoted, chat=Chat(PLATFORM, person.id, private=True))


async def test_a_reply_to_the_news_reaches_the_team_and_one_to_anything_else_is_a_question(
    camille: Person, noor: Person, alex: Person, stage: BareStage
) -> None:
    await camille.says("/problem The hall is cold")
    for quoted in (NEWS.replace("#1", "#9"), "#1 or #2?", "Nothing new"):
        await _reply_alone(stage, camille, "When does it open?", quoted)
        await stage.deliver()
        assert "The team reads this" not in camille.hears(), quoted
    await alex.says("/queue 1 done")
    await _reply_alone(stage, noor, "When does it open?", NEWS)
    noor.hears("I've passed it on")
    await stage.do(camille, text="Where is the moon base?", chat=Chat(PLATFORM, "plaza", overlooked=True))
    assert "a word to the team" not in camille.hears("I've passed it on"), "nothing is offered where others read"
    await _reply_alone(stage, camille, "No, it is still cold", NEWS)
    camille.hears("The team reads this with #1.")
    await stage.deliver()
    assert "The author of #1, which is resolved, writes:\n> No, it is still cold" in stage.staff()[-1]


@pytest.mark.parametrize("done", ["/askauthor 1 Which hall?", "/queue 1 done"])
async def test_what_is_typed_in_private_days_later_can_be_sent_with_the_item(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock, done: str
) -> None:
    await camille.says("/problem The hall is cold")
    await alex.says(done)
    await stage.deliver()
    clock.forward(days=3)
    await _reply_alone(stage, camille, "The big one, it is still cold", "")
    camille.hears("I've passed it on", "Or is it a word to the team?", "[Send it with #1: The hall is cold]")
    await camille.presses("Send it with #1: The hall is cold")
    camille.hears("The team reads this with #1.")
    await camille.presses("Send it with #1: The hall is cold")
    camille.hears("This question does not wait any more")
    await stage.deliver()
    (told,) = stage.staff()
    assert "> The big one, it is still cold" in told
    clock.forward(minutes=2)
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")


async def test_what_a_blocked_author_may_not_send_waits_on_as_a_question(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await camille.says("/problem The hall is cold")
    await alex.says("/queue 1 done")
    await alex.says("/block 1 week No.")
    await _reply_alone(stage, camille, "Is it still cold in there?", "")
    await camille.presses("Send it with #1: The hall is cold")
    camille.hears(PAUSE)
    clock.forward(minutes=2)
    await alex.says("/unanswered")
    alex.hears("Is it still cold in there?")


async def test_nothing_nameless_is_offered_nor_below_what_was_asked_as_a_question(
    noor: Person, alex: Person, stage: BareStage
) -> None:
    await namelessly(stage, noor, "I am paid late")
    await alex.says("/askauthor 1000 Since when?")
    await stage.deliver()
    await _reply_alone(stage, noor, "Where is the moon base?", "")
    assert "a word to the team" not in noor.hears("I've passed it on")
    await noor.says("/suggest A bench")
    await alex.says("/askauthor 1 Where?")
    await _reply_alone(stage, noor, "/ask Where is the moon base?", "")
    assert "a word to the team" not in noor.hears("I've passed it on")


async def test_a_nameless_author_does_not_answer_where_others_read_and_sends_no_file(
    noor: Person, alex: Person, stage: BareStage
) -> None:
    await namelessly(stage, noor, "I am paid late")
    await alex.says("/askauthor 1000 Since when?")
    await stage.deliver()
    await noor.presses("Answer")
    await stage.do(noor, text="Since May", chat=Chat(PLATFORM, "plaza", overlooked=True))
    noor.hears("#1000 is without a name, and others read along here.")
    await noor.presses("Answer")
    await stage.do(noor, text="Look", attachments=(File("slip.txt", "text/plain", b"May"),))
    noor.hears("A file can give its author away, so nothing was kept.")
    await stage.deliver()
    assert stage.staff() == []


async def test_a_blocked_author_who_is_asked_may_answer_once_asked(
    camille: Person, alex: Person, stage: BareStage
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/block 1 week No.")
    await alex.says("/askauthor 1 All day?")
    await stage.deliver()
    await camille.presses("Answer")
    await camille.fills(text="The morning")
    camille.hears("The team reads this with #1.")
    await camille.presses("Answer")
    await camille.fills(text="Or the evening")
    camille.hears(PAUSE)


async def test_nobody_is_asked_about_what_was_erased_or_the_trusted_contacts_read(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await alex.says("/askauthor 1 All day?")
    alex.hears("Nobody is known to have written #1.")
    await noor.says("/problem I want to die")
    await alex.says("/askauthor 2 Why?")
    alex.hears("There is no #2 that you can see here.")


async def _copy(stage: BareStage, person: Person) -> str:
    reply = await stage.do(person, command="mydata")
    assert reply is not None
    (document,) = (block for block in reply.blocks if hasattr(block, "content"))
    return json.dumps(json.loads(document.content), ensure_ascii=False)


async def test_the_digest_leaves_out_what_waits_for_its_author(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/digest")
    alex.hears("1 thing waits for a decision")
    await alex.says("/askauthor 1 All day?")
    await alex.says("/digest")
    assert "To decide" not in alex.hears()
    clock.forward(days=15)
    await alex.says("/digest")
    alex.hears("To decide")


async def test_files_come_with_an_answer_where_the_team_alone_sees_them(
    camille: Person, alex: Person, stage: BareStage
) -> None:
    for number, audience in enumerate(("everyone", "team"), 1):
        await stage.do(camille, command="problem", args={"text": f"The hall is cold {number}", "audience": audience})
        if "Send it anyway" in stage.heard(camille)[-1]:
            await camille.presses("Send it anyway")
        await alex.says(f"/askauthor {number} How cold?")
        await stage.deliver()
        await camille.presses("Answer")
        await stage.do(camille, text="Look", attachments=(File("cold.txt", "text/plain", b"14 degrees"),))
        if audience == "everyone":
            camille.hears("Everyone who sees #1 would see the file too, so nothing was kept.")
    camille.hears("The team reads this with #2.")
    await stage.deliver()
    assert "> Look\nWith 1 file.\n" in stage.staff()[-1]
    await alex.says("/queue 2")
    alex.hears("cold.txt")


async def test_the_author_alone_answers_what_has_words_and_who_is_erased_takes_them_along(
    camille: Person, noor: Person, alex: Person, stage: BareStage
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/askauthor 1 ?")
    alex.hears("What should the author of #1 be asked?")
    await alex.says("...")
    alex.hears("What should the author of #1 be asked?")
    await alex.says("All day?")
    alex.hears("The author of #1 is asked.")
    await stage.deliver()
    await stage.do(noor, button=stage.token(camille, "Answer"))
    noor.hears("Only the author of #1 can change it.")
    await camille.presses("Answer")
    await camille.fills(text="The morning")
    copied = await _copy(stage, camille)
    assert "The morning" in copied
    assert "All day?" in copied
    await alex.says("/forgetme")
    await alex.presses("Erase everything about me")
    await camille.says("/status 1")
    assert "All day?" not in camille.hears("The morning")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await stage.deliver()
    assert "The morning" not in "".join(stage.staff())
    await alex.says("/queue 1")
    assert "The morning" not in alex.hears("were erased")


async def test_a_name_taken_off_later_is_off_the_answers_too(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await stage.do(camille, command="problem", args={"text": "The hall is cold"}, chat=Chat(PLATFORM, "camille"))
    await alex.says("/askauthor 1 How cold?")
    await stage.deliver()
    clock.forward(minutes=7)
    await camille.presses("Answer")
    await camille.fills(text="14 degrees")
    await camille.says("/visibility 1 team nameless")
    await camille.presses("Take my name off")
    replied = await stage.core.store.read(
        lambda session: session.exec(select(History).where(History.action == Action.REPLIED)).one()
    )
    assert (replied.actor_id, replied.at.minute) == (None, 0)
    await camille.says("/status 1")
    camille.hears("> How cold?", "> 14 degrees")
