"""What is read of one message of an exported chat; nothing of it is stored as it is."""

from dataclasses import field
from datetime import datetime

from storage.values import frozen


@frozen
class Message:
    """A message that a person wrote.

    Attributes:
        id: its number in the file.
        at: when it was written, aware.
        speaker: who wrote it, known for as long as the file is read.
        names: the names under which the speaker appears.
        mentioned: the names of those who are mentioned.
        replies_to: the number of the message it answers.
        thread: which of several talks in one chat it is in.
        addressed: whom it mentions.
        reactions: how many people liked it.
        own: whether the speaker wrote its words, and did not pass them on.
    """

    id: str
    at: datetime
    speaker: str
    text: str
    names: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    replies_to: str = ""
    thread: str = ""
    addressed: frozenset[str] = field(default_factory=frozenset)
    reactions: int = 0
    own: bool = True
