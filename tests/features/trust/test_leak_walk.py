"""A person with a name like no other writes without it, and to the trusted contacts; then everything is read."""

import io
import json
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select
from structlog.testing import capture_logs

from bot.commands.registry import Shape
from bot.ports.inbound import Role
from bot.settings.config import Limits, Settings
from bot.transfer.outgoing.export import write_csv, write_json
from storage.models import Digest
from storage.people import communities
from tests.stage import BareStage, Person

NAME = "zyxwordsmith"
OPEN, TEAM, TRUSTED = "A heron on the roof", "An otter in the office", "A moderator mocked my marmot"
WORDS = ("1000", "1 week Because.")
ITEMS = (1000, 1001, 1)
READERS = (("reader", Role.MEMBER), ("moderator", Role.MODERATOR), ("employee", Role.STAFF))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Sam is trusted, and nobody who reads everything comes near the limits."""
    plaza = settings.communities[0].model_copy(update={"trusted_contacts": ("bare:sam",)})
    limits = Limits(filings="9999 per minute", questions="9999 per minute", commands="9999 per minute", open_items=9999)
    return settings.model_copy(update={"communities": (plaza,), "limits": limits})


@pytest.fixture
def about_items() -> tuple[str, ...]:
    """What is typed after a command that takes a number; `make endurance` tries all words about all items."""
    return ("1000", "1001 done", "1")


@pytest.fixture
def zyx(stage: BareStage) -> Person:
    return Person(stage, NAME)


@pytest.fixture
async def written(stage: BareStage, zyx: Person) -> None:
    """Item 1000 for everyone and 1001 for the team, both nameless; 1 for the trusted contacts, with the name."""
    for text, audience, name in (
        (OPEN, "everyone", "nameless"),
        (TEAM, "team", "nameless"),
        (TRUSTED, "trusted", "named"),
    ):
        await stage.do(zyx, command="suggest", args={"text": text, "audience": audience, "name": name})
        if name == "nameless":
            await zyx.presses("Send")
    await zyx.says("/ask Where does the heron sleep?")
    await zyx.says("/forgetme")


def _commands(stage: BareStage, role: Role, about_items: tuple[str, ...]) -> Iterator[str]:
    """Every command that can be typed, alone, with words and about items; once where it is refused."""
    for command in stage.core.registry.commands:
        if command.typed:
            yield f"/{command.name}"
        # `tests/rights` shows that who may not use a command is refused before anything is read.
        if command.typed and role >= command.role:
            numbered = any(one.shape is Shape.NUMBER for one in command.parameters)
            yield from (f"/{command.name} {words}" for words in (about_items if numbered else WORDS))


async def _read_all(stage: BareStage, about_items: tuple[str, ...]) -> dict[str, str]:
    """What each reader hears of all commands."""
    heard = {}
    for name, role in READERS:
        reader = Person(stage, name, role)
        for text in _commands(stage, role, about_items):
            await reader.says(text)
        await stage.deliver()
        heard[name] = "\n".join(stage.heard(reader))
    return heard


async def _stored(stage: BareStage) -> str:
    """The exports, and the archive of digests."""

    def job(session: Session) -> str:
        out, own = io.StringIO(), communities.every(session)[0]
        for write in (write_json, write_csv):
            write(session, own, out, lambda: False, removed=True)
        return out.getvalue() + json.dumps([row.payload for row in session.exec(select(Digest))])

    return await stage.core.store.read(job)


@pytest.mark.usefixtures("written")
async def test_the_name_and_the_words_are_where_they_may_be_and_nowhere_else(
    stage: BareStage, about_items: tuple[str, ...]
) -> None:
    with capture_logs() as logs:
        heard = await _read_all(stage, about_items)
    everywhere = "\n".join((*heard.values(), *stage.staff(), await _stored(stage), str(logs)))
    assert "a lot at once" not in everywhere
    assert OPEN in heard["reader"]
    assert TEAM in heard["moderator"]
    assert NAME not in everywhere
    assert "marmot" not in everywhere
    assert "otter" not in heard["reader"]
    for words in (OPEN, TEAM, TRUSTED):
        assert words not in str(logs)


@pytest.mark.usefixtures("written")
async def test_the_trusted_contacts_alone_hear_the_name(stage: BareStage, sam: Person) -> None:
    await stage.deliver()
    sam.hears(TRUSTED, f"From: {NAME}.")


@pytest.mark.usefixtures("written")
async def test_a_fault_tells_neither(stage: BareStage, zyx: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError(f"{NAME}: {OPEN}")

    monkeypatch.setattr("storage.items.feedback.by_number", break_down)
    with capture_logs() as logs:
        await zyx.says("/status 1")
    zyx.hears("Something went wrong on our side")
    assert logs
    assert NAME not in str(logs)
    assert "heron" not in str(logs) + zyx.hears()
