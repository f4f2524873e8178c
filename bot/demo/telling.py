"""Tells the sample community's story to the store, each event once."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import SystemClock
from bot.core import Core
from bot.demo import traces
from bot.demo.deeds import Asked, Event
from bot.demo.story import PLACE, Story, read_community
from bot.demo.teller import Teller
from bot.features.digest.calendar import Calendar, calendar
from bot.features.digest.publish import Edition, publish
from bot.knowledge.library import Finding
from storage import communities, deliveries, digests, knowledge
from storage.models import Community

WEEKS_BEFORE = 10
"""How many weeks of the story lie before the first digest; what follows happens as the clock goes on."""
PAUSE = 60.0
"""Seconds between looks at whether something happened meanwhile."""


class PastClock(SystemClock):
    """A clock that stands at an instant, to post a digest as it was posted then."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """That instant."""
        return self._moment


async def begin(core: Core) -> None:
    """Fill an empty store: the weeks up to the last due digest, that digest, and the days since.

    Killed half-way, it goes on at the next start; once done, it adds nothing.
    """
    story, community = Story(), await core.store.write(_settle)
    if await core.store.read(lambda session: knowledge.version(session, community.id)) == 0:
        now = core.clock.now()
        due = _calendar(core, community).latest(now) or now.date()
        community = await core.store.write(partial(_found, story=story, due=due))
    edition, posted = _first_edition(core, community)
    name, period = edition.digest.name, edition.period
    if await core.store.read(lambda session: digests.claimed(session, community.id, name, period)):
        return
    await _tell(core, story, community, posted)
    await publish(replace(core, clock=PastClock(posted)), community, edition)
    await core.store.write(lambda session: _deliver_past(session, posted))
    await _tell(core, story, community, core.clock.now())


async def go_on(core: Core, until: datetime) -> None:
    """Tell what happens up to an instant and was not told yet."""
    await _tell(core, Story(), await core.store.read(_community), until)
    core.debts.note()


async def keep_telling(core: Core) -> None:
    """Tell what happens as the clock runs, until cancelled."""
    while True:
        await go_on(core, core.clock.now())
        await asyncio.sleep(PAUSE)


def _community(session: Session) -> Community:
    found = communities.by_key(session, read_community().key)
    if found is None:
        raise LookupError("the sample community comes with the demo's settings")
    return found


def _settle(session: Session) -> Community:
    """Set the page's community pane up as the community's place: nobody there needs a code for it."""
    community = _community(session)
    communities.join_place(session, community.id, PLACE.platform, PLACE.place, staff=False)
    return community


def _found(session: Session, story: Story, due: date) -> Community:
    """Date the community so that its first digest falls on `due`, and write down its answers."""
    community = _community(session)
    zone = ZoneInfo(community.timezone)
    first_day = due - timedelta(weeks=WEEKS_BEFORE)
    community.created_at = datetime.combine(first_day, time(), zone)
    session.add(community)
    session.flush()
    knowledge.add(session, community.id, story.answers())
    session.refresh(community)
    return community


def _first_day(community: Community) -> date:
    return community.created_at.astimezone(ZoneInfo(community.timezone)).date()


def _first_edition(core: Core, community: Community) -> tuple[Edition, datetime]:
    """The digest the demo opens with, and when it was posted."""
    own, day = _calendar(core, community), _first_day(community) + timedelta(weeks=WEEKS_BEFORE)
    return Edition(own.digest, day.isoformat(), own.window(day)), own.instant(day)


def _calendar(core: Core, community: Community) -> Calendar:
    """The calendar of the demo's one digest, the weekly one."""
    return calendar(core.settings.digests_of(community.key)[0], community)


def _deliver_past(session: Session, moment: datetime) -> None:
    """What was owed by then was delivered by then: the page shows it from the archive."""
    for row in deliveries.due(session, moment):
        deliveries.sent(session, row.id, moment)


async def _tell(core: Core, story: Story, community: Community, until: datetime) -> None:
    """Look the answers up first, then do what is new in one transaction: what was told is read in it once more."""
    told = await core.store.read(traces.latest)
    events = story.events(_first_day(community), until, ZoneInfo(community.timezone))
    fresh = [event for event in events if told is None or event.at > told]
    if fresh:
        findings = await _findings(core, community, fresh)
        await core.store.write(lambda session: Teller(session, core, community, story.people, findings).tell(fresh))


async def _findings(core: Core, community: Community, events: list[Event]) -> dict[str, Finding]:
    asked = {event.id: event.deed.text for event in events if isinstance(event.deed, Asked)}
    return {id_: await core.library.find(community.id, text) for id_, text in asked.items()}
