"""What is for the trusted contacts alone, on each platform: they read and answer it, and nobody else meets a word."""

import pytest
from sqlmodel import Session, select

from bot.catalogue import registry
from storage.models import Identity
from tests.rights.platforms.test_buttons import post
from tests.stage import Person, Stage

WORDS = "A moderator insulted me and then banned me"
SECRET = "insulted me"


@pytest.fixture
async def robin(stage: Stage) -> Person:
    """A member who is a trusted contact: their account has its number once they have written."""
    robin = Person(stage, "robin")
    await robin.says("/praise The lights are back")
    settings = stage.core.settings

    def read(session: Session) -> tuple[str]:
        one = session.exec(select(Identity)).one()
        return (f"{one.platform}:{one.external_id}",)

    contacts = {"trusted_contacts": await stage.core.store.read(read)}
    # The settings are as good as read anew.
    vars(settings)["communities"] = tuple(one.model_copy(update=contacts) for one in settings.communities)
    return robin


async def test_trusted_contacts_read_and_answer_what_nobody_else_meets(
    stage: Stage, robin: Person, camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says(f"/problem {WORDS}")
    await camille.presses("Send to the trusted contacts")
    camille.hears("Got it: problem #2.", "Only the trusted contacts can see it")
    await stage.deliver()
    robin.hears("For the trusted contacts of Plaza", SECRET)
    for person in (noor, alex):
        await person.says("/status 2")
        person.hears("There is no #2 that you can see here.")
    for asked in ("/queue", "/queue 2 done", "/respond 2", "/remove 2 Too loud", "/digest"):
        await alex.says(asked)
    await robin.says("/status 2")
    robin.hears(SECRET)
    # A button for everybody makes nobody a contact.
    await post(stage, [one for one in registry().commands if one.name in ("respond", "queue")], number=2)
    for person in (noor, alex):
        await person.presses("respond")
        person.hears("There is no #2 that you can see here.")
    await robin.presses("respond")
    robin.hears("What should its author read?")
    await robin.says("Can we talk on Tuesday?")
    robin.hears("It goes to the author of #2.")
    await stage.deliver()
    camille.hears("An answer from robin to your #2:", "Can we talk on Tuesday?")
    for person in (noor, alex):
        person.never_heard(SECRET, "Tuesday")
    assert not [text for text in stage.staff() if SECRET in text or "Tuesday" in text]
