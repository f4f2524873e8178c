"""Sends replies to Discord, and translates Discord's errors for the outbox."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from adapters.bounded import BoundedDict
from adapters.discord.names import opener_id
from adapters.discord.outgoing.layout import as_components, lay_out, needs_components
from adapters.discord.outgoing.markdown import Commands
from adapters.discord.outgoing.payload import edit_arguments, send_arguments
from adapters.discord.outgoing.render import POINTER, ROWS, Key, Keys, Outgoing, render
from adapters.values import JSON
from bot.core import Core
from bot.locales.notices import passed_on
from bot.locales.speech import Speech
from bot.ports.adapter import Address, Detour, Offline, TryLater, Uncertain, Unreachable
from bot.ports.reply import Button, Buttons, Paragraph, Reply, Weight, say

if TYPE_CHECKING:
    from discord.abc import MessageableChannel

REFUSED_RETRY = 60.0
"""Seconds before a retry when Discord refuses the bot: 10,000 invalid requests in 10 minutes ban its address."""
REFUSED_CREDENTIALS = (
    "Discord refuses the token: set discord.token (PORTEVOIX_DISCORD__TOKEN) to the one of its portal."
)
ADDRESS_BLOCKED_TEXT = "Discord refuses this machine's address for a while: too many requests were refused before."
NONCE_LENGTH = 24
"""Characters of a nonce; Discord takes up to 25."""
NONCE_LIFETIME = timedelta(minutes=2)
"""How long Discord deduplicates by nonce: documented as "a few minutes". Later a retry may post twice."""
GATEWAY_TIMEOUTS = frozenset({504, 524})
"""Statuses of a proxy that got no answer from Discord: the message may have been posted."""
NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""No connection was made, so nothing was sent."""
BOT_REFUSED, SERVER_ERROR = frozenset({401, 429}), 500
"""Statuses that say nothing about the message: the bot as a whole is refused, or Discord fails."""
INVALID_FORM = 50035
"""Discord's error code for a message that is not well-formed."""
WRITABLE = (discord.TextChannel, discord.Thread, discord.VoiceChannel, discord.StageChannel, discord.DMChannel)


class Sender:
    """Sends replies for one bot."""

    def __init__(self, core: Core, client: discord.Client, commands: Commands) -> None:
        self._core = core
        self._commands = commands
        self._client = client
        self._sent_parts: BoundedDict[str, int] = BoundedDict()
        """By delivery key, how many messages of a reply were sent before one failed; a retry skips them."""
        self._logged_trouble = ""
        self._uncertain_since: BoundedDict[str, datetime] = BoundedDict()
        """By delivery key, when an answer of Discord's was first lost, so that the message may have been posted."""

    async def send(self, address: Address, reply: Reply) -> None:
        """Send a reply to a channel or a person; a retry with the same key continues after the messages sent.

        Raises:
            Unreachable: the address will never accept it.
            TryLater: it was not sent now; as `Offline`, nothing can be.
            Uncertain: it may have been posted, too long ago for Discord to deduplicate a retry.
        """
        try:
            self._check_uncertain(address)
            await self._send(address, reply)
        except Uncertain:
            self._forget(address)
            raise
        except Unreachable:
            self._forget(address)
            if address.detour is None:
                raise
            await self._send_detour_notice(address, address.detour)
        self._forget(address)

    def _check_uncertain(self, address: Address) -> None:
        since = self._uncertain_since.get(address.key)
        if since and self._core.clock.now() - since > NONCE_LIFETIME:
            raise Uncertain("the answer was lost, and it is too long ago to send it again")

    def _note_uncertain(self, address: Address, error: Exception) -> None:
        """Note that a message to a channel may have been posted; to a person, a duplicate is better than none."""
        if not address.private and _is_answer_lost(error):
            self._uncertain_since.setdefault(address.key, self._core.clock.now())

    def _forget(self, address: Address) -> None:
        self._sent_parts.pop(address.key, None)
        self._uncertain_since.pop(address.key, None)

    async def _send(self, address: Address, reply: Reply) -> None:
        try:
            target, made = await self._target(address), parts(reply, self._commands)
            if len(made) == 1 and await _edit_replaced(target, address, made[0]):
                return
            for place, message in enumerate(map(send_arguments, made)):
                if place < self._sent_parts.get(address.key, 0):
                    continue
                if place == 0 and address.answers.isdecimal() and not address.private:
                    message["reference"] = _reference(address)
                await self._post(target, address, message, place)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            raise self._log_trouble(_translate_error(error)) from None

    async def _post(self, target: discord.abc.Messageable, address: Address, message: JSON, place: int) -> None:
        try:
            await target.send(**message, nonce=_nonce(address.key, place))
        except Exception as error:
            self._note_uncertain(address, error)
            raise
        self._sent_parts[address.key] = place + 1
        self._uncertain_since.pop(address.key, None)
        self._logged_trouble = ""

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
            user = self._client.get_user(number) or await self._client.fetch_user(number)
            return user.dm_channel or await user.create_dm()
        channel = self._client.get_channel(number) or await self._client.fetch_channel(number)
        if not isinstance(channel, WRITABLE):
            raise Unreachable("nothing can be written there")
        return channel

    async def _send_detour_notice(self, address: Address, detour: Detour) -> None:
        """Tell a person in the channel where they asked how to see their answer, as direct messages are closed."""
        speech = self._core.languages.speech(detour.language)
        shown = (
            _notice(speech, detour)
            if detour.received or detour.changed or detour.passed
            else say(self._private_answer_notice(speech, detour.command))
        )
        there = Address(detour.chat, False, f"{address.key}/way", answers=address.answers)
        await self._send(there, shown)

    def _private_answer_notice(self, speech: Speech, name: str) -> str:
        command = self._core.registry.find(name)
        shown = command if command and command.listed else self._core.registry.find("help")
        return speech.say(
            "This is between you and the bot, and direct messages from it are switched off. "
            "What /{command} answers here, nobody else sees.",
            command=shown.name_in(speech.language) if shown else "help",
        )


