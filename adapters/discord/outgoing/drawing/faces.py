"""Draws the content (face) of a card as a message, and recognises messages that are cards."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

import discord

from adapters.discord.outgoing.drawing.layout import files_of, lay_out
from adapters.discord.outgoing.drawing.markdown import Commands
from adapters.discord.outgoing.drawing.numbering import number
from adapters.discord.outgoing.drawing.payload import send_arguments
from adapters.discord.outgoing.drawing.render import Component, Enclosure, Gallery, Outgoing, Picture, Shown
from adapters.values import JSON
from bot.language.text.excerpt import excerpt
from bot.ports.card import Face
from bot.ports.text import visible

CARD = 1 << 30
"""The least number that marks a card, as the id of its frame; Discord's own ids start at 1, and end at 2 ** 31 - 1."""
TITLE = 100
"""The most characters of a post's title."""
UNTITLED = "…"
DIGEST = 16
_UNSAFE = re.compile(r"[^\w.-]", re.ASCII)


def draw(face: Face, commands: Commands, mark: int = CARD) -> Outgoing:
    """The message of a card: always components in one frame, with files named by their content.

    Args:
        commands: the ids of the slash commands by name.
        mark: the number by which the card is recognised.
    """
    drawn = number(lay_out(face.reply, commands)[0])
    components = tuple(map(_named, drawn.components))
    files = tuple({file.name: file for file in files_of(components)}.values())
    return replace(drawn, components=components, files=files, mark=mark)


def title_of(face: Face) -> str:
    """The title of a card's forum post."""
    title = excerpt(face.title, TITLE)
    return title if visible(title) else UNTITLED


def mark(key: str) -> int:
    """The number by which the card posted with a key is recognised."""
    return CARD | int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) >> 2


def mark_of(message: discord.Message) -> int:
    """The number that marks a message as a card; 0 for other messages."""
    frames = (one.id or 0 for one in message.components if isinstance(one, discord.Container))
    return max((number for number in frames if number >= CARD), default=0)


def is_card(message: discord.Message | None) -> bool:
    """Whether a message is a card, whose buttons anybody may press."""
    return message is not None and mark_of(message) != 0


def edit_arguments(card: Outgoing, standing: Iterable[discord.Attachment]) -> JSON:
    """The arguments of discord.py's `edit` for a card.

    Args:
        standing: the message's present files; those that the card still has are kept, not uploaded again.
    """
    kept = {file.filename: file for file in standing}
    new = replace(card, files=tuple(file for file in card.files if file.name not in kept))
    arguments = send_arguments(new)
    attachments = [kept[file.name] for file in card.files if file.name in kept]
    return {
        "view": arguments["view"],
        "allowed_mentions": arguments["allowed_mentions"],
        "attachments": [*attachments, *arguments.get("files", ())],
    }


def _named(component: Component) -> Component:
    match component:
        case Gallery():
            return Gallery(tuple(one._replace(name=_file_name(one)) for one in component.pictures))
        case Shown():
            return Shown(component.file._replace(name=_file_name(component.file)))
        case _:
            return component


def _file_name(file: Picture | Enclosure) -> str:
    """A file name computed from the content, of characters that Discord does not change."""
    name, digest = PurePath(_UNSAFE.sub("_", file.name)), hashlib.sha256(file.content).hexdigest()[:DIGEST]
    return f"{name.stem}-{digest}{name.suffix}" if isinstance(file, Enclosure) else f"{digest}{name.suffix}"
