"""Draws Discord's messages as HTML, from the JSON the bot sends: its Markdown, components and attachments."""

import base64
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from discord import ButtonStyle, ComponentType
from markdown_it import MarkdownIt

from adapters.discord.outgoing.drawing.markdown import SlashCommand
from adapters.discord.outgoing.drawing.payload import payload
from adapters.discord.outgoing.drawing.render import Outgoing
from adapters.discord.outgoing.messages import parts
from adapters.values import JSON
from bot.catalogue import registry
from bot.ports.reply import Reply

LINES = {"## ": "h2", "# ": "h1", "-# ": "small", "> ": "blockquote", "- ": "li"}
_MENTION = re.compile(r"&lt;/([\w-]+):\d+&gt;")
_INSTANT = re.compile(r"&lt;t:(\d+):([Df])&gt;")
_STYLES = {"D": "d MMMM y", "f": "d MMMM y HH:mm"}
"""How Discord shows a moment, in the reader's language and zone."""
_ZONE = ZoneInfo("Europe/Paris")
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def draw(reply: Reply, language: str) -> Iterator[str]:
    """The messages of a reply, each as HTML.

    Args:
        language: the reader's.
    """
    commands = {one.name: SlashCommand(one.name, 1) for one in registry().commands}
    for message in parts(reply, commands):
        pictures = {file.name: base64.b64encode(file.content).decode() for file in message.files}
        shown = "".join(_message(message, pictures))
        yield f'<div class="message">{_INSTANT.sub(partial(_moment, language), shown)}</div>'


def _message(message: Outgoing, pictures: dict[str, str]) -> Iterator[str]:
    made = payload(message)
    yield _text(made.get("content", ""))
    if "content" in made or not message.components:
        yield from (f'<img src="data:image/png;base64,{one}">' for one in pictures.values())
    yield from _components(made.get("components", []), pictures)


def _components(components: Iterable[JSON], pictures: dict[str, str]) -> Iterator[str]:
    for one in components:
        inner = "".join(_components(one.get("components", []), pictures))
        match ComponentType(one["type"]):
            case ComponentType.container:
                yield f'<div class="card" style="border-color:#{one["accent_color"]:06x}">{inner}</div>'
            case ComponentType.section:
                yield f'<div class="section"><div>{inner}</div>{_button(one["accessory"])}</div>'
            case ComponentType.action_row:
                yield f'<div class="keys">{inner}</div>'
            case ComponentType.text_display:
                yield _text(one["content"])
            case ComponentType.button:
                yield _button(one)
            case ComponentType.media_gallery:
                yield from (_picture(item["media"]["url"], pictures) for item in one["items"])
            case ComponentType.select:
                yield f'<div class="select">{escape(one["placeholder"])} ▾</div>'
            case _:
                yield f'<div class="file">{escape(str(one.get("file", {}).get("url", "")))}</div>'


def _picture(url: str, pictures: dict[str, str]) -> str:
    return f'<img src="data:image/png;base64,{pictures[url.removeprefix("attachment://")]}">'


def _button(one: JSON) -> str:
    disabled = " disabled" if one.get("disabled") else ""
    return f'<button class="{ButtonStyle(one["style"]).name}"{disabled}>{escape(one["label"])}</button>'


def _text(markdown: str) -> str:
    """Discord's Markdown: each line by itself, unlike CommonMark."""
    return "".join(_line(line) for line in markdown.split("\n")) if markdown else ""


def _line(line: str) -> str:
    opening = next((one for one in LINES if line.startswith(one)), "")
    tag = LINES.get(opening, "p")
    return f"<{tag}>{_inline(line.removeprefix(opening)) or '&nbsp;'}</{tag}>"


def _inline(text: str) -> str:
    return _MENTION.sub(r'<span class="mention">/\1</span>', _MARKDOWN.renderInline(text))


def _moment(language: str, found: re.Match[str]) -> str:
    return format_datetime(datetime.fromtimestamp(int(found[1]), _ZONE), _STYLES[found[2]], locale=language)
