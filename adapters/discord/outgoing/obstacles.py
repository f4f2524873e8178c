"""Explains why cards cannot be posted in a place, in words an operator can act on."""

import discord
import structlog

from adapters.discord.needs import FORUM_NAMES, NEEDS, missing
from adapters.discord.outgoing.refusals import ABOUT_WORDS, MISSING_ACCESS, NO_CHANNEL, translate_error
from adapters.discord.outgoing.wiring import Repeated
from bot.ports.adapter import TryLater, Unreachable

REPEAT = 1.0
"""Seconds before searching for a post that may have been opened."""
GONE = "the channel was deleted, or the bot removed from its server; /setup with a new code names another"
HIDDEN = f"the bot does not see the channel: allow its role {NEEDS['view_channel'][0]} there"
NO_PLACE = "no message can be posted there: /setup belongs in a text channel, or in a post of a forum"
LOCKED = "the post is archived and locked: unlock it, or allow the bot's role Manage Posts in the forum"
Place = discord.abc.GuildChannel | discord.Thread


def explain(error: Exception, there: Place | None) -> Exception:
    """The error of `bot.ports.adapter` for an error about a card.

    Args:
        error: Discord's refusal, or the failure of the connection.
        there: the card's place, if it is known.
    """
    if isinstance(error, Repeated):
        return TryLater("Discord failed, so that it may have been posted", REPEAT)
    told = translate_error(error)
    if type(told) is not Unreachable or not isinstance(error, discord.HTTPException):
        return told
    if error.code in ABOUT_WORDS:
        structlog.get_logger().error("discord", refused=error.code, status=error.status)
        return TryLater(f"Discord refuses this card ({told})", alone=True)
    if error.code == NO_CHANNEL:
        return Unreachable(GONE)
    lacking = _lacking(there) if there and error.status == 403 else ""
    if lacking and there:
        return Unreachable(f"#{there.name}: allow the bot's role {lacking} there ({told})")
    if error.code == MISSING_ACCESS:
        return Unreachable(HIDDEN)
    return Unreachable(f"#{there.name}: Discord refuses it ({told})") if there else told


def _lacking(there: Place) -> str:
    """The needed permissions that the bot lacks in a place, as far as it knows; empty for none."""
    try:
        held = there.permissions_for(there.guild.me)
    except (discord.ClientException, AttributeError):
        # The library does not know the server, as while another process has its connection.
        return ""
    in_thread = isinstance(there, discord.Thread)
    is_forum = isinstance(there, discord.ForumChannel)
    sending = {"send_messages_in_threads"} if in_thread else {"send_messages"}
    sending |= {"send_messages_in_threads"} if is_forum else set()
    # Without the first permission, the library considers all others missing, too.
    for wanted in ({"view_channel"}, sending, {"attach_files"}):
        if lacking := missing(held, wanted, FORUM_NAMES if is_forum else {}):
            return lacking
    return ""
