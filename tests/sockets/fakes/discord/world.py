"""Discord as one bot sees it: guilds, channels, people, messages, files, commands and what people just did."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.sockets.fakes.discord.rest import refusals
from tests.sockets.fakes.discord.snowflakes import Snowflakes
from tests.sockets.fakes.journal import Upload

JSON = dict[str, Any]
BOT = 123456789012345678
"""The bot's user, which is its application too."""
EPHEMERAL = 64
NONCE_LIFETIME = 180.0
"""Seconds for which a nonce is known: "a few minutes"."""
LOADING = 128
MEMBERS, PRESENCES, CONTENT = 1 << 1, 1 << 8, 1 << 15
"""The privileged intents."""
FLAGS = {PRESENCES: 1 << 13, MEMBERS: 1 << 15, CONTENT: 1 << 19}
"""What the application's flags say when one is allowed to a small bot."""
LISTS = ("embeds", "components", "attachments", "mentions", "mention_roles")


@dataclass
class Interaction:
    """What somebody did that the bot is to acknowledge.

    Attributes:
        data: as it was sent to the bot.
        at: when, in the world's seconds.
        answer: the type of the callback; None while there is none.
        original: the message that answered it.
    """

    data: JSON
    at: float
    answer: int | None = None
    original: int | None = None
    messages: set[int] = field(default_factory=set)

    @property
    def channel(self) -> int:
        return int(self.data.get("channel_id", 0))


