"""Who moderates and who is staff, by Telegram's own word."""

import time
from collections.abc import AsyncIterator
from functools import partial
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from adapters.telegram import lookups, rights
from adapters.telegram.places import PLATFORM
from bot.core import Core
from bot.ports.adapter import Handle
from bot.ports.inbound import Inbound, Role
from bot.ports.reply import Reply
from storage.items.public import boards
from storage.people import communities
from tests.adapters.telegram.stage import DESK, GROUP, PLAZA, STAFF, TelegramStage, telegram_stage
from tests.clock import StillClock
from tests.sockets.fakes.telegram.faults import broken, kicked, slow
from tests.sockets.updates import ANONYMOUS_ADMIN, private, supergroup
from tests.stage import Person

NEW = supergroup(-1004, "New")
FORUM = supergroup(-1006, "Forum", forum=True)
REFUSED = "This is for moderators. /help shows what you can do here."


@pytest.fixture
async def appointed(core: Core) -> AsyncIterator[TelegramStage]:
    """A bot whose settings name the first account that comes as a moderator."""
    async with telegram_stage(core, moderators=(101,)) as stage:
        yield stage


async def test_members_moderate_nowhere_and_the_group_s_administrators_and_owner_there_and_alone(
    telegram: TelegramStage, zoe: Person
) -> None:
    adam, olga = Person(telegram, "adam"), Person(telegram, "olga")
    telegram.fake.world.promote(GROUP, telegram.account(adam)["id"])
    telegram.fake.world.promote(GROUP, telegram.account(olga)["id"], owner=True)
    await zoe.says("/queue")
    zoe.hears(REFUSED)
    await telegram.write(zoe, "/queue")
    assert telegram.told_alone(zoe)[-1] == f"{REFUSED}\n"
    await telegram.write(adam, "/queue")
    assert telegram.told_alone(adam)[-1] == "Nothing waits for a decision.\n"
    for person, typed in ((adam, "/queue@portevoix_bot"), (olga, "/queue")):
        await person.says(typed)
        person.hears("Nothing waits for a decision.")
    await adam.says("/help")
    adam.hears("/queue: ")


