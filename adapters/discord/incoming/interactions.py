"""Answers interactions in time: at once where that is possible, else acknowledged first."""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import discord
import structlog

from adapters.discord.incoming.completion import Completions
from adapters.discord.incoming.first import ALREADY, LOST, give
from adapters.discord.incoming.forms import Forms
from adapters.discord.incoming.receive import Receiver
from adapters.discord.names import form_of
from adapters.discord.outgoing.payload import payload
from adapters.discord.outgoing.render import POINTER, Outgoing
from adapters.discord.outgoing.sending import JSON, Sender, anew, arguments, change, messages, parts
from adapters.discord.outgoing.wiring import respond
from bot.core import Core
from bot.ports.adapter import Address, Handle, TryLater, Uncertain, Unreachable
from bot.ports.reply import Ask, Buttons, Reply, say

AT_ONCE = 1.5
"""Seconds to answer without acknowledging first: a form can only be the very first response, within 3 s."""
SETUP = "setup"
TOO_LATE = frozenset({10062, 10015, 50027})
"""Discord's codes for an interaction that cannot be answered any more: after 3 s at first, after 15 min later."""
FAILS = 500
"""From this status on, it is Discord that fails, and the library has tried several times."""
GONE = 10008
"""Discord's code for a message that is not there, as of an acknowledgement somebody dismissed."""


class Interactions:
    """Answers each interaction of one bot."""

    def __init__(self, core: Core, handle: Handle, receiver: Receiver, sender: Sender) -> None:
        self._core = core
        self._handle = handle
        self._receiver = receiver
        self._sender = sender
        self._forms = Forms(core)
        self._completions = Completions(core, receiver)

    async def answer(self, interaction: discord.Interaction) -> None:
        """Answer, whatever happens: nothing ends as “the application did not respond”."""
        try:
            if interaction.type is discord.InteractionType.autocomplete:
                await self._completions.offer(interaction)
            elif form := self._forms.early(interaction):
                await give(lambda: interaction.response.send_modal(form))
            else:
                await self._respond(interaction)
        except discord.HTTPException as error:
            _note(error)
        except LOST as error:
            structlog.get_logger().error("discord", lost=type(error).__name__)
        except Exception as error:
            await self._apologise(interaction, error)

    async def _respond(self, interaction: discord.Interaction) -> None:
        late: list[asyncio.Task[bool]] = []

        def acknowledge() -> None:
            late.append(asyncio.create_task(self._acknowledge(interaction)))

        timer = asyncio.get_running_loop().call_later(AT_ONCE, acknowledge)
        try:
            reply = await self._work(interaction)
        finally:
            timer.cancel()
            acknowledged = bool(late) and await late[0]
        try:
            await (self._show_later if acknowledged else self._show_first)(interaction, reply)
        except discord.HTTPException as error:
            if reply is None:
                raise
            _note(error)
            await self._bring(interaction, reply)
        except LOST:
            if reply is None:
                raise
            if await self._bring(interaction, reply) and acknowledged:
                await _take_away(interaction)

    async def _work(self, interaction: discord.Interaction) -> Reply | None:
        inbound = await self._receiver.pressed_or_typed(interaction)
        reply = await self._handle(inbound) if inbound else None
        if inbound and inbound.command == SETUP:
            self._receiver.forget_places()
        return reply

    async def _acknowledge(self, interaction: discord.Interaction) -> bool:
        """Say that it takes a moment; it is done all the same where it is too late even for that."""
        try:
            await give(lambda: interaction.response.defer(ephemeral=self._is_private(interaction), thinking=True))
        except LOST:
            # Whether it took effect shows when the answer follows: where it did not, that is told as too late.
            return True
        except discord.HTTPException as error:
            _note(error)
            return False
        return True

    async def _show_first(self, interaction: discord.Interaction, reply: Reply | None) -> None:
        """Answer as the first response, with a form where one is asked for."""
        if reply is None:
            # It was done before, and answered then.
            if interaction.type is discord.InteractionType.component:
                await give(interaction.response.defer)
            return
        ask = _asked(reply)
        if ask is not None and interaction.type is not discord.InteractionType.modal_submit and not _offers(reply, ask):
            form = self._forms.asked(interaction, ask)
            await give(lambda: interaction.response.send_modal(form))
            return
        first, *rest = self._messages(interaction, reply)
        if not rest and _replaced(interaction, reply) and await _update(interaction, arguments(first)):
            return
        hidden = _hidden(interaction, private=reply.private)
        await give(lambda: _send_first(interaction, first, hidden=hidden))
        for message in rest:
            await interaction.followup.send(**arguments(message), ephemeral=hidden)

    async def _show_later(self, interaction: discord.Interaction, reply: Reply | None) -> None:
        """Answer after an acknowledgement; a form cannot open any more by itself, so a button opens it."""
        if reply is None:
            await interaction.delete_original_response()
            return
        first, *rest = self._messages(interaction, reply)
        pressed = _replaced(interaction, reply)
        # One that only this person sees could be changed by the first response alone.
        if not rest and pressed and not pressed.flags.ephemeral and await change(pressed, arguments(first)):
            await _take_away(interaction)
            return
        # The first message after an acknowledgement is as open as that, whatever it says itself.
        too_open = reply.private and interaction.guild_id is not None and not self._is_private(interaction)
        hidden = _hidden(interaction, private=reply.private)
        if too_open:
            await interaction.edit_original_response(content=POINTER)
            rest = [first, *rest]
        else:
            await _fill(interaction, arguments(first), hidden=hidden)
        for message in rest:
            await interaction.followup.send(**arguments(message), ephemeral=hidden)
        if too_open:
            await interaction.delete_original_response()

    async def _bring(self, interaction: discord.Interaction, reply: Reply) -> bool:
        """Discord takes no answer any more, and it was done: the person is told by direct message, if that arrives."""
        pressed = _replaced(interaction, reply) if interaction.guild_id is None else None
        replaces = str(pressed.id) if pressed else ""
        address = Address(str(interaction.user.id), True, f"late:{interaction.id}", replaces=replaces)
        try:
            await self._sender.send(address, reply)
        except (Unreachable, TryLater, Uncertain) as error:
            structlog.get_logger().error("discord", undelivered=str(error))
            return False
        return True

    async def _apologise(self, interaction: discord.Interaction, error: Exception) -> None:
        """An adapter's fault: logged by reference, and told calmly."""
        reference = secrets.token_hex(3)
        structlog.get_logger().error("fault", reference=reference, platform="discord", error=type(error).__name__)
        told = self._forms.speech(interaction).say(
            "Something went wrong on our side, so please look before sending again. "
            "The team can find it under {reference}.",
            reference=reference,
        )
        show = interaction.followup.send if interaction.response.is_done() else interaction.response.send_message
        try:
            await show(**messages(say(told))[0], ephemeral=True)
        except discord.HTTPException as refused:
            structlog.get_logger().error("discord", refused=refused.code, status=refused.status)
        except LOST as lost:
            structlog.get_logger().error("discord", lost=type(lost).__name__)

    def _messages(self, interaction: discord.Interaction, reply: Reply) -> list[Outgoing]:
        ask = _asked(reply)
        if ask and ask.choices:
            # Its words are typed, in answer to it.
            return parts(reply)
        if ask:
            self._forms.remember(interaction, ask)
        return parts(reply, self._forms.speech(interaction).say("Fill in"))

    def _is_private(self, interaction: discord.Interaction) -> bool:
        """How to acknowledge: as the command is registered; what a button does is not known yet, so privately."""
        data: Mapping[str, Any] = interaction.data or {}
        form = form_of(str(data.get("custom_id", "")))
        name = form[0] if form else str(data.get("name", ""))
        command = self._core.registry.find(name) if name else None
        return _hidden(interaction, private=not (command and command.public))