@dataclass
class World:
    """Everything that lasts.

    Attributes:
        origin: where this server listens.
        privileged: the privileged intents its owner switched on.
        shards: how many are advised.
        patience: seconds an interaction waits for its first answer.
        users: those who are not made up, by id.
        guilds: the bot's, with channels, roles and all members.
        channels: of guilds, and private ones.
        messages: by channel and id, ephemeral ones too.
        files: by the path of their address.
        commands: by guild; 0 is everywhere.
        creates: new commands today, by guild.
        interactions: by token.
        closed: people who take no direct messages.
        readonly: channels where the bot may not write.
        hidden: channels it may not see.
        announce: tells of an event at the gateway.
    """

    origin: str = ""
    privileged: int = 0
    shards: int = 1
    patience: float = 3.0
    users: dict[int, JSON] = field(default_factory=dict)
    guilds: dict[int, JSON] = field(default_factory=dict)
    channels: dict[int, JSON] = field(default_factory=dict)
    messages: defaultdict[int, dict[int, JSON]] = field(default_factory=lambda: defaultdict(dict))
    files: dict[str, Upload] = field(default_factory=dict)
    commands: defaultdict[int, list[JSON]] = field(default_factory=lambda: defaultdict(list))
    creates: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    interactions: dict[str, Interaction] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    readonly: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    announce: Callable[[str, JSON], object] = lambda _, __: None
    new_id: Snowflakes = field(default_factory=lambda: Snowflakes(worker=1))
    _ahead: float = 0.0
    _nonces: dict[tuple[int, str], tuple[int, float]] = field(default_factory=dict)

    @property
    def gateway(self) -> str:
        """Where the websockets are."""
        return f"{self.origin.replace('http', 'ws', 1)}/"

    def now(self) -> float:
        return time.time() + self._ahead

    def pass_time(self, seconds: float) -> None:
        """Let the deadlines of interactions come nearer."""
        self._ahead += seconds

    def me(self) -> JSON:
        return {**_person(BOT), "username": "portevoix", "global_name": None, "bot": True}

    def application(self) -> JSON:
        """The bot's application, with the flags of the intents its owner switched on."""
        flags = sum(flag for intent, flag in FLAGS.items() if self.privileged & intent)
        about = {"id": str(BOT), "name": "Portevoix", "icon": None, "description": "", "summary": "", "verify_key": ""}
        return {**about, "flags": flags, "bot_public": True, "bot_require_code_grant": False, "owner": _person(1)}

    def user(self, identity: int) -> JSON:
        """A person; one nobody described is made up."""
        return self.me() if identity == BOT else self.users.get(identity, _person(identity))

    def guild(self, identity: int) -> JSON:
        """A guild of the bot's.

        Raises:
            Refused: it is in no such guild.
        """
        if identity not in self.guilds:
            raise refusals.unknown_guild()
        return self.guilds[identity]

    def channel(self, identity: int) -> JSON:
        """A channel the bot may see.

        Raises:
            Refused: there is none, or it may not.
        """
        if identity not in self.channels:
            raise refusals.unknown_channel()
        if identity in self.hidden:
            raise refusals.missing_access()
        return self.channels[identity]

    def private(self, user: int) -> JSON:
        """The channel of direct messages with somebody, made when there is none."""
        for channel in self.channels.values():
            if channel["type"] == 1 and channel["recipients"][0]["id"] == str(user):
                return channel
        identity = self.new_id()
        told = {"id": str(identity), "type": 1, "flags": 0, "last_message_id": None, "recipients": [self.user(user)]}
        self.channels[identity] = told
        return told

    def open_post(self, forum: JSON, identity: int, name: str, tags: list[str], owner: int = BOT) -> JSON:
        """Open a post of a forum and tell of it; its first message comes after."""
        now = datetime.now(UTC).isoformat()
        state = {"archived": False, "locked": False, "auto_archive_duration": 10_080, "archive_timestamp": now}
        counts = {"message_count": 0, "member_count": 1, "rate_limit_per_user": 0, "total_message_sent": 0}
        head = {"id": str(identity), "guild_id": forum["guild_id"], "parent_id": forum["id"], "owner_id": str(owner)}
        more = {"type": 11, "flags": 0, "last_message_id": None, "applied_tags": tags, "name": name}
        post: JSON = {**head, **more, **counts, "thread_metadata": state}
        self.channels[identity] = post
        guild = self.guilds[int(forum["guild_id"])]
        guild["threads"] = [*guild["threads"], post]
        self.announce("THREAD_CREATE", {**post, "newly_created": True})
        return post

    def turn_post(self, post: JSON, **state: Any) -> None:
        """Archive, lock or reopen a post, and tell of it: only active ones belong to the guild."""
        post["thread_metadata"].update(state)
        guild = self.guilds[int(post["guild_id"])]
        others = [one for one in guild["threads"] if one["id"] != post["id"]]
        guild["threads"] = others if post["thread_metadata"]["archived"] else [*others, post]
        self.announce("THREAD_UPDATE", post)

    def close_post(self, post: JSON) -> None:
        """Delete a post and all that is in it, and tell of it."""
        self.channels.pop(int(post["id"]))
        self.messages.pop(int(post["id"]), None)
        guild = self.guilds[int(post["guild_id"])]
        guild["threads"] = [one for one in guild["threads"] if one["id"] != post["id"]]
        self.announce("THREAD_DELETE", {name: post[name] for name in ("id", "guild_id", "parent_id", "type")})

    def tag(self, name: str, *, moderated: bool = False, **more: Any) -> JSON:
        """A tag of a forum, numbered when it is new."""
        identity = str(more.get("id") or self.new_id())
        return {"id": identity, "name": name, "moderated": moderated, "emoji_id": None, "emoji_name": None}

    def post(self, channel: int, content: JSON, author: JSON | None = None, identity: int | None = None) -> JSON:
        """Put a message into a channel and tell of it, unless it is ephemeral; returns it."""
        identity = identity or self.new_id()
        head = {"id": str(identity), "channel_id": str(channel), "author": author or self.me(), "type": 0, "flags": 0}
        state = {"timestamp": datetime.now(UTC).isoformat(), "edited_timestamp": None, "tts": False, "pinned": False}
        message = {**head, **state, "content": "", "mention_everyone": False, **{name: [] for name in LISTS}, **content}
        self.messages[channel][identity] = message
        self.tell("MESSAGE_CREATE", message)
        return message

    def tell(self, event: str, message: JSON) -> None:
        """Tell of a message at the gateway, as far as others see it."""
        if not message["flags"] & EPHEMERAL:
            guild = self.channels.get(int(message["channel_id"]), {}).get("guild_id")
            self.announce(event, {**message, **({"guild_id": guild} if guild else {})})

    def message(self, channel: int, identity: int) -> JSON:
        """A message everybody sees.

        Raises:
            Refused: it is not there.
        """
        found = self.messages[channel].get(identity)
        if not found or found["flags"] & EPHEMERAL:
            raise refusals.unknown_message()
        return found

    def posted(self, channel: int, nonce: str) -> JSON | None:
        """The message posted with a nonce in the last minutes, if one was."""
        number, at = self._nonces.get((channel, nonce), (0, 0.0))
        return self.messages[channel].get(number) if self.now() - at < NONCE_LIFETIME else None

    def remember(self, message: JSON, nonce: str) -> None:
        self._nonces[int(message["channel_id"]), nonce] = int(message["id"]), self.now()

    def keep(self, file: Upload, channel: int = 0, **about: Any) -> JSON:
        """Keep a file; returns the attachment it is."""
        identity = self.new_id()
        path = f"/attachments/{channel}/{identity}/{file.name}"
        self.files[path] = file
        url = f"{self.origin}{path}?ex=7fffffff&is=0&hm=0"
        told = {"id": str(identity), "filename": file.name, "size": len(file.content), "content_type": file.media_type}
        return {**told, "url": url, "proxy_url": url, **about}

    def expire(self, attachment: JSON) -> None:
        """Let a file's address lapse, as Discord's do within a day."""
        self.files = {path: file for path, file in self.files.items() if f"/{attachment['id']}/" not in path}


def _person(identity: int) -> JSON:
    known = {"id": str(identity), "username": f"person{identity}", "global_name": f"Person {identity}"}
    return {**known, "discriminator": "0", "avatar": None, "bot": False, "public_flags": 0}
