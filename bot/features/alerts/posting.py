"""Keeps the messages of alerts: one in each place, posted once and edited as the alert changes."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.core import Core
from bot.features.alerts.naming import name
from bot.features.alerts.telling import Told, tell
from bot.ports.adapter import Board, Offline, TryLater, Uncertain, Unreachable, Vanished
from bot.ports.card import Face
from bot.recurring import run_often
from bot.troubles import Troubles
from storage.engine.loading import one_by_id
from storage.items.signals import alert_posts, alerts
from storage.models import Alert, AlertPost, Community, Place
from storage.values import frozen

LOOK = 5.0
"""Seconds between two looks for messages to post or edit."""
SPACING = timedelta(minutes=1)
"""The least time between two edits of a message, unless it shows what must not be seen any more."""
CLAIMED = timedelta(minutes=1)
"""How long a message is reserved for the process that posts or edits it."""
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=10), timedelta(minutes=15)


@frozen
class Draft:
    """A message to be posted or edited.

    Attributes:
        told: what it is to show.
        shown: a digest of that.
        hurried: whether it shows at present what must not be seen any more, and so does not wait.
    """

    post: AlertPost
    place: Place
    told: Told
    shown: str
    hurried: bool


class Poster:
    """The job that posts and edits the messages of alerts.

    Args:
        boards: the interfaces that post and edit messages, by platform.
    """

    def __init__(self, core: Core, boards: Mapping[str, Board]) -> None:
        self._core, self._boards = core, boards
        self._troubles = Troubles("alert messages")
        self._names: dict[int, tuple[str, str]] = {}
        """By alert id, a digest of the words it was named from, and the name."""

    async def run(self) -> None:
        """Post and edit until cancelled; errors are logged, and tried again."""
        await run_often(self.look, self._troubles, LOOK)

    async def look(self) -> None:
        """Post and edit what is due."""
        watched = await self._core.store.read(alerts.watched)
        self._names = {alert.id: self._names[alert.id] for alert in watched if alert.id in self._names}
        for alert in watched:
            for draft in await self._core.store.read(partial(self._drafts, alert=alert)):
                with self._troubles.guard(place=str(draft.place.id)):
                    await self._show(alert, draft)

    def _drafts(self, session: Session, alert: Alert) -> list[Draft]:
        """The messages of an alert that differ from what they are to show."""
        posts = [pair for pair in alert_posts.of_alert(session, alert.id) if pair[1].platform in self._boards]
        if not posts:
            return []
        community = one_by_id(session, Community, alert.community_id)
        told = tell(session, self._core, community, alert, self._name(session, community, alert))
        shown = self._digest(told)
        lost = {post.id for post, _ in posts if post.quoted and post.quoted != told.quoted}
        return [
            Draft(post, place, told, shown, post.id in lost)
            for post, place in posts
            if post.shown != shown
            and post.message != alert_posts.TAKEN_AWAY
            # An alert that ended before its message was posted is not told.
            and (post.message or (alert.over_at is None and alert.dismissed_at is None))
        ]

    def _name(self, session: Session, community: Community, alert: Alert) -> str:
        words = json.dumps([alert.alarm, *((item.id, item.text) for item in alerts.words(session, alert.id))])
        key = hashlib.blake2b(words.encode(), digest_size=16).hexdigest()
        if self._names.get(alert.id, ("", ""))[0] != key:
            self._names[alert.id] = key, name(session, self._core, community, alert)
        return self._names[alert.id][1]

    def _digest(self, told: Told) -> str:
        return hashlib.blake2b(json.dumps(self._core.codec.dump(told.reply)).encode(), digest_size=16).hexdigest()

    async def _show(self, alert: Alert, draft: Draft) -> None:
        """Post or edit one message, unless another process has reserved it or it has to wait."""
        now, store = self._core.clock.now(), self._core.store
        face = await store.write(lambda session: self._claim(session, alert, draft))
        if face is None:
            return
        try:
            message = await self._bring_about(alert, draft, face)
        except Vanished:
            await store.write(lambda session: alert_posts.lose(session, draft.post.id))
            return
        except (Unreachable, TryLater, Uncertain) as error:
            wait = _backoff(draft.post, error)
            await store.write(lambda session: alert_posts.put_off(session, draft.post.id, now + wait))
            self._troubles.tell(error, place=str(draft.place.id))
            return
        await store.write(
            lambda session: alert_posts.show(
                session, draft.post.id, message, draft.shown, draft.told.quoted, now + SPACING
            )
        )

    def _claim(self, session: Session, alert: Alert, draft: Draft) -> Face | None:
        now, keys = self._core.clock.now(), self._core.store.keys
        if not alert_posts.claim(session, draft.post.id, draft.post.next_at, now, now + CLAIMED, hurried=draft.hurried):
            return None
        reply = with_tokens(session, keys, draft.told.reply, None, now, alert.community_id)
        return Face(reply, draft.told.name, loud=True)

    async def _bring_about(self, alert: Alert, draft: Draft, face: Face) -> str:
        board, place = self._boards[draft.place.platform], draft.place.external_id
        if draft.post.message:
            await board.edit(place, draft.post.message, face)
            return draft.post.message
        return await board.post(place, f"alert:{alert.id}:{draft.place.id}", face)


def _backoff(post: AlertPost, error: Exception) -> timedelta:
    if isinstance(error, TryLater) and error.seconds is not None:
        return timedelta(seconds=error.seconds)
    if isinstance(error, Offline):
        return FIRST_RETRY
    return min(FIRST_RETRY * float(2 ** min(post.failures, 12)), LONGEST_RETRY)
