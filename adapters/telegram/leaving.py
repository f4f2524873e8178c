"""Reads from updates who left a group, was removed from it or was banned."""

from telegram import ChatMember, ChatMemberRestricted, Update


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
