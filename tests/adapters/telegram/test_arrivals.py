"""The bot is added to a group, or unblocked: it asks for the code once, and brings what it could not bring before."""

from sqlmodel import Session

from bot.dispatch.community.invitation import invite
from storage.people import communities
from tests.adapters.telegram.stage import GROUP, PLAZA, STAFF, TelegramStage
from tests.sockets.fakes.telegram.faults import blocked
from tests.sockets.updates import ANONYMOUS_ADMIN, JSON, private, supergroup
from tests.stage import Person

NEW = supergroup(-1004, "New")


async def _come(telegram: TelegramStage, chat: JSON, who: JSON, old: str = "left", new: str = "member") -> None:
    await telegram.happen(telegram.updates.my_chat_member(chat, who, telegram.fake.world.me(), old, new))


async def _added(telegram: TelegramStage, person: Person, *, moderator: bool = True) -> JSON:
    account = telegram.account(person)
    if moderator:
        telegram.fake.world.promote(NEW["id"], account["id"])
    await _come(telegram, NEW, account)
    return account


async def test_whoever_adds_the_bot_is_asked_for_the_code_and_their_answer_sets_the_group_up(
    telegram: TelegramStage, omar: Person
) -> None:
    account = await _added(telegram, omar)
    assert telegram.seen_in(NEW["id"]) == ["omar: Which code?\n[ideas] [Cancel]\n"]
    asked = telegram.shown[-1].calls[0].result
    assert telegram.fake.world.opened[NEW["id"], account["id"]] == asked["message_id"]
    code = await telegram.core.store.read(lambda session: _code(session, telegram))
    await telegram.write(omar, code, NEW, reply_to=asked)
    assert telegram.seen_in(NEW["id"])[-1].startswith("Done: this place belongs to Plaza.\n")
    administrators = f'{{"chat_id": {NEW["id"]}, "type": "chat_administrators"}}'
    assert (administrators, "") in telegram.fake.world.commands


async def test_a_link_for_groups_asks_for_the_code_and_asks_once(telegram: TelegramStage, omar: Person) -> None:
    await _added(telegram, omar)
    await telegram.write(omar, "/start@Portevoix_bot setup", NEW)
    assert telegram.seen_in(NEW["id"]) == ["omar: Which code?\n[ideas] [Cancel]\n"]
    telegram.core.clock.forward(minutes=5)  # type: ignore[attr-defined]
    await telegram.write(omar, "/start@Portevoix_bot setup", NEW)
    assert len(telegram.seen_in(NEW["id"])) == 2


async def test_a_member_who_adds_it_and_a_group_that_is_set_up_are_not_asked_but_who_acts_as_the_group_is(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await _added(telegram, zoe, moderator=False)
    await _come(telegram, PLAZA, telegram.account(omar))
    await _come(telegram, NEW, telegram.account(omar), "member", "administrator")
    await _come(telegram, NEW, telegram.account(omar), "member", "kicked")
    assert not telegram.shown
    await _come(telegram, NEW, ANONYMOUS_ADMIN)
    assert telegram.seen_in(NEW["id"]) == ["Which code?\n[ideas] [Cancel]\n"]


async def test_who_unblocks_the_bot_is_brought_what_they_missed(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await zoe.says("/suggest A bench")
    me = telegram.account(zoe)
    telegram.fake.fail("sendMessage", blocked(), times=None, chat=me["id"])
    await telegram.write(omar, "/queue", supergroup(STAFF, "Desk"))
    await omar.presses("Done")
    assert "is now done" not in "".join(telegram.told_alone(zoe))
    telegram.fake.faults.clear()
    await _come(telegram, private(me), me, "kicked", "member")
    assert "is now done" in telegram.told_alone(zoe)[-1]


async def test_a_new_moderator_counts_as_soon_as_telegram_tells(telegram: TelegramStage, zoe: Person) -> None:
    await zoe.says("/queue")
    zoe.hears("This is for moderators.")
    account = telegram.account(zoe)
    telegram.fake.world.promote(GROUP, account["id"])
    await telegram.happen(telegram.updates.chat_member(PLAZA, account, account, "member", "administrator"))
    await zoe.says("/queue")
    zoe.hears("Nothing waits for a decision.")


def _code(session: Session, telegram: TelegramStage) -> str:
    found = communities.every(session)[0]
    return invite(telegram.core.store.keys, found, False, telegram.core.clock.now().date())
