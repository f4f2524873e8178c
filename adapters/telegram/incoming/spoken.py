"""Parses the text of a message: whether it is for the bot, and the command, link or button in it."""

import re

from telegram import Bot, Message, MessageEntity
from telegram.constants import ChatType

from adapters.telegram.ephemeral import number_of
from adapters.telegram.incoming.tokens import read_text
from adapters.telegram.places import SETUP
from bot.commands.arguments import nearest
from bot.commands.registry import Registry
from bot.dispatch.app import START
from bot.dispatch.community.joining import JOIN
from bot.ports.inbound import Role
from storage.values import frozen

_COMMAND = re.compile(r"\s*/(?P<name>[^\s@/]+)(?:@(?P<bot>\w+))?(?:\s+(?P<payload>\S+))?")
_NUMBERED = re.compile(r"(?P<name>.+)_(?P<number>\d{1,9})", re.ASCII)
"""A command with a number, such as `/status_262`: in this form it can be tapped."""
_JOIN, _COMMUNITY = f"{JOIN}_", "in_"
"""The prefixes of the payloads of deep links with an invitation, or with a community's key."""


@frozen
class Spoken:
    """The parsed text of a message.

    Attributes:
        text: without the bot's mention.
        addressed: whether it is addressed to the bot.
        command: the command in a deep link.
        button: the token of the button pressed, or of the one in a deep link.
    """

    text: str
    addressed: bool
    command: str | None = None
    button: str | None = None


class Texts:
    """Parses the texts that reach one bot."""

    def __init__(self, registry: Registry, bot: Bot) -> None:
        self._registry = registry
        self._bot = bot

    def read(self, message: Message) -> Spoken | None:
        """Parse a message's text; None for a command that is or may be another bot's."""
        text = read_text(message)
        private = message.chat.type == ChatType.PRIVATE
        # An ephemeral message reaches no other bot.
        alone = private or number_of(message) > 0
        command = _COMMAND.match(text)
        if command:
            return self._read_command(command, private=private, alone=alone)
        called, text = self._strip_mention(message, text)
        return Spoken(text, addressed=alone or called or self.is_mine(message.reply_to_message))

    def is_mine(self, message: Message | None) -> bool:
        """Whether the bot wrote a message."""
        return bool(message and message.from_user and message.from_user.id == self._bot.id)

    def _read_command(self, command: re.Match[str], *, private: bool, alone: bool) -> Spoken | None:
        name, bot, payload = command.group("name", "bot", "payload")
        if bot and bot.lower() != self._bot.username.lower():
            return None
        if name.lower() == START and payload:
            return self._read_deep_link(payload) if private else _read_group_link(payload)
        text = command.string
        if numbered := self._numbered(name):
            name = numbered["name"]
            text = f"/{name} {numbered['number']}{text[max(command.end('name'), command.end('bot')) :]}"
        return Spoken(text, addressed=True) if alone or bot or self._resembles_ours(name) else None

    def _numbered(self, name: str) -> re.Match[str] | None:
        """Match a command's name with a number appended, or None."""
        found = _NUMBERED.fullmatch(name)
        return found if found and self._registry.find(found["name"]) and not self._registry.find(name) else None

    def _resembles_ours(self, name: str) -> bool:
        """Whether a command without a bot's name resembles a registered one; a group may have other bots."""
        return self._registry.find(name) is not None or nearest(self._registry, name, Role.MEMBER) is not None

    def _read_deep_link(self, payload: str) -> Spoken:
        """Parse a deep link's payload: a command's name, an invitation, a community's key, or a button's token."""
        if self._registry.find(payload):
            return Spoken("", addressed=True, command=payload)
        for prefix, name in ((_JOIN, JOIN), (_COMMUNITY, START)):
            if payload.startswith(prefix):
                return Spoken(f"/{name} {payload.removeprefix(prefix)}", addressed=True)
        # An unknown or expired token still starts a chat.
        return Spoken("", addressed=True, command=START, button=payload)

    def _strip_mention(self, message: Message, text: str) -> tuple[bool, str]:
        """Return whether a text mentions the bot, and the text without that mention."""
        own = f"@{self._bot.username}".lower()
        marked = message.parse_entities([MessageEntity.MENTION]) or message.parse_caption_entities(
            [MessageEntity.MENTION]
        )
        for name in marked.values():
            if name.lower() == own:
                return True, text.replace(name, "", 1).strip()
        return False, text


def _read_group_link(payload: str) -> Spoken | None:
    """Parse the payload of a link that added the bot to a group: the setup, or None for anything else."""
    return Spoken("", addressed=True, command=SETUP) if payload.lower() == SETUP else None
