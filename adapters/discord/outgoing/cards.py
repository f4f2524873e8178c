"""Posts, edits and deletes cards on Discord: messages of a channel, or posts of a forum."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import aiohttp
import discord

from adapters.bounded import BoundedDict
from adapters.discord.outgoing.drawing.faces import draw, edit_arguments, mark, title_of
from adapters.discord.outgoing.drawing.markdown import Commands
from adapters.discord.outgoing.drawing.payload import send_arguments
from adapters.discord.outgoing.drawing.render import Outgoing
from adapters.discord.outgoing.obstacles import NO_PLACE, explain
from adapters.discord.outgoing.posted_cards import Channel, PostedCards
from adapters.discord.outgoing.posts import Posts
from adapters.discord.outgoing.refusals import ARCHIVED, GONE, NO_CHANNEL
from adapters.discord.outgoing.sending import nonce
from adapters.discord.outgoing.wiring import Repeated
from bot.core import Core
from bot.ports.adapter import Unreachable, Vanished
from bot.ports.card import Face

FAILURES = (discord.HTTPException, discord.RateLimited, Repeated, aiohttp.ClientError, OSError)


class Cards:
    """The cards of one bot; implements `bot.ports.adapter.Board`.

    A card's id is the id of its channel or post and the id of its message, separated by a slash.

    Args:
        commands: the ids of the slash commands by name.
    """

    def __init__(self, core: Core, client: discord.Client, commands: Commands) -> None:
        self._client = client
        self._commands = commands
        self._posts = Posts(core, client)
        self._posted = PostedCards(client, core.clock)
        self._tried: BoundedDict[str, None] = BoundedDict()
        """By key, the content of a card that an earlier attempt may have posted."""
        self._files: BoundedDict[int, Sequence[discord.Attachment]] = BoundedDict()
        """By message id, its files."""

    async def post(self, place: str, key: str, face: Face) -> str:
        """Post a card and return its id. A repeat with the same key finds what an earlier attempt posted.

        Raises:
            Unreachable: the place is gone, archived or closed to the bot.
            TryLater: it was not posted, or may have been; a repeat finds out.
        """
        async with self._explained(place):
            there = await self._place(place)
            card = draw(face, self._commands, mark(key))
            try:
                if isinstance(there, discord.ForumChannel):
                    channel = number = await self._open(there, face, card)
                else:
                    channel, number = there.id, await self._send(there, key, card)
            except FAILURES:
                self._tried[key] = None
                raise
        self._tried.pop(key, None)
        return f"{channel}/{number}"

    async def edit(self, place: str, message: str, face: Face) -> None:
        """Edit a card.

        Raises:
            Vanished: it was deleted.
            Unreachable: the place is gone, archived or closed to the bot.
            TryLater: it was not edited now.
        """
        channel, number = _read(message)
        async with self._explained(place, standing=True):
            card = draw(face, self._commands)
            if forum := await self._forum(place, channel):
                await self._edit_post(forum, await self._posts.get(channel), face, card)
            else:
                await self._unarchived(channel, lambda: self._show(channel, number, card))

    async def remove(self, place: str, message: str) -> None:
        """Delete a card; a forum post that the bot may not delete is emptied, renamed and closed.

        Raises:
            Unreachable: the place is gone, archived or closed to the bot.
            TryLater: it was not removed now.
        """
        with suppress(Vanished):
            channel, number = _read(message)
            async with self._explained(place, standing=True):
                if forum := await self._forum(place, channel):
                    await self._posts.remove(forum, await self._posts.get(channel))
                else:
                    await self._unarchived(channel, self._message(channel, number).delete)

    async def retract(self, place: str, key: str, number: int) -> bool:
        """Delete the card that an attempt with a key posted; return whether it was found.

        Raises:
            Unreachable: the place is gone, archived or closed to the bot.
            TryLater: it was not looked for now.
        """
        async with self._explained(place):
            there = await self._place(place)
            if isinstance(there, discord.ForumChannel):
                post = await self._posts.find(there, f"#{number}", mark(key))
                channel, message = (post.id, post.id) if post else (0, None)
            else:
                channel, message = there.id, await self._posted.find(there, mark(key), refresh=True)
        if message is None:
            return False
        await self.remove(place, f"{channel}/{message}")
        return True

    async def _open(self, forum: discord.ForumChannel, face: Face, card: Outgoing) -> int:
        """Open the forum post of a card, or update one that was opened before; return its id."""
        found = await self._posts.find(forum, title_of(face), card.mark)
        if found:
            await self._edit_post(forum, found, face, card)
            return found.id
        made = await self._posts.open(forum, face, card)
        if face.closed:
            await self._posts.label(forum, made, face)
        return made.id

    async def _send(self, there: Channel, key: str, card: Outgoing) -> int:
        """Send the message of a card, or update one that was sent before; return its id."""
        number = await self._posted.find(there, card.mark)
        if number is None:
            sent = await there.send(**send_arguments(card), nonce=nonce(key, 0))
            number, self._files[sent.id] = sent.id, sent.attachments
            if key not in self._tried:
                return number
        await self._show(there.id, number, card)
        return number

    async def _edit_post(self, forum: discord.ForumChannel, post: discord.Thread, face: Face, card: Outgoing) -> None:
        open_again = not face.closed
        post = await self._posts.reopen(post, unlock=open_again)
        await self._unarchived(post.id, lambda: self._show(post.id, post.id, card), unlock=open_again)
        await self._posts.label(forum, post, face)

    async def _show(self, channel: int, number: int, card: Outgoing) -> None:
        files = await self._standing_files(channel, number) if card.files else ()
        edited = await self._message(channel, number).edit(**edit_arguments(card, files))
        self._files[number] = edited.attachments

    async def _unarchived(self, channel: int, act: Callable[[], Awaitable[None]], *, unlock: bool = False) -> None:
        """Do something in a channel; if it turns out to be an archived thread, reopen it and do it again."""
        try:
            await act()
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            await self._posts.reopen(await self._posts.get(channel, refresh=True), unlock=unlock)
            await act()

    async def _standing_files(self, channel: int, number: int) -> Sequence[discord.Attachment]:
        """The files of a message; none where the bot may not read the history, so that they are uploaded again."""
        if (known := self._files.get(number)) is not None:
            return known
        try:
            return (await self._message(channel, number).fetch()).attachments
        except discord.Forbidden:
            return ()

    def _message(self, channel: int, number: int) -> discord.PartialMessage:
        return self._client.get_partial_messageable(channel).get_partial_message(number)

    async def _forum(self, place: str, channel: int) -> discord.ForumChannel | None:
        """The forum that contains a card's post; None for a message in the place itself."""
        there = await self._place(place) if str(channel) != place else None
        return there if isinstance(there, discord.ForumChannel) else None

    async def _place(self, place: str) -> Channel | discord.ForumChannel:
        if not place.isdecimal():
            raise Unreachable("no such place")
        there = self._client.get_channel(int(place)) or await self._client.fetch_channel(int(place))
        if not isinstance(there, Channel | discord.ForumChannel):
            raise Unreachable(NO_PLACE)
        return there

    @asynccontextmanager
    async def _explained(self, place: str, *, standing: bool = False) -> AsyncIterator[None]:
        """Raise Discord's errors as those of `bot.ports.adapter`.

        Args:
            standing: whether it is about a posted card, so that a missing one is `Vanished`.
        """
        try:
            yield
        except FAILURES as error:
            there = self._client.get_channel(int(place))
            code = error.code if isinstance(error, discord.HTTPException) else 0
            lost_post = code == NO_CHANNEL and isinstance(there, discord.ForumChannel)
            if standing and (code in GONE or lost_post):
                raise Vanished(str(error)) from None
            raise explain(error, there if isinstance(there, Channel | discord.ForumChannel) else None) from None


def _read(message: str) -> tuple[int, int]:
    """Parse a card's id.

    Raises:
        Vanished: it is not a card's id.
    """
    channel, _, number = message.partition("/")
    if not (channel.isdecimal() and number.isdecimal()):
        raise Vanished("no such card")
    return int(channel), int(number)
