"""Somebody in several communities who has not said yet which one private messages are for."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.settings.config import DigestSettings, Settings, StaffPlace
from storage.engine.errors import StoreError
from storage.engine.store import Store
from storage.models import Member, Prompt
from storage.people import members
from tests.features.wanderers import FORUM, PLAZA, QUESTION, Somebody, filed, opened
from tests.stage import PLATFORM, BareStage

CHOICE = "Which community are private messages for?"
NOWHERE = "write to the bot once in a group of the community"


@pytest.fixture
async def camille(several: BareStage) -> Somebody:
    somebody = Somebody(several, "camille")
    await somebody.says("/help", "plaza")
    await somebody.says("/help", "forum")
    return somebody


async def chosen(stage: BareStage, name: str = "camille") -> str | None:
    """The key of the community that a person chose."""

    def job(session: Session) -> str | None:
        member = members.find(session, PLATFORM, name)
        assert member
        return {1: "plaza", 2: "forum"}[member.community_id] if member.community_id else None

    return await stage.core.store.read(job)


async def drafts(stage: BareStage) -> int:
    return await stage.core.store.read(lambda session: len(session.exec(select(Prompt)).all()))


@pytest.mark.parametrize("order", [("Plaza", "Forum"), ("Forum", "Plaza")])
async def test_of_two_presses_at_once_the_one_that_files_is_the_one_remembered(
    several: BareStage, camille: Somebody, order: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await camille.says("/suggest A bench")
    glance, both = several.core.store.glance, asyncio.Barrier(2)

    async def read_at_once(_: Store, job: Callable[[Session], Any]) -> Any:
        found = await glance(job)
        await both.wait()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Store, "glance", read_at_once)
        await asyncio.gather(*(camille.presses(label) for label in order))
    own = await chosen(several)
    assert {key for key in ("plaza", "forum") if await filed(several, key)} == {own}


async def test_what_was_not_stored_leaves_neither_a_choice_nor_a_lost_word(
    several: BareStage, camille: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    await camille.says("/suggest A bench")
    with monkeypatch.context() as patch:
        patch.setattr("bot.features.feedback.intake.filing.feedback.add", _break)
        await camille.presses("Plaza")
    assert await chosen(several) is None
    await camille.presses("Forum")
    camille.hears("Got it", "Forum")
    assert await chosen(several) == "forum"


def _break(*_: object) -> None:
    raise StoreError("full")


SHOWN = (("/mine", "Nothing of yours"), ("/status 99", "There is no #99"), ("/queue", "This is for moderators."))


async def test_a_choice_is_remembered_also_where_it_only_shows_or_refuses(several: BareStage) -> None:
    for words, told in SHOWN:
        somebody = Somebody(several, f"says {words}")
        for place in ("plaza", "forum"):
            await somebody.says("/help", place)
        await somebody.says(words)
        await somebody.presses("Forum")
        somebody.hears(told)
        assert await chosen(several, somebody.name) == "forum", words
        assert await drafts(several) == 0, words


async def test_a_place_is_noted_by_what_only_shows_and_not_after_an_erasure(several: BareStage) -> None:
    noor = Somebody(several, "noor")
    await noor.says("/status 99", "plaza")
    await noor.says("/suggest A bench")
    noor.hears("Got it", "Plaza")
    await noor.says("/forgetme", "forum")
    await noor.presses("Erase everything about me", "forum")
    noor.hears("Done.")
    assert await several.core.store.read(lambda session: session.exec(select(Member)).all()) == []


async def test_cancel_drops_the_words_that_wait_for_the_choice(several: BareStage, camille: Somebody) -> None:
    # With nothing under way it names no item, of whichever community.
    noor = Somebody(several, "noor")
    await noor.says("/suggest A bench", "plaza")
    await noor.says("/suggest A lamp", "forum")
    await noor.says("/cancel")
    assert "#" not in noor.hears("There is nothing under way")
    # What waits for the choice goes, whatever is chosen then.
    await camille.says("/suggest A roof")
    asked = camille.replies[-1]
    await camille.says("/cancel")
    camille.hears("Fine. Nothing was sent, and the draft is gone.")
    assert await drafts(several) == 0
    camille.replies.append(asked)
    await camille.presses("Plaza")
    camille.hears("From now on, private messages go to Plaza.")
    assert await filed(several, "plaza") == ["A bench"]


SMALL_TALK = (
    ("hello", "Hello."),
    ("thanks", "With pleasure."),
    ("ok", "All right."),
    ("/start", "This bot carries your voice to the team, answers"),
)


async def test_greetings_and_thanks_ask_for_no_community(camille: Somebody, several: BareStage) -> None:
    for words, told in SMALL_TALK:
        await camille.says(words)
        heard = camille.hears(told)
        assert QUESTION not in heard
        assert "Plaza" not in heard
    # A button of the greeting asks which and goes on.
    await camille.says("/start")
    await camille.presses("Suggest")
    camille.hears(QUESTION)
    await camille.presses("Forum")
    camille.hears("What would you suggest?")
    await camille.says("A bench")
    assert await filed(several, "forum") == ["A bench"]


async def test_help_offers_the_choice_and_tells_a_stranger_where_to_begin(
    several: BareStage, camille: Somebody
) -> None:
    stranger = Somebody(several, "stranger")
    for words in ("/start", "hello", "/help"):
        await stranger.says(words)
        assert "/community" not in stranger.hears(NOWHERE)
    await camille.says("/help")
    assert NOWHERE not in camille.hears("/community: Choose which community", CHOICE, "[Plaza] [Forum]")
    await camille.presses("Forum")
    camille.hears("From now on, private messages go to Forum.")


async def test_an_edit_goes_to_the_community_of_what_was_made_of_the_message(
    several: BareStage, camille: Somebody
) -> None:
    # Of what became nothing, it is passed over.
    stranger = Somebody(several, "stranger")
    for person in (camille, stranger):
        heard = len(person.replies)
        await person.says("A bench and a lamp", edited=True, message="nothing")
        assert len(person.replies) == heard
    assert await drafts(several) == 0
    # Else it goes to the community of what was made of the message.
    await camille.says("/suggest A bench", message="m1")
    await camille.presses("Forum")
    await camille.says("/community")
    await camille.presses("Plaza")
    await camille.says("/suggest A bench and a lamp", edited=True, message="m1")
    camille.hears("You changed your message.")
    await camille.presses("Change it")
    assert await filed(several, "forum") == ["A bench and a lamp"]


async def test_words_that_waited_too_long_are_asked_for_again(several: BareStage, camille: Somebody) -> None:
    await camille.says("/suggest A bench")
    several.core.clock.forward(days=2)  # type: ignore[attr-defined]
    await camille.presses("Forum")
    camille.hears("From now on, private messages go to Forum.", "was not kept: please send it again")
    await camille.presses("Plaza")
    camille.hears("go to Plaza.", "What had no answer was not kept")
    # A choice without words that wait lost none however late.
    await camille.says("/community")
    several.core.clock.forward(days=2)  # type: ignore[attr-defined]
    await camille.presses("Forum")
    assert "kept" not in camille.hears("go to Forum.")


async def test_who_moderates_one_community_has_no_say_by_a_button_of_another(settings: Settings) -> None:
    async for stage in opened(settings, PLAZA):
        await Somebody(stage, "noor").says("/suggest A bench", "plaza")
        before = Somebody(stage, "alex", role=Role.MODERATOR)
        await before.says("/queue", "plaza")
    async for stage in opened(settings, PLAZA, FORUM):
        alex = Somebody(stage, "alex", role=Role.MODERATOR, roles={"forum": Role.MODERATOR}, replies=before.replies)
        await alex.presses("Planned")
        alex.hears("This is for moderators.")
        alex.roles, alex.replies = {"plaza": Role.MODERATOR}, before.replies[:1]
        await alex.presses("Planned")
        alex.hears("#1 is now planned.")


async def test_news_names_the_community_to_those_whom_the_number_does_not_tell(several: BareStage) -> None:
    noor, camille, dora = (Somebody(several, name) for name in ("noor", "camille", "dora"))
    alex = Somebody(several, "alex", role=Role.MODERATOR)
    await noor.says("/suggest A bench", "plaza")
    await camille.says("/support 1", "plaza")
    await camille.says("/help", "forum")
    await dora.says(
        place="plaza", command="suggest", args={"text": "A lamp", "audience": "everyone", "name": "nameless"}
    )
    await dora.presses("Send", "plaza")
    await alex.says(place="plaza", command="queue", args={"number": "1", "verdict": "planned"})
    await alex.says(place="plaza", command="queue", args={"number": "1000", "verdict": "planned"})
    await several.deliver()
    told = {name: plain(several._shown[name][-1]).splitlines()[0] for name in ("noor", "camille", "dora")}
    assert told == {
        "noor": "#1 is now planned.",
        "camille": "#1 of Plaza is now planned.",
        "dora": "#1000 of Plaza is now planned.",
    }


async def test_where_a_digest_goes_belongs_to_its_community_from_the_start(settings: Settings) -> None:
    digest = DigestSettings(community="plaza", staff=StaffPlace(platform=PLATFORM, place="desk"))
    own = settings.model_copy(update={"digests": (digest,)})
    async for stage in opened(own, PLAZA.model_copy(update={"closed": True}), FORUM):
        alex = Somebody(stage, "alex", role=Role.MODERATOR)
        await alex.says("/queue", "desk")
        alex.hears("Nothing waits for a decision.")


async def test_where_a_digest_goes_is_not_taken_from_another_community(settings: Settings) -> None:
    digest = DigestSettings(community="plaza", staff=StaffPlace(platform=PLATFORM, place="forum"))
    async for stage in opened(settings, PLAZA, FORUM):
        await Somebody(stage, "noor").says("/suggest Un banc", "forum")
    async for stage in opened(settings.model_copy(update={"digests": (digest,)}), PLAZA, FORUM):
        await Somebody(stage, "noor").says("/suggest Une lampe", "forum")
        assert await filed(stage, "forum") == ["Un banc", "Une lampe"]


async def test_a_closed_community_does_not_take_in_whoever_the_bot_only_knows(closed: BareStage) -> None:
    stranger, today = Somebody(closed, "stranger"), closed.core.clock.now().date()
    await closed.core.store.write(lambda session: members.resolve_id(session, PLATFORM, "stranger", "Stranger", today))
    await Somebody(closed, "camille").says("/suggest A bench", "plaza")
    await stranger.says("/top")
    assert "A bench" not in stranger.hears("To take part, write to the bot once")
