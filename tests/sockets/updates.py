"""Updates as Telegram sends them: what people, groups and their owners do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.sockets.fakes.telegram.html import units
from tests.sockets.fakes.telegram.world import ADMIN_RIGHTS, RESTRICTIONS

JSON = dict[str, Any]
MARKED = re.compile(
    r"(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{3,32})(?!\w)"
)
ANONYMOUS_ADMIN: JSON = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def user(identity: int, first_name: str = "Camille", language: str | None = "en", username: str | None = None) -> JSON:
    """A person's account."""
    told = {"language_code": language, "username": username}
    return {"id": identity, "is_bot": False, "first_name": first_name, **_known(told)}


def private(person: JSON) -> JSON:
    """Somebody's chat with the bot."""
    return {"id": person["id"], "type": "private", "first_name": person["first_name"]}


def group(identity: int, title: str = "Plaza") -> JSON:
    """A small group."""
    return {"id": identity, "type": "group", "title": title}


def supergroup(identity: int, title: str = "Plaza", *, forum: bool = False) -> JSON:
    """A large group, with topics if it is a forum."""
    return {"id": identity, "type": "supergroup", "title": title, **({"is_forum": True} if forum else {})}


def entities(text: str) -> list[JSON]:
    """The commands and mentions Telegram marks in a text, counted in UTF-16 units."""
    return [
        {"type": found.lastgroup, "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in MARKED.finditer(text)
    ]


@dataclass
class Updates:
    """Builds updates, numbering messages, presses and albums as it goes; their `update_id` is the server's."""

    date: int = 1_790_000_000
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def message(
        self,
        text: str | None,
        chat: JSON,
        sender: JSON,
        *,
        thread: int | None = None,
        reply_to: JSON | None = None,
        **more: Any,
    ) -> JSON:
        """A message. With a file among `more` (`photo=…`, `document=…`, `voice=…`) the text is its caption."""
        topic = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
        names = ("caption", "caption_entities") if more.keys() & _FILES else ("text", "entities")
        written = {names[0]: text, names[1]: entities(text) or None} if text is not None else {}
        head = {"message_id": next(self._numbers), "date": self.date, "chat": chat, "from": sender}
        return {"message": {**head, **topic, **_known({"reply_to_message": reply_to, **written}), **more}}

    def ephemeral(self, text: str, chat: JSON, sender: JSON, *, reply_to: JSON | None = None) -> JSON:
        """A message that its sender and the bot alone see: a command of the menu, or a reply to one of the bot's."""
        update = self.message(text, chat, sender, reply_to=reply_to)
        number = update["message"]["message_id"]
        bot = {"id": 1, "is_bot": True, "first_name": "Portevoix"}
        # Its usual number says nothing.
        return {"message": {**update["message"], "message_id": 0, "ephemeral_message_id": number, "receiver_user": bot}}

    def edited_message(self, earlier: JSON, text: str) -> JSON:
        """The author changed the text of a message; `earlier` is the update that brought it."""
        message = {name: part for name, part in earlier["message"].items() if name != "entities"}
        marked = _known({"entities": entities(text) or None})
        return {"edited_message": {**message, "text": text, **marked, "edit_date": self.date + 60}}

    def callback_query(self, data: str, message: JSON, sender: JSON) -> JSON:
        """A button pressed; `message` is the bot's, as its send returned it."""
        identity = str(next(self._numbers))
        return {
            "callback_query": {
                "id": identity,
                "from": sender,
                "message": message,
                "chat_instance": str(message["chat"]["id"]),
                "data": data,
            }
        }

    def album(self, files: Sequence[str], chat: JSON, sender: JSON, caption: str | None = None) -> list[JSON]:
        """Photos sent together: one message each, the caption on the first."""
        album = str(next(self._numbers))
        captions = [caption, *[None] * len(files)]
        return [
            self.message(text, chat, sender, photo=photo(file), media_group_id=album)
            for file, text in zip(files, captions, strict=False)
        ]

    def my_chat_member(self, chat: JSON, sender: JSON, bot: JSON, old: str = "left", new: str = "member") -> JSON:
        """The bot was added, promoted, removed or blocked (`kicked` in a private chat)."""
        before, after = {"user": bot, "status": old, **_rights(old)}, {"user": bot, "status": new, **_rights(new)}
        moment = {"chat": chat, "from": sender, "date": self.date}
        return {"my_chat_member": {**moment, "old_chat_member": before, "new_chat_member": after}}

    def chat_member(self, chat: JSON, sender: JSON, who: JSON, old: str = "member", new: str = "left") -> JSON:
        """Somebody came, left, was removed or restricted; Telegram tells only administrators who asked to be told."""
        before, after = {"user": who, "status": old, **_rights(old)}, {"user": who, "status": new, **_rights(new)}
        moment = {"chat": chat, "from": sender, "date": self.date}
        return {"chat_member": {**moment, "old_chat_member": before, "new_chat_member": after}}

    def migrate(self, old: JSON, new: JSON, sender: JSON) -> list[JSON]:
        """A group became a supergroup: each of the two says so."""
        return [
            self.message(None, old, sender, migrate_to_chat_id=new["id"]),
            self.message(None, new, ANONYMOUS_ADMIN, sender_chat=new, migrate_from_chat_id=old["id"]),
        ]


def photo(file: str) -> list[JSON]:
    """A photo in two sizes, the larger last."""
    small = {"file_id": f"{file}-small", "file_unique_id": f"unique-{file}-small", "width": 90, "height": 67}
    return [small, {"file_id": file, "file_unique_id": f"unique-{file}", "width": 800, "height": 600}]


def document(file: str, name: str = "notes.txt", media_type: str = "text/plain") -> JSON:
    """A document."""
    return {"file_id": file, "file_unique_id": f"unique-{file}", "file_name": name, "mime_type": media_type}


def voice(file: str, seconds: int = 3) -> JSON:
    """A voice note."""
    return {"file_id": file, "file_unique_id": f"unique-{file}", "duration": seconds, "mime_type": "audio/ogg"}


_FILES = {"photo", "document", "voice"}


def _rights(status: str) -> JSON:
    """What a member's status comes with."""
    if status == "kicked":
        return {"until_date": 0}
    if status == "restricted":
        return {**dict.fromkeys(RESTRICTIONS, False), "is_member": True, "until_date": 0}
    if status == "administrator":
        return {**dict.fromkeys(ADMIN_RIGHTS, True), "can_be_edited": False, "is_anonymous": False}
    return {}


def _known(parts: JSON) -> JSON:
    return {name: part for name, part in parts.items() if part is not None}
