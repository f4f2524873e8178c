"""The content of a card: a message about an item that stays in its place and is edited when the item changes."""

from bot.ports.reply import Reply
from storage.values import frozen


@frozen
class Face:
    """The content of a card.

    Attributes:
        reply: its content; its buttons have their tokens, and anybody may press them.
        title: the title of its post, where cards are posts of a forum: the item's number, then plain text of a
            member's words.
        tags: the labels of that post, as the forum's tags are to be called: its status, then its area if it has one.
        closed: whether it is decided; then it has no buttons, and its post is closed.
        loud: whether it may notify those who read there, when it is posted.
    """

    reply: Reply
    title: str
    tags: tuple[str, ...] = ()
    closed: bool = False
    loud: bool = False
