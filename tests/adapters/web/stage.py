"""The demo's page as a stage: every act is an HTTP request, everything heard is read from the HTML."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import ClassVar
from uuid import uuid4

import httpx
from sqlmodel import Session

from adapters.web.board import IDEAS
from adapters.web.client import Web
from adapters.web.personas import PLATFORM, Cast, Persona, cast
from adapters.web.timeline import Pane
from bot.commands.arguments import split
from bot.core import Core
from bot.delivery.courier import Courier
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.ports.card import Face
from bot.ports.inbound import Role
from bot.settings.config import StaffPlace
from bot.settings.config import Web as WebSettings
from storage.people import communities
from tests.adapters.html import Entry, entries
from tests.stage import ALOUD, Person

ONLOOKER = Persona("onlooker", "Onlooker", "Member", "Only looks.")
STAFF_PLACE = StaffPlace(platform=PLATFORM, place="staff")
DESK = Persona("desk", "Desk", "Staff", "Reads digests.", Role.STAFF)


@dataclass
class Tab:
    """One person's browser tab: what it showed stays there, also when the bot restarts.

    What changed on a page is the last thing that was shown. Entries are read when somebody asks what they say.
    """

    before: list[str] = field(default_factory=list)
    _entries: dict[str, Entry] = field(default_factory=dict)

    def update(self, page: str) -> None:
        for entry in entries(page):
            if entry.id in self._entries and self._entries[entry.id].turn != entry.turn:
                del self._entries[entry.id]
            self._entries[entry.id] = entry

    def entries(self, *panes: str) -> list[Entry]:
        return [entry for pane in panes for entry in self._entries.values() if entry.pane == pane]

    def heard(self, pane: str) -> list[str]:
        return [entry.text for entry in self.entries(pane) if entry.by_bot]


@dataclass
class WebStage:
    """The page on a free port of this machine, and the people in front of it."""

    apart: ClassVar[bool] = False
    core: Core
    cast: Cast
    tabs: dict[str, Tab] = field(default_factory=dict)
    _people: dict[str, Person] = field(default_factory=dict)
    _reopened: bool = False

    async def open(self) -> None:
        """Start the page."""
        self.web = Web(self.core, App(self.core, Policy(self.core.settings.limits)).handle, self.cast)
        self.running = asyncio.create_task(self.web.run())
        listening = asyncio.create_task(self.web.listening.wait())
        await asyncio.wait([self.running, listening], return_when=asyncio.FIRST_COMPLETED, timeout=60)
        listening.cancel()
        assert self.web.listening.is_set(), "the page did not open"
        self.http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.web.port}",
            follow_redirects=True,
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # unused, and much faster made than the default one
            trust_env=False,  # no proxy is looked for in the environment
        )

    async def close(self) -> None:
        """Stop the page."""
        await self.http.aclose()
        self.running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.running
        if self._reopened:
            self.core.store.close()

    async def say(self, person: Person, text: str) -> None:
        spoken = text.removeprefix(ALOUD)
        plain = text.startswith(ALOUD) or split(spoken) is not None
        await self.act(person, text=spoken if plain else f"@portevoix {spoken}")

    async def fill(self, person: Person, fields: dict[str, str]) -> None:
        forms = [form for entry in self.tab(person).entries("community") for form in entry.node.all("form")]
        form = next(form for form in reversed(forms) if "ask" in form.classes)
        await self.act(person, **{**form.fields(), **{f"arg.{name}": value for name, value in fields.items()}})

    async def press(self, person: Person, label: str) -> None:
        if person.id not in self.tabs:
            self.meet(person)
            await self.look()
        entry, token = self.button(person, label)
        await self.act(person, button=token, entry=entry)

    def token(self, person: Person, label: str) -> str:
        """What the newest button with that label sends."""
        return self.button(person, label)[1]

    def button(self, person: Person, label: str) -> tuple[str, str]:
        """The entry of the newest button with that label, and what the button sends."""
        panes = (IDEAS, "community", *(["staff"] if person.role is not Role.MEMBER else []))
        found = [
            (entry.id.removeprefix("e-"), button.attributes["value"])
            for entry in self.tab(person).entries(*panes)
            for button in entry.node.all("button")
            if button.text == label
        ]
        assert found, f"{person.id} sees no button {label!r}"
        return found[-1]

    async def show_card(self, face: Face) -> None:
        await self.web.post(IDEAS, face.title, face)
        await self.look()

    async def act(self, person: Person, **form: str) -> httpx.Response:
        """Send a form of the page as this person, from the community's place."""
        self.meet(person)
        self.tab(person).before = self.tab(person).heard("community")
        sent = {"pane": "community", "event": str(uuid4()), **form}
        answer = await self.http.post(
            "/act", params={"as": person.id, "lang": person.language}, data=sent, follow_redirects=False
        )
        await self.look()
        return answer

    def meet(self, person: Person) -> Person:
        """Let somebody join the community."""
        self.cast.visitors[person.id] = Persona(person.id, person.id, "Member", "Is on stage.", person.role)
        self._people[person.id] = person
        return person

    def tab(self, person: Person) -> Tab:
        return self.tabs.setdefault(person.id, Tab())

    async def look(self) -> None:
        """Let everybody see what is new."""
        for person in self._people.values() or [Person(self, ONLOOKER.id)]:
            page = await self.http.get("/", params={"as": person.id, "lang": person.language})
            self.tab(person).update(page.text)

    async def restart(self) -> None:
        settings = self.core.settings.model_copy(update={"web": WebSettings(port=self.web.port)})
        await self.close()
        self.core, self._reopened = await open_core(settings, self.core.clock), True
        await self.open()
        await self.look()

    def heard(self, person: Person) -> list[str]:
        return self.tab(person).heard("community")

    def stands(self, person: Person) -> list[str]:
        return self.heard(person)

    def answered(self, person: Person) -> bool:
        return self.heard(person) != self.tab(person).before

    def staff(self) -> list[str]:
        return next(iter(self.tabs.values()), Tab()).heard("staff")

    async def deliver(self) -> None:
        before = self.web.scene.timeline.cursor
        await Courier(self.core, {PLATFORM: self.web}).drain()
        if self.web.scene.timeline.cursor != before:
            await self.look()

    async def pass_time(self) -> None:
        await Timetable(self.core).catch_up()


@asynccontextmanager
async def web_stage(core: Core, people: Cast | None = None) -> AsyncIterator[WebStage]:
    """The page opened on a core, with a staff place of its own; closed afterwards.

    Args:
        people: who is on the page; by default those who step on the stage.
    """
    own = tuple(item.model_copy(update={"staff": STAFF_PLACE}) for item in core.settings.communities)
    settings = core.settings.model_copy(update={"web": WebSettings(port=0), "communities": own})
    await core.store.write(_give_staff_place)
    stage = WebStage(replace(core, settings=settings), people or cast(DESK, ONLOOKER))
    await stage.open()
    try:
        yield stage
    finally:
        await stage.close()


def _give_staff_place(session: Session) -> None:
    for community in communities.every(session):
        communities.join_place(session, community.id, PLATFORM, STAFF_PLACE.place, staff=True)
        communities.join_place(session, community.id, PLATFORM, Pane.COMMUNITY.value, staff=False)
