"""Renders a reply as Discord messages: texts with buttons, or components where the reply is more than that.

A phone's notification shows a message's text, so answers and news are texts; for messages of components it shows
nothing (discord-api-docs#7854). No embeds are used: on a phone they are narrower and smaller, they need one more
permission, and people who have switched embeds off do not see them.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from adapters.discord.names import button_id, choice_id
from adapters.discord.outgoing.drawing.markdown import LIMIT, Commands, write
from bot.language.text.excerpt import excerpt
from bot.ports.reply import (
    Accent,
    Ask,
    Block,
    Button,
    Buttons,
    Document,
    Image,
    Reply,
    Row,
    Select,
    State,
    Weight,
    keyboard,
)
from bot.ports.text import visible
from storage.values import frozen

LABEL, ALT = 80, 1024
FILES, ROWS, ROW = 10, 5, 5
POINTER = "↓"
"""The text of a message that has only buttons, which Discord does not allow; not shown as a large emoji."""
NO_COMMANDS: Commands = {}
T = TypeVar("T")


class Key(NamedTuple):
    """A button: its label, custom id, style, and whether it can be pressed."""

    label: str
    custom_id: str
    weight: Weight = Weight.PLAIN
    state: State = State.OPEN


Rows = tuple[tuple[Key, ...], ...]


class Picture(NamedTuple):
    """An attached picture: file name, content and alternative text."""

    name: str
    content: bytes
    alt: str


class Enclosure(NamedTuple):
    """An attached file of another kind: file name and content."""

    name: str
    content: bytes
    alt: str = ""


class Text(NamedTuple):
    """A text display: Markdown."""

    markdown: str


class Section(NamedTuple):
    """A text with a button beside it."""

    markdown: str
    key: Key


class Menu(NamedTuple):
    """A select: its placeholder, and its options as label and value."""

    words: str
    options: tuple[Key, ...]


class Keys(NamedTuple):
    """A row of buttons."""

    row: tuple[Key, ...]


class Gallery(NamedTuple):
    """Pictures shown in the message."""

    pictures: tuple[Picture, ...]


class Shown(NamedTuple):
    """A file shown in the message."""

    file: Enclosure


Component = Text | Section | Menu | Keys | Gallery | Shown


@frozen
class Outgoing:
    """One message to send, with mentions off.

    Attributes:
        content: Markdown; may be empty only with a file or components.
        files: the attachments.
        rows: the buttons.
        question: the question it asks, to be answered in a form; only on the last message.
        components: shown instead of content and rows; empty for a text message.
        accent: the meaning of the card that frames the components; None for no frame.
        mark: the id of that frame, by which a posted card is recognised; 0 for any other message.
    """

    content: str
    files: tuple[Picture | Enclosure, ...] = ()
    rows: Rows = ()
    question: Ask | None = None
    components: tuple[Component, ...] = ()
    accent: Accent | None = None
    mark: int = 0


def render(reply: Reply, pointer: str = POINTER, commands: Commands = NO_COMMANDS) -> tuple[Outgoing, ...]:
    """Render a reply as text messages, with pictures and buttons on the last one; each file gets its own message.

    Args:
        pointer: the text of a message that has buttons or a question and no text.
        commands: the ids of the slash commands by name.
    """
    *before, last = write(reply.blocks, commands, LIMIT) or [""]
    attached: list[Sequence[Picture | Enclosure]] = [*chunk(FILES, pictures(reply)), *chunk(1, documents(reply))]
    ends = zip_longest([last] if last else [], attached, chunk(ROWS, _rows(reply)))
    messages = [Outgoing(content) for content in before]
    for content, files, rows in ends:
        messages.append(Outgoing(content or ("" if files else pointer), tuple(files or ()), tuple(rows or ())))
    question = question_of(reply)
    if question:
        messages = [*messages[:-1], replace((messages or [Outgoing(pointer)])[-1], question=question)]
    return tuple(messages)


def question_of(reply: Reply) -> Ask | None:
    """The question a reply asks, if any."""
    return next((block for block in reply.blocks if isinstance(block, Ask)), None)


def pictures(reply: Reply) -> list[Picture]:
    """The pictures of a reply, named in their order."""
    images = [block for block in reply.blocks if isinstance(block, Image)]
    return [
        Picture(f"picture-{place}.{one.extension}", one.content, excerpt(one.alt, ALT))
        for place, one in enumerate(images, 1)
    ]


def documents(reply: Reply) -> list[Enclosure]:
    """The files of a reply, to be sent in messages of their own, as Discord limits the size of one."""
    return [Enclosure(block.name, block.content) for block in reply.blocks if isinstance(block, Document)]


def _rows(reply: Reply) -> list[tuple[Key, ...]]:
    """Rows of buttons: at least one for each block, or, where that is too many for a message, for each group."""
    rows = [tuple(row) for block in reply.blocks for row in chunk(ROW, keys(block))]
    if len(rows) <= ROWS:
        return rows
    groups = ([key for block in group for key in keys(block)] for group in keyboard(reply.blocks))
    rows = [tuple(row) for group in groups for row in chunk(ROW, group)]
    return rows if len(rows) <= ROWS else [tuple(row) for row in chunk(ROW, [key for row in rows for key in row])]


def keys(block: Block) -> list[Key]:
    """The buttons of a block."""
    match block:
        case Buttons():
            return [key(button) for button in block.buttons]
        case Row():
            return [key(block.button)]
        case Select():
            return [key(button) for button in block.options]
        case Ask():
            return [replace_id(key(button), choice_id(button.token)) for button in block.choices]
        case _:
            return []


def key(button: Button) -> Key:
    """Convert a button of a reply."""
    label = excerpt(button.label, LABEL)
    return Key(label if visible(label) else POINTER, button_id(button.token), button.weight, button.state)


def replace_id(pressed: Key, custom_id: str) -> Key:
    """The button under another id."""
    return pressed._replace(custom_id=custom_id)


def chunk(size: int, things: Sequence[T]) -> list[Sequence[T]]:
    """Parts of at most `size` things each."""
    return [things[start : start + size] for start in range(0, len(things), size)]
