"""Sends what the core says, and tells Discord's refusals apart."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import structlog

from adapters.discord.names import opener_id
from adapters.discord.outgoing.render import POINTER, ROWS, Outgoing, Rows, render
from adapters.recent import Recent
from bot.core import Core
from bot.locales.speech import Speech
from bot.ports.adapter import Address, Detour, Offline, TryLater, Uncertain, Unreachable
from bot.ports.reply import Button, Buttons, Paragraph, Reply, say

if TYPE_CHECKING:
    from discord.abc import MessageableChannel

LATER = 60.0
"""Seconds before a bot that Discord refuses altogether tries again: 10,000 refusals in 10 minutes ban its address."""
REFUSED = "Discord refuses the token: set discord.token (PORTEVOIX_DISCORD__TOKEN) to the one of its portal."
TURNED_AWAY = "Discord refuses this machine's address for a while: too many requests were refused before."
NONCE = 24
"""Characters of a nonce; Discord takes 25."""
REMEMBERED = timedelta(minutes=2)
"""How long Discord surely knows a nonce: "a few minutes", say its documents. Later a repetition may be posted twice."""
SILENT = frozenset({504, 524})
"""What a gateway in between says when Discord's answer did not come: the message may have been posted."""
UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""There was no connection at all."""
TROUBLE, SERVERS = frozenset({401, 429}), 500
"""Statuses by which nothing is said of the message: the bot is refused altogether, or Discord fails."""
WRITABLE = (discord.TextChannel, discord.Thread, discord.VoiceChannel, discord.StageChannel, discord.DMChannel)
JSON = dict[str, Any]


class Sender:
    """Delivers replies for one bot."""

    def __init__(self, core: Core, client: discord.Client) -> None:
        self._core = core
        self._client = client
        self._done: Recent[str, int] = Recent()
        """How many messages of a reply were sent before one failed: they are not sent again."""
        self._trouble = ""
        self._doubtful: Recent[str, datetime] = Recent()
        """Deliveries to places that may have arrived, as the answer was lost, and when that was first."""

    async def send(self, address: Address, reply: Reply) -> None:
        """Deliver a reply to a channel or a person.

        Raises:
            Unreachable: it will never arrive there.
            TryLater: it did not arrive now.
            Uncertain: it may have arrived long ago, so that Discord would not know it again.
        """
        try:
            self._check(address)
            await self._send(address, reply)
        except Uncertain:
            self._forget(address)
            raise
        except Unreachable:
            self._forget(address)
            if address.detour is None:
                raise
            await self._show_the_way(address, address.detour)
        self._forget(address)

    def _check(self, address: Address) -> None:
        since = self._doubtful.get(address.key)
        if since and self._core.clock.now() - since > REMEMBERED:
            raise Uncertain("the answer was lost, and it is too long ago to send it again")

    def _doubt(self, address: Address, error: Exception) -> None:
        """Note what may have arrived; to a person, twice is better than never."""
        if not address.private and _is_lost(error):
            self._doubtful.setdefault(address.key, self._core.clock.now())

    def _forget(self, address: Address) -> None:
        self._done.pop(address.key, None)
        self._doubtful.pop(address.key, None)

    async def _send(self, address: Address, reply: Reply) -> None:
        try:
            target, parts = await self._target(address), messages(reply)
            if len(parts) == 1 and await _replace(target, address, parts[0]):
                return
            for place, message in enumerate(parts):
                if place < self._done.get(address.key, 0):
                    continue
                if place == 0 and address.answers.isdecimal() and not address.private:
                    message["reference"] = _reference(address)
                await self._post(target, address, message, place)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            raise self._noted(_told(error)) from None

    async def _post(self, target: discord.abc.Messageable, address: Address, message: JSON, place: int) -> None:
        try:
            await target.send(**message, nonce=_nonce(address.key, place))
        except Exception as error:
            self._doubt(address, error)
            raise
        self._done[address.key] = place + 1
        self._doubtful.pop(address.key, None)
        self._trouble = ""

    def _noted(self, refusal: Exception) -> Exception:
        """Tell the operator of what keeps everything back, once."""
        if isinstance(refusal, Offline) and str(refusal) != self._trouble:
            self._trouble = str(refusal)
            structlog.get_logger().error("discord", trouble=self._trouble)
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

    async def _show_the_way(self, address: Address, detour: Detour) -> None:
        """Where a person asked among others, say how they see the answer alone, as direct messages are closed."""
        speech = self._core.languages.speech(detour.language)
        shown = _done(speech, detour) if detour.received or detour.changed else say(self._alone(speech, detour.command))
        there = Address(detour.chat, False, f"{address.key}/way", answers=address.answers)
        await self._send(there, shown)

    def _alone(self, speech: Speech, name: str) -> str:
        command = self._core.registry.find(name)
        shown = command if command and command.listed else self._core.registry.find("help")
        return speech.say(
            "This is between you and the bot, and direct messages from it are switched off. "
            "What /{command} answers here, nobody else sees.",
            command=shown.name_in(speech.language) if shown else "help",
        )


def _done(speech: Speech, detour: Detour) -> Reply:
    """That what was asked is done, with a button that shows the answer to that person alone."""
    done = speech.say("The team has it.") if detour.received else speech.say("Done.")
    why = speech.say("Direct messages from the bot are switched off: what it answers is behind this button.")
    button = Button(speech.say("Show it"), token=detour.command)
    return Reply((Paragraph(f"{done} {why}"), Buttons((button,))))


def messages(reply: Reply, fill: str = "") -> list[JSON]:
    """The messages of a reply, as discord.py's `send` takes them.

    Args:
        fill: the label of a button that opens a form for its question; without one, the next words answer it.
    """
    return [arguments(part) for part in parts(reply, fill)]


def parts(reply: Reply, fill: str = "") -> list[Outgoing]:
    """The messages of a reply, each with no more buttons than Discord takes; `fill` as for `messages`."""
    return [part for outgoing in render(reply) for part in _parted(outgoing, fill)]


async def _replace(target: "MessageableChannel", address: Address, message: JSON) -> bool:
    """Change the message a reply takes the place of; whether it stands there now."""
    if not address.replaces.isdecimal():
        return False
    return await change(discord.PartialMessage(channel=target, id=int(address.replaces)), message)


async def change(standing: discord.Message | discord.PartialMessage, message: JSON) -> bool:
    """Make a message that stands another; False where Discord refuses, as of one that was deleted."""
    try:
        await standing.edit(**anew(message))
    except discord.HTTPException as error:
        if error.status in TROUBLE or error.status >= SERVERS:
            raise
        return False
    return True


def anew(message: JSON) -> JSON:
    """A message, as discord.py's edits take it: what it does not have goes. Its files are read from the beginning."""
    files = message.get("files", [])
    for file in files:
        file.reset()
    kept = {name: message[name] for name in ("content", "allowed_mentions")}
    return {**kept, "attachments": files, "view": message.get("view")}


