"""Without a name: the preview first, then Send, Edit or Cancel; the receipt says what was chosen."""

import secrets
from typing import Any

from sqlmodel import select

from bot.ports.inbound import Actor, Chat, File, Inbound
from bot.ports.reply import Reply
from storage.items import attachments
from storage.models import Feedback
from tests.pictures import png
from tests.stage import BareStage, Person
from tests.storage.rows import NOON

AMONG_OTHERS = Chat("bare", "plaza", overlooked=True)


async def test_a_draft_can_be_edited_cancelled_and_is_sent_once(noor: Person, camille: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text="Pay, erly", audience="everyone", name="nameless")
    await noor.presses("Edit")
    await noor.says("Pay early")
    noor.hears("Without your name.", "> Pay early")
    # A draft can still be cancelled while it is edited.
    await noor.says("/suggest")
    await noor.fills(text="Pay, erly", audience="everyone", name="nameless")
    await noor.presses("Edit")
    await noor.presses("Cancel")
    noor.hears("Nothing was sent, and the draft is gone.")
    # An area chosen in the form survives the preview.
    await noor.says("/problem")
    await noor.fills(text="I am paid late", area="Quality", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.says("/status 1000")
    noor.hears("Area: Quality")
    await noor.presses("Send")
    noor.hears("This draft is gone: it was sent, cancelled, or is older than a day.")
    # The author still finds it among their own.
    await noor.says("/mine")
    noor.hears("#1000 I am paid late · received")
    await camille.says("/mine")
    camille.hears("Nothing of yours yet.")
    # The preview says that a name once shown was seen.
    await noor.says("/suggest Pay early")
    await noor.presses("Without my name")
    noor.hears("seen")


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
    await _does(stage, noor, text="/edit 1000", addressed=True)
    await _does(stage, noor, text="My rent is due", addressed=True)
    noor.hears("#1000 is without a name", "private chat")
    await noor.says("/status 1000")
    noor.hears("> I am paid late")
    # In private they are.
    await noor.says("/edit 1000 Pay is late")
    noor.hears("#1000 now reads:", "> Pay is late")
    # A message edited where others read along gives a nameless item no new words.
    await _does(stage, noor, Chat("bare", "plaza"), text="/suggest Pay early", addressed=True, message="m1")
    await noor.presses("Without my name")
    await noor.presses("Take my name off")
    await _does(stage, noor, text="/suggest Pay my rent", edited=True, addressed=True, message="m1")
    noor.hears("#1 is without a name", "private chat")
    # New words for a named item may be typed where others read along.
    await noor.says("/suggest A bench")
    await _does(stage, noor, text="/edit 2 A long bench", addressed=True)
    noor.hears("#2 now reads:", "> A long bench")


async def test_an_item_with_a_file_keeps_its_name(stage: BareStage, noor: Person) -> None:
    picture = File("pay slip.png", "image/png", png())
    for number, typed in enumerate(("/suggest Pay early", "/problem The rent is due"), 1):
        await _does(stage, noor, Chat("bare", "plaza"), text=typed, addressed=True, attachments=(picture,))
        await noor.says(f"/visibility {number} nameless")
        noor.hears(f"A file can give its author away, and #{number} has one")
    items = await stage.core.store.read(lambda session: session.exec(select(Feedback.author_hash)).all())
    assert items == [None, None]
    # A file is noticed also by a button pressed late.
    await noor.says("/suggest A bench")
    await noor.presses("Without my name")
    await stage.core.store.write(lambda session: attachments.add(session, 3, "a.png", "image/png", b"png"))
    await noor.presses("Take my name off")
    noor.hears("A file can give its author away, and #3 has one")
