"""The anonymity contract: nothing that is kept, shown or logged leads from a nameless item to its author."""

import io
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session, select
from structlog.testing import capture_logs

from bot.transfer.outgoing import export
from storage.items.support import supports
from storage.models import Feedback
from storage.people import communities
from tests.clock import StillClock
from tests.stage import BareStage, Person

Tied = Callable[[str], Awaitable[list[str]]]
Dump = Callable[[], Awaitable[dict[str, list[dict[str, Any]]]]]


async def _files_nameless(person: Person, text: str = "I am paid late", area: str = "") -> None:
    await person.says("/problem")
    await person.fills(text=text, area=area, audience="everyone", name="nameless")
    await person.presses("Send")
    person.hears("Everyone can see it, without your name.")


async def test_a_nameless_item_has_no_author_and_leaves_nothing_tied_to_the_person_whatever_becomes_of_it(
    stage: BareStage, noor: Person, alex: Person, dump: Dump, tied: Tied
) -> None:
    await noor.says("/language en")
    before = await tied("noor")
    await _files_nameless(noor)
    rows = await dump()
    assert [row["author_id"] for row in rows["feedback"]] == [None]
    assert [row["actor_id"] for row in rows["history"]] == [None]
    assert await tied("noor") == before
    for typed in ("/mine", "/status 1", "/edit 1 I am paid very late"):
        await noor.says(typed)
    assert await tied("noor") == before, "looked at again"
    await alex.says("/queue 1000 done")
    await stage.deliver()
    noor.hears("#1000 is now resolved.")
    assert await tied("noor") == before, "told the outcome"


async def test_neither_name_nor_account_is_anywhere_beside_the_identity_nor_in_the_log_or_an_export(
    stage: BareStage, noor: Person, alex: Person, dump: Dump
) -> None:
    with capture_logs() as logs:
        await _files_nameless(noor)
        await alex.says("/queue 1000 done")
        await alex.says("/digest now")
        await stage.deliver()
    rows = await dump()
    assert "noor" in str(rows.pop("identity"))
    assert "noor" not in str(rows)
    assert "noor" not in str(logs)
    assert "paid" not in str(logs)
    for write in (export.write_json, export.write_csv):
        exported = await stage.core.store.read(partial(_exported, write=write))
        assert "I am paid late" in exported
        assert "noor" not in exported


def _exported(session: Session, write: Callable[..., None]) -> str:
    out = io.StringIO()
    write(session, communities.every(session)[0], out, lambda: False)
    return out.getvalue()


async def test_no_screen_of_a_moderator_shows_who_wrote_or_supports(
    noor: Person, alex: Person, stage: BareStage, camille: Person
) -> None:
    await _files_nameless(noor, "Hushed words")
    for typed in ("/queue", "/queue 1000", "/status 1000", "/mine", "/top", "/unanswered", "/digest"):
        await alex.says(typed)
        assert "noor" not in alex.hears(""), typed
    assert "Hushed words" not in alex.hears("Your week")
    # Who supports is never listed.
    await camille.says("/suggest Sunday opening")
    await noor.says("/support 1")
    await noor.says("/follow 1")
    await alex.says("/queue")
    await alex.says("/status 1")
    await alex.says("/digest now")
    await camille.says("/status 1")
    await camille.says("/top")
    await alex.says("/queue 1 done")
    await stage.deliver()
    alex.never_heard("noor")
    camille.never_heard("noor")
    assert "noor" not in str(stage.staff())


async def test_taking_the_name_off_takes_it_off_the_record_and_leaves_nothing_tied_to_the_person(
    noor: Person, dump: Dump, tied: Tied, alex: Person
) -> None:
    await noor.says("/language en")
    before = await tied("noor")
    await noor.says("/suggest Pay early")
    await noor.presses("Without my name")
    await noor.presses("Take my name off")
    assert await tied("noor") == before
    await noor.says("/suggest A bench by the river")
    await noor.says("/edit 2 A bench by the old river")
    await noor.says("/visibility 2 team")
    await noor.presses("Without my name")
    await noor.presses("Take my name off")
    await noor.says("/suggest Longer hours")
    await noor.says("/withdraw 3")
    await noor.says("/visibility 3 nameless")
    await noor.presses("Take my name off")
    rows = await dump()
    assert [row["author_id"] for row in rows["feedback"]] == [None] * 3
    assert {row["actor_id"] for row in rows["history"]} == {None}
    # A decision by the author as moderator stays theirs.
    await alex.says("/suggest Pay on Mondays")
    await alex.says("/queue 4 planned")
    await alex.presses("Without my name")
    await alex.presses("Take my name off")
    kept = [row for row in (await dump())["history"] if row["actor_id"] is not None]
    assert [row["after"] for row in kept] == ["planned"]


