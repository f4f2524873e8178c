"""Settings of the platforms: tokens, addresses, and who moderates there."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from bot.settings.values import Section


class Connection(Section):
    """What a platform's adapter needs."""

    token: SecretStr | None = Field(default=None, description="the bot's token; without it the platform stays off")


class AddressFormat(NamedTuple):
    """The format of an address.

    Attributes:
        pattern: the regular expression that matches all of it.
        kind: what an error message calls it, with its article.
        example: a valid one, for the error message.
    """

    pattern: str
    kind: str
    example: str

    def check(self, value: str) -> None:
        """Check an address.

        Raises:
            ValueError: it does not match the pattern, has no host, or has an invalid port.
        """
        if not (re.fullmatch(self.pattern, value) and _has_valid_port(value)):
            raise ValueError(f"must be {self.kind} such as {self.example}, with a port up to 65535 if any")


TELEGRAM_ORIGIN = AddressFormat(r"https?://[^\s/?#]+", "an origin", "http://127.0.0.1:8081")
LISTEN_ADDRESS = re.compile(r"[^:]*:\d{1,5}")
DISCORD_ADDRESSES: Mapping[str, AddressFormat] = {
    "api_url": AddressFormat(
        r"https?://[^\s/?#]+(/[^\s?#]*)?/api/v10/?", "an address", "http://127.0.0.1:8100/api/v10"
    ),
    "gateway_url": AddressFormat(r"wss?://[^\s/?#]+(/\S*)?", "an address", "ws://127.0.0.1:8100/"),
    "proxy": AddressFormat(r"https?://[^\s/?#]+/?", "an address", "http://proxy.example.org:3128"),
}
"""By setting of Discord's, the format of its address."""


class Mode(StrEnum):
    """How Telegram's updates are received."""

    POLL = "poll"
    WEBHOOK = "webhook"


class TelegramSettings(Connection):
    """What the Telegram adapter needs."""

    api_url: str = Field(
        default="https://api.telegram.org",
        description="where the Bot API is, such as http://127.0.0.1:8081 for a server of your own",
    )
    mode: Mode = Field(default=Mode.POLL, description="poll asks Telegram for updates; webhook waits for them")
    webhook_listen: str = Field(default="127.0.0.1:8443", description="where to wait for updates, host:port")
    webhook_url: str | None = Field(default=None, description="where Telegram reaches that, an https:// address")
    webhook_secret: SecretStr | None = Field(
        default=None, description="what Telegram proves itself with: 1-256 of A-Z, a-z, 0-9, _ and -"
    )
    proxy: str | None = Field(default=None, description="an HTTP proxy to reach Telegram through")
    moderators: tuple[int, ...] = Field(
        default=(), description="account numbers of people who moderate everywhere, beside chat administrators"
    )

    @field_validator("api_url")
    @classmethod
    def check_origin(cls, value: str) -> str:
        """Refuse what is no origin: scheme, host and port alone."""
        TELEGRAM_ORIGIN.check(value)
        return value

    @field_validator("webhook_listen")
    @classmethod
    def check_listen_address(cls, value: str) -> str:
        """Refuse what is not a host and a port."""
        if not LISTEN_ADDRESS.fullmatch(value):
            raise ValueError("must be a host and a port such as 127.0.0.1:8443")
        return value


class Scope(StrEnum):
    """Where Discord's commands are registered."""

    GLOBAL = "global"
    GUILD = "guild"


class DiscordSettings(Connection):
    """What the Discord adapter needs."""

    api_url: str | None = Field(default=None, description="another address of Discord's API, ending in /api/v10")
    gateway_url: str | None = Field(default=None, description="another address of its gateway, ws:// or wss://")
    proxy: str | None = Field(default=None, description="an HTTP proxy to reach Discord through")
    commands: Scope = Field(default=Scope.GLOBAL, description="global, or guild to have changes show at once")
    moderator_roles: tuple[int, ...] = Field(
        default=(), description="numbers of roles that moderate, beside those who may manage messages"
    )
    message_content: bool = Field(
        default=False, description="whether to read plain messages; needs that intent in the developer portal"
    )
    help_channels: tuple[int, ...] = Field(
        default=(), description="channels where plain questions are answered when the answer is sure"
    )

    @field_validator("api_url", "gateway_url", "proxy")
    @classmethod
    def check_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        """Refuse an address of the wrong format; an empty one becomes None, for the default or no proxy."""
        if value:
            DISCORD_ADDRESSES[info.field_name or ""].check(value)
        return value or None


def _has_valid_port(address: str) -> bool:
    """Whether an address has a host, and either no port or one from 1 to 65535."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
