"""Tells the staff every morning which items are due, in one message that names no person."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.core import Core
from bot.feedback import items
from bot.locales.speech import Speech
from bot.ports.reply import Button, Line, Paragraph, Reply, Row, Strong
from bot.recurring import repeat
from bot.timekeeping import Timekeeping
from bot.troubles import Troubles
from storage.items.desk import ownership
from storage.models import Community, Feedback
from storage.people import communities
from storage.traffic import outbox, traces

HOUR = 8
"""The hour of the community's day from which the message is posted."""
LISTED = 10
"""The largest number of items listed in it."""
COUNTED = 100
DAY = timedelta(days=1)


class Reminders:
    """The job that posts which items are due or overdue in each community's staff place, once a day."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._time = Timekeeping(core.store, core.clock, core.platform_time)
        self._troubles = Troubles("reminders")
        self._looked: dict[int, date] = {}
        """By community, the last day that was dealt with: its message was posted, or nothing was due."""

    async def run(self) -> None:
        """Look now and every minute, until cancelled."""
        await repeat(self.look, self._core.clock, "20")

    async def look(self) -> None:
        """Post what is due this morning in every community, unless the clock is wrong; errors are logged."""
        known: list[Community] = []
        with self._troubles.guard():
            known = list(await self._core.store.read(communities.every)) if await self._time.trusted() else []
        for community in known:
            with self._troubles.guard(community=community.key):
                await self._remind(community)

    async def _remind(self, community: Community) -> None:
        now = self._core.clock.now()
        local = now.astimezone(ZoneInfo(community.timezone))
        if local.hour < HOUR or self._looked.get(community.id) == local.date():
            return
        # Read first, as mostly nothing is due and nothing needs to be written.
        if await self._core.store.read(lambda session: ownership.due(session, community.id, local.date(), 1)):
            if not await self._core.store.write(lambda session: self._post(session, community, local.date(), now)):
                return
            self._core.debts.notify()
        self._looked[community.id] = local.date()

    def _post(self, session: Session, community: Community, today: date, now: datetime) -> bool:
        """Add the message to the outbox, unless another process did; return whether there is a place for it."""
        place = communities.staff_place(session, community.id)
        found = ownership.due(session, community.id, today, COUNTED)
        if place is None or not found:
            return place is not None
        reply = reminder(self._core.speech(community), found, today)
        shown = with_tokens(session, self._core.store.keys, reply, None, now, community.id)
        # The key is unique, so that only the first process posts the message of a day.
        key = f"due:{community.id}:{today.isoformat()}"
        row = outbox.owe(session, key, self._core.codec.dump(shown), now, place_id=place.id)
        if row is not None:
            traces.on_answer(session, row.id, community.id, [one.number for one in found[:LISTED]], (), ())
        return True


def reminder(speech: Speech, found: Sequence[Feedback], today: date) -> Reply:
    """The message that lists the items due, those due first at the top."""
    title = Paragraph((Strong(speech.count("{n} item is due.", "{n} items are due.", len(found))),))
    rows = tuple(_row(speech, one, today) for one in found[:LISTED])
    left = len(found) - LISTED
    more = (Paragraph(speech.count("And {n} more.", "And {n} more.", left)),) if left > 0 else ()
    return Reply((title, *rows, *more), private=False)


def _row(speech: Speech, item: Feedback, today: date) -> Row:
    number = Strong(f"#{item.number}")
    due = _due(speech, item, today)
    line: Line = speech.line("{number} {title}: {due}", number=number, title=items.title(item), due=due)
    team = f" · {item.team}" if item.team else ""
    return Row((*line, team) if team else line, Button(f"#{item.number}", "queue", {"number": str(item.number)}))


def _due(speech: Speech, item: Feedback, today: date) -> str:
    day = item.due_on or today
    if day == today:
        return speech.say("due today")
    if day == today - DAY:
        return speech.say("due yesterday")
    return speech.say("due since {day}", day=speech.dated(day, today))
