"""What a reader sees of messages, in the shape of `bot.ports.plain`."""

import re
from collections.abc import Sequence
from html import unescape

from adapters.telegram.outgoing.render import POINTER
from adapters.telegram.outgoing.text import JOINER
from tests.sockets.fakes.telegram.checks import MOST_TEXT
from tests.sockets.fakes.telegram.html import units
from tests.sockets.fakes.telegram.journal import Call

_TAG = re.compile(r"</?\w[^>]*>")
_CUT = re.compile(r"</blockquote>\0( ?)<blockquote(?: expandable)?>")
_QUOTE = re.compile(r"<blockquote(?: expandable)?>(.*?)</blockquote>", re.DOTALL)
_COMMAND = re.compile(r"(/stat[a-z]+)_(\d+)\b")
_NAME = re.compile(r"^<b>([^<#\n]*)</b>(?= )", re.MULTILINE)


def told(calls: Sequence[Call]) -> str:
    """What messages show, one below another, in the shape of `bot.ports.plain`; what was cut is joined again."""
    words = [str(call.parameters.get("text") or f"[{call.parameters.get('caption', '')}]") for call in calls]
    words = [text for text in words if text != POINTER]
    whole = "".join(_glue(before, text) + text for before, text in zip(["", *words], words, strict=False))
    buttons = [f"[{button['text']}]" for call in calls for button in call.buttons]
    return f"{_plain(whole)}\n{' '.join(buttons)}".strip() + "\n"


def _glue(before: str, text: str) -> str:
    """What stood between two messages: a quotation that was cut goes on, within a word if its part is full."""
    if before.endswith("</blockquote>") and text.startswith("<blockquote"):
        return "\0" if units(unescape(_TAG.sub("", before))) == MOST_TEXT else "\0 "
    return "\n" if before else ""


def _plain(html: str) -> str:
    quoted = _QUOTE.sub(lambda found: "> " + found[1].replace("\n", "\n> "), _CUT.sub(r"\1", html))
    typed = _COMMAND.sub(r"\1 \2", _TAG.sub("", _NAME.sub(r"\1:", quoted)))
    return unescape(typed).replace(JOINER, "")
