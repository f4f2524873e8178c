"""What a reader sees of messages, in the shape of `bot.ports.plain`."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import unescape

from adapters.telegram.outgoing.drawing.render import POINTER
from adapters.telegram.outgoing.drawing.text import JOINER
from tests.sockets.fakes.telegram.checks import MOST_TEXT
from tests.sockets.fakes.telegram.html import units
from tests.sockets.fakes.telegram.journal import Call
from tests.sockets.updates import JSON

SENDS = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editEphemeralMessageText")
_TAG = re.compile(r"</?\w[^>]*>")
_CUT = re.compile(r"</blockquote>\0( ?)<blockquote(?: expandable)?>")
_QUOTE = re.compile(r"<blockquote(?: expandable)?>(.*?)</blockquote>", re.DOTALL)
_COMMAND = re.compile(r"(/stat[a-z]+)_(\d+)\b")
_NAME = re.compile(r"^<b>([^<#\n]*)</b>(?= )", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """One reply of the bot's, as it stands in a chat.

    Attributes:
        to: the id of whoever acted in this chat just before; empty when nobody did.
    """

    chat: int
    calls: Sequence[Call]
    to: str = ""

    @property
    def text(self) -> str:
        """What a reader sees, in the shape of `bot.ports.plain`."""
        return told(self.calls)

    def button(self, label: str) -> tuple[str, JSON] | None:
        """What pressing the button of that label sends, and the message it is under."""
        for call in self.calls:
            for button in call.buttons:
                if button["text"] == label and "callback_data" in button:
                    return str(button["callback_data"]), call.message
        return None


def told(calls: Sequence[Call]) -> str:
    """What messages show, one below another, in the shape of `bot.ports.plain`; what was cut is joined again."""
    words = [str(call.parameters.get("text") or f"[{call.parameters.get('caption', '')}]") for call in calls]
    words = [text for text in words if text != POINTER]
    whole = "".join(_glue(before, text) + text for before, text in zip(["", *words], words, strict=False))
    buttons = [f"[{button['text']}]" for call in calls for button in call.buttons]
    return f"{_plain(whole)}\n{' '.join(buttons)}".strip() + "\n"


def standing(calls: Sequence[Call], unseen: Collection[tuple[int, int]]) -> list[str]:
    """Each message as it was sent or edited last, in the order in which they were sent.

    Args:
        unseen: the chats and numbers of the ephemeral messages that are still there.
    """
    last = {_message_of(call): call for call in calls}
    return [told([call]) for (chat, _, own), call in last.items() if not own or (chat, own) in unseen]


def _message_of(call: Call) -> tuple[int, int, int]:
    """What names the message that a call sent or edited: its chat, and its number or that of an ephemeral one."""
    made = call.result if isinstance(call.result, dict) else call.parameters
    return call.chat, int(made.get("message_id") or 0), int(made.get("ephemeral_message_id") or 0)


def _glue(before: str, text: str) -> str:
    """What stood between two messages: a quotation that was cut goes on, within a word if its part is full."""
    if before.endswith("</blockquote>") and text.startswith("<blockquote"):
        return "\0" if units(unescape(_TAG.sub("", before))) == MOST_TEXT else "\0 "
    return "\n" if before else ""


def _plain(html: str) -> str:
    quoted = _QUOTE.sub(lambda found: "> " + found[1].replace("\n", "\n> "), _CUT.sub(r"\1", html))
    typed = _COMMAND.sub(r"\1 \2", _TAG.sub("", _NAME.sub(r"\1:", quoted)))
    return unescape(typed).replace(JOINER, "")


def is_question(call: Call) -> bool:
    """Whether a message asks for a reply."""
    return bool((call.parameters.get("reply_markup") or {}).get("force_reply"))


def receiver(call: Call) -> int:
    """Who alone sees a message; 0 for one that all in its chat see."""
    shown = call.message if isinstance(call.result, dict) or call.edited else {}
    return int(shown.get("receiver_user", {}).get("id", 0))


def is_notice(call: Call) -> bool:
    """Whether a call shows a notice over the chat."""
    return call.method == "answerCallbackQuery" and call.status == 200 and bool(call.parameters.get("text"))


def arrived(call: Call) -> bool:
    """Whether a call brought or changed a message."""
    return call.method in SENDS and call.status == 200
