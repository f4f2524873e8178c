"""Opens, edits, closes and deletes cards that are posts of a forum."""

import time
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

import discord

from adapters.bounded import BoundedDict
from adapters.discord.outgoing.drawing.faces import mark_of, title_of
from adapters.discord.outgoing.drawing.payload import send_arguments
from adapters.discord.outgoing.drawing.render import Outgoing
from adapters.discord.outgoing.obstacles import LOCKED
from adapters.discord.outgoing.tags import Tags
from adapters.discord.outgoing.wiring import applied_tags, start_post
from bot.core import Core
from bot.ports.adapter import TryLater, Unreachable, Vanished
from bot.ports.card import Face

LONGEST = 10_080
"""Minutes without a message after which Discord hides a post: the greatest value it accepts."""
SETTLING = 10.0
"""Seconds after a change of a post in which the gateway may not have reported it yet, so that Discord is asked."""
LOOKED_AT = 50
"""The number of last archived posts among which a post that was closed immediately is searched."""


class Posts:
    """The posts of one bot."""

    def __init__(self, core: Core, client: discord.Client) -> None:
        self._core = core
        self._client = client
        self._tags = Tags(core)
        self._begun: BoundedDict[int, None] = BoundedDict()
        """The marks of cards tried before, whose posts the gateway may not have reported yet."""
        self._archived: BoundedDict[int, Sequence[discord.Thread]] = BoundedDict()
        """By forum, its last archived posts at the bot's first search, since a former run may have closed one."""
        self._changed: BoundedDict[int, float] = BoundedDict()
        """By post, when the bot last changed it, by the monotonic clock."""

    async def find(self, forum: discord.ForumChannel, title: str, mark: int) -> discord.Thread | None:
        """The post that was opened for a card before, if any, since Discord does not deduplicate posts.

        Only the first messages of the bot's own posts about that item number are read.
        """
        async for post in self._candidates(forum, mark):
            if self._is_own(forum, post) and _number(post.name) == _number(title):
                starter = await _starter(post)
                if starter and mark_of(starter) == mark:
                    return post
        return None

    def _is_own(self, forum: discord.ForumChannel, post: discord.Thread) -> bool:
        me = self._client.user
        return me is not None and post.parent_id == forum.id and post.owner_id == me.id

    async def _candidates(self, forum: discord.ForumChannel, mark: int) -> AsyncIterator[discord.Thread]:
        """The posts that may be the one; Discord is asked only where the gateway may not have reported it yet."""
        known = forum.guild.get_channel(forum.id) is not None and not forum.guild.unavailable
        is_new, self._begun[mark] = mark not in self._begun, None
        for post in forum.threads if known and is_new else await forum.guild.active_threads():
            yield post
        if forum.id not in self._archived or not is_new:
            self._archived[forum.id] = await _archived(forum)
        for post in self._archived[forum.id]:
            yield post

    async def open(self, forum: discord.ForumChannel, face: Face, card: Outgoing) -> discord.Thread:
        """Open the post of a card."""
        tags = await self._tags.choose(forum, face.tags)
        about = {"name": title_of(face), "applied_tags": [str(tag.id) for tag in tags]}
        return await start_post(forum, send_arguments(card), auto_archive_duration=LONGEST, **about)

    async def get(self, number: int, *, refresh: bool = False) -> discord.Thread:
        """A post or another thread, even an archived one, which the library does not cache.

        Args:
            refresh: whether to ask Discord in any case.

        Raises:
            Vanished: there is none of that id.
        """
        settling = time.monotonic() - self._changed.get(number, -SETTLING) < SETTLING
        found = None if refresh or settling else self._client.get_channel(number)
        found = found or await self._client.fetch_channel(number)
        if not isinstance(found, discord.Thread):
            raise Vanished("no such post")
        return found

    async def reopen(self, post: discord.Thread, *, unlock: bool) -> discord.Thread:
        """Reopen a post if it is archived, since archived posts cannot be edited; return it.

        Args:
            unlock: whether to unlock it, too, as for an item that is open again.

        Raises:
            Unreachable: it is locked, and the bot may not unlock it.
        """
        if not post.archived:
            return post
        more: dict[str, Any] = {"locked": False} if unlock and post.locked else {}
        try:
            return await self._change(post, archived=False, **more)
        except discord.Forbidden:
            if post.locked:
                raise Unreachable(LOCKED) from None
            raise

    async def label(self, forum: discord.ForumChannel, post: discord.Thread, face: Face) -> None:
        """Update a post's name and tags to a card's, and close the post if the card is closed."""
        tags = await self._tags.choose(forum, face.tags, applied_tags(post))
        closing: dict[str, Any] = {"archived": True} if face.closed else {}
        closing |= {"locked": True} if face.closed and may_manage(forum) and not post.locked else {}
        await self._describe(post, title_of(face), tags, closing)

    async def remove(self, forum: discord.ForumChannel, post: discord.Thread) -> None:
        """Delete a post; where the bot may not, empty, rename and close it."""
        if may_manage(forum):
            await post.delete()
            return
        speech = self._core.languages.speech(str(forum.guild.preferred_locale), self._core.settings.language)
        name = speech.say("Taken away")
        if post.archived and post.name == name:
            return
        post = await self.reopen(post, unlock=False)
        with suppress(discord.NotFound):
            await post.get_partial_message(post.id).delete()
        await self._describe(post, name, await self._tags.choose(forum, ()), {"archived": True})

    async def _describe(
        self, post: discord.Thread, name: str, tags: Collection[discord.ForumTag], closing: Mapping[str, Any]
    ) -> None:
        """Update a post's tags, then its name and state, in as few requests as possible.

        Raises:
            TryLater: the name was changed more often than twice in ten minutes, Discord's limit; the tags were updated.
        """
        differ = {tag.id for tag in tags} != set(applied_tags(post))
        changes: dict[str, Any] = {"applied_tags": tags} if differ else {}
        if post.name != name:
            if changes:
                await self._change(post, **changes)
            changes = {}
            await self._rename(post, name)
        if changes or closing:
            await self._change(post, **changes, **closing)

    async def _rename(self, post: discord.Thread, name: str) -> None:
        try:
            await self._change(post, name=name)
        except discord.RateLimited as error:
            raise TryLater("the post's name was changed too often", error.retry_after, alone=True) from None

    async def _change(self, post: discord.Thread, **changes: Any) -> discord.Thread:
        self._changed[post.id] = time.monotonic()
        return await post.edit(**changes)


def may_manage(forum: discord.ForumChannel) -> bool:
    """Whether the bot may delete, lock and unlock posts, as far as it knows."""
    return bool(forum.guild.me) and forum.permissions_for(forum.guild.me).manage_threads


def _number(title: str) -> str:
    """The first word of a title, the item's number; the other words may have been edited since."""
    return title.partition(" ")[0]


async def _archived(forum: discord.ForumChannel) -> Sequence[discord.Thread]:
    """The last archived posts; none where the bot may not read the history."""
    try:
        return [post async for post in forum.archived_threads(limit=LOOKED_AT)]
    except discord.Forbidden:
        return ()


async def _starter(post: discord.Thread) -> discord.Message | None:
    """The first message of a post; None when it was deleted or the bot may not read it."""
    try:
        return await post.fetch_message(post.id)
    except (discord.NotFound, discord.Forbidden):
        return None
