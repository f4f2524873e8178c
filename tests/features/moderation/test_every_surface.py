"""A word that was taken from view is on no surface that others read, after one delivery."""

import io
import json
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from bot.dispatch import autocomplete
from bot.features.digest.figures import figures
from bot.features.digest.gather import gather, week_until
from bot.ports.inbound import Actor, Chat, Inbound, Role
from bot.settings.community.digests import DigestSettings
from bot.transfer.outgoing.export import write_csv, write_json
from storage.models import Digest, Feedback, Outbox
from storage.people import communities
from tests.clock import StillClock
from tests.stage import BareStage, Person, Stage
from tests.storage.rows import NOON

WORD = "xylophone"
Surface = Callable[[BareStage], Awaitable[str]]


async def numbers(stage: Stage) -> list[int]:
    """The numbers of the two items with the word."""

    def job(session: Session) -> list[int]:
        found = session.exec(select(Feedback).where(col(Feedback.text).contains(WORD))).all()
        return [item.number for item in sorted(found, key=lambda item: item.text)]

    return await stage.core.store.read(job)


def typed(text: str, role: Role = Role.MEMBER) -> Surface:
    """What a person hears who types this, of each of the two items where it is about one."""

    async def read(stage: BareStage) -> str:
        reader, heard = Person(stage, "reader", role), []
        for number in await numbers(stage):
            await reader.says(text.format(number=number))
            heard.append(reader.hears())
            if "{number}" not in text:
                break
        return "\n".join(heard)

    return read


async def completed(stage: BareStage) -> str:
    """What is offered to a person who types a number, or the word."""
    actor = Actor(stage.name, "reader", "reader", Role.MODERATOR)
    inbound = Inbound("completion", actor, Chat(stage.name, "plaza"), NOON)
    found = [await autocomplete.numbers(stage.core, inbound, text, 25) for text in ("", "1", WORD)]
    return json.dumps(found)


async def posted(stage: BareStage) -> str:
    """A digest posted now, in the staff place and in the archive."""
    await Person(stage, "reader", Role.MODERATOR).says("/digest now")
    await stage.deliver()
    return stage.staff()[-1] + await archived(stage)


async def archived(stage: BareStage) -> str:
    """The digests of the archive; one was posted before the removal."""
    rows = await stage.core.store.read(lambda session: session.exec(select(Digest)).all())
    assert rows
    return json.dumps([row.payload for row in rows])


async def counted(stage: BareStage) -> str:
    """The digest for scripts."""

    def job(session: Session) -> str:
        own = communities.every(session)[0]
        window = week_until(stage.core.clock.now() + timedelta(seconds=1), ZoneInfo("Europe/Paris"))
        return json.dumps(figures(own.key, DigestSettings(), window, gather(session, own, window)))

    return await stage.core.store.read(job)


async def exported(stage: BareStage, *, removed: bool = False) -> str:
    """Both exports."""

    def job(session: Session) -> str:
        out, own = io.StringIO(), communities.every(session)[0]
        for write in (write_json, write_csv):
            write(session, own, out, lambda: False, removed=removed)
        return out.getvalue()

    return await stage.core.store.read(job)


async def heard(stage: BareStage) -> str:
    """What the supporter was sent since the removal, and what the staff place was."""
    return "\n".join((*stage.heard(Person(stage, "noor"))[-2:], stage.staff()[-1]))


async def owed(stage: BareStage) -> str:
    """Everything in the outbox that still has its text."""
    rows = await stage.core.store.read(lambda session: session.exec(select(Outbox)).all())
    return json.dumps([row.payload for row in rows])


SURFACES: dict[str, Surface] = {
    "status": typed("/status {number}"),
    "top": typed("/top"),
    "mine": typed("/mine"),
    "support": typed("/support {number}"),
    "queue": typed("/queue", Role.MODERATOR),
    "one of the queue": typed("/queue {number}", Role.MODERATOR),
    "decision": typed("/queue {number} done", Role.MODERATOR),
    "preview": typed("/digest", Role.MODERATOR),
    "ask": typed("/ask what about the square?"),
    "completion": completed,
    "digest": posted,
    "archive": archived,
    "figures": counted,
    "export": exported,
    "news": heard,
    "outbox": owed,
}
BEFORE = {"status", "top", "queue", "one of the queue", "preview", "completion", "digest", "archive", "figures"}
"""Where the word is before it is taken from view."""


@pytest.fixture
async def written(camille: Person, noor: Person, alex: Person) -> None:
    """Two items with the word, without a name and with one, which Noor supports, in a digest among others' words."""
    await camille.says("/suggest")
    await camille.fills(text=f"A {WORD} on the square", area="Image", audience="everyone", name="nameless")
    await camille.presses("Send")
    for number in range(1, 6):
        await Person(camille.stage, f"other{number}").says(f"/suggest Lamp {number}")
        await Person(camille.stage, f"other{number}").says(f"/area {number} Image")
    await camille.says(f"/suggest Another {WORD} in the hall")
    for number in await numbers(noor.stage):
        await noor.says(f"/support {number}")
    await alex.says("/digest now")
    await camille.stage.deliver()


async def remove(stage: BareStage, alex: Person, clock: StillClock) -> None:
    """Take both from view before news of a decision and a digest went out; then the outbox is delivered once."""
    clock.forward(hours=1)
    both = await numbers(stage)
    for number in both:
        await alex.says(f"/queue {number} planned A {WORD} it will be")
    await alex.says("/digest now")
    for number in both:
        await alex.says(f"/remove {number} It is about something else.")
    await stage.deliver()


async def spoken(stage: BareStage, names: Iterable[str]) -> set[str]:
    """The surfaces among these where the word is."""
    return {name for name in names if WORD in await SURFACES[name](stage)}


@pytest.mark.usefixtures("written")
async def test_the_word_is_there_before_and_nowhere_once_it_is_taken_from_view_until_it_is_put_back(
    stage: BareStage, noor: Person, camille: Person, alex: Person, clock: StillClock
) -> None:
    assert await spoken(stage, BEFORE) == BEFORE
    await remove(stage, alex, clock)
    # The supporter is told without the words, the author with them, and the staff may export them.
    for number in await numbers(stage):
        told = f"#{number} is now planned."
        assert [text for text in stage.heard(noor) if told in text]
        assert [text for text in stage.heard(camille) if told in text and WORD in text]
    assert WORD in await exported(stage, removed=True)
    assert await spoken(stage, SURFACES) == set()
    for number in await numbers(stage):
        await alex.says(f"/restore {number}")
    back = {"status", "top", "preview", "completion", "export", "figures"}
    assert await spoken(stage, back) == back
