"""Replies to the platforms, made of blocks. Members' text is data in a block, never markup, mention or link."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from bot.ports.blocks import (
    Ask,
    Block,
    Bullets,
    Button,
    Buttons,
    Document,
    Fields,
    Image,
    Input,
    Listing,
    Paragraph,
    Quote,
    Row,
    Select,
    State,
    Title,
    Weight,
    buttons_of,
    keyboard,
)
from bot.ports.lines import Code, CommandLink, Emphasis, Instant, Line, Link, Precision, Span, Strong, flat
from storage.values import frozen

__all__ = [
    "Accent",
    "Ask",
    "Block",
    "Bullets",
    "Button",
    "Buttons",
    "Code",
    "CommandLink",
    "Document",
    "Emphasis",
    "Fields",
    "Image",
    "Input",
    "Instant",
    "Line",
    "Link",
    "Listing",
    "Paragraph",
    "Precision",
    "Quote",
    "Reply",
    "Row",
    "Select",
    "Span",
    "State",
    "Strong",
    "Title",
    "Weight",
    "buttons_of",
    "flat",
    "has_buttons",
    "keyboard",
    "say",
    "with_buttons",
]


class Accent(StrEnum):
    """The kind or state of the item that a message is about, shown as the colour of a card where there are cards."""

    IDEA = "idea"
    PROBLEM = "problem"
    PRAISE = "praise"
    UNDER_WAY = "under way"
    DONE = "done"
    CLOSED = "closed"
    URGENT = "urgent"


@frozen
class Reply:
    """A message of the bot.

    Attributes:
        blocks: its content, in order.
        private: whether only the person sees it; set by the core from the command.
        owed: whether it is in the outbox already; set by the core.
        settled: whether its event was closed in the transaction that made it; set by the core.
        hush: whether to delete the message it answers, where the bot may.
        edits: whether to edit the message whose button was pressed, where the platform can, instead of sending.
        quotes: whether it is shown as an answer to its message in a private chat too.
        again: a button that shows it again, for when the platform does not let the bot write to the person first;
            only for answers to requests that are done.
        repeated: how often it was sent before and the platform's answer was lost, so that it may have arrived.
        fleeting: whether it is shown only where its person pressed a button, and sent nowhere else.
        accent: the kind or state of the item; None for a message that is not about one item.
    """

    blocks: tuple[Block, ...]
    private: bool = True
    owed: bool = False
    hush: bool = False
    edits: bool = False
    quotes: bool = False
    again: Button | None = None
    repeated: int = 0
    accent: Accent | None = None
    fleeting: bool = False
    settled: bool = False


def say(*lines: Line) -> Reply:
    """A reply of plain paragraphs."""
    return Reply(tuple(Paragraph(line) for line in lines))


def with_buttons(reply: Reply, swap: Callable[[Button], Button | None]) -> Reply:
    """A copy of the reply with every button replaced by `swap(button)`; those for which it is None are left out."""

    def swapped(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
        return tuple(made for button in buttons if (made := swap(button)) is not None)

    def changed(block: Block) -> Block | None:
        match block:
            case Buttons():
                left = swapped(block.buttons)
                return replace(block, buttons=left) if left else None
            case Row():
                own = swap(block.button)
                return replace(block, button=own) if own else Paragraph(block.text)
            case Select():
                left = swapped(block.options)
                return replace(block, options=left) if left else None
            case Ask(choices=(_, *_)):
                return replace(block, choices=swapped(block.choices))
            case _:
                return block

    return replace(reply, blocks=tuple(made for block in reply.blocks if (made := changed(block)) is not None))


def has_buttons(reply: Reply) -> bool:
    """Whether a reply has buttons without a token yet."""
    return any(not button.token for block in reply.blocks for button in buttons_of(block))
