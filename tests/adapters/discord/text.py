"""What messages of Discord's say, in the shape of `bot.ports.plain`."""

import re
from collections.abc import Sequence

from simcord.backend.models import Message

from adapters.discord.outgoing.render import LIMIT, POINTER

_TOKEN = re.compile(r"\\([^0-9A-Za-z\s])|\*\*|\u2060|<(https?://[^ >]+)>")
_NAME = re.compile(r"^\*\*([^*#\n]+)\*\* (?=\S)", re.MULTILINE)
_OPENING = re.compile(r"^## |^(- )", re.MULTILINE)


def told(messages: Sequence[Message]) -> str:
    """What messages show, one under the other: what was cut to fit is put together again."""
    contents = [message.content for message in messages if message.content != POINTER]
    whole = "".join(map(_after, contents, ["", *contents]))
    pictures = [f"[{one.get('description', '')}]" for message in messages for one in message.attachments]
    rows = [row["components"] for message in messages for row in message.components]
    buttons = " ".join(f"[{button['label']}]" for row in rows for button in row)
    return "\n".join(part for part in (_plain(whole), *pictures, buttons) if part).strip() + "\n"


def _after(content: str, before: str) -> str:
    """A message as it goes on from the one before: a quote goes on, cut between words, or within one that fills it."""
    last = before.rpartition("\n")[2]
    if not before:
        return content
    if not (last.startswith("> ") and content.startswith("> ")):
        return f"\n{content}"
    return ("" if len(before) >= LIMIT - 1 else " ") + content.removeprefix("> ")


def _plain(content: str) -> str:
    opened = _OPENING.sub(lambda found: "• " if found[1] else "", _NAME.sub(r"\1: ", content))
    return _TOKEN.sub(lambda found: found[1] or found[2] or "", opened)
