"""The job that edits the messages in which moderators have an item open, whoever has changed the item."""

import asyncio
from dataclasses import replace
from datetime import UTC
from uuid import uuid4

from sqlmodel import Session

from bot.clock import start_of_day
from bot.core import Core
from bot.delivery.envelope import account_mark, seal
from bot.ports.adapter import Address
from bot.privacy import traces
from bot.screens import Screen
from bot.troubles import Troubles
from storage.items.desk import standings
from storage.items.desk.standings import Standing
from storage.models import Feedback
from storage.privacy.blending import blend_beside
from storage.traffic import outbox

LOOK = 1.0
"""Seconds between two looks for what has changed."""


class Refreshing:
    """Orders the edits from the courier; between two of one message pass `bot.screens.SPACING`."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("screens")

    async def run(self) -> None:
        """Look every second, until cancelled; errors are logged, and tried again."""
        while True:
            with self._troubles.guard():
                await self.look()
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Order an edit of each message that shows an item as it was."""
        screens = self._core.screens.standing(self._core.clock.now())
        if not screens:
            return
        ids = {screen.item_id for screen in screens}
        now = await self._core.store.read(lambda session: standings.of_items(session, ids))
        for screen in screens:
            if screen.to and now.get(screen.item_id) != screen.standing:
                # One that cannot be drawn must not keep the others from it.
                with self._troubles.guard(part="edit"):
                    await self._edit(screen, screen.to, now.get(screen.item_id))

    async def _edit(self, screen: Screen, to: Address, standing: Standing | None) -> None:
        await self._core.store.write(lambda session: self._owe(session, screen, to))
        self._core.screens.change(screen, standing, self._core.clock.now())
        self._core.debts.notify()

    def _owe(self, session: Session, screen: Screen, to: Address) -> None:
        core, keys = self._core, self._core.store.keys
        item = session.get(Feedback, screen.item_id)
        nameless = item is None or item.nameless
        now = core.clock.now()
        day = start_of_day(now, UTC)
        reply = screen.redraw(session, screen.standing)
        payload = core.codec.dump(screen.register(session, reply), sealed=True)
        key = f"screen:{uuid4().hex}"
        sealed = seal(keys, screen.actor.platform, replace(to, key=key))
        holder, at = account_mark(keys, screen.actor), day if nameless else now
        row = outbox.owe(session, key, payload, at, sealed=sealed, holder=holder, nameless=nameless)
        if row and item:
            traces.keep(session, row.id, item.community_id, traces.shown(reply))
        blend_beside(session, day)
