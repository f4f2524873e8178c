"""How the community and its members are told what became of things, word for word."""

from datetime import timedelta

from sqlmodel import Session

from bot.features.telling.gathering import Gathering
from bot.ports.inbound import Role
from storage.items.public import boards
from storage.people import communities
from tests.clock import WEDNESDAY, StillClock
from tests.golden.conftest import Agree
from tests.stage import PLATFORM, BareStage, Person

SAID = {
    "en": ("Sunday delivery", "Change the pick-up point after buying", "Evening hours"),
    "fr": ("Livraison le dimanche", "Changer de relais après l'achat", "Horaires du soir"),
}
WHY = {
    "en": "no volunteers that day. Review in September.",
    "fr": "pas de volontaires ce jour-là. À revoir en septembre.",
}
HOW = {"en": "possible since Monday.", "fr": "possible depuis lundi."}
THANKS = {"en": "A call back in ten minutes!", "fr": "Rappel en dix minutes !"}


async def _decided(stage: BareStage, language: str) -> tuple[Person, Person]:
    def job(session: Session) -> None:
        boards.show_ideas(session, communities.every(session)[0].id, PLATFORM, "plaza", WEDNESDAY)

    await stage.core.store.write(job)
    ines, omar = Person(stage, "Inès", language=language), Person(stage, "Omar", Role.MODERATOR, language)
    await ines.says("/notifications daily" if language == "en" else "/notifications quotidien")
    for words in SAID[language]:
        await ines.says(f"/suggest {words}")
    await ines.says(f"/praise {THANKS[language]}")
    await ines.presses("May be quoted" if language == "en" else "Citation permise")
    await omar.says(f"/queue 1 not_planned {WHY[language]}")
    await omar.says(f"/queue 2 exists {HOW[language]}")
    await omar.says("/queue 3 done")
    await omar.says("/queue 4 done")
    return ines, omar


async def test_you_said_we_did_and_the_news_of_a_day(
    stage: BareStage, clock: StillClock, language: str, agree: Agree
) -> None:
    ines, omar = await _decided(stage, language)
    await omar.says("/said")
    agree("you said, draft", omar.hears())
    await omar.presses("Post" if language == "en" else "Publier")
    await stage.deliver()
    agree("you said, posted", stage.staff()[-1])
    clock.time += timedelta(days=1)
    await Gathering(stage.core).look()
    await stage.deliver()
    agree("news of a day", ines.hears())
    await ines.says("/mine")
    agree("one's own", ines.hears())
    await ines.says("/notifications")
    agree("how often", ines.hears())


async def test_ready_to_talk(stage: BareStage, language: str, agree: Agree) -> None:
    ines, omar = await _decided(stage, language)
    await ines.says("/dialogue")
    agree("ready to talk", ines.hears())
    await stage.do(ines, command="dialogue", args={"number": "3"})
    agree("ready to talk about one", ines.hears())
    await omar.says("/askready 3")
    await omar.says(HOW[language])
    agree("asked those ready", omar.hears())
    await stage.deliver()
    agree("asked by the team", ines.hears())
