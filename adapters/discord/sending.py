"""Sends what the core says, and tells Discord's refusals apart."""

import hashlib
import io
from typing import Any

import aiohttp
import discord

from adapters.discord.render import Outgoing, render
from bot.context import Core
from bot.ports import Address, TryLater, Unreachable
from bot.reply import Ask, Paragraph, Reply
from bot.speech import Speech

LATER = 60.0
"""Seconds before a token that Discord refuses is tried again."""
NONCE = 24
"""Characters of a nonce; Discord takes 25."""
JSON = dict[str, Any]


class Sender:
    """Delivers replies for one bot."""

    def __init__(self, core: Core, client: discord.Client) -> None:
        self._core = core
        self._client = client
        self._done: dict[str, int] = {}
        """How many messages of a reply were sent before one failed: they are not sent again."""

    async def send(self, address: Address, reply: Reply) -> None:
        """Deliver a reply to a channel or a person.

        Raises:
            Unreachable: it will never arrive there.
            TryLater: it did not arrive now.
        """
        try:
            target = await self._target(address)
            for place, message in enumerate(messages(reply)):
                if place >= self._done.get(address.key, 0):
                    await target.send(**message, nonce=_nonce(address.key, place))
                    self._done[address.key] = place + 1
        except (discord.Forbidden, discord.NotFound) as error:
            raise Unreachable(f"{error.status} {error.text}") from None
        except discord.RateLimited as error:
            raise TryLater("flood", error.retry_after) from None
        except discord.HTTPException as error:
            raise _told(error) from None
        except (aiohttp.ClientError, OSError) as error:
            # The nonce makes a repetition safe: Discord gives back the message it has.
            raise TryLater(type(error).__name__) from None
        self._done.pop(address.key, None)

    async def _target(self, address: Address) -> discord.abc.Messageable:
        if not address.id.isdecimal():
            raise Unreachable("no such place")
        number = int(address.id)
        if address.private:
            user = self._client.get_user(number) or await self._client.fetch_user(number)
            return user.dm_channel or await user.create_dm()
        channel = self._client.get_channel(number) or await self._client.fetch_channel(number)
        if not isinstance(channel, discord.abc.Messageable):
            raise Unreachable("nothing can be written there")
        return channel


def messages(reply: Reply) -> list[JSON]:
    """The messages of a reply, as discord.py's `send` takes them."""
    return [_arguments(outgoing) for outgoing in render(reply)]


def opener(ask: Ask, custom_id: str, speech: Speech) -> JSON:
    """A message whose button opens a form, for when it is too late for the form itself."""
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label=speech.say("Fill in"), custom_id=custom_id))
    return {**_arguments(render(Reply((Paragraph(ask.words),)))[0]), "view": _kept(view)}


def _arguments(outgoing: Outgoing) -> JSON:
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
        found["view"] = _view(outgoing)
    return found


def _view(outgoing: Outgoing) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(outgoing.rows):
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


def _told(error: discord.HTTPException) -> Exception:
    if error.status == 401:
        return TryLater("Discord refuses the token", LATER)
    if 400 <= error.status < 500 and error.status != 429:
        return Unreachable(f"{error.status} {error.text}")
    return TryLater(f"{error.status} {error.text}")
