"""Several communities, and a closed one: whose a message is, and who may read along."""

import pytest
from sqlmodel import Session, delete

from bot.ports.inbound import ALL_PLACES, Actor, Chat, File, Inbound, Role
from bot.settings.config import Settings
from storage.models import Place
from storage.people import communities, members
from tests.features.wanderers import ALONE, FORUM, PLAZA, QUESTION, Somebody, filed, give_places, opened
from tests.stage import PLATFORM, BareStage


async def test_who_is_in_one_community_is_in_it_alone_too(several: BareStage) -> None:
    camille = Somebody(several, "camille")
    await camille.says("/help", "forum")
    await camille.says("/suggest A bench")
    camille.hears("Got it", "Forum")
    assert await filed(several, "forum") == ["A bench"]


async def test_feedback_of_before_tells_where_somebody_is(settings: Settings) -> None:
    async for stage in opened(settings, PLAZA):
        await Somebody(stage, "camille").says("/suggest A bench", "plaza")
    async for stage in opened(settings, PLAZA, FORUM):
        camille = Somebody(stage, "camille")
        await camille.says("/suggest A lamp")
        camille.hears("Got it", "Plaza")


HOW = ("nameless", "support", "follow", "question")


async def test_whatever_somebody_did_before_tells_where_they_are(settings: Settings) -> None:
    async for stage in opened(settings, PLAZA):
        await Somebody(stage, "noor").says("/suggest A bench", "plaza")
        for how in HOW:
            someone = Somebody(stage, how)
            if how == "nameless":
                args = {"text": "A lamp", "audience": "everyone", "name": "nameless"}
                await someone.says(place="plaza", command="suggest", args=args)
                await someone.presses("Send", "plaza")
            else:
                await someone.says("Where is the moon base?" if how == "question" else f"/{how} 1", "plaza")
    closed = PLAZA.model_copy(update={"closed": True})
    for words, own in (("The door is stuck", (PLAZA, FORUM)), ("It is cold", (closed,))):
        async for stage in opened(settings, *own):
            for how in HOW:
                again = Somebody(stage, how)
                await again.says(f"/problem {words}, says {how}")
                again.hears("Got it")
                assert f"{words}, says {how}" in await filed(stage, "plaza")
            stranger = Somebody(stage, "stranger")
            await stranger.says("/mine")
            stranger.hears("write to the bot once in a group of the community")


async def test_who_is_in_two_is_asked_once_and_keeps_the_words(several: BareStage) -> None:
    camille = Somebody(several, "camille")
    await camille.says("/help", "plaza")
    await camille.says("/help", "forum")
    await camille.says("/suggest A bench")
    camille.hears(QUESTION, "/community changes that", "[Plaza] [Forum]")
    assert await filed(several, "forum") == []
    await camille.presses("Forum")
    camille.hears("Got it", "Forum")
    assert await filed(several, "forum") == ["A bench"]
    await camille.says("/suggest A lamp")
    camille.hears("Got it", "Forum")
    assert await filed(several, "plaza") == []


async def test_pressed_again_the_choice_files_nothing_twice(several: BareStage) -> None:
    camille = Somebody(several, "camille")
    await camille.says("/help", "plaza")
    await camille.says("/help", "forum")
    await camille.says("/suggest A bench")
    asked = camille.replies[-1]
    await camille.presses("Forum")
    camille.replies.append(asked)
    await camille.presses("Plaza")
    camille.hears("From now on, private messages go to Plaza.")
    assert await filed(several, "forum") + await filed(several, "plaza") == ["A bench"]


async def test_the_choice_is_changed_by_a_command_that_help_names(several: BareStage) -> None:
    camille = Somebody(several, "camille", "fr")
    await camille.says("/help", "plaza")
    await camille.says("/help", "forum")
    await camille.says("/communaute")
    camille.hears("Pour quelle communauté sont les messages privés ?")
    await camille.presses("Forum")
    camille.hears("Désormais, les messages privés vont à Forum.")
    await camille.says("/aide")
    camille.hears("Les messages privés vont à Forum ; /communaute change cela.")
    await camille.says("/community")
    await camille.presses("Plaza")
    await camille.says("/suggerer Un banc")
    assert await filed(several, "plaza") == ["Un banc"]


async def test_who_was_in_neither_is_told_kindly_where_to_begin(several: BareStage) -> None:
    camille = Somebody(several, "camille", "fr")
    await camille.says("/suggerer Un banc")
    camille.hears("Pour participer, écrire une fois au bot dans un groupe de la communauté")


async def test_a_file_is_not_kept_while_the_choice_waits(several: BareStage) -> None:
    camille = Somebody(several, "camille")
    await camille.says("/help", "plaza")
    await camille.says("/help", "forum")
    await camille.says("/suggest A bench", attachments=(File("a.png", "image/png", b"x"),))
    camille.hears(QUESTION, "Then send the file again: it was not kept.")
    await camille.presses("Plaza")
    camille.hears("From now on, private messages go to Plaza.")


async def test_a_button_stays_with_its_community_whatever_was_chosen_since(several: BareStage) -> None:
    camille = Somebody(several, "camille")
    await camille.says("/suggest A bench", "plaza")
    await camille.says("/suggest Un banc", "forum")
    await camille.says("/community")
    await camille.presses("Plaza")
    await camille.says("/mine")
    mine = camille.replies[-1]
    await camille.says("/community")
    await camille.presses("Forum")
    camille.replies.append(mine)
    await camille.presses("#1")
    camille.hears("A bench")


