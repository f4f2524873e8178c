"""Forwarded messages, and those written in the name of a channel or the group, are nobody's own words."""

from sqlmodel import Session, SQLModel, select

from storage.models import Feedback, Question
from tests.adapters.telegram.stage import GROUP, PLAZA, TelegramStage
from tests.sockets.updates import ANONYMOUS_ADMIN, photo, private, user
from tests.stage import Person
from tests.words import WISHES

NEWS = {"id": -1009, "type": "channel", "title": "News"}
AS_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
OTHER = {"type": "user", "sender_user": user(900, "Other"), "date": 1_790_000_000}
HIDDEN = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1_790_000_000}
CHANNEL = {"type": "channel", "chat": NEWS, "message_id": 4, "date": 1_790_000_000}
FROM_CHAT = {"type": "chat", "sender_chat": PLAZA, "date": 1_790_000_000}


async def kept(telegram: TelegramStage, table: type[SQLModel]) -> list[SQLModel]:
    def read(session: Session) -> list[SQLModel]:
        return list(session.exec(select(table)))

    return await telegram.core.store.read(read)


async def test_a_forwarded_suggestion_is_asked_about(telegram: TelegramStage, zoe: Person) -> None:
    for number, origin in enumerate((OTHER, HIDDEN, CHANNEL, FROM_CHAT), 1):
        words = WISHES[number]
        await telegram.write(zoe, f"/suggest {words}", private(telegram.account(zoe)), forward_origin=origin)
        zoe.hears("These are somebody else’s words", f"> {words}", "[Send as mine] [Pass on without a name] [Cancel]")
        assert len(await kept(telegram, Feedback)) == number - 1
        await zoe.presses("Send as mine")
        zoe.hears(f"Got it: suggestion #{number}.")


async def test_a_message_of_ones_own_that_is_forwarded_is_ones_own(telegram: TelegramStage, zoe: Person) -> None:
    own = {"type": "user", "sender_user": telegram.account(zoe), "date": 1_790_000_000}
    await telegram.write(zoe, "/suggest A bench", private(telegram.account(zoe)), forward_origin=own)
    zoe.hears("Got it: suggestion #1.")


async def test_what_is_forwarded_in_the_group_or_as_a_deep_link_is_not_carried_out(
    telegram: TelegramStage, zoe: Person
) -> None:
    await telegram.write(zoe, "/suggest A bench", PLAZA, forward_origin=OTHER)
    zoe.hears("These are somebody else’s words, so nothing was kept.")
    assert not await kept(telegram, Feedback)
    await telegram.write(zoe, "/start suggest", private(telegram.account(zoe)), forward_origin=OTHER)
    zoe.hears("This command was forwarded, so it was not carried out.")


async def test_a_channel_or_the_group_itself_that_speaks_to_the_bot_is_told_how(telegram: TelegramStage) -> None:
    for number, text in enumerate(("/suggest A bench", "@portevoix_bot where is it?", "/mine", "/queue"), 1):
        await telegram.happen(telegram.updates.message(text, PLAZA, AS_CHANNEL, sender_chat=NEWS))
        told = telegram.seen_in(GROUP)
        assert len(told) == number, text
        assert told[-1].startswith("Nothing was kept: nobody can tell who writes in the name of"), text
    assert not await kept(telegram, Feedback)
    assert not await kept(telegram, Question)
    # The group itself is told likewise.
    await telegram.happen(telegram.updates.message("/problem The lift", PLAZA, ANONYMOUS_ADMIN, sender_chat=PLAZA))
    assert [said.startswith("Nothing was kept") for said in telegram.seen_in(GROUP)[4:]] == [True]
    assert not await kept(telegram, Feedback)


async def test_ask_under_somebodys_message_looks_it_up_and_keeps_nothing(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    theirs = await telegram.write(ines, "Where does the cat sleep?")
    await telegram.write(zoe, "/ask", reply_to=theirs["message"])
    zoe.hears("Nothing was kept or passed on.", "[Ask in my own words]")
    assert not await kept(telegram, Question)


async def test_what_is_passed_on_keeps_a_way_back_and_says_what_stays(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    said = telegram.updates.message("The lift is stuck", PLAZA, telegram.account(zoe), photo=photo("lift"))
    await telegram.write(omar, "/passon", reply_to=said["message"])
    omar.hears("1 file is not taken along.")
    await omar.presses("As a problem")
    [item] = await kept(telegram, Feedback)
    assert isinstance(item, Feedback)
    assert item.link is not None
    assert item.link.startswith("https://t.me/c/")
