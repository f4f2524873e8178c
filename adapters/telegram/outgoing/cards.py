"""Keeps cards on Telegram: one message for each item in a group or topic, edited in place."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import structlog
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.migration import follow_migration
from adapters.telegram.outgoing.card import compose, compose_words
from adapters.telegram.outgoing.drawing.adaptation import adapt
from adapters.telegram.outgoing.drawing.letter import Letter
from adapters.telegram.outgoing.drawing.render import Outgoing
from adapters.telegram.outgoing.refusals import (
    Refusals,
    is_gone,
    is_of_another_kind,
    is_unmodified,
    may_not_delete,
    may_not_send,
    name_cause,
)
from adapters.telegram.outgoing.removal import is_removed
from adapters.telegram.places import PLATFORM, Spot, is_in, message_id, number_in
from adapters.telegram.transport.calls import Calls
from adapters.telegram.transport.pace import Pace
from adapters.values import JSON
from bot.core import Core
from bot.dispatch.duplicate_cards import is_on_duplicate_card
from bot.pictures import blank
from bot.ports.adapter import TryLater, Unfit, Unreachable, Vanished
from bot.ports.card import Face
from bot.ports.inbound import Inbound
from bot.privacy.left_places import LeftPlaces
from storage.engine.errors import StoreError
from storage.people import communities

MOST_ADAPTATIONS = 3
"""How often one card is sent or edited, each time adapted after the refusal before."""
MOST_KNOWN = 20_000


class Cards:
    """The cards of one bot.

    Args:
        calls: sends and edits messages.
        bot: makes all other calls.
        refusals: translates Telegram's errors.
        left_places: notes the groups the bot was removed from.
    """

    def __init__(self, core: Core, calls: Calls, bot: Bot, refusals: Refusals, left_places: LeftPlaces) -> None:
        self._core = core
        self._calls = calls
        self._bot = bot
        self._refusals = refusals
        self._left_places = left_places
        self._pace = Pace()
        self._pictures: BoundedDict[str, str] = BoundedDict(MOST_KNOWN)
        """By message, a digest of its picture, empty for none; not known of one that was posted before this start."""

    async def post(self, place: str, face: Face) -> str:
        """Post a card, as `bot.ports.adapter.Board` says."""
        spot = _read(place)
        async with self._speaking(spot):
            await self._pace.take(spot.chat)
            letter, number = await self._send(Letter(spot, compose(face), silent=not face.loud), face)
        posted = message_id(letter.spot.chat, number)
        self._pictures[posted] = _digest(letter.outgoing)
        return posted

    async def edit(self, place: str, message: str, face: Face) -> None:
        """Edit a card, as `bot.ports.adapter.Board` says."""
        spot = _read(place)
        number = number_in(spot.chat, message)
        if number is None:
            raise Unfit("the group has another number now, and its earlier messages cannot be edited")
        async with self._speaking(spot, number):
            await self._pace.take(spot.chat)
            letter = await self._change(Letter(spot, compose(face)), message, number, face)
            if letter is None:
                await self._delete(spot, number)
        if letter is None:
            raise Unfit("Telegram makes no text of a picture, so the card is posted anew")
        self._pictures[message] = _digest(letter.outgoing)

    async def remove(self, place: str, message: str) -> None:
        """Delete a card, as `bot.ports.adapter.Board` says."""
        spot = _read(place)
        number = number_in(spot.chat, message)
        if number is not None:
            async with self._speaking(spot):
                await self._delete(spot, number)
        self._pictures.pop(message, None)

    async def take_double(self, inbound: Inbound) -> None:
        """Delete the message whose button was pressed if it is a card beside the one that is kept. Errors are logged.

        Telegram tells by no key that a card was posted already, so that one may stand twice after an end of the bot.
        """
        try:
            if await is_on_duplicate_card(self._core, inbound):
                await self.remove(inbound.chat.id, inbound.pressed)
        except (Unreachable, TryLater, StoreError) as error:
            # With the next press it is tried again.
            structlog.get_logger().warning(PLATFORM, double=str(error))

    @asynccontextmanager
    async def _speaking(self, spot: Spot, edited: int | None = None) -> AsyncIterator[None]:
        """Wait out a silence of Telegram's, and translate its errors.

        Args:
            edited: the number of the message that is edited; None for another call.
        """
        await self._refusals.end_silence()
        try:
            yield
        except TelegramError as error:
            raise await self._failure(spot, error, edited=edited is not None) from None

    async def _failure(self, spot: Spot, error: TelegramError, *, edited: bool) -> Exception:
        if is_removed(spot.chat, error):
            await self._left_places.leave(partial(is_in, spot.chat))
        if isinstance(error, ChatMigrated):
            await follow_migration(self._core, spot.chat, error.new_chat_id)
            return Unfit(str(error))
        if edited and is_gone(error):
            return Vanished(str(error))
        failure = (self._refusals.translate_edit if edited else self._refusals.translate)(error)
        return Unreachable(name_cause(error)) if isinstance(failure, Unreachable) else failure

    async def _send(self, letter: Letter, face: Face) -> tuple[Letter, int]:
        """Send a card, adapting it to what Telegram refuses; return it as it was sent, with its number."""
        for _ in range(MOST_ADAPTATIONS):
            try:
                return letter, await self._calls.send(*letter.call(), paced=True)
            except TelegramError as error:
                letter = await self._adapt(letter, face, error)
        raise Unreachable("Telegram takes it in no form")

    async def _change(self, letter: Letter, message: str, number: int, face: Face) -> Letter | None:
        """Edit a card; return it as it stands, or None where its message cannot become it."""
        known = self._pictures.get(message)
        for _ in range(MOST_ADAPTATIONS):
            try:
                await self._calls.send(*_edit(letter, number, known), paced=True)
            except BadRequest as error:
                if is_of_another_kind(error):
                    return None
                if not is_unmodified(error):
                    letter = await self._adapt(letter, face, error)
                    continue
            return letter
        raise Unreachable("Telegram takes it in no form")

    async def _adapt(self, letter: Letter, face: Face, error: TelegramError) -> Letter:
        """The card adapted to a refusal.

        Raises:
            TelegramError: the refusal, since it is about nothing that can be adapted.
        """
        if letter.outgoing.photo is not None and may_not_send(error):
            return replace(letter, outgoing=compose_words(face))
        adapted = await adapt(self._core, self._refusals, letter, error)
        if adapted is None:
            raise error
        return adapted

    async def _delete(self, spot: Spot, number: int) -> None:
        """Delete a card, or empty it where Telegram does not let it be deleted any more."""
        try:
            await self._bot.delete_message(spot.chat, number)
        except BadRequest as error:
            if may_not_delete(error):
                await self._empty(spot, number)
            elif not is_gone(error):
                raise

    async def _empty(self, spot: Spot, number: int) -> None:
        """Leave one line of a card, without buttons, and of its picture nothing."""
        place = await self._core.store.read(lambda session: communities.of_place(session, PLATFORM, str(spot)))
        speech = self._core.speech(place)
        letter = Letter(spot, Outgoing(speech.say("This card was taken away.")))
        tries: tuple[tuple[str, JSON], ...] = (
            ("editMessageText", letter.edit(number)),
            ("editMessageMedia", letter.edit_picture(number, blank())),
        )
        for call in tries:
            try:
                await self._calls.send(*call, paced=False)
            except BadRequest as error:
                if is_of_another_kind(error):
                    continue
                if not (is_unmodified(error) or is_gone(error)):
                    raise
            return


def _read(place: str) -> Spot:
    try:
        return Spot.read(place)
    except ValueError:
        raise Unreachable("this is no group of Telegram's") from None


def _edit(letter: Letter, number: int, known: str | None) -> tuple[str, JSON]:
    """The method that edits a card, and its parameters; its picture is sent again only if it is another one.

    Args:
        known: the digest of the picture that it shows, empty for none, None when it is not known.
    """
    if letter.outgoing.photo is None:
        return "editMessageText", letter.edit(number)
    if known == _digest(letter.outgoing):
        return "editMessageCaption", letter.edit_caption(number)
    return "editMessageMedia", letter.edit_picture(number, letter.outgoing.photo.content)


def _digest(outgoing: Outgoing) -> str:
    return hashlib.sha256(outgoing.photo.content).hexdigest() if outgoing.photo else ""
