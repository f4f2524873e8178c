"""The job that edits stored screens: notices and digests in the staff's places, receipts, and open views."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.core import Core
from bot.features.screens.editing import owe_edit, undoable_until
from bot.feedback.display import receipts, views
from bot.feedback.display.postings import Posting
from bot.feedback.display.views import DrawView, Opened
from bot.ports.adapter import Address
from bot.ports.inbound import Actor
from bot.ports.reply import Reply
from bot.privacy import traces
from bot.recurring import run_on_change
from bot.screens import SPACING
from bot.troubles import Troubles
from storage.items.desk.standings import standing
from storage.models import Feedback, Place, Screen
from storage.traffic import screens

LOOK, LONGEST = 0.5, 5.0
"""Seconds from a change to the next look, and between two looks when this process has changed nothing."""
MOST = 50
"""The largest number of messages in one look."""
AWAY = timedelta(minutes=10)
"""How long a message is put off while the bot is not in its place."""
TRUSTED = timedelta(hours=12)
"""How long a view for the team alone is kept up to date in a private chat. Rights are checked when somebody acts, so
that somebody who left the team must not learn more from edits; after that, only a button shows the current state."""


class Keeping:
    """Edits stored screens, in one process at a time.

    Args:
        postings: the kinds of messages to places.
        draws: the functions that draw views, by the name of the view.
    """

    def __init__(self, core: Core, postings: Sequence[Posting], draws: Mapping[str, DrawView]) -> None:
        self._core = core
        self._draws = draws
        self._postings = postings
        self._troubles = Troubles("stored screens")

    async def run(self) -> None:
        """Look after each change, and every few seconds, until cancelled; errors are logged, and tried again."""
        await run_on_change(self.look, self._troubles, self._core.store, LOOK, LONGEST)

    async def look(self) -> None:
        """Queue an edit of each message that shows an outdated state."""
        store, now = self._core.store, self._core.clock.now()
        due = await store.read(lambda session: screens.due(session, now, MOST))
        for key in dict.fromkeys(screen.key for screen in due):
            first = next(screen for screen in due if screen.key == key)
            with self._troubles.guard(part="edit"):
                await store.write(lambda session, first=first: self._keep(session, first, now))  # type: ignore[misc]
        if due:
            self._core.debts.notify()

    def _keep(self, session: Session, first: Screen, now: datetime) -> None:
        """Queue the edit of one message if any item it shows has changed."""
        rows = screens.of_message(session, first.key)
        found = [(row, session.get(Feedback, row.feedback_id, populate_existing=True)) for row in rows]
        pairs = [(row, item) for row, item in found if item is not None]
        if self._is_expired(first, now):
            screens.forget(session, first.platform, [first.message])
            return
        if until := self._waits(session, pairs):
            for row, _ in pairs:
                screens.put_off(session, row.id, until)
            return
        stand = {row.id: self._mark(row, item) for row, item in pairs}
        differs = any(row.shown != stand[row.id] for row, _ in pairs)
        if differs:
            self._edit(session, rows[0], [item for _, item in pairs])
        for row, _ in pairs:
            screens.show(session, row.id, row.revision, stand[row.id], now + SPACING if differs else row.next_at)

    def _is_expired(self, row: Screen, now: datetime) -> bool:
        """Whether it is a team's view in a private chat, too old to trust that its holder still belongs to the team."""
        if row.sealed is None or now - row.created_at < TRUSTED:
            return False
        view = self._open(row, row.sealed)
        return view.to.private and not view.told

    def _waits(self, session: Session, pairs: Sequence[tuple[Screen, Feedback]]) -> datetime | None:
        """Until when a message is put off, as a decision can be undone or its place was left; None for no wait."""
        row, item = pairs[0]
        if row.sealed is not None and not self._open(row, row.sealed).told:
            return None
        if row.member_id is not None or row.sealed is not None:
            return undoable_until(session, self._core, item)
        place = session.get(Place, row.place_id) if row.place_id else None
        return self._core.clock.now() + AWAY if place is None or place.left_at else None

    def _edit(self, session: Session, row: Screen, items: Sequence[Feedback]) -> None:
        if row.sealed is not None:
            self._edit_view(session, row, self._open(row, row.sealed), items[0])
            return
        drawn = self._draw(session, row, items)
        if drawn is None:
            return
        to, reply = drawn
        nameless = next((item for item in items if item.nameless), items[0])
        owe_edit(session, self._core, row.platform, to, reply, nameless)

    def _edit_view(self, session: Session, row: Screen, view: Opened, item: Feedback) -> None:
        ctx, was = view.context(session, self._core), views.before(standing(item), row.shown)
        reply = self._draws[view.name](session, ctx, item, was)
        viewer, shown = (None, None) if view.told else (view.actor, traces.shown(reply))
        made = ctx.register(session, reply)
        owe_edit(session, self._core, row.platform, view.to, made, item, viewer=viewer, shown=shown)

    def _open(self, row: Screen, sealed: bytes) -> Opened:
        return views.unseal(self._core.store.keys, sealed, row.key, row.message)

    def _draw(self, session: Session, row: Screen, items: Sequence[Feedback]) -> tuple[Address, Reply] | None:
        """The address of a message and its new content; None to leave it as it is."""
        if row.member_id is not None:
            made = receipts.redraw(session, self._core, items[0], row.member_id, row.platform)
            return (_address_of(made[0], row), made[1]) if made else None
        posting, place = self._posting(row), session.get(Place, row.place_id)
        reply = posting.redraw(session, self._core, row.key, items) if posting else None
        if place is None or reply is None:
            return None
        return Address(place.external_id, False, row.key, edits=row.message, edits_only=True), reply

    def _mark(self, row: Screen, item: Feedback) -> str:
        """A digest of what a message shows of an item as it is now."""
        if row.sealed is not None:
            return views.mark(standing(item), told=self._open(row, row.sealed).told)
        posting = self._posting(row)
        return posting.mark(item) if posting else standing(item).mark

    def _posting(self, row: Screen) -> Posting | None:
        """The kind of a message; None for one to a person."""
        return next((one for one in self._postings if row.key.startswith(one.prefix)), None)


def _address_of(actor: Actor, row: Screen) -> Address:
    return Address(actor.id, True, row.key, edits=row.message, edits_only=True)
