"""Telegram as one bot sees it: chats, who is in them, what was posted, files and command menus."""

import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.sockets.fakes.journal import Upload
from tests.sockets.fakes.telegram.ephemeral import Ephemerals
from tests.sockets.fakes.telegram.journal import Refused

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
RESTRICTIONS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"),
    *("can_edit_tag", "can_react_to_messages"),
)
"""What somebody restricted may or may not do."""
MOST_BYTES = 20 * 1024 * 1024
"""The largest file a bot may download."""


@dataclass
class World:
    """Everything that lasts.

    Attributes:
        chats: what `getChat` tells, by id; a chat nobody described is made up.
        members: what `getChatMember` tells; a person nobody described is a plain member.
        messages: by chat and number, the bot's and everyone's.
        files: by file id.
        commands: menus by scope and language.
        words: the bot's descriptions, by kind and language.
        queries: the button presses that can still be answered.
        topics: the open topics of a forum, by chat; a forum nobody described has every topic.
        closed: topics that are closed, by chat and number; 1 is General.
        opened: the question that a person's program opens the keyboard for, by chat and person.
        unheard: the selective questions that reached nobody.
        reactions: the bot's, by chat and message.
        ephemerals: what one person and the bot alone see of a group.
    """

    bot: int = 0
    username: str = "portevoix_bot"
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    members: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    queries: set[str] = field(default_factory=set)
    topics: dict[int, set[int]] = field(default_factory=dict)
    closed: set[tuple[int, int]] = field(default_factory=set)
    opened: dict[tuple[int, int], int] = field(default_factory=dict)
    unheard: list[str] = field(default_factory=list)
    reactions: dict[tuple[int, int], str] = field(default_factory=dict)
    ephemerals: Ephemerals = field(default_factory=Ephemerals)
    _numbers: "defaultdict[int, count[int]]" = field(default_factory=lambda: defaultdict(lambda: count(100_000)))

    def me(self) -> dict[str, Any]:
        return {"id": self.bot, "is_bot": True, "first_name": "Portevoix", "username": self.username}

    def chat(self, identity: int) -> dict[str, Any]:
        """A chat, as a message shows it."""
        if identity > 0:
            made_up = {"id": identity, "type": "private", "first_name": f"Person {identity}"}
        else:
            made_up = {"id": identity, "type": "supergroup", "title": f"Group {-identity}"}
        return self.chats.get(identity, made_up)

    def member(self, chat: int, user: int) -> dict[str, Any]:
        """What somebody is in a chat."""
        person = self.me() if user == self.bot else {"id": user, "is_bot": False, "first_name": f"Person {user}"}
        known = {"status": "member", "user": person, **self.members.get((chat, user), {})}
        return (
            {**dict.fromkeys(RESTRICTIONS, False), "until_date": 0, **known}
            if known["status"] == "restricted"
            else known
        )

    def promote(self, chat: int, user: int, *, owner: bool = False, **rights: bool) -> None:
        """Make somebody administrator, with every right not denied here."""
        if owner:
            self.members[chat, user] = {"status": "creator", "is_anonymous": False}
            return
        allowed = {**dict.fromkeys(ADMIN_RIGHTS, True), "can_be_edited": False, "is_anonymous": False, **rights}
        self.members[chat, user] = {"status": "administrator", **allowed}

    def mute(self, chat: int, **rights: bool) -> None:
        """Take from the bot what it may do in a group, but what is named here."""
        self.members[chat, self.bot] = {"status": "restricted", "is_member": True, **rights}

    def administrators(self, chat: int) -> list[dict[str, Any]]:
        """The owner and administrators."""
        known = [self.member(chat, user) for where, user in self.members if where == chat]
        return [one for one in known if one["status"] in {"creator", "administrator"}]

    def may(self, right: str, chat: int) -> bool:
        """Whether the bot has a right in a group."""
        mine = self.member(chat, self.bot)
        return mine["status"] == "creator" or bool(mine.get(right))

    def post(self, chat: int, content: dict[str, Any]) -> dict[str, Any]:
        """Put a message of the bot's into a chat; returns it."""
        number = next(self._numbers[chat])
        head = {"message_id": number, "date": int(time.time()), "chat": self.chat(chat), "from": self.me()}
        self.messages[chat, number] = {**head, **content}
        return self.messages[chat, number]

    def find(self, chat: int, number: object, missing: str) -> dict[str, Any]:
        """A message.

        Raises:
            Refused: with the words given, it is not there.
        """
        if not isinstance(number, int) or (chat, number) not in self.messages:
            raise Refused(400, f"Bad Request: {missing}")
        return self.messages[chat, number]

    def notice(self, update: dict[str, Any]) -> None:
        """Remember what an update brings into the world, as far as it can be read."""
        self.ephemerals.notice(update)
        match update:
            case {"message": dict(message)} | {"edited_message": dict(message)}:
                self._keep_message(message)
            case {"callback_query": {"id": str(query)}}:
                self.queries.add(query)

    def _keep_message(self, message: dict[str, Any]) -> None:
        match message:
            case {"chat": {"id": int(chat)}, "message_id": int(number)} if number:
                self.messages[chat, number] = dict(message)

    def keep(self, file: Upload) -> str:
        """Keep a file; returns its id."""
        identity = f"file-{len(self.files) + 1}"
        self.files[identity] = file
        return identity

    def described(self, identity: str) -> dict[str, Any]:
        """What `getFile` tells of a file.

        Raises:
            Refused: there is none, or it is too big.
        """
        if identity not in self.files:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        file = self.files[identity]
        if len(file.content) > MOST_BYTES:
            raise Refused(400, "Bad Request: file is too big")
        brief = {"file_id": identity, "file_unique_id": f"unique-{identity}", "file_size": len(file.content)}
        return {**brief, "file_path": f"documents/{identity}{_suffix(file.name)}"}


def _suffix(name: str) -> str:
    found = re.search(r"\.\w{1,8}$", name)
    return found[0] if found else ""
