"""A moderator has a person erased who asked for it, and learns nothing of what they wrote without a name."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from sqlmodel import Session, select

from bot.ports.inbound import Actor, Chat, Inbound, Role, Said
from storage.models import Feedback
from tests.features.wanderers import FORUM, PLAZA, Somebody
from tests.stage import BareStage, Person

Dump = Callable[[], Awaitable[dict[str, list[dict[str, Any]]]]]
WORDS = "quincunx"
SURE = "Erase, as they asked"


async def erases(moderator: Person, account: str = "noor") -> str:
    await moderator.says(f"/erase {account}")
    await moderator.presses(SURE)
    return moderator.stage.heard(moderator)[-1]


async def nameless(person: Person) -> None:
    await person.says("/problem")
    await person.fills(text=f"A nameless {WORDS}", audience="everyone", name="nameless")
    await person.presses("Send")


async def test_it_asks_once_and_erases_what_had_a_name(noor: Person, camille: Person, dump: Dump, alex: Person) -> None:
    # Members may not.
    await camille.says("/erase noor")
    camille.hears("This is for moderators.")
    # Without a person it says how to name one.
    await alex.says("/erase")
    alex.hears("Whose data?")
    await alex.says("/erase alex")
    alex.hears("/forgetme")
    # It asks once and erases what had a name.
    await noor.says(f"/suggest A {WORDS}")
    await noor.says(f"/ask Where is the {WORDS}?")
    await alex.says("/erase noor")
    alex.hears("everything about noor", "leaves one by one, within 7 days", "Only at their own request", "it is logged")
    assert WORDS in str(await dump())
    await alex.presses(SURE)
    alex.hears("Done. 1 item with a name was blanked. Nobody is told")
    rows = await dump()
    assert not {table for table in rows if "noor" in str(rows[table]) or WORDS in str(rows[table])}
    await noor.stage.deliver()
    assert len(noor.stage.heard(noor)) == 2


async def test_what_had_no_name_leaves_later_and_is_not_counted(
    stage: BareStage, noor: Person, alex: Person, dump: Dump
) -> None:
    await nameless(noor)
    told = await erases(alex)
    assert "0 items with a name" in told
    assert "is the account's number right?" in told
    assert await erases(alex, "nobody-at-all") == told

    def read(session: Session) -> Feedback:
        return session.exec(select(Feedback)).one()

    item, rows = await stage.core.store.read(read), await dump()
    assert item.text == f"A nameless {WORDS}"
    assert len(rows["departure"]) == 1
    assert "noor" not in str(rows)


async def test_it_is_logged_who_asked_and_how_much_and_not_whose(noor: Person, alex: Person, stage: BareStage) -> None:
    await noor.says(f"/suggest A {WORDS}")
    with structlog.testing.capture_logs() as logged:
        await erases(alex)
    (line,) = (one for one in logged if one["event"] == "erased")
    assert (line["by"], line["items"], line["day"]) == (2, 1, "2026-03-04")
    assert "noor" not in str(line)
    # The person is named by answering a message of theirs.
    await noor.says(f"/suggest A {WORDS}")
    actor, chat = Actor("bare", "alex", "alex", Role.MODERATOR), Chat("bare", "plaza")
    about = Said(Actor("bare", "noor", "Noor B."), "Please erase me", "7")
    await stage.receive(alex, Inbound("1", actor, chat, stage.core.clock.now(), text="/erase", about=about))
    alex.hears("everything about Noor B.")
    await alex.presses(SURE)
    alex.hears("Done. 1 item")


async def test_a_moderator_of_one_community_does_not_erase_in_another(several: BareStage) -> None:
    noor, alex = Somebody(several, "noor"), Somebody(several, "alex", role=Role.MODERATOR)
    await noor.says(f"/suggest A {WORDS}", FORUM.key)
    await noor.says(f"/suggest A {WORDS}", PLAZA.key)
    await alex.says("/erase noor", PLAZA.key)
    await alex.presses(SURE, PLAZA.key)
    alex.hears("also uses the bot in another community")
