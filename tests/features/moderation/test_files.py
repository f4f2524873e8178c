"""The files of an item go to whoever presses for them alone, also in the team's place, and in several messages."""

from sqlmodel import Session

from bot.commands import buttons
from bot.ports.inbound import Chat
from bot.ports.reply import Button, Document, Reply
from storage.items import attachments
from tests.stage import PLATFORM, BareStage, Person

STAFF = Chat(PLATFORM, "staff", staff=True, overlooked=True)
LARGE = b"%PDF-1.7" + bytes(5_000_000)


async def handed(stage: BareStage, who: Person, **more: object) -> Reply:
    pressed = Button("", "files", {"number": "1"})
    token = buttons.sign(stage.core.store.keys, pressed, None, stage.core.clock.now(), 1)
    reply = await stage.do(who, button=token, **more)
    assert reply
    return reply


async def with_files(stage: BareStage, author: Person, *names: str) -> None:
    await author.says("/problem The ramp is broken")

    def job(session: Session) -> None:
        for name in names:
            attachments.add(session, 1, name, "application/pdf", LARGE)

    await stage.core.store.write(job)


def documents(reply: Reply) -> list[str]:
    return [block.name for block in reply.blocks if isinstance(block, Document)]


async def test_they_go_to_who_pressed_alone_in_several_messages_and_to_nobody_who_may_not_see_the_item(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    await with_files(stage, camille, "one.pdf", "two.pdf")
    assert documents(await handed(stage, noor)) == []
    noor.hears("There is no #1 that you can see here.")
    reply = await handed(stage, alex, chat=STAFF)
    assert (reply.private, documents(reply)) == (True, ["one.pdf"])
    await alex.presses("More files")
    alex.hears("#1 two.pdf (5 MB)")
