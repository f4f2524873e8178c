"""Words of danger said to others, where the bot may answer what it overhears: help comes alone, or not at all."""

from tests.contract.conftest import Theatre
from tests.stage import Person, Stage

DANGER, HELP = "I want to die, I cannot go on", "112"
ALONE = ("telegram", "discord")
"""The platforms on which the bot can write to somebody alone who wrote among others."""


async def test_who_uses_the_bot_is_told_alone_and_once_a_day(
    stage: Stage, theatre: Theatre, camille: Person, noor: Person
) -> None:
    await noor.says("/help")
    # Who never used the bot hears nothing, nor does anybody of ordinary anger.
    await camille.chats(DANGER)
    await stage.deliver()
    camille.never_heard(HELP)
    await camille.says("/mine")
    for text in ("this queue is killing me", "mort de rire, la file d'attente"):
        await camille.chats(text)
    await stage.deliver()
    camille.never_heard(HELP)
    await camille.chats(DANGER)
    await stage.deliver()
    if theatre.platform in ALONE:
        camille.hears("What you wrote sounds serious", HELP, "Nobody else was told.")
    else:
        camille.never_heard(HELP)
    noor.never_heard(HELP)
    assert HELP not in str(stage.staff())
    heard = len(stage.heard(camille))
    await camille.chats("je veux mourir")
    await stage.deliver()
    assert len(stage.heard(camille)) == heard
