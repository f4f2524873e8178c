"""Replies to the platforms, made of blocks. Members' text is data in a block, never markup, mention or link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pydantic import Base64Bytes, Field, TypeAdapter


@dataclass(frozen=True, slots=True)
class Strong:
    """Emphasised words within a line."""

    text: str


Line = str | tuple[str | Strong, ...]
"""One line of text, with or without emphasised parts. Adapters escape every part."""


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; level 1 for a message, level 2 for a section of it."""

    text: str
    level: int = 1
    block: Literal["title"] = "title"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The bot's own words."""

    text: Line
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Quote:
    """A member's words, verbatim.

    Attributes:
        source: where they are from, such as `#12`.
    """

    text: str
    source: str = ""
    block: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Line, ...]
    block: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Fields:
    """Names and values."""

    pairs: tuple[tuple[str, Line], ...]
    block: Literal["fields"] = "fields"


@dataclass(frozen=True, slots=True)
class Image:
    """A PNG picture and its alternative text."""

    png: Base64Bytes
    alt: str
    block: Literal["image"] = "image"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to download. Its content is the bot's; its name has no folder."""

    name: str
    media_type: str
    content: Base64Bytes
    block: Literal["document"] = "document"


@dataclass(frozen=True, slots=True)
class Button:
    """A button that calls a command with arguments; the core replaces both by an opaque token before sending."""

    label: str
    command: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    token: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons."""

    buttons: tuple[Button, ...]
    block: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question for missing arguments: shown as a modal, a forced reply or a form, as the platform has it.

    Attributes:
        command: the command it completes.
        fields: its parameters to fill in; only the first is asked for where there are no forms.
        words: the question.
        prompt: the id of the stored prompt.
        values: the initial values by parameter name.
        choices: buttons for parameters with choices, where there are no forms.
        chosen: the choices made so far, a line each.
    """

    command: str
    fields: tuple[str, ...]
    words: str
    prompt: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Button, ...] = ()
    chosen: tuple[str, ...] = ()
    block: Literal["ask"] = "ask"

    @property
    def whole(self) -> str:
        """The question and the choices made so far, for platforms that show them together."""
        return "\n".join((self.words, *self.chosen))


Block = Annotated[
    Title | Paragraph | Quote | Bullets | Fields | Image | Document | Buttons | Ask,
    Field(discriminator="block"),
]


@dataclass(frozen=True, slots=True)
class Reply:
    """A message of the bot.

    Attributes:
        blocks: its content, in order.
        private: whether only the person sees it; set by the core from the command.
        owed: whether it is in the outbox already; set by the core.
        hush: whether to delete the message it answers, where the bot may.
        instead: whether to edit the message whose button was pressed, where the platform can, instead of sending.
        again: a button that shows it again, for when the platform does not let the bot write to the person first;
            only for answers to requests that are done.
        repeated: how often it was sent before without an answer of the platform's, so that it may have arrived.
    """

    blocks: tuple[Block, ...]
    private: bool = True
    owed: bool = False
    hush: bool = False
    instead: bool = False
    again: Button | None = None
    repeated: int = 0


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
            case Ask(choices=(_, *_)):
                return replace(block, choices=swapped(block.choices))
            case _:
                return block

    return replace(reply, blocks=tuple(made for block in reply.blocks if (made := changed(block)) is not None))


def has_buttons(reply: Reply) -> bool:
    """Whether a reply has buttons without a token yet."""
    return any(not button.token for block in reply.blocks for button in _buttons(block))


def _buttons(block: Block) -> tuple[Button, ...]:
    match block:
        case Buttons():
            return block.buttons
        case Ask():
            return block.choices
        case _:
            return ()


class ReplyCodec:
    """Converts replies to and from JSON, for the outbox and the archive of digests."""

    def __init__(self) -> None:
        self._adapter: TypeAdapter[Reply] = TypeAdapter(Reply)

    def dump(self, reply: Reply) -> dict[str, Any]:
        """Convert a reply to JSON."""
        dumped: dict[str, Any] = self._adapter.dump_python(reply, mode="json")
        return dumped

    def load(self, payload: Mapping[str, Any]) -> Reply:
        """Convert JSON made by `dump` back to the reply.

        Raises:
            pydantic.ValidationError: it was not made by `dump`.
        """
        return self._adapter.validate_python(payload)
