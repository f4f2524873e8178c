"""What goes out: a reply made of blocks. Member text is data in a block, never markup, mention or link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pydantic import Base64Bytes, Field, TypeAdapter


@dataclass(frozen=True, slots=True)
class Strong:
    """Words to stand out within a line."""

    text: str


Line = str | tuple[str | Strong, ...]
"""One line of text, with or without strong words. Adapters escape every part of it."""


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; level 1 opens a message, level 2 a section of it."""

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
    """A member's words, exactly.

    Attributes:
        text: the words.
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
    """A PNG picture and the words that stand for it."""

    png: Base64Bytes
    alt: str
    block: Literal["image"] = "image"


@dataclass(frozen=True, slots=True)
class Button:
    """Pressing it does what typing the command would; the core swaps both for an opaque token."""

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
    """A question the bot waits on: a modal, a forced reply or a form, as the platform has it.

    Attributes:
        command: the command it completes.
        fields: its parameters to fill; the first is the one asked for where only one fits.
        words: the question.
        prompt: the stored prompt's id.
        values: what is filled in already.
        choices: buttons that fill in what has choices, for platforms that ask one thing at a time.
        chosen: what these have filled in so far, a line each.
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
        """The question and what is chosen so far, for platforms that show them together."""
        return "\n".join((self.words, *self.chosen))


Block = Annotated[
    Title | Paragraph | Quote | Bullets | Fields | Image | Buttons | Ask,
    Field(discriminator="block"),
]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, private or public as the command was registered.

    Attributes:
        blocks: what it shows, in order.
        private: whether only the person sees it; the core sets it, never more private than acknowledged.
        owed: whether the outbox has it already; the core sets it.
        hush: whether what it answers should be taken out of view, where the bot may.
        instead: whether it takes the place of the message whose button was pressed, where the platform can do that.
        again: what shows it once more, should the bot not be allowed to write to the person first; only for what was
            received already.
    """

    blocks: tuple[Block, ...]
    private: bool = True
    owed: bool = False
    hush: bool = False
    instead: bool = False
    again: Button | None = None


def say(*lines: Line) -> Reply:
    """A reply of plain paragraphs."""
    return Reply(tuple(Paragraph(line) for line in lines))


def with_buttons(reply: Reply, swap: Callable[[Button], Button]) -> Reply:
    """The same reply with every button passed through `swap`."""

    def swapped(block: Block) -> Block:
        match block:
            case Buttons():
                return replace(block, buttons=tuple(swap(button) for button in block.buttons))
            case Ask(choices=(_, *_)):
                return replace(block, choices=tuple(swap(button) for button in block.choices))
            case _:
                return block

    return replace(reply, blocks=tuple(swapped(block) for block in reply.blocks))


def has_buttons(reply: Reply) -> bool:
    """Whether a reply carries buttons that still name their command."""
    return any(not button.token for block in reply.blocks for button in _buttons(block))


def _buttons(block: Block) -> tuple[Button, ...]:
    match block:
        case Buttons():
            return block.buttons
        case Ask():
            return block.choices
        case _:
            return ()


class Wire:
    """Replies to and from JSON, for the outbox and the archive."""

    def __init__(self) -> None:
        self._adapter: TypeAdapter[Reply] = TypeAdapter(Reply)

    def dump(self, reply: Reply) -> dict[str, Any]:
        """The reply as JSON values."""
        dumped: dict[str, Any] = self._adapter.dump_python(reply, mode="json")
        return dumped

    def load(self, payload: Mapping[str, Any]) -> Reply:
        """The reply a payload was made from."""
        return self._adapter.validate_python(payload)
