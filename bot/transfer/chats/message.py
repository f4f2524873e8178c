"""A message of an exported chat while it is read; it is never stored as it is."""

from dataclasses import field
from datetime import datetime

from storage.values import frozen


@frozen
class Message:
    """A message that a person wrote.

    Attributes:
        id: its id in the file.
        at: when it was written, aware.
        speaker: the account of its author, kept only while the file is read.
        names: the author's names.
        mentioned: the names of mentioned people.
        replies_to: the id of the message it replies to; empty for none.
        thread: the id of its thread within the chat; empty for none.
        addressed: the accounts of mentioned people.
        reactions: the number of people who liked it.
        own: whether the author wrote its words; not so for forwarded ones.
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
