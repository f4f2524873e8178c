"""Translates Discord's errors for the outbox: refused permanently, to be retried, or nothing can be sent at all."""

import aiohttp
import discord

from bot.ports.adapter import Offline, TryLater, Unreachable

REFUSED_RETRY = 60.0
"""Seconds before a retry when Discord refuses the bot: 10,000 invalid requests in 10 minutes ban its address."""
REFUSED_CREDENTIALS = (
    "Discord refuses the token: set discord.token (PORTEVOIX_DISCORD__TOKEN) to the one of its portal."
)
ADDRESS_BLOCKED_TEXT = "Discord refuses this machine's address for a while: too many requests were refused before."
GATEWAY_TIMEOUTS = frozenset({504, 524})
"""Statuses of a proxy that got no answer from Discord: the message may have been posted."""
NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""Errors without a connection, so that nothing was sent."""
BOT_REFUSED, SERVER_ERROR = frozenset({401, 429}), 500
"""Statuses that are not about the message: the bot as a whole is refused, or Discord fails."""
INVALID_FORM = 50035
"""Discord's error code for a message that is not well-formed."""
NO_HISTORY = 160002
"""Discord's error code for a reply where the bot may not read the message history."""
LATER = frozenset({40003, 20028, 20029})
"""Discord's error codes for exceeded limits of opening direct messages or writing in a channel or guild."""

OLD_EDITS = 30046
"""Discord's error code for too many edits of messages older than an hour."""
OLD_EDITS_RETRY = 600.0
"""Seconds before the next edit of an old message, if Discord names no time."""
ARCHIVED = 50083
"""Discord's error code for an action that an archived thread does not allow."""
GONE = frozenset({10008, 50005})
"""Discord's error codes for a deleted message, or another bot's, as after a change of the token."""
MISSING_ACCESS = 50001
"""Discord's error code for a channel that the bot does not see."""
ABOUT_WORDS = frozenset({INVALID_FORM, 20009, 40005, 50006, 200000, 200001, 240000})
"""Discord's error codes for a faulty message or title (form, size, words), rather than an unsuitable place."""
NO_CHANNEL = 10003
"""Discord's error code for a channel or thread that does not exist."""


def translate_error(error: Exception) -> Exception:
    """The error for the outbox: `Unreachable` for a permanent refusal, `Offline` for the whole bot, else `TryLater`."""
    match error:
        case discord.RateLimited():
            return TryLater("flood", error.retry_after)
        case discord.HTTPException() if error.code == OLD_EDITS:
            return TryLater(f"{error.status} {error.text}", OLD_EDITS_RETRY)
        case discord.HTTPException() if error.code in LATER:
            return TryLater(f"{error.status} {error.text}")
        case discord.HTTPException(status=401):
            return Offline(REFUSED_CREDENTIALS, REFUSED_RETRY)
        case discord.HTTPException(status=429) if "Via" not in error.response.headers:
            # Not the API's rate limit, which the library handles: Cloudflare blocks this address.
            return Offline(ADDRESS_BLOCKED_TEXT, REFUSED_RETRY)
        case discord.HTTPException() if 400 <= error.status < 500 and error.status != 429:
            return Unreachable(f"{error.status} {error.text}")
        case discord.HTTPException():
            return TryLater(f"{error.status} {error.text}")
        case _:
            # A retry is safe: Discord deduplicates by nonce.
            return TryLater(type(error).__name__)


def is_answer_lost(error: Exception) -> bool:
    """Whether the request was sent and its answer lost, so that the message may have been posted."""
    if isinstance(error, discord.HTTPException):
        return error.status in GATEWAY_TIMEOUTS
    return isinstance(error, aiohttp.ClientError | OSError) and not isinstance(error, NEVER_SENT)


def is_about_message(error: discord.HTTPException) -> bool:
    """Whether a refusal is about the message, such as a deleted one, and not about the bot or Discord itself."""
    return error.status not in BOT_REFUSED and error.status < SERVER_ERROR and error.code not in LATER


def is_refused_reference(error: discord.HTTPException) -> bool:
    """Whether a message is refused only because it is a reply, which requires the permission to read history."""
    return error.code == NO_HISTORY or "message_reference" in error.text
