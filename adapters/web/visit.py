"""The context of a request: the person, the language, the community and its clock."""

from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from fastapi import Depends, HTTPException, Query, Request
from sqlmodel import Session

from adapters.web.forms import Forms
from adapters.web.personas import PLATFORM, Persona
from adapters.web.scene import Scene
from adapters.web.timeline import Pane
from bot.clock import MovableClock
from bot.locales.speech import Speech
from bot.locales.words import AREAS
from bot.ports.inbound import Actor
from storage.models import Community
from storage.people import communities, members
from storage.values import frozen


@frozen
class Visit:
    """A request: the person the visitor acts as, and the language."""

    scene: Scene
    persona: Persona
    speech: Speech
    community: Community | None

    @property
    def place(self) -> str:
        """The community's name."""
        return self.community.name if self.community else "Portevoix"

    @property
    def zone(self) -> ZoneInfo:
        """The community's time zone."""
        return self.scene.zone(self.community)

    @property
    def readers(self) -> dict[Pane, str]:
        """By pane, the id of the person looking at it."""
        return {Pane.COMMUNITY: self.persona.id, Pane.STAFF: self.scene.cast.staff.id}

    @property
    def forms(self) -> Forms:
        """The forms for this community, in this language."""
        own = self.scene.core.settings_of(self.community).areas if self.community else ()
        return Forms(self.scene.core.registry, self.speech, own or AREAS)

    @property
    def movable(self) -> bool:
        """Whether the clock can be moved."""
        return isinstance(self.scene.core.clock, MovableClock)

    def actor(self, pane: Pane) -> Actor:
        """The actor of events in a pane: the visitor, or the staff."""
        person = self.persona if pane is Pane.COMMUNITY else self.scene.cast.staff
        return person.actor(self.speech.language)

    def query(self, **other: str) -> str:
        """The query string with person and language, and further parameters."""
        return urlencode({"as": self.persona.id, "lang": self.speech.language, **other})

    def clock(self) -> str:
        """The current day and time, such as `Monday 9 March 2026, 09:00`."""
        return self._say_time(self.scene.core.clock.now(), "EEEE d MMMM y, HH:mm")

    def stamp(self, moment: datetime) -> str:
        """A past day and time, such as `Mon 9 Mar 09:00`."""
        return self._say_time(moment, "EEE d MMM HH:mm")

    def _say_time(self, moment: datetime, pattern: str) -> str:
        return str(format_datetime(moment, pattern, tzinfo=self.zone, locale=self.speech.locale))


async def read_visit(request: Request, as_: Annotated[str, Query(alias="as")] = "", lang: str = "") -> Visit:
    """Make the visit from the query string; the stored language has priority over the address, then the browser's.

    Args:
        as_: the id of the person; empty for the first visitor.
        lang: a language code.

    Raises:
        HTTPException: 404, the page has no such person.
    """
    scene: Scene = request.app.state.scene
    core, persona = scene.core, scene.cast.find(as_)

    def job(session: Session) -> tuple[Community | None, str | None]:
        member = members.find(session, PLATFORM, persona.id) if persona else None
        return communities.of_place(session, PLATFORM, Pane.COMMUNITY.value), member.language if member else None

    community, chosen = await core.store.read(job)
    speech = core.speech(community, chosen, lang, *_accepted(request))
    if persona is None:
        raise HTTPException(404, speech.say("There is nobody of that name here."))
    return Visit(scene, persona, speech, community)


def _accepted(request: Request) -> list[str]:
    """The languages of the Accept-Language header, in its order."""
    wishes = request.headers.get("accept-language", "").split(",")
    return [wish.partition(";")[0].strip() for wish in wishes]


Here = Annotated[Visit, Depends(read_visit)]


def next_monday(now: datetime, zone: ZoneInfo) -> datetime:
    """The first Monday, 09:00 in a time zone, after an instant."""
    local = now.astimezone(zone)
    nine = local.replace(hour=9, minute=0, second=0, microsecond=0, fold=0)
    monday = nine + timedelta(days=-local.weekday() % 7)
    return monday if monday > local else monday + timedelta(days=7)
