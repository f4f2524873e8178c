"""What a card shows: a message that stays in its place and is edited with each change of an item."""

from bot.ports.reply import Reply
from storage.values import frozen


@frozen
class Face:
    """What a card shows.

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
