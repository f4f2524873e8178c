"""What Telegram's server refuses in a message."""

import re
from typing import Any

from tests.sockets.fakes.telegram.html import Unparsable, parse, units
from tests.sockets.fakes.telegram.journal import Call, Refused

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_DATA = 64
MOST_ENTITIES = 100
"""Entities of a message; Telegram drops those after them, so that a link or a quote is plain words."""
MOST_IN_ROW, MOST_BUTTONS = 8, 100
MOST_PLACEHOLDER = 64
COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def message_text(call: Call) -> dict[str, Any]:
    """The text of a message and its entities.

    Raises:
        Refused: it is empty, too long or not well-formed.
    """
    text, entities = _read(call, "text")
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if units(text) > MOST_TEXT:
        raise Refused(400, "Bad Request: message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def caption(call: Call) -> dict[str, Any]:
    """The caption under a file and its entities, if there is one.

    Raises:
        Refused: it is too long or not well-formed.
    """
    text, entities = _read(call, "caption")
    if units(text) > MOST_CAPTION:
        raise Refused(400, "Bad Request: message caption is too long")
    return {"caption": text, **({"caption_entities": entities} if entities else {})} if text else {}


def _read(call: Call, name: str) -> tuple[str, list[dict[str, Any]]]:
    source = str(call.parameters.get(name, ""))
    mode = str(call.parameters.get("parse_mode", "")).lower()
    if not mode:
        call.shown = source
        return source, call.parameters.get("entities" if name == "text" else "caption_entities", [])
    if mode != "html":
        raise Refused(400, "Bad Request: unsupported parse_mode")
    try:
        call.shown, entities = parse(source)
    except Unparsable as error:
        raise Refused(400, f"Bad Request: can't parse entities: {error}") from None
    if len(entities) > MOST_ENTITIES:
        raise Refused(400, "Bad Request: too many entities")
    return call.shown, entities


def markup(call: Call) -> dict[str, Any]:
    """The inline keyboard under a message, if there is one.

    Raises:
        Refused: a button lacks text or purpose, or carries too much.
    """
    given = call.parameters.get("reply_markup") or {}
    if len(call.buttons) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in given.get("inline_keyboard", ())):
        raise Refused(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
    if not 1 <= len(given.get("input_field_placeholder", "-")) <= MOST_PLACEHOLDER:
        raise Refused(400, "Bad Request: REPLY_MARKUP_PLACEHOLDER_INVALID")
    for button in call.buttons:
        if not str(button.get("text", "")).strip():
            raise Refused(400, "Bad Request: can't parse inline keyboard button: Text must be non-empty")
        if len(button) == 1:
            reason = "Text buttons are unallowed in the inline keyboard"
            raise Refused(400, f"Bad Request: can't parse inline keyboard button: {reason}")
        if not 1 <= len(str(button.get("callback_data", "-")).encode()) <= MOST_DATA:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"reply_markup": call.parameters["reply_markup"]} if call.buttons else {}


def menu(commands: list[dict[str, str]]) -> list[dict[str, str]]:
    """A command menu.

    Raises:
        Refused: a name or a description is not allowed, or there are too many.
    """
    if len(commands) > 100:
        raise Refused(400, "Bad Request: too many commands")
    for one in commands:
        if not COMMAND.fullmatch(one["command"]):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return commands
