"""Renders a reply as Telegram messages: escaped HTML split at the limits, buttons, forced replies and pictures."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from telegram.constants import MessageLimit, ReplyLimit

from adapters.telegram.outgoing.drawing.spans import WHOLE, Room, Span, add, share, write
from adapters.telegram.outgoing.drawing.text import (
    LONGEST_NAME,
    escape_trusted,
    share_rows,
    shorten,
    utf16_length,
)
from bot.ports.reply import (
    Ask,
    Block,
    Button,
    Document,
    Image,
    Reply,
    State,
    buttons_of,
    keyboard,
)
from bot.ports.text import visible
from storage.values import frozen

MOST_BUTTONS = 100
"""The most buttons below one message."""
BESIDE_A_NAME = Room(WHOLE.text - LONGEST_NAME - len(": "), WHOLE.styled - 1)
"""The room for a question, which in a group begins with the name of the person asked."""
POINTER = "↓"
"""The text of a message that has only buttons, which cannot be empty; not shown as a large emoji."""

Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of buttons, each button a label and its callback data."""


@frozen
class Question:
    """The data of a forced reply, which is sent with `selective`.

    Attributes:
        prompt: the id of the stored prompt that a reply to this message answers.
        placeholder: the text in the empty input field, or None.
    """

    prompt: str
    placeholder: str | None


@frozen
class Outgoing:
    """One message to send, in parse mode HTML.

    Attributes:
        text: HTML; for a picture its caption, which may be empty.
        photo: a picture, or None for a text message.
        document: a file, or None.
        buttons: the inline keyboard.
        question: the forced reply; together with buttons only after `in_one`, as Telegram accepts one reply markup.
        reply_to_first: whether it is sent as a reply to the first message.
        preview: whether its links show a preview.
    """

    text: str
    photo: Image | None = None
    document: Document | None = None
    buttons: Rows = ()
    question: Question | None = None
    reply_to_first: bool = False
    preview: bool = False


def render(reply: Reply, pointer: str = POINTER) -> tuple[Outgoing, ...]:
    """Render a reply as messages in sending order: texts, the last one with the buttons, then pictures and files.

    Args:
        pointer: the text of a message that has buttons or a question and no text.
    """
    texts: list[Outgoing] = []
    spans: list[Span] = []
    for block in reply.blocks:
        add(spans, block)
        if isinstance(block, Ask):
            texts += _asked(block, _texts(spans, BESIDE_A_NAME), pointer)
            spans = []
    texts += _texts(spans)
    chosen = "\n".join(line for block in reply.blocks if isinstance(block, Ask) for line in block.chosen)
    photos = [_photo(block, bool(texts)) for block in reply.blocks if isinstance(block, Image)]
    files = [Outgoing("", document=block) for block in reply.blocks if isinstance(block, Document)]
    return (*_pressable(texts, _keyboard(reply.blocks), escape_trusted(chosen) or pointer), *photos, *files)


def as_edit(messages: Iterable[Outgoing]) -> Outgoing | None:
    """The single text message that a former message can be edited into, or None.

    A forced reply is left out, as Telegram allows neither to edit one nor to create one by an edit.
    """
    open_ones = [message for message in messages if not message.question]
    return open_ones[0] if len(open_ones) == 1 and is_text(open_ones[0]) else None


def in_one(messages: tuple[Outgoing, ...]) -> tuple[Outgoing, ...]:
    """The messages with a question and its buttons combined in one, for ephemeral messages.

    Not for others: an inline keyboard that forces a reply (Bot API 10.3) does so for everybody who sees it.
    """
    *before, asked, below = messages if len(messages) > 1 else (Outgoing(""), *messages)
    if not asked.question or below.question or not below.buttons:
        return messages
    text = asked.text if below.text == POINTER else f"{asked.text}\n{below.text}"
    whole = replace(asked, text=text, buttons=below.buttons)
    return (*before, whole) if utf16_length(text) <= MessageLimit.MAX_TEXT_LENGTH else messages


def stands(message: Outgoing) -> bool:
    """Whether a message can be edited: it is a text without a forced reply."""
    return is_text(message) and not message.question


def is_text(message: Outgoing) -> bool:
    """Whether a message is neither a picture nor a file."""
    return message.photo is None and message.document is None


def _pressable(texts: list[Outgoing], keyboard: Rows, pointer: str) -> list[Outgoing]:
    """The texts with the buttons on the last one, or on an additional one when the last is a forced reply."""
    if not keyboard:
        return texts
    first, *more = _shared(keyboard)
    below = [Outgoing(POINTER, buttons=rows) for rows in more]
    if not texts or texts[-1].question:
        return [*texts, Outgoing(write([Span(pointer)]), buttons=first), *below]
    return [*texts[:-1], replace(texts[-1], buttons=first), *below]


def _shared(keyboard: Rows) -> Iterator[Rows]:
    """The rows distributed to keyboards within Telegram's limit."""
    rows: Rows = ()
    for row in keyboard:
        if sum(map(len, rows)) + len(row) > MOST_BUTTONS:
            yield rows
            rows = ()
        rows = (*rows, row)
    yield rows


def _asked(block: Ask, texts: list[Outgoing], pointer: str) -> list[Outgoing]:
    """The texts, with the last one made a forced reply."""
    asked = block.words.partition("\n")[0]
    placeholder = shorten(escape_trusted(asked), ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER)
    question = Question(block.prompt, placeholder if visible(placeholder) else None)
    *before, last = texts or [Outgoing(write([Span(pointer)]))]
    return [*before, replace(last, question=question)]


def _photo(block: Image, reply_to_first: bool) -> Outgoing:
    caption = shorten(escape_trusted(block.alt), MessageLimit.CAPTION_LENGTH)
    return Outgoing(write([Span(caption)]), photo=block, reply_to_first=reply_to_first)


def _keyboard(blocks: Iterable[Block]) -> Rows:
    groups = ([button for block in group for button in buttons_of(block)] for group in keyboard(blocks))
    return tuple(row for group in groups for row in _rows(group))


def _rows(group: Iterable[Button]) -> Iterator[tuple[tuple[str, str], ...]]:
    # Telegram has no disabled buttons.
    open_ones = [button for button in group if button.state is not State.CLOSED]
    shown = [(_label(button), button.token) for button in open_ones]
    yield from (tuple(shown[row]) for row in share_rows([label for label, _ in shown]))


def _label(button: Button) -> str:
    label = button.short or button.label
    return label if visible(label) else POINTER


def _texts(spans: list[Span], room: Room = WHOLE) -> list[Outgoing]:
    return [Outgoing(text) for text in share(spans, room)]
