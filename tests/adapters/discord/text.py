"""What messages of Discord's say, in the shape of `bot.ports.plain`."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from discord import ComponentType
from simcord.backend.models import Message
from simcord.components import component_mentions, walk_components

from adapters.discord.outgoing.drawing.markdown import LIMIT
from adapters.discord.outgoing.drawing.render import POINTER

_TOKEN = re.compile(r"\\([^0-9A-Za-z\s])|\*\*|\u2060|<(https?://[^ >]+)>")
_NAME = re.compile(r"^\*\*([^*#\n]+)\*\* (?=\S)", re.MULTILINE)
_INSTANT = re.compile(r"<t:(\d+):([Df])>")
_STYLES = {"D": "%-d %B", "f": "%-d %B at %H:%M"}
_COMMAND = re.compile(r"</(\w+):\d+>")
_OPENING = re.compile(r"^## |^(- )", re.MULTILINE)


def told(messages: Sequence[Message], read: Callable[[str], bytes | None] = lambda _: None) -> str:
    """What messages show, one under the other: what was cut to fit is put together again, also with its file.

    Args:
        read: reads a file by its address.
    """
    contents = [content for message in messages if (content := content_of(message)) != POINTER]
    whole = "".join(map(_after, contents, ["", *contents]))
    texts = [one for message in messages for one in message.attachments if one["filename"].endswith(".txt")]
    wholes = [f"> {(read(one['url']) or b'').decode()} #{one['filename'].removesuffix('.txt')}" for one in texts]
    pictures = [f"[{one.get('description', '')}]" for message in messages for one in message.attachments]
    buttons = " ".join(f"[{button['label']}]" for message in messages for button in buttons_of(message))
    return "\n".join(part for part in (_plain(whole), *wholes, *pictures, buttons) if part).strip() + "\n"


def content_of(message: Message) -> str:
    """The text of a message, also of one that is made of components."""
    return message.content or component_mentions(message.components)


def buttons_of(message: Message) -> list[dict[str, Any]]:
    """The buttons of a message, and the options of its lists, which are pressed alike."""
    found: list[dict[str, Any]] = []
    for one in walk_components(message.components):
        if one["type"] == ComponentType.button.value:
            found.append(one)
        elif one["type"] == ComponentType.select.value:
            found += [
                {"label": option["label"], "custom_id": option["value"], "list": one["custom_id"]}
                for option in one["options"]
            ]
    return found


def _after(content: str, before: str) -> str:
    """A message as it goes on from the one before: a quote goes on, cut between words, or within one that fills it."""
    last = before.rpartition("\n")[2]
    if not before:
        return content
    if not (last.startswith("> ") and content.startswith("> ")):
        return f"\n{content}"
    return ("" if len(before) >= LIMIT - 1 else " ") + content.removeprefix("> ")


def _moment(found: re.Match[str]) -> str:
    """A moment as a reader in Paris sees it, without the year."""
    return datetime.fromtimestamp(int(found[1]), ZoneInfo("Europe/Paris")).strftime(_STYLES[found[2]])


def _plain(content: str) -> str:
    content = _INSTANT.sub(_moment, _COMMAND.sub(r"/\1", content))
    opened = _OPENING.sub(lambda found: "• " if found[1] else "", _NAME.sub(r"\1: ", content))
    return _TOKEN.sub(lambda found: found[1] or found[2] or "", opened)