def _notice(speech: Speech, detour: Detour) -> Reply:
    """The notice that something is done, or was passed on, with a button for the person it is for."""
    if not detour.passed:
        return _completion_notice(speech, detour)
    button = Button(speech.say("Take it back"), token=detour.command)
    return Reply((Paragraph(passed_on(speech, detour.passed)), Buttons((button,))), private=False)


def _completion_notice(speech: Speech, detour: Detour) -> Reply:
    """The notice that the request is done, with a button that shows the answer to that person only."""
    done = speech.say("The team has it.") if detour.received else speech.say("Done.")
    why = speech.say("Direct messages from the bot are switched off: what it answers is behind this button.")
    button = Button(speech.say("Show it"), token=detour.command)
    return Reply((Paragraph(f"{done} {why}"), Buttons((button,))))


def parts(reply: Reply, commands: Commands, fill: str = "") -> list[Outgoing]:
    """The messages of a reply, split so that none has more buttons than Discord takes.

    Args:
        commands: the ids of the slash commands by name.
        fill: the label of the button that opens a form for its question; when empty there is no such button.
    """
    rendered = lay_out(reply, commands) if needs_components(reply) else render(reply, commands=commands)
    return [part for outgoing in rendered for part in _with_question_button(outgoing, fill)]


async def _edit_replaced(target: "MessageableChannel", address: Address, message: Outgoing) -> bool:
    """Edit the message that the address says to replace; False when there is none, or Discord refuses."""
    if not address.replaces.isdecimal():
        return False
    return await edit(discord.PartialMessage(channel=target, id=int(address.replaces)), message)


async def edit(standing: discord.Message | discord.PartialMessage, message: Outgoing) -> bool:
    """Edit a message; False when Discord refuses, as when it was deleted.

    Raises:
        discord.HTTPException: the error is not about this message.
    """
    try:
        await standing.edit(**edit_arguments(matching(standing, message)))
    except discord.HTTPException as error:
        if error.status in BOT_REFUSED or error.status >= SERVER_ERROR:
            raise
        # One of components, which cannot become text again, when it is not known what stands there.
        is_text = isinstance(standing, discord.PartialMessage) and not message.components
        return is_text and error.code == INVALID_FORM and await edit(standing, as_components(message))
    return True


def matching(standing: discord.Message | discord.PartialMessage, message: Outgoing) -> Outgoing:
    """The message in the form of the one it takes the place of, where that is known."""
    is_laid_out = isinstance(standing, discord.Message) and standing.flags.components_v2
    return as_components(message) if is_laid_out else message


def _with_question_button(outgoing: Outgoing, fill: str) -> Iterator[Outgoing]:
    """A message with the button for its question, and a second one for the rows that do not fit."""
    ask = outgoing.question
    asks = ((Key(fill, opener_id(ask.command, ask.prompt, ask.fields), Weight.PRIMARY),),) if ask and fill else ()
    if outgoing.components:
        yield replace(outgoing, components=(*outgoing.components, *map(Keys, asks)))
        return
    rows = (*asks, *outgoing.rows)
    yield replace(outgoing, rows=rows[:ROWS])
    if rows[ROWS:]:
        yield Outgoing(POINTER, rows=rows[ROWS:])


def _reference(address: Address) -> discord.MessageReference:
    return discord.MessageReference(
        message_id=int(address.answers), channel_id=int(address.id), fail_if_not_exists=False
    )


def _nonce(key: str, place: int) -> str:
    """A nonce that is the same for every attempt at a message, so that Discord posts it once."""
    return hashlib.sha256(f"{key}/{place}".encode()).hexdigest()[:NONCE_LENGTH]


def _is_answer_lost(error: Exception) -> bool:
    """Whether the message may have been posted: it was sent, and the answer was lost."""
    if isinstance(error, discord.HTTPException):
        return error.status in GATEWAY_TIMEOUTS
    return isinstance(error, aiohttp.ClientError | OSError) and not isinstance(error, NEVER_SENT)


def _translate_error(error: Exception) -> Exception:
    """The error for the outbox: `Unreachable` for a permanent refusal, `Offline` for the whole bot, else `TryLater`."""
    match error:
        case discord.RateLimited():
            return TryLater("flood", error.retry_after)
        case discord.HTTPException(status=401):
            return Offline(REFUSED_CREDENTIALS, REFUSED_RETRY)
        case discord.HTTPException(status=429) if "Via" not in error.response.headers:
            # Not a rate limit of the API, which the library handles: Cloudflare blocks this address.
            return Offline(ADDRESS_BLOCKED_TEXT, REFUSED_RETRY)
        case discord.HTTPException() if 400 <= error.status < 500 and error.status != 429:
            return Unreachable(f"{error.status} {error.text}")
        case discord.HTTPException():
            return TryLater(f"{error.status} {error.text}")
        case _:
            # A retry is safe: Discord deduplicates by nonce.
            return TryLater(type(error).__name__)
