"""Events as Discord's gateway sends them: what people, guilds and their owners do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Any

from tests.sockets.fakes.discord.snowflakes import Snowflakes
from tests.sockets.fakes.discord.world import BOT

JSON = dict[str, Any]
VIEW, SEND, HISTORY, FILES = 1 << 10, 1 << 11, 1 << 16, 1 << 15
MANAGE_MESSAGES, MANAGE_GUILD, ADMINISTRATOR = 1 << 13, 1 << 5, 1 << 3
REACT = 1 << 6
MANAGE_CHANNELS, MANAGE_THREADS, SEND_IN_THREADS = 1 << 4, 1 << 34, 1 << 38
MEMBER = VIEW | SEND | HISTORY | FILES | REACT | SEND_IN_THREADS | 1 << 31
"""What everyone may: see, write, in threads too, read what was, attach files, react, use commands."""
EVERYONE = "0"
"""The role of everyone, as long as the guild is not known."""
FOUNDED = "2024-01-01T00:00:00+00:00"
KINDS = {str: 3, bool: 5, int: 4, float: 10}
"""The types of options, by that of their values."""
DIRECT: JSON = {"type": 1, "flags": 0, "last_message_id": None}


def user(identity: int, name: str = "camille", *, bot: bool = False) -> JSON:
    """A person's account."""
    shown = {"username": name, "global_name": name.title(), "discriminator": "0", "avatar": None}
    return {"id": str(identity), **shown, "bot": bot, "public_flags": 0}


def member(person: JSON, roles: Sequence[int] = (), permissions: int = MEMBER, nick: str | None = None) -> JSON:
    """A person in a guild; the permissions are those where they act."""
    state = {"joined_at": FOUNDED, "deaf": False, "mute": False, "flags": 0, "pending": False, "avatar": None}
    return {
        "user": person,
        "nick": nick,
        "roles": [str(role) for role in roles],
        "permissions": str(permissions),
        **state,
    }


