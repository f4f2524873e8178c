"""Lays a reply out in Discord's components: cards, sections with a button, selects, pictures and files."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from adapters.discord.outgoing.drawing.markdown import Commands, write
from adapters.discord.outgoing.drawing.render import (
    FILES,
    NO_COMMANDS,
    POINTER,
    ROW,
    Component,
    Enclosure,
    Gallery,
    Keys,
    Menu,
    Outgoing,
    Picture,
    Section,
    Shown,
    Text,
    chunk,
    documents,
    key,
    keys,
    pictures,
    question_of,
)
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Ask, Block, Buttons, Document, Image, Quote, Reply, Row, Select

LIMIT, COMPONENTS, OPTIONS = 4_000, 40, 25
"""The most code points of all texts, components (inner ones included), and options of a select, in a message."""
SHORTEST = 200
"""The least characters left of a quote when a card is too long."""


def needs_components(reply: Reply) -> bool:
    """Whether a reply is more than texts with buttons."""
    return reply.accent is not None or any(isinstance(block, Row | Select | Image) for block in reply.blocks)


def lay_out(reply: Reply, commands: Commands = NO_COMMANDS) -> tuple[Outgoing, ...]:
    """Lay a reply out in as few messages as the limits allow; a card is always a single message.

    Args:
        commands: the ids of the slash commands by name.
    """
    reply = _shortened(reply, commands) if reply.accent else reply
    components = list(_components(reply, commands)) or [Text(POINTER)]
    messages = [Outgoing("", components=part, files=files_of(part), accent=reply.accent) for part in _share(components)]
    return (*messages[:-1], replace(messages[-1], question=question_of(reply)))


def as_components(message: Outgoing) -> Outgoing:
    """A text message converted to components, to replace a message of components, which cannot become text again."""
    if message.components:
        return message
    shown = tuple(file for file in message.files if isinstance(file, Picture))
    parts: tuple[Component, ...] = (
        *((Text(message.content),) if message.content else ()),
        *((Gallery(shown),) if shown else ()),
        *(Shown(file) for file in message.files if isinstance(file, Enclosure)),
        *map(Keys, message.rows),
    )
    return replace(message, content="", rows=(), components=parts)


def files_of(components: tuple[Component, ...]) -> tuple[Picture | Enclosure, ...]:
    """The attachments that components show."""
    found: list[Picture | Enclosure] = []
    for component in components:
        if isinstance(component, Gallery):
            found += component.pictures
        elif isinstance(component, Shown):
            found.append(component.file)
    return tuple(found)


def _components(reply: Reply, commands: Commands) -> Iterator[Component]:
    """The components of a reply in order; neighbouring texts are one."""
    shown, files = iter(pictures(reply)), iter(documents(reply))
    for kind, run in groupby(reply.blocks, _look):
        blocks = list(run)
        if kind is Block:
            yield from map(Text, write([*blocks], commands, LIMIT))
        elif kind is Image:
            yield from (Gallery(tuple(part)) for part in chunk(FILES, [next(shown) for _ in blocks]))
        elif kind is Document:
            yield from (Shown(next(files)) for _ in blocks)
        else:
            for block in blocks:
                yield from _interactive(block, commands)


def _look(block: Block) -> object:
    """A key that is equal for blocks drawn as one text, and different for all others."""
    return type(block) if isinstance(block, Image | Document | Row | Select | Buttons | Ask) else Block


def _interactive(block: Block, commands: Commands) -> Iterator[Component]:
    match block:
        case Row():
            first, *more = write([block], commands, LIMIT) or [POINTER]
            yield Section(first, key(block.button))
            yield from map(Text, more)
        case Select():
            yield from (Menu(block.words, tuple(part)) for part in chunk(OPTIONS, keys(block)))
        case Ask():
            yield from map(Text, write([block], commands, LIMIT))
            yield from (Keys(tuple(row)) for row in chunk(ROW, keys(block)))
        case _:
            yield from (Keys(tuple(row)) for row in chunk(ROW, keys(block)))


def _share(components: list[Component]) -> Iterator[tuple[Component, ...]]:
    """Distribute components to messages within the limits, leaving room for the frame and a question."""
    part, text, count = list[Component](), 0, 0
    for component in components:
        more_text, more = _size(component)
        if part and (text + more_text > LIMIT or count + more > COMPONENTS - 3):
            yield tuple(part)
            part, text, count = [], 0, 0
        part.append(component)
        text, count = text + more_text, count + more
    yield tuple(part)


def _size(component: Component) -> tuple[int, int]:
    """The numbers of code points and of components that a component takes."""
    match component:
        case Text():
            return len(component.markdown), 1
        case Section():
            return len(component.markdown), 3
        case Keys():
            return 0, 1 + len(component.row)
        case Menu():
            return 0, 2
        case Gallery() | Shown():
            return 0, 1
        case _:
            assert_never(component)


def _shortened(reply: Reply, commands: Commands) -> Reply:
    """The reply with its longest quote cut so that it fits into one message, and the whole text as a file."""
    quotes = [block for block in reply.blocks if isinstance(block, Quote)]
    over = sum(map(len, write(_texts(reply), commands, LIMIT))) - LIMIT
    if over <= 0 or not quotes:
        return reply
    longest = max(quotes, key=lambda quote: len(quote.text))
    cut, room = longest, len(longest.text)
    while over > 0 and room > SHORTEST:
        room = max(room - over - 1, SHORTEST)
        cut = replace(longest, text=excerpt(longest.text, room))
        changed = _exchanged(reply, longest, cut)
        over = sum(map(len, write(_texts(changed), commands, LIMIT))) - LIMIT
    name = f"{longest.source.removeprefix('#') or 'text'}.txt"
    whole = Document(name, "text/plain", longest.text.encode())
    changed = _exchanged(reply, longest, cut)
    return replace(changed, blocks=(*changed.blocks, whole))


def _texts(reply: Reply) -> list[Block]:
    return [block for block in reply.blocks if not isinstance(block, Buttons | Select | Image | Document)]


def _exchanged(reply: Reply, old: Block, new: Block) -> Reply:
    return replace(reply, blocks=tuple(new if block is old else block for block in reply.blocks))