async def test_back_and_forth_ends_where_it_says_and_news_on_its_way_still_arrives(
    stage: BareStage, noor: Person, alex: Person, camille: Person, dump: Dump
) -> None:
    await _files_nameless(noor)
    await noor.presses("Show my name")
    await noor.presses("Show my name")
    await camille.says("/status 1000")
    camille.hears("From: noor")
    await noor.presses("Without my name")
    await noor.presses("Take my name off")
    await camille.says("/status 1000")
    assert "noor" not in camille.hears("> I am paid late #1000")
    await alex.says("/queue 1000 done")
    await stage.deliver()
    noor.hears("#1000 is now resolved.")
    # News on its way arrives though the name is shown meanwhile.
    await _files_nameless(noor, "My rent is due")
    await alex.says("/queue 1001 done")
    await noor.presses("Show my name")
    await stage.deliver()
    noor.hears("#1001 is now resolved.")
    # News on its way to a name taken off still arrives and ties nothing.
    await noor.says("/suggest Pay early")
    await alex.says("/queue 1 planned")
    await noor.presses("Without my name")
    await noor.presses("Take my name off")
    await stage.deliver()
    noor.hears("#1 is now planned.")
    assert (await dump())["outbox"][-1]["recipient_id"] is None


async def test_nameless_words_are_quoted_only_among_five_people(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock
) -> None:
    for number in (1, 2, 3):
        await _named_and_done(Person(stage, f"other-{number}"), alex, number)
    clock.forward(days=1)
    await _files_nameless(noor, "Hushed words", area="Quality")
    await alex.says("/queue 1000 done")
    for people, quoted in ((4, False), (5, True)):
        await alex.says("/digest preview")
        assert ("> Hushed words" in alex.hears("What people talk about")) is False
        await alex.presses("Details")
        assert ("> Hushed words" in alex.hears(f"Quality · {people} people")) is quoted
        if not quoted:
            await _named_and_done(Person(stage, "other-4"), alex, 4)


async def _named_and_done(person: Person, moderator: Person, number: int) -> None:
    """Somebody's item about quality, done."""
    await person.says("/suggest")
    await person.fills(text=f"Named words {number}", area="Quality")
    await moderator.says(f"/queue {number} done")


async def test_opening_the_privacy_page_does_not_make_somebody_known_and_ones_own_list_ties_nothing(
    noor: Person, dump: Dump, stage: BareStage
) -> None:
    await noor.says("/privacy")
    noor.hears("Only what is said to the bot is kept")
    assert not (await dump())["identity"]
    # One's own list puts no nameless item beside a named one, and its author does not follow it.
    await noor.says("/suggest Sunday opening")
    await _files_nameless(noor)
    await noor.says("/mine")
    noor.hears("#1", "#1000")
    assert stage.token(noor, "#1")
    with pytest.raises(AssertionError, match="no button '#1000'"):
        stage.token(noor, "#1000")
    assert not (await dump())["button"]
    await noor.says("/follow 1000")
    noor.hears("#1000 is yours")
    assert (await dump())["follow"] == []
    await noor.says("/visibility 1 everyone")
    assert "changed" not in noor.hears("#1: Everyone can see it, with your name.")
    await stage.core.store.write(_follow)
    await noor.presses("Without my name")
    await noor.presses("Take my name off")
    # Taking the name off ends the author's own following.
    assert (await dump())["follow"] == []


def _follow(session: Session) -> None:
    item = session.exec(select(Feedback).where(Feedback.number == 1)).one()
    supports.toggle_follow(session, item, item.author_id or 0, item.created_at)
