"""One case's rights: everything is tried on the bare stage, where the core decides alone."""

import re
from collections.abc import AsyncIterator, Mapping

import pytest
from sqlmodel import Session

from bot.commands.registry import Shape
from bot.core import Core
from bot.dispatch.community.belonging import CHOOSE
from bot.operations.assembly import open_core
from bot.settings.config import CommunitySettings, Limits, Settings
from storage.models import Community
from storage.people import communities, members
from storage.vocabulary import Audience
from tests.clock import StillClock
from tests.rights.matrix import KINDS, OTHER, OWN, PRIVATE, PUBLIC, Case, Trial, refused
from tests.stage import PLATFORM, BareStage
from tests.storage import rows

WORDS = {OWN: "SECRET-OF-PLAZA", OTHER: "SECRET-OF-FORUM"}
"""What the items of a community say, and nothing else does."""
TEAM, TRUSTED = "FOR-THE-TEAM", "FOR-THE-TRUSTED"
AUDIENCES = (Audience.EVERYONE, Audience.TEAM, Audience.TRUSTED)
ITEMS = {OWN: 5, OTHER: 3}
NUMBERS: tuple[int, ...] = (1, 2, 3)
"""An item of each audience, which both communities have."""
FOREIGN = 5
"""One that the other community does not have."""
FAULTS = ("Something went wrong", "I cannot store")
LISTED = re.compile(r"^• /(\w+):", re.MULTILINE)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    contacts = tuple(f"{PLATFORM}:{kind.name}" for kind in KINDS if kind.contact)
    plaza = CommunitySettings(key=OWN, name="Plaza", trusted_contacts=contacts)
    forum = CommunitySettings(key=OTHER, name="Forum")
    often = Limits(commands="9999 per minute", filings="9999 per minute", questions="9999 per minute")
    return settings.model_copy(update={"communities": (plaza, forum), "limits": often})


@pytest.fixture
async def core(settings: Settings, clock: StillClock) -> AsyncIterator[Core]:
    core = await open_core(settings, clock)
    await core.store.write(_fill)
    yield core
    core.store.close()


@pytest.fixture
async def known(core: Core) -> Mapping[str, Community]:
    return {one.key: one for one in await core.store.read(communities.every)}


def _fill(session: Session) -> None:
    """Give each community its places, and items for each audience by somebody who is in none of the cases."""
    for community in communities.every(session):
        communities.join_place(session, community.id, PLATFORM, community.key, staff=False)
        communities.join_place(session, community.id, PLATFORM, f"{community.key}-desk", staff=True)
        author = rows.person(session, f"Author of {community.key}")
        for number in range(ITEMS[community.key]):
            audience = AUDIENCES[number % 3]
            said = {Audience.TEAM: TEAM, Audience.TRUSTED: TRUSTED}.get(audience, "")
            rows.item(session, community, author, text=f"{WORDS[community.key]} {said}", audience=audience)


@pytest.fixture
def trial(stage: BareStage, known: Mapping[str, Community], request: pytest.FixtureRequest) -> Trial:
    return Trial(stage, request.param, known)


async def _arrive(trial: Trial) -> None:
    """Let the person be in both communities, with the case's for private messages; a stranger in neither."""

    def job(session: Session) -> None:
        now = trial.stage.core.clock.now().date()
        member = members.resolve_id(session, PLATFORM, trial.case.kind.name, trial.case.kind.name, now)
        for community in trial.communities.values():
            communities.join(session, member, community.id)
        if trial.case.community:
            communities.choose(session, member, trial.communities[trial.case.community].id)

    if trial.case.kind.seen:
        await trial.stage.core.store.write(job)


async def _try_everything(trial: Trial) -> dict[str, bool]:
    """Type and press every command; whether each was let through, which must be the same each time."""
    allowed: dict[str, bool] = {}
    for command in trial.stage.core.registry.commands:
        numbered = any(one.shape is Shape.NUMBER for one in command.parameters)
        # Who may not use a command is refused before its number is read.
        numbers = _numbers(trial.case) if numbered and trial.case.may(command) else NUMBERS[:1]
        tries = [await trial.types(command, number) for number in numbers if command.typed]
        # What a button leads to is what is typed, in any place; what has to be pressed is, everywhere, about each item.
        pressed = numbers if not command.typed else numbers[:1] if trial.case.place == PUBLIC else ()
        tries += [await trial.presses(command, number, _button_of(trial.case)) for number in pressed]
        answers = {not refused(heard) for heard in tries}
        assert len(answers) == 1, f"/{command.name}: {tries}"
        allowed[command.name] = answers.pop()
    return allowed


def _numbers(case: Case) -> tuple[int, ...]:
    """The items that may be asked about; at home the foreign one is like any other."""
    return (*NUMBERS, FOREIGN) if case.community == OTHER else NUMBERS


def _button_of(case: Case) -> str:
    """The community whose button is pressed: in private it says which is meant; in a place, even a foreign one's."""
    return (case.community or OWN) if case.place == PRIVATE else OTHER


async def check_everything(trial: Trial) -> None:
    """Check that everything is allowed exactly when the registry says so, and what is heard, and what help lists."""
    await _arrive(trial)
    allowed = await _try_everything(trial)
    commands = trial.stage.core.registry.commands
    assert allowed == {command.name: trial.case.may(command) for command in commands}
    for heard in trial.heard:
        _check_words(trial.case, heard)
    assert not [heard for heard in trial.aloud if TRUSTED in heard]
    listed = {command.name for command in commands if command.listed}
    assert set(LISTED.findall(await trial.does("/help"))) == {name for name in listed if allowed[name]}
    for command in commands if trial.case.place == PUBLIC and trial.case.community != OTHER else ():
        # To a stranger help explains how a community is chosen, though there is none to choose.
        if command.typed and (trial.case.kind.seen or command.name != CHOOSE):
            explained = "What you can do here" not in await trial.does(f"/help {command.name}")
            assert explained is allowed[command.name], command.name


def _check_words(case: Case, heard: str) -> None:
    """Nothing broke, and nothing of another community or for another audience is shown."""
    assert not any(fault in heard for fault in FAULTS), heard
    assert not any(words in heard for community, words in WORDS.items() if community != case.community), heard
    assert TEAM not in heard or case.role, heard
    assert TRUSTED not in heard or (case.kind.contact and case.community == OWN), heard
