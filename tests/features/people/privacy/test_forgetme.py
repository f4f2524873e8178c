"""After forgetme nothing leads to the person; everyone else's is untouched, totals stay."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.commands.buttons import button_holder
from bot.ports.inbound import Actor
from bot.privacy.departures import Departures
from bot.privacy.retention import Sweep
from storage.models import Button, Identity
from storage.traffic import buttons
from tests.clock import StillClock
from tests.stage import BareStage, Person

Dump = Callable[[], Awaitable[dict[str, list[dict[str, Any]]]]]
WORDS = "quincunx"
"""A word nobody else says."""


async def forgets(person: Person) -> None:
    await person.says("/forgetme")
    await person.presses("Erase everything about me")
    person.hears("nothing stored here leads to you any more.")


async def found_of_noor(dump: Dump) -> dict[str, Any]:
    return {table: rows for table, rows in (await dump()).items() if "noor" in str(rows) or WORDS in str(rows)}


async def nothing_left(dump: Dump) -> None:
    assert await found_of_noor(dump) == {}


TYPED: tuple[list[str], ...] = (
    [f"/suggest A {WORDS}"],
    [f"/problem A {WORDS}"],
    [f"/ask Where is the {WORDS}?"],
    ["/suggest Something", f"/edit NUMBER A {WORDS}"],
    [f"/suggest A {WORDS}", "/withdraw NUMBER"],
    ["/suggest", "/language en"],
    [f"/suggest A {WORDS}", "/edit NUMBER"],
    [f"/suggest A {WORDS}", "/mine", "/status NUMBER", "/privacy"],
    # A stranger may ask to be forgotten, too.
    [],
)


async def test_nothing_of_what_was_typed_is_left_and_the_next_message_is_a_new_person_s(
    noor: Person, dump: Dump
) -> None:
    number = 0
    for typed in TYPED:
        number += any(words.startswith(("/suggest ", "/problem ")) for words in typed)
        for words in typed:
            await noor.says(words.replace("NUMBER", str(number)))
        await forgets(noor)
        assert await found_of_noor(dump) == {}, typed
    await noor.stage.again(noor)  # type: ignore[attr-defined]
    assert await found_of_noor(dump) == {}, "the erasure was delivered again"
    await noor.says("/suggest Sunday opening")
    noor.hears(f"Got it: suggestion #{number + 1}.")
    await noor.says("/mine")
    assert "#1 " not in noor.hears(f"#{number + 1} Sunday opening")


async def test_nothing_of_a_nameless_item_or_draft_is_left_a_week_later_whatever_the_account(
    stage: BareStage, noor: Person, dump: Dump, clock: StillClock
) -> None:
    await noor.says("/problem")
    await noor.fills(text=f"A {WORDS}", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.says("/problem")
    await noor.fills(text=f"A second {WORDS}", audience="everyone", name="nameless")
    await forgets(noor)
    assert not (await dump())["prompt"]
    clock.forward(days=7)
    await Departures(stage.core).clear()
    await nothing_left(dump)
    assert not (await dump())["sealed_address"]
    # What is open under another account of the person goes too.
    second = Person(stage, "noor-at-work")
    await noor.says("/suggest Something")
    await second.says("/suggest Something else")

    def link(session: Session) -> None:
        one, other = session.exec(select(Identity).order_by(col(Identity.id))).all()
        other.member_id = one.member_id

    await stage.core.store.write(link)
    await second.says("/problem")
    await second.fills(text=f"A {WORDS}", audience="everyone", name="nameless")
    await forgets(noor)
    await nothing_left(dump)
    assert not (await dump())["prompt"]


async def test_nothing_of_decisions_is_left_neither_ones_own_nor_those_one_took(
    noor: Person, alex: Person, dump: Dump, camille: Person, stage: BareStage
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await alex.says("/queue 1 planned")
    await forgets(noor)
    await nothing_left(dump)
    # A moderator's decisions lose who and why.
    camille.role, noor.role = noor.role, noor.role.MODERATOR
    await camille.says("/suggest Sunday opening")
    await noor.says(f"/queue 2 not_planned Because of the {WORDS}")
    await noor.stage.deliver()
    await forgets(noor)
    await nothing_left(dump)
    await camille.says("/mine")
    camille.hears("#2 Sunday opening · not planned")
    # Totals stay.
    await noor.says("/support 2")
    await forgets(noor)
    await camille.says("/status 2")
    camille.hears("1 supporter")


async def test_digests_in_the_archive_and_on_their_way_lose_the_words_and_keep_those_of_others(
    stage: BareStage, camille: Person, noor: Person, alex: Person, dump: Dump, clock: StillClock
) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says(f"/suggest A {WORDS}")
    await noor.says(f"/ask My name is noor, where is the {WORDS}?")
    clock.forward(minutes=1)
    await alex.says("/digest now")
    await stage.deliver()
    archived = str((await dump())["digest"])
    assert f"A {WORDS}" in archived
    assert f"where is the {WORDS}" in archived
    await alex.says("/digest now")
    posted = len(stage.staff())
    await forgets(noor)
    await nothing_left(dump)
    assert "Sunday opening" in str((await dump())["digest"])
    await stage.deliver()
    assert WORDS not in str(stage.staff()[posted:])
    await alex.says("/queue 2")
    await camille.says("/withdraw 1")
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")
    await camille.says("/top")
    camille.hears("Nothing open for everyone to see yet.")


async def test_the_language_goes_too_and_no_button_is_left_that_only_the_person_could_press(
    noor: Person, camille: Person, dump: Dump, stage: BareStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await camille.says("/suggest Sunday opening")
    others = {row["token"] for row in (await dump())["button"]}
    await noor.says("/language fr")
    await noor.says(f"/suggest A {WORDS}")
    await noor.says("/forgetme")
    await noor.presses(noor.stage.core.languages.speech("fr").say("Erase everything about me"))
    assert {row["token"] for row in (await dump())["button"]} == others
    await noor.says("/suggest A dark theme")
    noor.hears("Got it: suggestion #3.")
    # It costs by the persons own rows whatever buttons others have.
    await noor.says("/suggest Something")
    stored = await _stored_button(stage, noor)

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("all buttons are looked at")

    monkeypatch.setattr(buttons, "holders", refuse)
    await forgets(noor)
    assert stored


async def test_buttons_of_before_lead_to_nothing_and_go_by_their_age(
    noor: Person, stage: BareStage, camille: Person, clock: StillClock, dump: Dump
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    stored = await _stored_button(stage, noor)
    await forgets(noor)
    await noor.presses("Edit")
    noor.hears("Only the author of #1 can change it.")
    await stage.do(noor, button=stored)
    noor.hears("Only the author of #1 can change it.")
    # A stored button of an earlier version is nobody else's and goes by its age.
    await stage.do(camille, button=stored)
    camille.hears("This button is for someone else.")
    clock.forward(days=stage.core.settings.retention.buttons + 1)
    await Sweep(stage.core).clear()
    assert not (await dump())["button"]


async def _stored_button(stage: BareStage, person: Person) -> str:
    """A button as earlier versions stored it."""
    keys, actor = stage.core.store.keys, Actor("bare", person.id, person.id)
    token = "0123456789abcdef"
    row = Button(
        token=token,
        command="edit",
        args={"number": "1"},
        holder=button_holder(keys, token, actor),
        created_at=stage.core.clock.now(),
    )
    await stage.core.store.write(lambda session: session.add(row))
    return token


async def test_buttons_of_others_and_of_the_staff_still_work(
    stage: BareStage, noor: Person, camille: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/digest now")
    await stage.deliver()
    await noor.says(f"/suggest A {WORDS}")
    await forgets(noor)
    await camille.presses("Withdraw")
    camille.hears("#1 is withdrawn.")
    await alex.presses("Decide")
    alex.hears("Nothing waits for a decision.")
