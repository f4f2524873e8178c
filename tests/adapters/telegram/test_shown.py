"""What the bot stores of its messages so that they stay true: through a restart, and never of something nameless."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.features.screens.storing import Storing
from bot.operations.assembly import POSTINGS
from bot.ports.adapter import Address
from bot.ports.inbound import Role
from bot.ports.reply import Image, Paragraph, Reply
from storage.models import Screen
from tests.adapters.telegram.stage import STAFF, TelegramStage
from tests.clock import StillClock
from tests.pictures import png
from tests.screens import give_time, keep_up
from tests.sockets.updates import private
from tests.stage import Person

PICTURE = b64encode(png())
DECIDED = "It is planned by now"


async def stored(telegram: TelegramStage) -> list[Screen]:
    """What is stored of messages that show items."""
    return await telegram.core.store.read(lambda session: list(session.exec(select(Screen))))


async def test_a_receipt_and_an_open_card_are_true_after_a_restart_and_days_and_gone_with_their_person(
    telegram: TelegramStage, zoe: Person, omar: Person, clock: StillClock
) -> None:
    await zoe.says("/suggest A dark theme")
    mia = Person(telegram, "mia")
    await mia.says("/status 1")
    await keep_up(telegram)
    await telegram.restart()
    clock.forward(seconds=timedelta(days=9).total_seconds())
    await omar.says("/queue 1 planned")
    await keep_up(telegram)
    [receipt] = [text for text in telegram.stands(zoe) if "Got it" in text]
    assert DECIDED in receipt
    assert "The decision will come here" not in receipt
    mia.sees_no("Status: received")
    assert len([row for row in await stored(telegram) if row.sealed]) == 1
    await telegram.write(mia, "/forgetme", private(telegram.account(mia)))
    await mia.presses("Erase everything about me")
    assert [row for row in await stored(telegram) if row.sealed] == []


async def test_what_is_stored_as_it_stands_is_not_looked_at_before_it_changes_also_between_sending_and_storing(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await zoe.says("/suggest A dark theme")
    await telegram.deliver()
    await Storing(telegram.core, POSTINGS).look()
    [receipt] = await stored(telegram)
    assert receipt.shown_revision == receipt.revision
    await omar.says("/queue 1 planned")
    [receipt] = await stored(telegram)
    assert receipt.shown_revision < receipt.revision
    await zoe.says("/suggest A bench by the river")
    await omar.says("/queue 2 planned")
    await keep_up(telegram)
    zoe.sees_no("The decision will come here")


@pytest.fixture
def patient(telegram: TelegramStage) -> None:
    give_time(telegram)


@pytest.mark.usefixtures("patient")
async def test_while_a_decision_may_be_undone_its_author_is_not_shown_it(
    telegram: TelegramStage, zoe: Person, omar: Person, clock: StillClock
) -> None:
    await zoe.says("/suggest A dark theme")
    await keep_up(telegram)
    await omar.says("/queue 1 planned")
    await keep_up(telegram)
    zoe.sees_no(DECIDED)
    clock.forward(seconds=61)
    await keep_up(telegram)
    zoe.sees_no("The decision will come here")


async def test_of_what_has_no_name_nothing_is_stored_and_nothing_is_left_once_the_name_is_taken_off(
    telegram: TelegramStage, zoe: Person
) -> None:
    alone = private(telegram.account(zoe))
    await telegram.write(zoe, "/problem", alone)
    await zoe.fills(text="Nobody can log in", audience="everyone", name="nameless")
    await zoe.presses("Send")
    await zoe.says("/status 1000")
    zoe.hears("Status")
    await keep_up(telegram)
    assert "Severe: problem #" in telegram.staff()[-1]
    assert await stored(telegram) == []
    await telegram.write(zoe, "/suggest A dark theme", alone)
    await keep_up(telegram)
    assert [row.feedback_id for row in await stored(telegram)] == [1]
    await telegram.write(zoe, "/status 1", alone)
    await zoe.presses("Without my name")
    await zoe.presses("Take my name off")
    assert await stored(telegram) == []


async def test_an_erased_person_leaves_none_and_the_staff_s_notice_loses_the_words(
    telegram: TelegramStage, zoe: Person
) -> None:
    await telegram.write(zoe, "/problem Nobody can log in", private(telegram.account(zoe)))
    await keep_up(telegram)
    await telegram.write(zoe, "/forgetme", private(telegram.account(zoe)))
    await zoe.presses("Erase everything about me")
    await keep_up(telegram)
    assert [row.member_id for row in await stored(telegram)] == [None]
    assert "Nobody can log in" not in telegram.staff()[-1]


async def test_the_text_of_a_digest_with_a_picture_is_edited_and_the_picture_stays(
    telegram: TelegramStage,
) -> None:
    to = Address(str(STAFF), False, "digest:1:now:1")
    message = await telegram.telegram.send(to, Reply((Paragraph("Your week"), Image(PICTURE, "a chart"))))
    assert message
    again = replace(to, key="screen:1", edits=message, edits_only=True)
    assert await telegram.telegram.send(again, Reply((Paragraph("By now"), Image(PICTURE, "a chart")))) == message
    assert len(await telegram.fake.sent("sendPhoto")) == 1
    assert (await telegram.fake.sent("editMessageText"))[-1].shown == "By now"


async def test_a_notice_drawn_anew_still_says_why_it_is_severe(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/problem", private(telegram.account(zoe)))
    await zoe.fills(text="The bench is dirty", audience="everyone", name="named")
    for person in [Person(telegram, f"person{n}") for n in range(5)]:
        await person.says("/status 1")
        await person.presses("Me too")
    await keep_up(telegram)
    assert "5 people in 24 hours." in telegram.staff()[-1]
    await zoe.says("/edit 1 The bench is dirty and wet")
    await keep_up(telegram)
    assert "dirty and wet" in telegram.staff()[-1]
    assert "5 people in 24 hours." in telegram.staff()[-1]


async def test_what_a_moderator_has_open_is_true_after_a_restart(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    rosa = Person(telegram, "rosa", Role.MODERATOR)
    await telegram.write(zoe, "/suggest", private(telegram.account(zoe)))
    await zoe.fills(text="A dark theme", audience="everyone", name="nameless")
    await zoe.presses("Send")
    await rosa.says("/queue")
    await keep_up(telegram)
    assert [row.holder is not None for row in await stored(telegram)] == [True]
    await telegram.restart()
    await omar.says("/queue")
    await omar.presses("Planned")
    await keep_up(telegram)
    rosa.sees_no("Status: received")
    assert [text for text in telegram.stands(rosa) if "Changed meanwhile" in text and "Status: planned" in text]
    await rosa.presses("Done")
    rosa.hears("is now done")


async def test_after_a_restart_a_press_on_a_nameless_receipt_tells_the_truth(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await telegram.write(zoe, "/suggest", private(telegram.account(zoe)))
    await zoe.fills(text="A dark theme", audience="everyone", name="nameless")
    await zoe.presses("Send")
    await keep_up(telegram)
    await telegram.restart()
    await omar.says("/queue")
    await omar.presses("Done")
    await keep_up(telegram)
    assert [text for text in telegram.stands(zoe) if "The decision will come here" in text]
    await zoe.presses("Edit")
    zoe.hears("#1000 is closed; its words stay as they are.")
    zoe.sees_no("The decision will come here", "[Edit]")


async def test_words_of_a_list_that_say_nothing_above_buttons_are_left_out(zoe: Person) -> None:
    await zoe.says("/suggest A bench")
    await zoe.says("/mine")
    assert not {"A way out", "News"} & set(zoe.hears("[Withdraw #1] [Mute #1]").splitlines())
    await zoe.says("/top")
    assert "Open one" not in zoe.hears("[#1 A bench]")