def _parted(outgoing: Outgoing, fill: str) -> Iterator[Outgoing]:
    """A message with the button for its question; what has no room any more follows in a second one."""
    ask = outgoing.question
    asks = (((fill, opener_id(ask.command, ask.prompt, ask.fields)),),) if ask and fill else ()
    rows = (*asks, *outgoing.rows)
    yield replace(outgoing, rows=rows[:ROWS])
    if rows[ROWS:]:
        yield Outgoing(POINTER, rows=rows[ROWS:])


def _reference(address: Address) -> discord.MessageReference:
    return discord.MessageReference(
        message_id=int(address.answers), channel_id=int(address.id), fail_if_not_exists=False
    )


def arguments(outgoing: Outgoing) -> JSON:
    """A message as discord.py's `send` takes it."""
    found: JSON = {
        "content": outgoing.content or None,
        "allowed_mentions": discord.AllowedMentions.none(),
        "suppress_embeds": True,
    }
    if outgoing.files:
        found["files"] = [
            discord.File(io.BytesIO(png), filename=name, description=alt) for name, png, alt in outgoing.files
        ]
    if outgoing.rows:
        found["view"] = _view(outgoing.rows)
    return found


def _view(rows: Rows) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for label, custom_id in row:
            view.add_item(discord.ui.Button(label=label, custom_id=custom_id, row=number))
    return _kept(view)


def _kept(view: discord.ui.View) -> discord.ui.View:
    """The view as discord.py need not remember it: its buttons are known by their ids, also after a restart."""
    view.stop()
    return view


def _nonce(key: str, place: int) -> str:
    """The same for every attempt at a message, so that Discord posts it once."""
    return hashlib.sha256(f"{key}/{place}".encode()).hexdigest()[:NONCE]


def _is_lost(error: Exception) -> bool:
    """Whether the message may have been posted: there was a connection, and no answer came of it."""
    if isinstance(error, discord.HTTPException):
        return error.status in SILENT
    return isinstance(error, aiohttp.ClientError | OSError) and not isinstance(error, UNSENT)


def _told(error: Exception) -> Exception:
    """A refusal of Discord's, as the outbox understands it; what is refused for good is not tried again."""
    match error:
        case discord.RateLimited():
            return TryLater("flood", error.retry_after)
        case discord.HTTPException(status=401):
            return Offline(REFUSED, LATER)
        case discord.HTTPException(status=429) if "Via" not in error.response.headers:
            # Not the limit of one channel, which the library keeps: Discord's doorkeeper turns away everything.
            return Offline(TURNED_AWAY, LATER)
        case discord.HTTPException() if 400 <= error.status < 500 and error.status != 429:
            return Unreachable(f"{error.status} {error.text}")
        case discord.HTTPException():
            return TryLater(f"{error.status} {error.text}")
        case _:
            # The nonce makes a repetition safe: Discord gives back the message it has.
            return TryLater(type(error).__name__)
