"""How a chat becomes a community's or its staff's: by a code that an administrator types."""

from sqlmodel import Session

from adapters.telegram.places import PLATFORM
from bot.dispatch.community.invitation import invite
from storage.people import communities
from tests.adapters.telegram.stage import GROUP, PLAZA, STAFF, TelegramStage
from tests.sockets.updates import ANONYMOUS_ADMIN, supergroup
from tests.stage import Person

NEW, DESK, LATER = supergroup(-1004, "New"), supergroup(-1007, "Another desk"), supergroup(-1005, "Another")
FORUM = supergroup(-1006, "Forum", forum=True)
REFUSED = "This is for moderators. /help shows what you can do here."


async def _code(telegram: TelegramStage, *, staff: bool = False) -> str:
    core = telegram.core

    def make(session: Session) -> str:
        return invite(core.store.keys, communities.every(session)[0], staff, core.clock.now().date())

    return await core.store.read(make)


async def _places(telegram: TelegramStage) -> dict[str, bool]:
    found = await telegram.core.store.read(lambda session: communities.places(session, PLATFORM))
    return {place.external_id: place.staff for place in found}


async def test_a_code_makes_a_group_the_communitys_or_a_chat_the_staffs_also_when_it_is_asked_for(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    telegram.fake.world.promote(NEW["id"], telegram.account(zoe)["id"])
    await telegram.write(zoe, f"/setup {await _code(telegram)}", NEW)
    assert [text.split("\n")[0] for text in telegram.seen_in(NEW["id"])] == ["Done: this place belongs to Plaza."]
    assert (await _places(telegram))[str(NEW["id"])] is False
    telegram.fake.world.promote(DESK["id"], telegram.account(zoe)["id"])
    await telegram.write(zoe, f"/installer@portevoix_bot {await _code(telegram, staff=True)}", DESK)
    assert telegram.seen_in(DESK["id"]) == ["Done: the digests of Plaza come here.\n"]
    places = {str(GROUP): False, str(STAFF): False, str(NEW["id"]): False, str(DESK["id"]): True}
    assert await _places(telegram) == places
    # A bare command asks for the code where it is wanted.
    telegram.fake.world.promote(LATER["id"], telegram.account(omar)["id"])
    await telegram.write(omar, "/setup", LATER)
    assert "Which code?" in telegram.seen_in(LATER["id"])[-1]
    await telegram.write(omar, await _code(telegram), LATER, reply_to=telegram.shown[-1].calls[0].result)
    assert telegram.seen_in(LATER["id"])[-1].startswith("Done: this place belongs to Plaza.\n")


async def test_an_administrator_who_speaks_as_the_group_may_set_it_up_and_a_code_like_a_word_tells_no_language(
    telegram: TelegramStage,
) -> None:
    await telegram.happen(telegram.updates.message("/setup les", NEW, ANONYMOUS_ADMIN, sender_chat=NEW))
    assert telegram.seen_in(NEW["id"])[0].startswith("This code does not fit")
    said = f"/setup {await _code(telegram)}"
    await telegram.happen(telegram.updates.message(said, NEW, ANONYMOUS_ADMIN, sender_chat=NEW))
    assert telegram.seen_in(NEW["id"])[-1].startswith("Done: this place belongs to Plaza.\n")


async def test_a_code_in_a_topic_makes_the_whole_group_the_communitys_and_one_topic_the_staffs(
    telegram: TelegramStage, zoe: Person
) -> None:
    telegram.fake.world.promote(FORUM["id"], telegram.account(zoe)["id"])
    await telegram.write(zoe, f"/setup {await _code(telegram)}", FORUM, thread=7)
    await telegram.write(zoe, f"/setup {await _code(telegram, staff=True)}", FORUM, thread=9)
    assert await _places(telegram) == {str(GROUP): False, str(STAFF): False, "-1006": False, "-1006:9": True}


async def test_a_code_is_an_administrator_s_in_a_group_and_a_wrong_one_or_one_used_before_changes_nothing(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    code, before = await _code(telegram), await _places(telegram)
    await telegram.write(omar, f"/setup {code}", DESK)
    omar.hears(REFUSED)
    await omar.says(f"/setup {code}")
    omar.hears("This works in the group or channel that is meant, not here.")
    assert await _places(telegram) == before
    for chat in (NEW, PLAZA):
        telegram.fake.world.promote(chat["id"], telegram.account(zoe)["id"])
    await telegram.write(zoe, "/setup AAAAAAAAAA", NEW)
    zoe.hears("This code does not fit, or was used already.")
    await telegram.write(zoe, f"/setup {code}", NEW)
    after = await _places(telegram)
    await telegram.write(zoe, f"/setup {code}", LATER)
    zoe.hears(REFUSED)
    telegram.fake.world.promote(LATER["id"], telegram.account(zoe)["id"])
    await telegram.write(zoe, f"/setup {code}", LATER)
    assert await _places(telegram) == after
