"""Handles updates about membership: of the bot, which may be able to write somewhere again, and of other people."""

from collections.abc import Awaitable
from functools import partial

import structlog
from telegram import ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from adapters.telegram.leaving import is_out, may_write, who_left
from adapters.telegram.migration import follow_migration
from adapters.telegram.outgoing.refused_posts import RefusedPosts
from adapters.telegram.places import PLATFORM, is_in
from adapters.telegram.rights import Rights
from bot.core import Core
from bot.delivery.refused import bring_missed
from bot.dispatch.community.membership import account_left
from bot.privacy.left_places import LeftPlaces
from storage.engine.errors import StoreError


class Changes:
    """Handles the changes of membership and rights that one bot is notified of.

    Args:
        left_places: stores which groups the bot was removed from.
        refused_posts: resends messages that a group refused before.
    """

    def __init__(self, core: Core, rights: Rights, left_places: LeftPlaces, refused_posts: RefusedPosts) -> None:
        self._core = core
        self._rights = rights
        self._left_places = left_places
        self._refused_posts = refused_posts

    async def note(self, update: Update) -> None:
        """Handle the change that an update reports, if any.

        Raises:
            StoreError: a group's new id cannot be stored.
        """
        chat, message, change = update.effective_chat, update.message, update.my_chat_member
        if chat is None:
            return
        if message is not None and message.migrate_to_chat_id:
            await follow_migration(self._core, chat.id, message.migrate_to_chat_id)
        if chat.type != ChatType.PRIVATE:
            await self._note_in_group(chat.id, update)
        elif change is not None and not is_out(change.new_chat_member):
            # Unblocked: Telegram reports this before the person writes anything.
            await _log_refusal(bring_missed(self._core, PLATFORM, str(chat.id)))

    async def _note_in_group(self, chat: int, update: Update) -> None:
        own, others = update.my_chat_member, update.chat_member
        away = own is not None and is_out(own.new_chat_member)
        await (self._left_places.leave if away else self._left_places.come_back)(partial(is_in, chat))
        if own is not None:
            await self._note_own(chat, own)
        if others is not None:
            self._rights.forget(chat, others.new_chat_member.user.id)
        if _opens_topic(update.message):
            await self._refused_posts.resend(chat)
        gone = who_left(update)
        if gone is not None:
            await account_left(self._core, PLATFORM, str(gone), str(chat), partial(is_in, chat))

    async def _note_own(self, chat: int, change: ChatMemberUpdated) -> None:
        """Handle that the bot was added, promoted or muted: drop what was cached of the group."""
        self._rights.forget(chat)
        if may_write(change.new_chat_member):
            await self._refused_posts.resend(chat)


async def _log_refusal(work: Awaitable[object]) -> None:
    try:
        await work
    except StoreError as error:
        structlog.get_logger().error("telegram", mend=str(error))


def _opens_topic(message: Message | None) -> bool:
    """Whether a message reports that a closed topic was reopened."""
    return message is not None and bool(message.forum_topic_reopened or message.general_forum_topic_unhidden)
