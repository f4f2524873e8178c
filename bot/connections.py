"""Settings of the platforms: tokens, addresses, and who moderates there."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from bot.values import Section


class Connection(Section):
    """What a platform's adapter needs."""

    token: SecretStr | None = Field(default=None, description="the bot's token; without it the platform stays off")


class Mode(StrEnum):
    """How Telegram's updates come."""

    POLL = "poll"
    WEBHOOK = "webhook"


class TelegramSettings(Connection):
    """What the Telegram adapter needs."""

    api_url: str = Field(
        default="https://api.telegram.org",
        description="where the Bot API is, such as http://127.0.0.1:8081 for a server of your own",
        pattern=r"^https?://[^/?#]+$",
    )
    mode: Mode = Field(default=Mode.POLL, description="poll asks Telegram for updates; webhook waits for them")
    webhook_listen: str = Field(
        default="127.0.0.1:8443", description="where to wait for updates, host:port", pattern=r"^[^:]*:\d{1,5}$"
    )
    webhook_url: str | None = Field(default=None, description="where Telegram reaches that, an https:// address")
    webhook_secret: SecretStr | None = Field(
        default=None, description="what Telegram proves itself with: 1-256 of A-Z, a-z, 0-9, _ and -"
    )
    proxy: str | None = Field(default=None, description="an HTTP proxy to reach Telegram through")
    moderators: tuple[int, ...] = Field(
        default=(), description="account numbers of people who moderate everywhere, beside chat administrators"
    )


class Scope(StrEnum):
    """Where Discord shows the commands."""

    GLOBAL = "global"
    GUILD = "guild"


class Like(NamedTuple):
    """What an address looks like."""

    pattern: str
    example: str


LIKE: Mapping[str, Like] = {
    "api_url": Like(r"https?://[^\s/?#]+(/[^\s?#]*)?/api/v10/?", "http://127.0.0.1:8100/api/v10"),
    "gateway_url": Like(r"wss?://[^\s/?#]+(/\S*)?", "ws://127.0.0.1:8100/"),
    "proxy": Like(r"https?://[^\s/?#]+/?", "http://proxy.example.org:3128"),
}


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
    def an_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        """Refuse what nothing can be reached at; nothing means Discord's own, and no proxy."""
        like = LIKE[info.field_name or ""]
        if not value or (re.fullmatch(like.pattern, value) and _has_a_port(value)):
            return value or None
        raise ValueError(f"must be an address such as {like.example}, with a port up to 65535 if any")


def _has_a_port(address: str) -> bool:
    """Whether an address names a host, and a port that can be or none."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