def _note(refusal: discord.HTTPException) -> None:
    """Tell the operator what Discord refused; that somebody was too slow is no fault to look into."""
    if refusal.code not in TOO_LATE:
        structlog.get_logger().error("discord", refused=refusal.code, status=refusal.status)


async def _send_first(interaction: discord.Interaction, message: Outgoing, *, hidden: bool) -> None:
    """Send a message as the first response: in plain values, save for pictures, which the library uploads."""
    if message.files:
        await interaction.response.send_message(**arguments(message), ephemeral=hidden)
    else:
        await respond(interaction, payload(message), hidden=hidden)


async def _update(interaction: discord.Interaction, message: JSON) -> bool:
    """Change the message whose button was pressed, as the first response; whether it stands there now."""
    try:
        await give(lambda: interaction.response.edit_message(**anew(message)))
    except discord.HTTPException as error:
        if error.code in TOO_LATE or error.code == ALREADY:
            raise
        return False
    return True


async def _fill(interaction: discord.Interaction, message: JSON, *, hidden: bool) -> None:
    """Put a message where the acknowledgement stands: unlike a new one, that may be done twice."""
    try:
        await give(lambda: interaction.edit_original_response(**anew(message)))
    except discord.NotFound as error:
        if error.code != GONE:
            raise
        await interaction.followup.send(**message, ephemeral=hidden)


async def _take_away(interaction: discord.Interaction) -> None:
    """Take away an acknowledgement whose answer came by another way."""
    with suppress(discord.HTTPException, *LOST):
        await interaction.delete_original_response()


def _replaced(interaction: discord.Interaction, reply: Reply) -> discord.Message | None:
    """The message a reply takes the place of, if any; what is for one person alone replaces nothing others see."""
    pressed = interaction.message if reply.instead else None
    hidden = _hidden(interaction, private=reply.private)
    return pressed if pressed and pressed.flags.ephemeral == hidden else None


def _asked(reply: Reply) -> Ask | None:
    return next((block for block in reply.blocks if isinstance(block, Ask)), None)


def _offers(reply: Reply, ask: Ask) -> bool:
    """Whether it has buttons with its question, which a form cannot show."""
    return bool(ask.choices) or any(isinstance(block, Buttons) for block in reply.blocks)


def _hidden(interaction: discord.Interaction, *, private: bool) -> bool:
    """Whether only this person is to see it; direct messages are theirs alone, and stay."""
    return private and interaction.guild_id is not None
