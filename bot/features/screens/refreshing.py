"""The job that edits the screens kept in memory when their items change, in this process or another."""

from datetime import datetime

from sqlmodel import Session

from bot.core import Core
from bot.features.screens.editing import owe_edit, undoable_until
from bot.ports.adapter import Address
from bot.privacy import traces
from bot.recurring import run_on_change
from bot.screens import Screen, Shown
from bot.troubles import Troubles
from storage.engine.loading import by_id
from storage.items.desk import standings
from storage.items.desk.standings import Standing
from storage.models import Feedback

LOOK, LONGEST = 0.5, 5.0
"""Seconds from a change to the next look, and between two looks when this process has changed nothing."""


class Refreshing:
    """Queues the edits, at least `bot.screens.SPACING` apart for one message."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("screens")

    async def run(self) -> None:
        """Look after each change, and every few seconds, until cancelled; errors are logged, and tried again."""
        await run_on_change(self.look, self._troubles, self._core.store, LOOK, LONGEST)

    async def look(self) -> None:
        """Queue an edit of each message that shows an outdated state."""
        screens = self._core.screens.editable(self._core.clock.now())
        if not screens:
            return
        ids = {item_id for screen in screens for item_id in screen.shown}
        now = await self._core.store.read(lambda session: standings.of_items(session, ids))
        for screen in screens:
            if screen.to and any(_differs(screen, before, now.get(own)) for own, before in screen.shown.items()):
                # An error with one message must not hold up the others.
                with self._troubles.guard(part="edit"):
                    await self._edit(screen, screen.to, {own: now[own] for own in screen.shown if own in now})

    async def _edit(self, screen: Screen, to: Address, shown: Shown) -> None:
        waits = await self._core.store.write(lambda session: self._owe(session, screen, to))
        if waits:
            self._core.screens.postpone(screen, waits)
            return
        self._core.screens.change(screen, shown, self._core.clock.now())
        self._core.debts.notify()

    def _owe(self, session: Session, screen: Screen, to: Address) -> datetime | None:
        """Queue the edit and return None, or return until when the message is put off."""
        found = [by_id(session, Feedback, item_id) for item_id in screen.shown]
        undoable = [undoable_until(session, self._core, item) for item in found if item and screen.told]
        if until := max((one for one in undoable if one), default=None):
            return until
        reply = screen.redraw(session, screen.shown)
        # For an author's own message, nothing is stored that connects them to the item.
        own = screen.told
        shown, viewer = (None, None) if own else (traces.shown(reply), screen.actor)
        made = screen.register(session, reply)
        item = next((one for one in found if one is None or one.nameless), found[0])
        owe_edit(session, self._core, screen.platform, to, made, item, viewer=viewer, shown=shown)
        return None


def _differs(screen: Screen, before: Standing, now: Standing | None) -> bool:
    """Whether a message shows an outdated state; for people outside the team, only by what they may see of it."""
    if not (screen.told and now):
        return now != before
    return now.mark != before.mark or (screen.supported and now.support != before.support)
