"""Several communities, and a closed one: whose a message is, and who may read along."""

from sqlmodel import Session, delete

from bot.ports.inbound import ALL_PLACES, Actor, Chat, File, Inbound, Role
from bot.settings.config import Settings
from storage.models import Place
from storage.people import communities, members
from tests.features.wanderers import ALONE, FORUM, PLAZA, QUESTION, Somebody, filed, give_places, opened
from tests.stage import PLATFORM, BareStage

HOW = ("suggest", "nameless", "support", "follow", "question")


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
                typed = {"question": "Where is the moon base?", "suggest": "/suggest A roof"}.get(how, f"/{how} 1")
                await someone.says(typed, "plaza")
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
    asked = camille.replies[-1]
    assert await filed(several, "forum") == []
    await camille.presses("Forum")
    camille.hears("Got it", "Forum")
    assert await filed(several, "forum") == ["A bench"]
    await camille.says("/suggest A lamp")
    camille.hears("Got it", "Forum")
    assert await filed(several, "plaza") == []
    # Pressed again, the choice files nothing twice.
    camille.replies.append(asked)
    await camille.presses("Plaza")
    camille.hears("From now on, private messages go to Plaza.")
    assert await filed(several, "forum") + await filed(several, "plaza") == ["A bench", "A lamp"]
    # A file is not kept while the choice waits.
    noor = Somebody(several, "noor")
    await noor.says("/help", "plaza")
    await noor.says("/help", "forum")
    await noor.says("/suggest A roof", attachments=(File("a.png", "image/png", b"x"),))
    noor.hears(QUESTION, "Then send the file again: it was not kept.")
    await noor.presses("Plaza")
    noor.hears("From now on, private messages go to Plaza.")


async def test_the_choice_is_changed_by_a_command_that_help_names_and_goes_with_its_person(several: BareStage) -> None:
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
    # It goes with its person, and so do the places.
    await camille.says("/privacy")
    camille.hears("les communautés de ce bot où il a servi")
    await camille.says("/forgetme")
    await camille.presses("Tout effacer à mon sujet")
    camille.hears("C’est fait")

    def known(session: Session) -> object:
        member = members.find(session, PLATFORM, "camille")
        return member and communities.of_member(session, several.core.store.keys, member.id, several.core.clock.now())

    assert await several.core.store.read(known) is None
    await camille.says("/suggest A bench")
    camille.hears("écrire une fois au bot dans un groupe de la communauté")


async def test_a_button_and_an_open_question_stay_with_their_community_whatever_was_chosen_since(
    several: BareStage,
) -> None:
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
    await camille.says("/community")
    await camille.presses("Plaza")
    number = next(several._events)
    actor = Actor(PLATFORM, "camille", "camille")
    chat = Chat(PLATFORM, "forum", overlooked=True, own="camille")
    await several.app.handle(Inbound(f"event-{number}", actor, chat, several.core.clock.now(), text="/problem"))
    await camille.says("The door is stuck")
    assert await filed(several, "forum") == ["Un banc", "The door is stuck"]


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


async def test_who_is_in_no_community_hears_where_to_begin_and_who_is_in_one_is_in_it_alone_too(
    several: BareStage,
) -> None:
    # What was overheard puts nobody in a community.
    camille = Somebody(several, "camille")
    await camille.says("The weather is fine.", "plaza", addressed=False)
    await camille.says("/suggest A bench")
    camille.hears("write to the bot once in a group of the community")
    ines = Somebody(several, "ines", "fr")
    await ines.says("/suggerer Un banc")
    ines.hears("Pour participer, écrire une fois au bot dans un groupe de la communauté")
    # Once seen in a place, they are in its community.
    await camille.says("/help", "forum")
    await camille.says("/suggest A bench")
    camille.hears("Got it", "Forum")
    assert await filed(several, "forum") == ["A bench"]


SAID = ("/top", "/status 1", "/suggest A bench", "When do you open?")


async def test_a_closed_community_shows_nothing_where_it_was_not_brought_in(closed: BareStage) -> None:
    await Somebody(closed, "camille").says("/suggest A bench", "plaza")
    for words in SAID:
        stranger = Somebody(closed, f"says {words}", role=Role.MODERATOR)
        await stranger.says(words, "a group of their own")
        heard = stranger.hears(
            "This bot belongs to a closed community; a moderator brings this place in with /setup CODE"
        )
        assert "bench" not in heard, words
        await stranger.says(words)
        assert "bench" not in stranger.hears("write to the bot once in a group of the community"), words
    # Its own people are heard alone, too.
    noor = Somebody(closed, "noor")
    await noor.says("/top", "plaza")
    await noor.says("/suggest A lamp")
    noor.hears("Got it")


async def test_a_closed_community_still_helps_strangers_tells_what_is_kept_and_erases_it(closed: BareStage) -> None:
    moderator = Somebody(closed, "moderator", role=Role.MODERATOR)
    await moderator.says("/help", "a group of their own")
    heard = moderator.hears("/setup CODE", "/forgetme")
    assert "/suggest" not in heard, "it would be refused"
    assert "/queue" not in heard
    stranger = Somebody(closed, "stranger")
    for place in ("a group of their own", ALONE):
        await stranger.says("/privacy", place)
        assert "Plaza" not in stranger.hears("Your privacy here")
        await stranger.says("/forgetme", place)
        await stranger.presses("Erase everything about me", place)
        stranger.hears("Done.")


async def test_where_a_place_was_set_up_the_others_let_nobody_in_and_help_tells_moderators_how_to(
    settings: Settings,
) -> None:
    async for stage in opened(settings, PLAZA):
        stranger = Somebody(stage, "stranger")
        await stranger.says("/top", "a group of their own")
        stranger.hears("This place does not belong to a community yet")
        await stranger.says("/top")
        stranger.hears("To take part, write to the bot once in a group of the community")
        # While none is, moderators are told once.
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
