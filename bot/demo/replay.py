"""Replays the sample's events into the store as time passes, each event once."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import SystemClock
from bot.core import Core
from bot.demo import progress
from bot.demo.deeds import Asked, Event
from bot.demo.recorder import EventRecorder
from bot.demo.story import IDEAS, PLACE, Story, read_community
from bot.features.digest.posting.calendar import Calendar, calendar
from bot.features.digest.posting.drafting import Edition
from bot.features.digest.posting.publish import publish
from bot.knowledge.policy import SearchResult
from storage.answers import knowledge
from storage.items.public import boards
from storage.models import Community
from storage.people import communities
from storage.reports import digests
from storage.traffic import deliveries

WEEKS_BEFORE = 10
"""The weeks of the sample before the first digest; later ones are replayed as the clock advances."""
PAUSE = 60.0
"""Seconds between two checks for new events."""


class PastClock(SystemClock):
    """A clock that stands at an instant, to post a digest as of then."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """The instant the clock stands at."""
        return self._moment


async def fill(core: Core) -> None:
    """Fill an empty store: the weeks up to the last due digest, that digest, and the days since.

    When it was interrupted, the next call continues; once it is complete, further calls add nothing.
    """
    story, community = Story(), await core.store.write(_join_place)
    if await core.store.read(lambda session: knowledge.version(session, community.id)) == 0:
        now = core.clock.now()
        due = _calendar(core, community).latest(now) or now.date()
        community = await core.store.write(partial(_date_community, story=story, due=due))
    await core.store.write(_open_ideas)
    edition, posted = _first_edition(core, community)
    name, period = edition.digest.name, edition.period
    if await core.store.read(lambda session: digests.claimed(session, community.id, name, period)):
        return
    await _replay(core, story, community, posted)
    await publish(replace(core, clock=PastClock(posted)), community, edition)
    await core.store.write(lambda session: _deliver_past(session, posted))
    await _replay(core, story, community, core.clock.now())


async def replay_until(core: Core, until: datetime) -> None:
    """Write the events up to an instant that are not in the store yet, and wake the delivery."""
    await _replay(core, Story(), await core.store.read(_community), until)
    core.debts.notify()


async def replay_continuously(core: Core) -> None:
    """Write new events as the clock advances, every `PAUSE` seconds until cancelled."""
    while True:
        await replay_until(core, core.clock.now())
        await asyncio.sleep(PAUSE)


def _community(session: Session) -> Community:
    found = communities.by_key(session, read_community().key)
    if found is None:
        raise LookupError("the sample community comes with the demo's settings")
    return found


def _join_place(session: Session) -> Community:
    """Connect the page's community pane to the community, for which real places need a code; return the community."""
    community = _community(session)
    communities.join_place(session, community.id, PLACE.platform, PLACE.place, staff=False)
    return community


def _open_ideas(session: Session) -> None:
    """Show the community's ideas, those of the sample too, as cards on the page, unless that is set already."""
    community = _community(session)
    if not any(place.ideas_since for place in communities.places(session, IDEAS.platform)):
        boards.show_ideas(session, community.id, IDEAS.platform, IDEAS.place, community.created_at)


def _date_community(session: Session, story: Story, due: date) -> Community:
    """Set the community's creation date so that its first digest falls on `due`, and add its knowledge."""
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
    """The first digest, and the instant it is posted at."""
    own, day = _calendar(core, community), _first_day(community) + timedelta(weeks=WEEKS_BEFORE)
    return Edition(own.digest, day.isoformat(), own.window(day)), own.instant(day)


def _calendar(core: Core, community: Community) -> Calendar:
    """The calendar of the demo's one digest, the weekly one."""
    return calendar(core.settings.digests_of(community.key)[0], community)


def _deliver_past(session: Session, moment: datetime) -> None:
    """Mark what was queued by an instant as delivered then; the page shows it from the archive."""
    for row in deliveries.due(session, moment):
        deliveries.sent(session, row.id, moment)


async def _replay(core: Core, story: Story, community: Community, until: datetime) -> None:
    """Write the events up to an instant that are not in the store yet, in one transaction.

    Answers are searched for before it; what is in the store is read again within it, so that concurrent calls write
    no event twice.
    """
    recorded = await core.store.read(progress.latest)
    events = story.events(_first_day(community), until, ZoneInfo(community.timezone))
    fresh = [event for event in events if recorded is None or event.at > recorded]
    if fresh:
        results = await _results(core, community, fresh)
        await core.store.write(
            lambda session: EventRecorder(session, core, community, story.people, results).record(fresh)
        )


async def _results(core: Core, community: Community, events: list[Event]) -> dict[str, SearchResult]:
    asked = {event.id: event.deed.text for event in events if isinstance(event.deed, Asked)}
    return {id_: await core.library.find(community.id, text) for id_, text in asked.items()}
