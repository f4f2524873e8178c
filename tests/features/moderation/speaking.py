"""How people speak here without a name, and what a blocked person hears."""

from tests.stage import BareStage, Person

PAUSE = "The moderators of Plaza ask for a pause: until 11 March"


async def namelessly(stage: BareStage, person: Person, text: str) -> None:
    await stage.do(person, command="suggest", args={"text": text, "audience": "everyone", "name": "nameless"})
    if "Without your name" in stage.heard(person)[-1]:
        await person.presses("Send")
