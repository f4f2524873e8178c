"""Reads from updates who left a group or was removed from it, and who may write there."""

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update


def who_left(update: Update) -> int | None:
    """The id of the account that has left an update's chat, or None.

    Telegram reports it by a message in the group, to administrators also by an update without one.
    """
    message, change = update.message, update.chat_member
    if message is not None and message.left_chat_member is not None:
        return message.left_chat_member.id
    return change.new_chat_member.user.id if change is not None and is_out(change.new_chat_member) else None


def is_out(member: ChatMember) -> bool:
    """Whether somebody is not in a chat: they left, were removed or banned, or are restricted and no member."""
    if isinstance(member, ChatMemberRestricted):
        return not member.is_member
    return member.status in (ChatMember.LEFT, ChatMember.BANNED)


def has_come(change: ChatMemberUpdated) -> bool:
    """Whether somebody joined a chat who was not in it before."""
    return is_out(change.old_chat_member) and not is_out(change.new_chat_member)


def may_write(member: ChatMember) -> bool:
    """Whether a member's own status allows writing in a group; the whole group may still be muted."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return not is_out(member)
