"""Buttons under a message for all, on each platform: each runs for who may use its command, and for nobody else.

`tests/rights/test_matrix.py` tries every person and place on the core; here every button goes through the platform.
"""

from collections.abc import Sequence

from sqlmodel import Session, func, select

from bot.catalogue import registry
from bot.commands.buttons import with_tokens
from bot.commands.registry import Command
from bot.ports.card import Face
from bot.ports.inbound import Actor, Role
from bot.ports.reply import Button, Buttons, Paragraph, Reply
from storage.models import Feedback, History
from storage.people import communities
from tests.contract.conftest import Theatre
from tests.rights.matrix import REFUSALS, arguments
from tests.stage import Person, Stage

ON_A_MESSAGE = 20
"""Discord shows at most 25 buttons under a message."""
SHARES = {"web": 0, "telegram": 1, "discord": 2}
"""Which of every eight commands are tried on a platform; each is on the bare stage."""
FOR_MODERATORS = [command for command in registry().commands if command.role > Role.MEMBER]


async def post(stage: Stage, commands: Sequence[Command], holder: Actor | None = None, number: int = 1) -> None:
    """Post messages for all with a button for each command, named after it."""

    def make(session: Session) -> list[Face]:
        home, keys, now = communities.every(session)[0], stage.core.store.keys, stage.core.clock.now()
        row = [Button(one.name, one.name, arguments(one, number)) for one in commands]
        blocks = [Buttons(tuple(row[at : at + ON_A_MESSAGE])) for at in range(0, len(row), ON_A_MESSAGE)]
        replies = [Reply((Paragraph("Press."), block), private=False) for block in blocks]
        made = [with_tokens(session, keys, one, holder, now, home.id) for one in replies]
        return [Face(reply, f"Press {number}") for number, reply in enumerate(made)]

    for face in await stage.core.store.write(make):
        await stage.show_card(face)


async def _stored(stage: Stage) -> list[object]:
    """What the item and its history look like."""

    def job(session: Session) -> list[object]:
        item = session.get(Feedback, 1)
        assert item
        return [item.status, item.text, item.area, session.exec(select(func.count()).select_from(History)).one()]

    return await stage.core.store.read(job)


async def test_members_press_no_moderators_button_and_moderators_do(
    stage: Stage, theatre: Theatre, noor: Person, alex: Person
) -> None:
    await Person(stage, "camille").says("/suggest Sunday opening")
    # A press is the same event whatever it calls.
    tried = FOR_MODERATORS[SHARES[theatre.platform] :: 8]
    await post(stage, tried)
    before = await _stored(stage)
    for command in tried:
        await noor.presses(command.name)
        assert noor.hears().strip() in REFUSALS, command.name
    assert await _stored(stage) == before
    await alex.presses(tried[0].name)
    assert alex.hears().strip() not in REFUSALS, tried[0].name


async def test_a_button_that_was_shown_to_one_person_is_nobody_elses(stage: Stage, noor: Person) -> None:
    await Person(stage, "camille").says("/suggest Sunday opening")
    another = Actor("another", "1", "Camille")
    await post(stage, [command for command in registry().commands if command.name in ("withdraw", "edit")], another)
    for name in ("withdraw", "edit"):
        await noor.presses(name)
        noor.hears("This button is for someone else.")
