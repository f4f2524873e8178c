"""The job that stores which sent messages are screens, so that they are edited after a restart, too."""

import asyncio
from collections.abc import Sequence
from functools import partial
from itertools import groupby

from sqlmodel import Session

from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.feedback.display import views
from bot.feedback.display.postings import Posting
from bot.recurring import run_often
from bot.screens import Screen as Drawn
from bot.screens import Sent
from bot.troubles import Troubles
from storage.items.desk.standings import mark_of_own
from storage.models import Feedback
from storage.traffic import screens

LOOK = 1.0
"""Seconds between two looks for what was sent."""


class Storing:
    """Stores the screens that this process has sent.

    Args:
        postings: the kinds of messages to places.
    """

    def __init__(self, core: Core, postings: Sequence[Posting]) -> None:
        self._core = core
        self._postings = postings
        self._troubles = Troubles("screens to store")

    async def run(self) -> None:
        """Look every second, until cancelled; errors are logged."""
        await run_often(self.look, self._troubles, LOOK)

    async def look(self) -> None:
        """Store the screens that were sent, and delete those whose message was edited into something else."""
        sent, replaced = self._core.screens.take_sent()
        sent = [one for one in sent if one.screen or self._posting(one.key)]
        if not (sent or replaced):
            return
        if replaced:
            await self._core.store.write(lambda session: self._forget(session, replaced))
        if sent and (self._core.store.shared or not await self._store_together(sent)):
            await self._store_each(sent)

    async def _store_together(self, sent: Sequence[Sent]) -> bool:
        """Store all in one job; return False when one of them fails and so none is stored."""

        def job(session: Session) -> None:
            for one in sent:
                self._store(session, one)

        try:
            await self._core.store.write(job)
        except Exception:
            return False
        return True

    async def _store_each(self, sent: Sequence[Sent]) -> None:
        """Store each in a job of its own, as rows of one transaction share its id on PostgreSQL."""
        jobs = [partial(self._store, one=one) for one in sent]
        done = await asyncio.gather(*map(self._core.store.write, jobs), return_exceptions=True)
        for error in (one for one in done if isinstance(one, BaseException)):
            raise error

    def _posting(self, key: str) -> Posting | None:
        return next((one for one in self._postings if key.startswith(one.prefix)), None)

    def _forget(self, session: Session, replaced: set[tuple[str, str]]) -> None:
        for platform, found in groupby(sorted(replaced), lambda pair: pair[0]):
            screens.forget(session, platform, [message for _, message in found])

    def _store(self, session: Session, one: Sent) -> None:
        if one.screen and one.screen.view:
            self._store_view(session, one, one.screen)
        elif one.screen:
            self._store_own(session, one, one.screen)
        else:
            self._store_posted(session, one)

    def _store_own(self, session: Session, one: Sent, drawn: Drawn) -> None:
        ((item_id, standing),) = drawn.shown.items()
        # Locked, so that no change is missed between this look and the new row.
        stands = mark_of_own(session, item_id, drawn.member_id) if drawn.member_id is not None else None
        # None if the author took the name off meanwhile.
        if stands is None:
            return
        about = (one.key, item_id, one.platform, one.message, standing.mark, one.at)
        screens.keep(session, *about, member_id=drawn.member_id, current=stands == standing.mark)

    def _store_view(self, session: Session, one: Sent, drawn: Drawn) -> None:
        ((item_id, standing),) = drawn.shown.items()
        if drawn.actor is None or drawn.to is None or session.get(Feedback, item_id) is None:
            return
        keys, shown = self._core.store.keys, views.mark(standing, told=drawn.told)
        holder, sealed = account_mark(keys, drawn.actor), views.seal(keys, drawn.view, drawn.to)
        about = (one.key, item_id, one.platform, one.message, shown, one.at)
        screens.keep(session, *about, holder=holder, sealed=sealed)

    def _store_posted(self, session: Session, one: Sent) -> None:
        posting, delivery = self._posting(one.key), screens.posted(session, one.key)
        if posting is None or delivery is None:
            return
        for item_id in posting.shows(session, self._core, delivery):
            item = session.get(Feedback, item_id, with_for_update={"read": True})
            if item is None:
                continue
            # An item that has changed since the message was written is shown there in its earlier state.
            changed = item.changed_at > delivery.created_at
            shown = posting.as_posted or ("" if changed else posting.mark(item))
            about = (one.key, item_id, one.platform, one.message, shown, one.at)
            screens.keep(session, *about, place_id=delivery.place_id, current=shown == posting.mark(item))
