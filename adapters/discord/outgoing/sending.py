"""Sends replies to Discord: each message once, and another way where the channel refuses it."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from adapters.bounded import BoundedDict
from adapters.discord.outgoing.drawing.layout import as_components
from adapters.discord.outgoing.drawing.markdown import Commands
from adapters.discord.outgoing.drawing.payload import send_arguments
from adapters.discord.outgoing.drawing.render import Outgoing
from adapters.discord.outgoing.ephemeral import EphemeralMessages
from adapters.discord.outgoing.fallbacks import Fallbacks
from adapters.discord.outgoing.messages import edit, parts
from adapters.discord.outgoing.refusals import is_answer_lost, is_refused_reference, translate_error
from adapters.discord.outgoing.refused_posts import RefusedPosts
from adapters.values import JSON
from bot.core import Core
from bot.ports.adapter import Address, Offline, Uncertain, Unreachable
from bot.ports.reply import Reply

if TYPE_CHECKING:
    from discord.abc import MessageableChannel

NONCE_LENGTH = 24
"""Characters of a nonce; Discord takes up to 25."""
NONCE_LIFETIME = timedelta(minutes=2)
"""How long Discord deduplicates by nonce: documented as "a few minutes". Later a retry may post twice."""
WRITABLE = (discord.TextChannel, discord.Thread, discord.VoiceChannel, discord.StageChannel, discord.DMChannel)


class Sender:
    """Sends replies for one bot.

    Args:
        commands: the ids of the slash commands by name.

    Attributes:
        refused_posts: the places that refused messages.
        ephemeral: the ephemeral messages that can be edited.
        laid_out: by message id, whether it is a message of components, which cannot become text again.
    """

    def __init__(self, core: Core, client: discord.Client, commands: Commands) -> None:
        self._core = core
        self._commands = commands
        self._client = client
        self.refused_posts = RefusedPosts(core, client, self._send)
        self.ephemeral = EphemeralMessages()
        self.laid_out: BoundedDict[str, bool] = BoundedDict()
        self._fallbacks = Fallbacks(core, client, self._send)
        self._sent_parts: BoundedDict[str, list[str]] = BoundedDict()
        """By delivery key, the ids of the messages of a reply sent before one failed; a retry skips them."""
        self._logged_trouble = ""
        self._uncertain_since: BoundedDict[str, datetime] = BoundedDict()
        """By delivery key, when Discord's answer was first lost, so that the message may have been posted."""

    async def send(self, address: Address, reply: Reply) -> str:
        """Send a reply to a channel or a person; a retry with the same key continues after the messages sent.

        What a channel refuses goes to the person it is for another way, if there is one.

        Returns:
            The id of its message, by which it can be edited, or the ids of several messages separated by spaces; empty
            if it was sent another way.

        Raises:
            Unreachable: the address will never accept it.
            TryLater: it was not sent now; as `Offline`, nothing can be.
            Uncertain: it may have been posted so long ago that Discord does not deduplicate a retry.
        """
        try:
            self._check_uncertain(address)
            message = await self._send(address, reply)
        except Uncertain:
            self._forget(address)
            raise
        except Unreachable as refusal:
            self._forget(address)
            await self._refuse_or_tell(address, reply, refusal)
            message = ""
        self._forget(address)
        return message

    async def _refuse_or_tell(self, address: Address, reply: Reply, refusal: Unreachable) -> None:
        if address.edits_only:
            raise refusal
        if await self._fallbacks.send(address, reply):
            return
        if not (address.private or address.answers):
            await self.refused_posts.add(address, refusal)
        raise refusal

    def _check_uncertain(self, address: Address) -> None:
        since = self._uncertain_since.get(address.key)
        if since and self._core.clock.now() - since > NONCE_LIFETIME:
            raise Uncertain("the answer was lost, and it is too long ago to send it again")

    def _note_uncertain(self, address: Address, error: Exception) -> None:
        """Record that a message to a channel may have been posted; for a person, a duplicate is better than none."""
        if not address.private and is_answer_lost(error):
            self._uncertain_since.setdefault(address.key, self._core.clock.now())

    def _forget(self, address: Address) -> None:
        self._sent_parts.pop(address.key, None)
        self._uncertain_since.pop(address.key, None)

    async def _send(self, address: Address, reply: Reply) -> str:
        try:
            made = parts(reply, self._commands)
            if self.ephemeral.holds(address.edits):
                return address.edits if len(made) == 1 and await self.ephemeral.edit(address.edits, made[0]) else ""
            target = await self._target(address)
            if address.edits_only:
                return await self._edit_all(target, address, made)
            if len(made) == 1 and await self._edit_standing(target, address.edits, made[0]):
                return address.edits
            sent = self._sent_parts.setdefault(address.key, [])
            for place, message in enumerate(map(send_arguments, made)):
                if place < len(sent):
                    continue
                if place == 0 and address.answers.isdecimal() and not address.private:
                    message["reference"] = _reference(address)
                sent.append(await self._post(target, address, message, place))
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            raise self._log_trouble(translate_error(error)) from None
        return " ".join(sent)

    async def _edit_all(self, target: "MessageableChannel", address: Address, made: Sequence[Outgoing]) -> str:
        """Edit the messages of a reply; if it has fewer now, the others are deleted.

        Returns:
            Their ids, separated by spaces; empty if none of them exists any more.
        """
        ids = address.edits.split()
        if len(made) > len(ids):
            # A reply that needs more messages than there are is left unchanged.
            return address.edits
        stand = [await self._edit_standing(target, own, message) for own, message in zip(ids, made, strict=False)]
        for own in ids[len(made) :]:
            with suppress(discord.NotFound, discord.Forbidden):
                await discord.PartialMessage(channel=target, id=int(own)).delete()
        return address.edits if any(stand) else ""

    async def _post(self, target: discord.abc.Messageable, address: Address, message: JSON, place: int) -> str:
        try:
            posted = await _post_once(target, message, nonce(address.key, place))
        except Exception as error:
            self._note_uncertain(address, error)
            raise
        self._uncertain_since.pop(address.key, None)
        self._logged_trouble = ""
        self.laid_out[str(posted.id)] = posted.flags.components_v2
        return str(posted.id)

    async def _edit_standing(self, target: "MessageableChannel", standing: str, message: Outgoing) -> bool:
        """Edit the message of this id; False when there is none, or Discord refuses."""
        if not standing.isdecimal():
            return False
        shown = as_components(message) if self.laid_out.get(standing) else message
        self.laid_out[standing] = bool(shown.components)
        return await edit(discord.PartialMessage(channel=target, id=int(standing)), shown)

    def _log_trouble(self, refusal: Exception) -> Exception:
        """Log an error that stops all deliveries, once; return it."""
        if isinstance(refusal, Offline) and str(refusal) != self._logged_trouble:
            self._logged_trouble = str(refusal)
            structlog.get_logger().error("discord", trouble=self._logged_trouble)
        return refusal

    async def _target(self, address: Address) -> "MessageableChannel":
        if not address.id.isdecimal():
            raise Unreachable("no such place")
        number = int(address.id)
        if address.private:
            return await self._client.create_dm(discord.Object(number))
        channel = self._client.get_channel(number) or await self._client.fetch_channel(number)
        if not isinstance(channel, WRITABLE):
            raise Unreachable("nothing can be written there")
        return channel


async def _post_once(target: discord.abc.Messageable, message: JSON, nonce: str) -> discord.Message:
    """Post a message and return it; without the reference to another one if the bot may not read the history."""
    try:
        return await target.send(**message, nonce=nonce)
    except discord.HTTPException as error:
        if not (message.pop("reference", None) and is_refused_reference(error)):
            raise
        return await target.send(**message, nonce=nonce)


def _reference(address: Address) -> discord.MessageReference:
    return discord.MessageReference(
        message_id=int(address.answers), channel_id=int(address.id), fail_if_not_exists=False
    )


def nonce(key: str, place: int) -> str:
    """A nonce that is the same for every attempt at a message, so that Discord posts it once."""
    return hashlib.sha256(f"{key}/{place}".encode()).hexdigest()[:NONCE_LENGTH]