async def test_a_question_begun_in_a_place_is_answered_for_that_place(several: BareStage) -> None:
    camille = Somebody(several, "camille")
    await camille.says("/help", "plaza")
    await camille.says("/help", "forum")
    await camille.says("/community")
    await camille.presses("Plaza")
    number = next(several._events)
    actor = Actor(PLATFORM, "camille", "camille")
    chat = Chat(PLATFORM, "forum", overlooked=True, own="camille")
    await several.app.handle(Inbound(f"event-{number}", actor, chat, several.core.clock.now(), text="/problem"))
    await camille.says("The door is stuck")
    assert await filed(several, "forum") == ["The door is stuck"]


async def test_who_moderates_one_community_decides_nothing_in_another_from_a_private_chat(several: BareStage) -> None:
    alex = Somebody(several, "alex", role=Role.MODERATOR, roles={"plaza": Role.MODERATOR})
    await alex.says("/help", "plaza")
    await alex.says("/help", "forum")
    await alex.says("/queue")
    await alex.presses("Forum")
    alex.hears("This is for moderators.")
    await alex.says("/community")
    await alex.presses("Plaza")
    await alex.says("/queue")
    alex.hears("Nothing waits")
    alex.roles = {ALL_PLACES: Role.MODERATOR}
    await alex.says("/community")
    await alex.presses("Forum")
    await alex.says("/queue")
    alex.hears("Nothing waits")


async def test_the_choice_and_the_places_go_with_their_person(several: BareStage) -> None:
    camille = Somebody(several, "camille")
    await camille.says("/help", "plaza")
    await camille.says("/help", "forum")
    await camille.says("/privacy")
    camille.hears("in which communities of this bot you used it")
    await camille.says("/community")
    await camille.presses("Forum")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    camille.hears("Done.")

    def known(session: Session) -> object:
        member = members.find(session, PLATFORM, "camille")
        return member and communities.of_member(session, several.core.store.keys, member.id, several.core.clock.now())

    assert await several.core.store.read(known) is None
    await camille.says("/suggest A bench")
    camille.hears("write to the bot once in a group of the community")


async def test_what_was_overheard_puts_nobody_in_a_community(several: BareStage) -> None:
    camille = Somebody(several, "camille")
    await camille.says("The weather is fine.", "plaza", addressed=False)
    await camille.says("/suggest A bench")
    camille.hears("write to the bot once in a group of the community")


@pytest.mark.parametrize("command", ["/top", "/status 1", "/suggest A bench", "When do you open?"])
async def test_a_closed_community_shows_nothing_where_it_was_not_brought_in(closed: BareStage, command: str) -> None:
    stranger = Somebody(closed, "stranger", role=Role.MODERATOR)
    await Somebody(closed, "camille").says("/suggest A bench", "plaza")
    await stranger.says(command, "a group of their own")
    heard = stranger.hears("This bot belongs to a closed community; a moderator brings this place in with /setup CODE")
    assert "bench" not in heard
    await stranger.says(command)
    assert "bench" not in stranger.hears("write to the bot once in a group of the community")


async def test_a_closed_community_hears_its_own_people_alone_too(closed: BareStage) -> None:
    camille = Somebody(closed, "camille")
    await camille.says("/top", "plaza")
    await camille.says("/suggest A bench")
    camille.hears("Got it")


async def test_a_closed_community_still_tells_strangers_what_is_kept_and_erases_it(closed: BareStage) -> None:
    stranger = Somebody(closed, "stranger")
    for place in ("a group of their own", ALONE):
        await stranger.says("/privacy", place)
        assert "Plaza" not in stranger.hears("Your privacy here")
        await stranger.says("/forgetme", place)
        await stranger.presses("Erase everything about me", place)
        stranger.hears("Done.")


async def test_help_says_what_brings_a_place_in_and_offers_nothing_that_would_be_refused(closed: BareStage) -> None:
    stranger = Somebody(closed, "stranger", role=Role.MODERATOR)
    await stranger.says("/help", "a group of their own")
    heard = stranger.hears("/setup CODE", "/forgetme")
    assert "/suggest" not in heard
    assert "/queue" not in heard


async def test_help_tells_moderators_of_an_open_community_once_how_a_place_is_set_up(settings: Settings) -> None:
    async for stage in opened(settings, PLAZA):
        await stage.core.store.write(lambda session: session.exec(delete(Place)))
        alex = Somebody(stage, "alex", "fr", role=Role.MODERATOR)
        await alex.says("/aide", "elsewhere")
        assert alex.hears("/installer CODE", "portevoix code").count("/installer") == 1
        noor = Somebody(stage, "noor")
        await noor.says("/help", "elsewhere")
        assert "/setup" not in noor.hears("/suggest")
        await stage.core.store.write(give_places)
        await alex.says("/aide", "plaza")
        assert "/installer" not in alex.hears("/atraiter")


async def test_once_a_place_was_set_up_a_chat_of_a_strangers_own_lets_nobody_in(settings: Settings) -> None:
    async for stage in opened(settings, PLAZA):
        stranger = Somebody(stage, "stranger")
        await stranger.says("/top", "a group of their own")
        stranger.hears("This place does not belong to a community yet")
        await stranger.says("/top")
        stranger.hears("To take part, write to the bot once in a group of the community")
