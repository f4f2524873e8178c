"""/mydata hands a person everything the bot holds about them, and nothing of anybody else."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.ports.inbound import Actor, Chat, File, Inbound, Means, Said
from bot.ports.reply import Buttons, Document, Reply
from bot.privacy import copy
from bot.privacy.blocks import block_mark
from storage.models import Block, Identity
from tests.clock import StillClock
from tests.pictures import png
from tests.stage import BareStage, Person

WORDS = "quincunx"
MARK = re.compile(r"[0-9a-f]{32,}")


async def asked(person: Person, **what: object) -> Reply:
    reply = await person.stage.do(person, text="/mydata", **what)  # type: ignore[attr-defined]
    assert reply is not None
    return reply  # type: ignore[no-any-return]


def document(reply: Reply) -> Document:
    (found,) = (block for block in reply.blocks if isinstance(block, Document))
    return found


def read(reply: Reply) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document(reply).content)
    return found


def unpacked(reply: Reply) -> dict[str, bytes]:
    folder = zipfile.ZipFile(io.BytesIO(document(reply).content))
    return {name: folder.read(name) for name in folder.namelist()}


async def test_what_was_written_asked_supported_and_begun_is_there_and_nobody_else_is_given_it(
    noor: Person, camille: Person
) -> None:
    await noor.says("/mydata")
    noor.hears("Nothing is kept about you here.")
    await camille.says("/suggest Sunday opening")
    await noor.says(f"/suggest A {WORDS}")
    await noor.says(f"/ask Where is the {WORDS}?")
    await noor.says("/support 1")
    await noor.says("/language fr")
    await noor.says("/problem")
    found = read(await asked(noor))
    assert found["accounts"][0]["account_number"] == "noor"
    assert found["person"][0]["language"] == "fr"
    assert [one["text"] for one in found["feedback"]] == [f"A {WORDS}"]
    assert found["feedback"][0]["created_at"].endswith("+00:00")
    assert [one["text"] for one in found["questions"]] == [f"Where is the {WORDS}?"]
    assert [one["number"] for one in found["supported"]] == [1]
    assert found["forms_and_drafts"][0]["command"] == "problem"
    assert "Sunday opening" not in str(found)
    assert found["about"].startswith("Tout ce que ce bot garde")
    # Nobody else is given it.
    await camille.says("/support 2")
    assert WORDS not in str(read(await asked(camille)))


async def test_what_was_written_without_a_name_is_there_and_no_mark_is(stage: BareStage, noor: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text=f"A {WORDS}", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.says("/problem")
    await noor.fills(text=f"A second {WORDS}", audience="everyone", name="nameless")
    found = read(await asked(noor))
    assert [one["text"] for one in found["feedback"]] == [f"A {WORDS}"]
    assert found["forms_and_drafts"][0]["given"]["text"] == f"A second {WORDS}"
    assert MARK.search(json.dumps(found)) is None


async def test_a_decision_and_its_reason_are_there_without_who_took_it(
    noor: Person, alex: Person, stage: BareStage
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await alex.says("/queue 1 not_planned No room for it")
    found = read(await asked(noor))
    assert found["history"][-1]["note"] == "No room for it"
    assert found["messages_to_you"][0]["text"].startswith("#1 is now not planned.")
    assert "alex" not in str(found)
    # A moderator's own acts are theirs.
    found = read(await asked(alex))
    assert (found["history"][0]["number"], found["history"][0]["by_you"]) == (1, True)
    assert WORDS not in str(found)


async def test_a_block_is_told_with_its_reason_and_end_also_one_that_outlasted_an_erasure(
    stage: BareStage, noor: Person, clock: StillClock
) -> None:
    await noor.says("/suggest Something")

    def block(session: Session) -> None:
        (member_id,) = session.exec(select(Identity.member_id).where(col(Identity.external_id) == "noor"))
        mark = stage.core.store.keys.mark(1, member_id)
        now = clock.now()
        row = Block(community_id=1, number=1, mark=mark, until=now, reason="Thrice the same", created_on=now.date())
        session.add(row)

    await stage.core.store.write(block)
    assert read(await asked(noor))["blocks"][0]["reason"] == "Thrice the same"
    # One that outlasted an erasure is told, too.
    account = block_mark(stage.core.store.keys, 1, Actor("bare", "noor", "noor"))
    until = clock.now()
    other = Block(community_id=1, number=2, mark=account, until=until, reason="Twice the same", created_on=until.date())
    await stage.core.store.write(lambda session: session.add(other))
    assert read(await asked(noor))["blocks"][-1]["reason"] == "Twice the same"


async def test_files_come_along_and_one_that_the_platform_does_not_take_is_named(
    stage: BareStage, noor: Person, camille: Person
) -> None:
    sent = (File("../../a b?.txt", "text/plain", b"one"), File("a.png", "image/png", png()))
    await stage.do(noor, text=f"/suggest A {WORDS}", attachments=sent)
    found = unpacked(await asked(noor))
    (words,) = (json.loads(content) for name, content in found.items() if name.endswith(".json"))
    assert [found[one["path"]] for one in words["files"]] == [b"one", png()]
    assert not [name for name in found if ".." in name.split("/") or name.startswith("/")]
    # A file the platform does not take is named.
    await stage.do(
        camille, text="/suggest B", attachments=(File("film.mp4", "video/mp4", b"\0\0\0\x18ftypmp42" + b"x" * 900),)
    )
    small = Means(largest_file=copy.SPARE + 100)
    reply = await stage.do(camille, text="/mydata", means=small)
    assert reply is not None
    camille.hears("Too large to be sent here: film.mp4 (#2).")
    assert read(reply)["files"][0]["bytes"] == 912


async def test_many_files_come_in_parts_and_the_last_says_nothing_more(
    stage: BareStage, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy, "VOLUME", 1000)
    for letter, idea in ((b"a", "A bench by the lake"), (b"b", "Music on Sundays")):
        await stage.do(noor, text=f"/suggest {idea}", attachments=(File("f", "text/plain", letter * 900),))
    first = await asked(noor)
    noor.hears("Part 1 of 3.")
    assert document(first).name.endswith(".json")
    await noor.presses("Next part")
    noor.hears("Part 2 of 3.", "-2.zip]")
    await noor.presses("Next part")
    last = stage._shown["noor"][-1]
    assert list(unpacked(last).values()) == [b"b" * 900]
    assert not [block for block in last.blocks if isinstance(block, Buttons)]


async def test_a_moderator_finds_what_they_own_noted_and_decided(camille: Person, alex: Person) -> None:
    for text in ("Sunday opening", f"A {WORDS}", "A dark theme"):
        await camille.says(f"/suggest {text}")
    await alex.says("/assign 1 me")
    await alex.says("/assign 2 me")
    await alex.says("/due 2 friday")
    await alex.says("/note 2 The town pays half.")
    await alex.says("/queue 3 not planned No room for it")
    found = read(await asked(alex))
    assert [(one["number"], one["due_on"]) for one in found["taken_care_of"]] == [(1, None), (2, "2026-03-06")]
    mine = {(one["number"], one["action"], one["note"]) for one in found["history"] if one["by_you"]}
    assert {(2, "noted", "The town pays half."), (3, "status", "No room for it")} <= mine
    assert WORDS not in str(found["taken_care_of"])
    theirs = read(await asked(camille))
    assert "taken_care_of" not in theirs
    assert "The town pays half." not in str(theirs)
    assert [one for one in theirs["left_out"] if "noted for itself" in one]


async def test_in_a_group_it_goes_to_the_private_chat_and_says_so(stage: BareStage, noor: Person, alex: Person) -> None:
    await noor.says("/suggest Something")
    await stage.do(alex, command="passon", about=Said(Actor("bare", "noor", "noor"), f"A {WORDS}", "message-1"))
    found = read(await asked(noor))
    assert WORDS not in str(found)
    assert [one for one in found["left_out"] if "in somebody else's draft" in one]
    # In a group it goes to the private chat and says so.
    await noor.says(f"/suggest A {WORDS}")
    group = Chat("bare", "plaza", overlooked=True, own="noor")
    actor, means = Actor("bare", "noor", "noor"), Means(durable=True)
    await stage.receive(noor, Inbound("in-group", actor, group, stage.core.clock.now(), text="/mydata", means=means))
    await stage.deliver()
    noor.hears("Asked for among others, sent here: this is for you alone.", "[mydata-")
    # Only so many copies an hour.
    assert stage.core.settings.limits.exports == "20 per hour"
    limits = stage.core.settings.limits.model_copy(update={"exports": "2 per hour"})
    stage.app = App(stage.core, Policy(limits))
    for _ in range(2):
        assert document(await asked(noor))
    await noor.says("/mydata")
    noor.hears("That is a lot at once")
