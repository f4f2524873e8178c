"""Reads from updates who left a group, was removed from it or was banned, and whether the bot may write there."""

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update


def who_left(update: Update) -> int | None:
    """The number of the account that is in an update's chat no more, or None.

    Telegram tells of it by a message in the group, and tells administrators also where there is none.
    """
    message, change = update.message, update.chat_member
    if message is not None and message.left_chat_member is not None:
        return message.left_chat_member.id
    return change.new_chat_member.user.id if change is not None and is_out(change.new_chat_member) else None


def is_out(member: ChatMember) -> bool:
    """Whether somebody is not in a chat: they left, were removed or banned, or are restricted from outside."""
    if isinstance(member, ChatMemberRestricted):
        return not member.is_member
    return member.status in (ChatMember.LEFT, ChatMember.BANNED)


def has_come(change: ChatMemberUpdated) -> bool:
    """Whether somebody came into a chat who was not in it before."""
    return is_out(change.old_chat_member) and not is_out(change.new_chat_member)


def may_write(member: ChatMember) -> bool:
    """Whether somebody may write in a group, as far as they are concerned: the whole group may be muted."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return not is_out(member)
