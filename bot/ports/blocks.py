"""The blocks a reply is made of. A block says what something means; each adapter renders it in its platform's way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Base64Bytes, Field

from bot.ports.lines import Line
from storage.values import frozen


@frozen
class Title:
    """A heading; level 1 for a message, level 2 for a section of it."""

    text: str
    level: int = 1
    block: Literal["title"] = "title"


@frozen
class Paragraph:
    """The bot's or the team's words."""

    text: Line
    block: Literal["paragraph"] = "paragraph"


@frozen
class Quote:
    """A member's words, verbatim.

    Attributes:
        source: where they are from, such as `#12`.
    """

    text: str
    source: str = ""
    block: Literal["quote"] = "quote"


@frozen
class Bullets:
    """A list.

    Attributes:
        numbered: whether its items are counted, as the steps of a procedure are.
    """

    items: tuple[Line, ...]
    numbered: bool = False
    block: Literal["bullets"] = "bullets"


@frozen
class Fields:
    """Names and values."""

    pairs: tuple[tuple[str, Line], ...]
    block: Literal["fields"] = "fields"


@frozen
class Listing:
    """Preformatted lines, such as a command or a table, shown verbatim."""

    text: str
    block: Literal["listing"] = "listing"


@frozen
class Image:
    """A picture and its alternative text.

    Attributes:
        media_type: the content's type: PNG, or JPEG for photos.
    """

    content: Base64Bytes
    alt: str
    media_type: Literal["image/png", "image/jpeg"] = "image/png"
    block: Literal["image"] = "image"

    @property
    def extension(self) -> str:
        """The file name extension of its type, without a dot."""
        return "png" if self.media_type == "image/png" else "jpg"


@frozen
class Document:
    """A file to download. Its name has no folder."""

    name: str
    media_type: str
    content: Base64Bytes
    block: Literal["document"] = "document"


class Weight(StrEnum):
    """What pressing a button means."""

    PLAIN = "plain"
    PRIMARY = "primary"
    """What most people want next."""
    GOOD = "good"
    """Takes part, agrees or completes."""
    DANGEROUS = "dangerous"
    """Takes something away."""


class State(StrEnum):
    """Whether a button can be pressed."""

    OPEN = "open"
    CHOSEN = "chosen"
    """It was chosen; pressing it again changes nothing."""
    CLOSED = "closed"
    """It no longer applies; it is shown so that the message keeps its meaning."""


@frozen
class Button:
    """A button that calls a command with arguments; the core replaces both by an opaque token before sending.

    Attributes:
        short: its label where it stands apart from its line, as below a message; empty for the same.
    """

    label: str
    command: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    weight: Weight = Weight.PLAIN
    state: State = State.OPEN
    short: str = ""


@frozen
class Buttons:
    """A row of buttons."""

    buttons: tuple[Button, ...]
    block: Literal["buttons"] = "buttons"


@frozen
class Row:
    """A line with a button of its own, such as an entry of a list.

    Attributes:
        place: its number in a list that is counted; 0 in one that is not.
    """

    text: Line
    button: Button
    place: int = 0
    block: Literal["row"] = "row"


@frozen
class Select:
    """One choice out of several, of which each does what a button does; buttons where there are no lists.

    Attributes:
        words: what is chosen, shown until something is.
        options: at most 25.
        heading: whether its words are also shown above the buttons; False if the buttons' labels need no explanation.
    """

    words: str
    options: tuple[Button, ...]
    heading: bool = True
    block: Literal["select"] = "select"


@frozen
class Input:
    """How a form shows a field whose words are a community's own.

    Attributes:
        name: the parameter it fills in.
        options: values and their labels, for a choice; empty for words.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False


@frozen
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
        inputs: the fields whose words are the community's own.
    """

    command: str
    fields: tuple[str, ...]
    words: str
    prompt: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Button, ...] = ()
    chosen: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    block: Literal["ask"] = "ask"

    @property
    def whole(self) -> str:
        """The question and the choices made so far, for platforms that show them together."""
        return "\n".join((self.words, *self.chosen))


Block = Annotated[
    Title | Paragraph | Quote | Bullets | Fields | Listing | Image | Document | Buttons | Row | Select | Ask,
    Field(discriminator="block"),
]


def buttons_of(block: Block) -> tuple[Button, ...]:
    """The buttons of a block, of whatever kind it is."""
    match block:
        case Buttons():
            return block.buttons
        case Row():
            return (block.button,)
        case Select():
            return block.options
        case Ask():
            return block.choices
        case _:
            return ()


def keyboard(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Group the blocks that have buttons by section, for platforms that show buttons apart from the text.

    A title starts a group. So do buttons below a list of rows, since they are not about its last row.
    """
    group: tuple[Block, ...] = ()
    for block in blocks:
        if isinstance(block, Title) or (isinstance(block, Buttons) and any(isinstance(one, Row) for one in group)):
            yield group
            group = ()
        if buttons_of(block):
            group += (block,)
    yield group