def role(identity: int, name: str, permissions: int = 0, position: int = 1) -> JSON:
    """A role."""
    shown = {"color": 0, "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}
    state = {"hoist": False, "managed": False, "mentionable": False, "flags": 0, "position": position}
    return {"id": str(identity), "name": name, "permissions": str(permissions), **shown, **state}


def channel(identity: int, name: str, only: Sequence[int] | None = None) -> JSON:
    """A text channel of a guild, for everyone or `only` for some roles (and administrators)."""
    denied = [{"id": EVERYONE, "type": 0, "allow": "0", "deny": str(VIEW)}] if only is not None else []
    allowed = [{"id": str(one), "type": 0, "allow": str(VIEW), "deny": "0"} for one in only or ()]
    state = {"type": 0, "position": 0, "parent_id": None, "topic": None, "nsfw": False, "rate_limit_per_user": 0}
    made = {"id": str(identity), "name": name, "last_message_id": None, "flags": 0, **state}
    return {**made, "permission_overwrites": [*denied, *allowed]}


def forum(identity: int, name: str, tags: Sequence[JSON] = (), *, requires: bool = False) -> JSON:
    """A forum of a guild.

    Args:
        requires: whether each post has to have a tag.
    """
    own = {"type": 15, "flags": 1 << 4 if requires else 0, "available_tags": list(tags), "default_sort_order": None}
    return {**channel(identity, name), **own, "default_forum_layout": 0, "default_reaction_emoji": None}


def direct(identity: int, person: JSON) -> JSON:
    """The channel of somebody's direct messages with the bot."""
    return {"id": str(identity), "recipients": [person], **DIRECT}


def guild(
    identity: int,
    name: str = "Plaza",
    channels: Iterable[JSON] = (),
    roles: Sequence[JSON] = (),
    members: Sequence[JSON] = (),
    bot_roles: Sequence[int] = (),
) -> JSON:
    """A guild the bot is in, with the role of everyone, as it is told when it becomes available."""
    everyone = role(identity, "@everyone", MEMBER, 0)
    account = {**user(BOT, "portevoix", bot=True), "global_name": None}
    people = [member(account, bot_roles), *members]
    lists: JSON = {name: [] for name in ("threads", "presences", "voice_states", "emojis", "stickers", "features")}
    state = {"owner_id": "1", "icon": None, "preferred_locale": "fr", "joined_at": FOUNDED, "large": False}
    parts = {"channels": [_placed(one, identity) for one in channels], "roles": [everyone, *roles], "members": people}
    return {"id": str(identity), "name": name, "member_count": len(people), **state, **lists, **parts}


def _placed(one: JSON, guild: int) -> JSON:
    """A channel in its guild, where the role of everyone has the guild's own id."""
    rules = [
        {**rule, "id": str(guild) if rule["id"] == EVERYONE else rule["id"]} for rule in one["permission_overwrites"]
    ]
    return {**one, "guild_id": str(guild), "permission_overwrites": rules}


def joined(guild: JSON) -> JSON:
    """The bot was added to a guild."""
    return {"t": "GUILD_CREATE", "d": guild}


def left(guild: JSON, *, outage: bool = False) -> JSON:
    """The bot was removed from a guild, or the guild is out of order."""
    return {"t": "GUILD_DELETE", "d": {"id": guild["id"], **({"unavailable": True} if outage else {})}}


def channel_changed(channel: JSON, deny: int = 0) -> JSON:
    """Somebody took permissions from everyone in a channel, or gave all back."""
    rule = {"id": channel["guild_id"], "type": 0, "allow": "0", "deny": str(deny)}
    return {"t": "CHANNEL_UPDATE", "d": {**channel, "permission_overwrites": [rule] if deny else []}}


def channel_deleted(channel: JSON) -> JSON:
    """Somebody deleted a channel."""
    return {"t": "CHANNEL_DELETE", "d": channel}


def message_deleted(message: JSON) -> JSON:
    """Somebody deleted a message."""
    told = {name: message[name] for name in ("id", "channel_id", "guild_id") if name in message}
    return {"t": "MESSAGE_DELETE", "d": told}


@dataclass
class Events:
    """Builds what people do, numbering as it goes.

    A `place` is a channel, of a guild (as in its `channels`) or direct; a `person` is a member or a user: each is made
    into what the place needs.
    """

    locale: str = "en-US"
    new_id: Snowflakes = field(default_factory=lambda: Snowflakes(worker=2))

    def message(
        self,
        text: str,
        place: JSON,
        person: JSON,
        *,
        mentions: Sequence[JSON] = (),
        reply_to: JSON | None = None,
        attachments: Sequence[JSON] = (),
    ) -> JSON:
        """A message, with the users it mentions (`<@id>` in its text)."""
        state = {
            "tts": False,
            "pinned": False,
            "mention_everyone": False,
            "mention_roles": [],
            "edited_timestamp": None,
        }
        written = {"content": text, "embeds": [], "components": [], "attachments": list(attachments)}
        head = {"id": str(self.new_id()), "channel_id": place["id"], "timestamp": datetime.now(UTC).isoformat()}
        told = {**head, **state, **written, "type": 0, "flags": 0, "mentions": list(mentions), **_author(place, person)}
        return {"t": "MESSAGE_CREATE", "d": {**told, **(_reply(reply_to) if reply_to else {})}}

    def slash(
        self, name: str, options: Mapping[str, Any], place: JSON, person: JSON, *, focused: str = "", own: bool = False
    ) -> JSON:
        """A command used; with `focused`, being typed, that option waiting for suggestions; `own` to the guild."""
        told = [
            {
                "name": option,
                "type": KINDS[type(value)],
                "value": value,
                **({"focused": True} if option == focused else {}),
            }
            for option, value in options.items()
        ]
        data = {"id": str(self.new_id()), "name": name, "type": 1, "options": told}
        return self._interaction(4 if focused else 2, {**data, **_registered(place, own)}, place, person)

    def menu(self, name: str, message: JSON, place: JSON, person: JSON, *, own: bool = False) -> JSON:
        """A command used from the menu of a message."""
        target = {name: part for name, part in message.items() if name not in {"guild_id", "member"}}
        data = {"id": str(self.new_id()), "name": name, "type": 3, "target_id": message["id"]}
        resolved = {"resolved": {"messages": {message["id"]: target}}}
        return self._interaction(2, {**data, **resolved, **_registered(place, own)}, place, person)

    def press(self, custom_id: str, message: JSON, place: JSON, person: JSON) -> JSON:
        """A button pressed; `message` is the bot's, as its post returned it."""
        return self._interaction(3, {"custom_id": custom_id, "component_type": 2}, place, person, message=message)

    def select(self, custom_id: str, values: Sequence[str], message: JSON, place: JSON, person: JSON) -> JSON:
        """Something chosen from a menu under a message."""
        data = {"custom_id": custom_id, "component_type": 3, "values": list(values)}
        return self._interaction(3, data, place, person, message=message)

    def submit(
        self, modal: JSON, values: Mapping[str, Any], place: JSON, person: JSON, message: JSON | None = None
    ) -> JSON:
        """A modal sent: `modal` is the `data` of its callback; a file's value is a list of attachments."""
        files = {
            one["id"]: one for value in values.values() if isinstance(value, list) for one in value if _is_file(one)
        }
        data = {"custom_id": modal["custom_id"], "components": [_filled(one, values) for one in modal["components"]]}
        resolved = {"resolved": {"attachments": files}} if files else {}
        more = {"message": message} if message else {}
        return self._interaction(5, {**data, **resolved}, place, person, **more)

    def _interaction(self, kind: int, data: JSON, place: JSON, person: JSON, **more: Any) -> JSON:
        head = {"id": str(self.new_id()), "application_id": str(BOT), "type": kind, "token": token_urlsafe(24)}
        where = {"channel_id": place["id"], "channel": place, "app_permissions": str(MEMBER | MANAGE_MESSAGES)}
        state = {"version": 1, "locale": self.locale, "entitlements": [], "attachment_size_limit": 10_485_760}
        told = {**head, **where, **state, "data": data, **_actor(place, person), **more}
        return {"t": "INTERACTION_CREATE", "d": told}


def _user(person: JSON) -> JSON:
    found: JSON = person.get("user", person)
    return found


def _author(place: JSON, person: JSON) -> JSON:
    if "guild_id" not in place:
        return {"author": _user(person)}
    standing = {name: part for name, part in _member(person).items() if name not in {"user", "permissions"}}
    return {"author": _user(person), "guild_id": place["guild_id"], "member": standing}


def _actor(place: JSON, person: JSON) -> JSON:
    if "guild_id" not in place:
        return {"user": _user(person), "context": 1, "authorizing_integration_owners": {"0": "0"}}
    identity = place["guild_id"]
    about = {"guild": {"id": identity, "locale": "fr", "features": []}, "guild_locale": "fr", "context": 0}
    return {"guild_id": identity, "member": _member(person), **about, "authorizing_integration_owners": {"0": identity}}


def _member(person: JSON) -> JSON:
    return person if "user" in person else member(person)


def _registered(place: JSON, own: bool) -> JSON:
    return {"guild_id": place["guild_id"]} if own else {}


def _reply(message: JSON) -> JSON:
    reference = {"type": 0, "message_id": message["id"], "channel_id": message["channel_id"]}
    return {"type": 19, "message_reference": reference, "referenced_message": message}


def _is_file(value: object) -> bool:
    return isinstance(value, dict) and "filename" in value


def _filled(component: JSON, values: Mapping[str, Any]) -> JSON:
    """A component of a modal as it comes back."""
    head: JSON = {name: component[name] for name in ("type", "id") if name in component}
    if "component" in component:
        return {**head, "component": _filled(component["component"], values)}
    if "components" in component:
        return {**head, "components": [_filled(one, values) for one in component["components"]]}
    if "custom_id" not in component:
        return head
    value = values.get(component["custom_id"], "" if component["type"] == 4 else [])
    head["custom_id"] = component["custom_id"]
    if not isinstance(value, list):
        return {**head, "value": value}
    return {**head, "values": [one["id"] if _is_file(one) else one for one in value]}
