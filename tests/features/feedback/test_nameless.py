"""Without a name: the preview first, then Send, Edit or Cancel; the receipt says what was chosen."""

import secrets
from typing import Any

import pytest
from sqlmodel import select

from bot.ports.inbound import Actor, Chat, File, Inbound
from bot.ports.reply import Reply
from storage.items import attachments
from storage.models import Feedback
from tests.pictures import png
from tests.stage import BareStage, Person
from tests.storage.rows import NOON

AMONG_OTHERS = Chat("bare", "plaza", overlooked=True)


async def test_a_nameless_suggestion_can_be_edited_too(noor: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text="Pay, erly", audience="everyone", name="nameless")
    await noor.presses("Edit")
    await noor.says("Pay early")
    noor.hears("Without your name.", "> Pay early")


async def test_sending_twice_files_once(noor: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.presses("Send")
    noor.hears("This draft is gone: it was sent, cancelled, or is older than a day.")


async def test_an_area_chosen_in_the_form_survives_the_preview(noor: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", area="Quality", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.says("/status 1000")
    noor.hears("Area: Quality")


async def test_the_author_still_finds_it_among_their_own(noor: Person, camille: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.says("/mine")
    noor.hears("#1000 I am paid late · received")
    await camille.says("/mine")
    camille.hears("Nothing of yours yet.")


async def test_the_preview_says_that_a_name_once_shown_was_seen(noor: Person) -> None:
    await noor.says("/suggest Pay early")
    await noor.presses("Without my name")
    noor.hears("seen")


async def test_a_draft_can_still_be_cancelled_while_it_is_edited(noor: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text="Pay, erly", audience="everyone", name="nameless")
    await noor.presses("Edit")
    await noor.presses("Cancel")
    noor.hears("Nothing was sent, and the draft is gone.")


async def _files_nameless(noor: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")


async def _does(stage: BareStage, person: Person, chat: Chat = AMONG_OTHERS, **what: Any) -> Reply | None:
    actor = Actor("bare", person.id, person.id, person.role, person.language)
    return await stage.receive(person, Inbound(id=secrets.token_hex(8), actor=actor, chat=chat, at=NOON, **what))


async def test_new_words_typed_where_others_read_along_are_not_taken_over_without_a_name(
    stage: BareStage, noor: Person
) -> None:
    await _files_nameless(noor)
    reply = await _does(stage, noor, text="/edit 1000 My rent is due", addressed=True)
    noor.hears("#1000 is without a name", "private chat")
    assert reply is not None
    assert reply.hush
    await noor.says("/status 1000")
    noor.hears("> I am paid late")


async def test_new_words_answered_where_others_read_along_are_not_taken_over_either(
    stage: BareStage, noor: Person
) -> None:
    await _files_nameless(noor)
    await _does(stage, noor, text="/edit 1000", addressed=True)
    await _does(stage, noor, text="My rent is due", addressed=True)
    noor.hears("#1000 is without a name", "private chat")
    await noor.says("/status 1000")
    noor.hears("> I am paid late")


async def test_a_message_edited_where_others_read_along_gives_a_nameless_item_no_new_words(
    stage: BareStage, noor: Person
) -> None:
    await _does(stage, noor, Chat("bare", "plaza"), text="/suggest Pay early", addressed=True, message="m1")
    await noor.presses("Without my name")
    await noor.presses("Take my name off")
    await _does(stage, noor, text="/suggest Pay my rent", edited=True, addressed=True, message="m1")
    noor.hears("#1 is without a name", "private chat")


async def test_new_words_for_a_named_item_may_be_typed_where_others_read_along(stage: BareStage, noor: Person) -> None:
    await noor.says("/suggest Pay early")
    await _does(stage, noor, text="/edit 1 Pay earlier", addressed=True)
    noor.hears("#1 now reads:", "> Pay earlier")


async def test_new_words_for_a_nameless_item_are_taken_in_private(noor: Person) -> None:
    await _files_nameless(noor)
    await noor.says("/edit 1000 Pay is late")
    noor.hears("#1000 now reads:", "> Pay is late")


@pytest.mark.parametrize("typed", ["/suggest Pay early", "/problem Pay early"])
async def test_an_item_with_a_file_keeps_its_name(stage: BareStage, noor: Person, typed: str) -> None:
    picture = File("pay slip.png", "image/png", png())
    await _does(stage, noor, Chat("bare", "plaza"), text=typed, addressed=True, attachments=(picture,))
    await noor.says("/visibility 1 nameless")
    noor.hears("A file can give its author away, and #1 has one")
    (item,) = await stage.core.store.read(lambda session: session.exec(select(Feedback)).all())
    assert item.author_hash is None


async def test_a_file_is_noticed_also_by_a_button_pressed_late(stage: BareStage, noor: Person) -> None:
    await noor.says("/suggest Pay early")
    await noor.presses("Without my name")
    await stage.core.store.write(lambda session: attachments.add(session, 1, "a.png", "image/png", b"png"))
    await noor.presses("Take my name off")
    noor.hears("A file can give its author away, and #1 has one")
