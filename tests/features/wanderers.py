"""People who go from community to community, and a bot that has several."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from sqlmodel import Session

from bot.operations.assembly import open_core
from bot.ports.inbound import Actor, Chat, Inbound, Role
from bot.ports.plain import plain
from bot.ports.reply import Button, Buttons, Reply, Row, Select, buttons_of
from bot.settings.community.telling import TellingSettings
from bot.settings.config import CommunitySettings, Settings
from storage.items.importing import walking
from storage.people import communities
from storage.vocabulary import News
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, bare_stage

EACH = TellingSettings(news=News.AT_ONCE)
PLAZA = CommunitySettings(key="plaza", name="Plaza", undo=0, telling=EACH)
FORUM = CommunitySettings(key="forum", name="Forum", language="fr", undo=0, telling=EACH)
ALONE = "alone"
QUESTION = "Which community is this for?"
"""What somebody of two communities is asked."""


@dataclass
class Somebody:
    """A person who goes from place to place."""

    stage: BareStage
    name: str
    language: str = "en"
    role: Role = Role.MEMBER
    roles: dict[str, Role] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)

    async def says(self, text: str = "", place: str = ALONE, **more: object) -> None:
        await self._does(place, text=text, **more)

    async def presses(self, label: str, place: str = ALONE) -> None:
        buttons = [button for reply in self.replies for block in reply.blocks for button in _buttons(block)]
        await self._does(place, button=next(one.token for one in buttons[::-1] if one.label == label))

    def hears(self, *parts: str) -> str:
        heard = plain(self.replies[-1])
        for part in parts:
            assert part in heard, heard
        return heard

    async def _does(self, place: str, **what: object) -> None:
        number = next(self.stage._events)
        chat = Chat(PLATFORM, self.name, private=True, own=self.name) if place == ALONE else Chat(PLATFORM, place)
        actor = Actor(PLATFORM, self.name, self.name, self.role, self.language, roles=self.roles)
        at = self.stage.core.clock.now()
        reply = await self.stage.app.handle(Inbound(f"{id(self.stage)}-{number}", actor, chat, at, **what))  # type: ignore[arg-type]
        if reply is not None:
            self.replies.append(reply)


def _buttons(block: object) -> tuple[Button, ...]:
    return buttons_of(block) if isinstance(block, Buttons | Row | Select) else ()


async def opened(settings: Settings, *own: CommunitySettings) -> AsyncIterator[BareStage]:
    """A bot of these communities, each with a place called like it."""
    core = await open_core(settings.model_copy(update={"communities": own}), StillClock())
    await core.store.write(give_places)
    async with bare_stage(core) as stage:
        yield stage
    core.store.close()


def give_places(session: Session) -> None:
    for community in communities.every(session):
        communities.join_place(session, community.id, PLATFORM, community.key, staff=False)


async def filed(stage: BareStage, key: str) -> list[str]:
    """The words a community holds."""

    def job(session: Session) -> list[str]:
        own = communities.by_key(session, key)
        return [item.text for item, *_ in walking.walk(session, own.id)] if own else []

    return await stage.core.store.read(job)
