"""Tells the author and supporters of an item past its answer time, once, that it is not forgotten."""

from collections.abc import Iterator
from functools import partial

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.core import Core
from bot.feedback.audience.visibility import is_public
from bot.feedback.desk import routing
from bot.feedback.items import title
from bot.feedback.telling import news
from bot.feedback.telling.notices import recipients, still_here, tell_author
from bot.feedback.telling.occasions import Occasion
from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Strong
from bot.recurring import repeat
from bot.timekeeping import Timekeeping
from bot.troubles import Troubles
from storage.items import feedback
from storage.items.desk import exchanges, urgencies
from storage.items.desk.urgencies import Term
from storage.items.support import supports
from storage.models import Community, Feedback
from storage.people import communities, members
from storage.traffic.news import OVERDUE
from storage.vocabulary import Status

AT = "45"
"""The second of each minute at which to look."""


class Overdue:
    """The job that looks for items past the answer time of their area."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._time = Timekeeping(core.store, core.clock, core.platform_time)
        self._troubles = Troubles("overdue")

    async def run(self) -> None:
        """Look now and every minute, until cancelled."""
        await repeat(self.look, self._core.clock, AT)

    async def look(self) -> None:
        """Queue the news of overdue items, unless the clock is wrong; errors are logged, and tried again."""
        with self._troubles.guard():
            if await self._time.trusted():
                await self.catch_up()

    async def catch_up(self) -> int:
        """Queue the news of overdue items.

        Returns:
            The number of items.
        """
        told = 0
        for community in await self._core.store.read(communities.every):
            told += await self._catch_up(community)
        if told:
            self._core.debts.notify()
        return told

    async def _catch_up(self, community: Community) -> int:
        at = Occasion(self._core, community, self._core.clock.now())
        terms = await self._core.store.read(lambda session: list(_terms(session, at)))
        return sum([await self._tell_all(at, term) for term in terms])

    async def _tell_all(self, at: Occasion, term: Term) -> int:
        told, store, own = 0, self._core.store, at.community.id
        after: int | None = None
        while found := await store.read(
            partial(urgencies.overdue, community_id=own, now=at.now, term=term, after=after)
        ):
            for item in found:
                # In a transaction each, so that nameless items do not share a transaction id with others.
                told += await store.write(partial(_tell, at=at, item_id=item.id))
            after = found[-1].id
        return told


def _terms(session: Session, at: Occasion) -> Iterator[Term]:
    """The answer times, each with its areas; the community's own applies to all areas but those with a route."""
    routes = routing.every(session, at)
    for days in {route.answer_days for route in routes.values() if route.answer_days}:
        yield Term(days, [area for area, route in routes.items() if route.answer_days == days])
    if at.own.answer_days:
        yield Term(at.own.answer_days, list(routes), others=True)


def _tell(session: Session, at: Occasion, item_id: int) -> bool:
    """Mark an item as late and queue the news, unless it was marked or decided meanwhile; returns whether it did."""
    item = session.get_one(Feedback, item_id)
    feedback.hold(session, item)
    if item.status is not Status.RECEIVED or urgencies.is_overdue(session, item):
        return False
    if exchanges.open_question(session, item) or not _has_readers(session, at, item):
        return False
    urgencies.mark_overdue(session, item, at.time_of(nameless=item.nameless))
    told, nameless = recipients(session, at, item)
    for member_id in told:
        if member_id == item.author_id:
            _tell_author(session, at, item, item)
        else:
            _tell_supporter(session, at, item, member_id)
    for one in nameless:
        _tell_author(session, at, item, one)
    return True


def _has_readers(session: Session, at: Occasion, item: Feedback) -> bool:
    """Whether there is anybody to tell, which there may not be for an imported item."""
    known = item.author_id is not None or (item.nameless and bool(item.author_hash))
    return known or bool(still_here(session, at, supports.others(session, item)))


def _tell_author(session: Session, at: Occasion, item: Feedback, own: Feedback) -> None:
    """Queue the news for the author of an item, or of one joined to it.

    Args:
        own: the item that the author wrote.
    """
    key = f"{OVERDUE}{item.id}" if own is item else f"{OVERDUE}{item.id}:{_mark(at, item, f'item {own.id}')}"

    def make(speech: Speech, which: Strong) -> Reply:
        if own is item:
            return _news(speech, which, item)
        return _news(speech, Strong(f"#{item.number}"), item if is_public(item) else None, which)

    tell_author(session, at, own, key, make, gathered=True)


def _tell_supporter(session: Session, at: Occasion, item: Feedback, member_id: int) -> None:
    speech = at.core.speech(at.community, *members.languages(session, member_id))
    told = _news(speech, Strong(f"#{item.number}"), item if is_public(item) else None)
    shown = with_tokens(session, at.core.store.keys, told, None, at.now, at.community.id)
    payload, key = at.core.codec.dump(shown), f"{OVERDUE}{item.id}:{_mark(at, item, str(member_id))}"
    news.owe(session, at, key, payload, recipient_id=member_id, feedback_id=item.id)


def _mark(at: Occasion, item: Feedback, whom: str) -> str:
    return at.core.store.keys.holder(f"overdue {item.id}", whom)[:16]


def _news(speech: Speech, which: Strong, item: Feedback | None, joined: Strong | None = None) -> Reply:
    """The news that an item is not decided yet.

    Args:
        which: the number of the item, as it is shown to the recipient.
        item: the item to quote; None for a recipient who may not see it.
        joined: the number of the recipient's own item, if it is one joined to this one.
    """
    line = (which, f" {speech.say('Not decided yet, not forgotten.')}")
    theirs = (Paragraph(speech.line("{number} is joined to it.", number=joined)),) if joined else ()
    if item is None:
        return Reply((Paragraph(line), *theirs))
    opens = Button(speech.say("See where it stands"), "status", {"number": str(item.number)})
    return Reply((Paragraph(line), Quote(title(item)), *theirs, Buttons((opens,))))