async def test_nobody_moderates_by_adding_the_bot_to_a_group_of_their_own_where_plain_words_are_a_members(
    telegram: TelegramStage, zoe: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.fake.world.promote(NEW["id"], telegram.account(zoe)["id"], owner=True)
    await telegram.write(zoe, "/queue", NEW)
    zoe.hears("This place does not belong to a community yet")
    await telegram.happen(telegram.updates.message("/queue", NEW, ANONYMOUS_ADMIN, sender_chat=NEW))
    assert "Nothing waits" not in str(telegram.seen_in(NEW["id"]))
    # An administrator's plain words there are a member's.
    roles: list[Role] = []
    monkeypatch.setattr(telegram.telegram, "_handle", _noting(telegram.telegram._handle, roles))
    await telegram.write(zoe, "Good morning, @portevoix_bot", NEW)
    await telegram.happen(telegram.updates.message("@portevoix_bot Hello", NEW, ANONYMOUS_ADMIN, sender_chat=NEW))
    assert roles == [Role.MEMBER, Role.MEMBER]
    await telegram.write(zoe, "/setup", NEW)
    await telegram.write(zoe, "@portevoix_bot AAAAAAAAAA", NEW)
    assert roles[2:] == [Role.MODERATOR, Role.MODERATOR]


async def test_whom_the_settings_name_moderates_in_every_place_of_the_community(appointed: TelegramStage) -> None:
    ravi = Person(appointed, "ravi")
    for chat in (private(appointed.account(ravi)), PLAZA):
        await appointed.write(ravi, "/queue", chat)
        ravi.hears("Nothing waits for a decision.")
    await appointed.write(ravi, "/queue", NEW)
    ravi.hears("This place does not belong to a community yet")


async def test_a_member_of_the_staff_chat_is_staff_alone_in_the_communitys_group_and_in_every_topic(
    telegram: TelegramStage, zoe: Person, clock: StillClock
) -> None:
    dana = Person(telegram, "dana", Role.STAFF)
    telegram.fake.world.members.pop((GROUP, telegram.account(dana)["id"]))
    await dana.says("/queue")
    dana.hears("Nothing waits for a decision.")
    # In the community's group, too, and in no other.
    await telegram.write(dana, "/queue")
    assert telegram.told_alone(dana)[-1] == "Nothing waits for a decision.\n"
    await telegram.write(dana, "/queue", NEW)
    dana.hears("This place does not belong to a community yet")
    await telegram.write(zoe, "/queue")
    zoe.hears(REFUSED)
    # Every topic of the staff chat is the staff's.
    await telegram.write(dana, "/queue", supergroup(STAFF, forum=True), thread=3)
    assert telegram.staff() == ["Nothing waits for a decision.\n"]
    # Also beside one for ideas.
    home = (await telegram.core.store.read(communities.every))[0].id
    for place in (f"{STAFF}:5", f"{GROUP}:7"):
        await telegram.core.store.write(
            partial(boards.show_ideas, community_id=home, platform="telegram", external_id=place, now=clock.now())
        )
        await telegram.write(dana, "/queue", supergroup(STAFF, forum=True), thread=3)
    assert telegram.staff() == ["Nothing waits for a decision.\n"] * 3


async def test_whoever_left_the_staff_chat_is_staff_no_more(telegram: TelegramStage, zoe: Person) -> None:
    for status in ("left", "kicked"):
        telegram.fake.world.members[STAFF, telegram.account(zoe)["id"]] = {"status": status, "until_date": 0}
        await zoe.says("/queue")
        zoe.hears(REFUSED)


async def test_a_topic_for_digests_in_the_communitys_group_makes_nobody_staff(
    telegram: TelegramStage, zoe: Person
) -> None:
    await telegram.core.store.write(lambda session: _join(session, f"{GROUP}:9", staff=True))
    await zoe.says("/queue")
    zoe.hears(REFUSED)
    await telegram.write(zoe, "/queue", supergroup(GROUP, forum=True), thread=9)
    zoe.hears(REFUSED)


async def test_of_a_forum_known_by_one_topic_for_digests_only_the_administrators_moderate(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await telegram.core.store.write(lambda session: _join(session, "-1006:9", staff=True))
    telegram.fake.world.promote(FORUM["id"], telegram.account(omar)["id"])
    for chat in (private(telegram.account(zoe)), FORUM):
        await telegram.write(zoe, "/queue", chat, **({"thread": 9} if chat is FORUM else {}))
        zoe.hears(REFUSED)
    await telegram.write(omar, "/queue", FORUM, thread=9)
    assert telegram.told_alone(omar)[-1] == "Nothing waits for a decision.\n"
    assert not telegram.seen_in(FORUM["id"])


async def test_a_chat_that_the_bot_was_put_out_of_is_not_asked_at_every_message(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    for method in ("getChatMember", "getChatAdministrators"):
        telegram.fake.fail(method, kicked(), times=None, chat=STAFF)
    for person in (zoe, ines, zoe):
        await person.says("/queue")
    asked = [call for call in telegram.fake.journal.calls if call.chat == STAFF]
    assert len(asked) == 1


async def test_an_answer_of_telegrams_that_was_lost_is_asked_for_again_soon_and_moderators_stay_so_while_it_fails(
    telegram: TelegramStage, zoe: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.fake.world.promote(GROUP, telegram.account(zoe)["id"])
    telegram.fake.fail("getChatAdministrators", broken(), chat=GROUP)
    later = time.monotonic()
    monkeypatch.setattr(lookups, "time", SimpleNamespace(monotonic=lambda: later))
    for _ in range(2):
        await telegram.write(zoe, "/queue")
        zoe.hears(REFUSED)
    later += rights.FAILURE_TTL + 1
    await telegram.write(zoe, "/queue")
    zoe.hears("Nothing waits for a decision.")
    # Moderators stay moderators while Telegram fails.
    telegram.fake.fail("getChatAdministrators", broken(500), chat=GROUP, times=None)
    for _ in range(3):
        later += rights.ROLES_TTL + 1
        await telegram.write(zoe, "/queue")
        zoe.hears("Nothing waits for a decision.")


async def test_a_burst_asks_once_for_the_administrators_of_a_chat(telegram: TelegramStage) -> None:
    telegram.fake.fail("getChatAdministrators", slow(0.05), chat=GROUP)
    people = [Person(telegram, f"person {number}") for number in range(10)]
    await telegram.happen(
        *(telegram.updates.message("/queue@portevoix_bot", PLAZA, telegram.account(person)) for person in people)
    )
    asked = [call for call in telegram.fake.journal.calls if call.method == "getChatAdministrators"]
    assert len([call for call in asked if call.chat == GROUP]) == 1


async def test_a_place_that_is_no_chat_of_telegrams_disturbs_nobody(telegram: TelegramStage, omar: Person) -> None:
    await telegram.core.store.write(lambda session: _join(session, "@our_desk", staff=True))
    await omar.says("/queue")
    omar.hears("Nothing waits for a decision.")


async def test_the_staff_decides_in_the_staff_chat_for_all_there_to_see(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await zoe.says("/suggest Sunday opening")
    await telegram.write(omar, "/queue", DESK)
    assert "> Sunday opening #1" in telegram.staff()[-1]
    await omar.presses("Not planned")
    assert "Why? Everyone concerned will read it." in telegram.staff()[-1]
    await telegram.write(omar, "No volunteers.", DESK, reply_to=telegram.shown[-1].calls[0].result)
    assert "#1 is now not planned." in str(telegram.staff())
    zoe.hears("#1 is now not planned.", "No volunteers.")


def _join(session: Session, place: str, *, staff: bool) -> None:
    communities.join_place(session, communities.every(session)[0].id, PLATFORM, place, staff)


def _noting(handle: Handle, roles: list[Role]) -> Handle:
    async def noted(inbound: Inbound) -> Reply | None:
        roles.append(inbound.actor.role)
        return await handle(inbound)

    return noted
