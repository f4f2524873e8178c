"""One message with its destination, as the parameters of a call."""

import html
import re
from dataclasses import replace

from telegram import InputMediaPhoto
from telegram.constants import ParseMode

from adapters.telegram.outgoing.drawing.render import Outgoing
from adapters.telegram.places import Spot
from adapters.telegram.transport.calls import Upload
from adapters.values import JSON
from storage.values import frozen

TAG = re.compile(r"</?[a-z]+[^>]*>")
NO_PREVIEW = {"is_disabled": True}


@frozen
class Letter:
    """One message with its destination.

    Attributes:
        quoted: the number of the message it replies to, or None.
        mode: the parse mode; None for plain text.
        silent: whether it arrives without a sound.
    """

    spot: Spot
    outgoing: Outgoing
    quoted: int | None = None
    mode: ParseMode | None = ParseMode.HTML
    silent: bool = False

    def plain(self) -> "Letter":
        """The letter without markup."""
        text = html.unescape(TAG.sub("", self.outgoing.text))
        return replace(self, outgoing=replace(self.outgoing, text=text), mode=None)

    def worded(self) -> "Letter | None":
        """The letter with only a picture's caption as its text; None if there is no caption."""
        return replace(self, outgoing=replace(self.outgoing, photo=None)) if self.outgoing.text else None

    def call(self) -> tuple[str, JSON]:
        """The method that sends it, and its parameters."""
        outgoing, quoted = self.outgoing, self.quoted
        given: JSON = {
            "chat_id": self.spot.chat,
            "message_thread_id": self.spot.topic,
            "parse_mode": self.mode,
            "reply_parameters": {"message_id": quoted, "allow_sending_without_reply": True} if quoted else None,
            "disable_notification": self.silent or None,
            "reply_markup": markup(outgoing),
        }
        if outgoing.photo is not None:
            # An empty caption is left out.
            shown = Upload(f"picture.{outgoing.photo.extension}", outgoing.photo.content)
            return "sendPhoto", {**given, "photo": shown, "caption": outgoing.text or None}
        if outgoing.document is not None:
            named = Upload(outgoing.document.name, outgoing.document.content)
            return "sendDocument", {**given, "document": named}
        preview = None if outgoing.preview else NO_PREVIEW
        return "sendMessage", {**given, "text": outgoing.text, "link_preview_options": preview}

    def edit(self, number: int) -> JSON:
        """The parameters that edit the message with this number into it."""
        return {
            "chat_id": self.spot.chat,
            "message_id": number,
            "text": self.outgoing.text,
            "parse_mode": self.mode,
            "link_preview_options": NO_PREVIEW,
            "reply_markup": markup(self.outgoing),
        }

    def edit_caption(self, number: int) -> JSON:
        """The parameters that edit the caption of the picture with this number into its text."""
        return {
            "chat_id": self.spot.chat,
            "message_id": number,
            "caption": self.outgoing.text,
            "parse_mode": self.mode,
            "reply_markup": markup(self.outgoing),
        }

    def edit_picture(self, number: int, picture: bytes) -> JSON:
        """The parameters that edit the message with this number into a picture with its text."""
        shown = InputMediaPhoto(picture, self.outgoing.text, self.mode)
        return {
            "chat_id": self.spot.chat,
            "message_id": number,
            "media": shown,
            "reply_markup": markup(self.outgoing),
        }


def markup(outgoing: Outgoing) -> JSON | None:
    """The reply markup of a message, if any: a forced reply or an inline keyboard, or both after `render.in_one`."""
    if outgoing.question and not outgoing.buttons:
        asked: JSON = {"force_reply": True, "selective": True}
        placeholder = outgoing.question.placeholder
        return {**asked, "input_field_placeholder": placeholder} if placeholder is not None else asked
    if not outgoing.buttons:
        return None
    rows = [[{"text": label, "callback_data": token} for label, token in row] for row in outgoing.buttons]
    return {"inline_keyboard": rows, "force_reply": True} if outgoing.question else {"inline_keyboard": rows}
