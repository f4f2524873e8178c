"""Who is blocked may still write to the trusted contacts: else a moderator could block whoever complains of them."""

from tests.stage import BareStage, Person

PAUSE = "The moderators of Plaza ask for a pause"


async def test_trusted_contacts_can_always_be_written_to(stage: BareStage, camille: Person, alex: Person) -> None:
    await camille.says("/suggest Rubbish")
    await alex.says("/block 1 week No.")
    await stage.do(camille, command="problem", args={"text": "Alex shouts at us", "audience": "trusted"})
    camille.hears("Got it")
    await camille.says("/visibility 2")
    await camille.presses("Show to everyone")
    await camille.presses("Show to everyone")
    camille.hears(PAUSE)
