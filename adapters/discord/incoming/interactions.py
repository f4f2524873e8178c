"""Answers interactions within Discord's 3 s: directly when that is fast enough, else acknowledged first."""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord
import structlog

from adapters.discord.incoming.completion import Completions
from adapters.discord.incoming.first import CONNECTION_ERRORS, send_first_response
from adapters.discord.incoming.forms import Forms
from adapters.discord.incoming.receive import Receiver
from adapters.discord.incoming.responses import (
    delete_acknowledgement,
    edit_acknowledgement,
    edit_pressed,
    has_buttons,
    is_ephemeral,
    log_refusal,
    message_to_edit,
    send_message,
)
from adapters.discord.incoming.sent import Sent, SentAnswers
from adapters.discord.names import PLATFORM, form_of
from adapters.discord.outgoing.drawing.faces import is_card
from adapters.discord.outgoing.drawing.markdown import Commands
from adapters.discord.outgoing.drawing.payload import send_arguments
from adapters.discord.outgoing.drawing.render import POINTER, Outgoing, question_of, render
from adapters.discord.outgoing.messages import edit, matching, parts
from adapters.discord.outgoing.sending import Sender
from bot.core import Core
from bot.delivery.envelope import answer_key
from bot.ports.adapter import Address, Handle, TryLater, Uncertain, Unreachable
from bot.ports.reply import Reply, say

ACKNOWLEDGE_AFTER = 1.5
"""Seconds after which an unanswered interaction is acknowledged (deferred). A form can only be the first response."""
SETUP = "setup"


class Interactions:
    """Answers the interactions of one bot."""

    def __init__(self, core: Core, handle: Handle, receiver: Receiver, sender: Sender, commands: Commands) -> None:
        self._core = core
        self._commands = commands
        self._handle = handle
        self._receiver = receiver
        self._sender = sender
        self._forms = Forms(core, receiver)
        self._completions = Completions(core, receiver)
        self._sent = SentAnswers(core, sender)

    async def answer(self, interaction: discord.Interaction) -> None:
        """Answer an interaction; an error is logged, and shown to the person where possible. Raises nothing."""
        try:
            if interaction.type is discord.InteractionType.autocomplete:
                await self._completions.answer(interaction)
            elif form := await self._forms.immediate_form(interaction):
                await send_first_response(lambda: interaction.response.send_modal(form))
            else:
                await self._respond(interaction)
        except discord.HTTPException as error:
            log_refusal(error)
        except CONNECTION_ERRORS as error:
            structlog.get_logger().error("discord", lost=type(error).__name__)
        except Exception as error:
            await self._apologise(interaction, error)

    async def _respond(self, interaction: discord.Interaction) -> None:
        """Handle an interaction and send the answer, by direct message where Discord refuses it."""
        key, reply, acknowledged = await self._handle_in_time(interaction)
        send, return_id = self._send_follow_up if acknowledged else self._send_first, self._core.screens.shows(key)
        try:
            self._sent.note(interaction, key, await send(interaction, reply, return_id))
        except discord.HTTPException as error:
            if reply is None:
                raise
            log_refusal(error)
            await self._deliver_by_dm(interaction, reply)
        except CONNECTION_ERRORS:
            if reply is None:
                raise
            if await self._deliver_by_dm(interaction, reply) and acknowledged:
                await delete_acknowledgement(interaction)

    async def _handle_in_time(self, interaction: discord.Interaction) -> tuple[str, Reply | None, bool]:
        """Handle an interaction, and acknowledge it if that takes longer than `ACKNOWLEDGE_AFTER`.

        Returns:
            The delivery key of its answer, the answer, and whether the interaction is acknowledged.
        """
        late: list[asyncio.Task[bool]] = []

        def acknowledge() -> None:
            late.append(asyncio.create_task(self._acknowledge(interaction)))

        timer = asyncio.get_running_loop().call_later(ACKNOWLEDGE_AFTER, acknowledge)
        try:
            key, reply = await self._handle_interaction(interaction)
        finally:
            timer.cancel()
            acknowledged = bool(late) and await late[0]
        return key, reply, acknowledged

    async def _handle_interaction(self, interaction: discord.Interaction) -> tuple[str, Reply | None]:
        """Handle an interaction; return the delivery key of its answer, and the answer."""
        inbound = await self._receiver.read_interaction(interaction)
        reply = await self._handle(inbound) if inbound else None
        if inbound and inbound.command == SETUP:
            self._receiver.forget_places()
        key = answer_key(inbound.actor.platform, inbound.id) if inbound else ""
        # The answer to a press on a card is only for the person who pressed; the card is not changed.
        return key, replace(reply, private=True) if reply and is_card(interaction.message) else reply

    async def _acknowledge(self, interaction: discord.Interaction) -> bool:
        """Defer the response; return whether it is acknowledged now. If it is too late, the work is done anyway."""
        try:
            await send_first_response(
                lambda: interaction.response.defer(ephemeral=self._acknowledge_privately(interaction), thinking=True)
            )
        except CONNECTION_ERRORS:
            # It may have taken effect or not: if not, the answer is refused as expired and sent by direct message.
            return True
        except discord.HTTPException as error:
            log_refusal(error)
            return False
        return True

    async def _send_first(self, interaction: discord.Interaction, reply: Reply | None, return_id: bool) -> Sent | None:
        """Answer as the first response, with a form where the reply asks for one.

        Args:
            return_id: whether the id of the message is wanted.
        """
        if reply is None:
            # A duplicate event, which was answered before.
            if interaction.type is discord.InteractionType.component:
                await send_first_response(interaction.response.defer)
            return None
        form = await self._form_for(interaction, reply)
        if form is not None:
            await send_first_response(lambda: interaction.response.send_modal(form))
            return None
        first, *rest = self._messages(interaction, reply)
        pressed = message_to_edit(interaction, reply)
        if not rest and pressed and await edit_pressed(interaction, first):
            made = matching(pressed, first)
            return Sent(str(pressed.id), made, ephemeral=pressed.flags.ephemeral, in_place=True)
        ephemeral = is_ephemeral(interaction, private=reply.private)
        own = await send_first_response(
            lambda: send_message(interaction, first, ephemeral=ephemeral, return_id=return_id and not rest)
        )
        for message in rest:
            await interaction.followup.send(**send_arguments(message), ephemeral=ephemeral)
        return Sent(own, first, ephemeral=ephemeral) if own else None

    async def _form_for(self, interaction: discord.Interaction, reply: Reply) -> discord.ui.Modal | None:
        """The form for a reply's question; None if it asks none, shows buttons, or answers a form itself."""
        ask = question_of(reply)
        if ask is None or interaction.type is discord.InteractionType.modal_submit or has_buttons(reply, ask):
            return None
        return await self._forms.form_for(interaction, ask)

    async def _send_follow_up(
        self, interaction: discord.Interaction, reply: Reply | None, return_id: bool
    ) -> Sent | None:
        """Answer after an acknowledgement; a form can no longer be opened, so a button is sent that opens it."""
        if reply is None:
            await interaction.delete_original_response()
            return None
        first, *rest = self._messages(interaction, reply)
        pressed = message_to_edit(interaction, reply)
        # An ephemeral message can be edited by the first response alone.
        if not rest and pressed and not pressed.flags.ephemeral and await edit(pressed, first):
            await delete_acknowledgement(interaction)
            return Sent(str(pressed.id), matching(pressed, first), in_place=True)
        # The first follow-up is as public as the acknowledgement, whatever its own flag says.
        ephemeral = is_ephemeral(interaction, private=reply.private)
        differs, own = ephemeral != self._acknowledge_privately(interaction), ""
        if differs:
            await interaction.edit_original_response(content=POINTER)
            rest = [first, *rest]
        else:
            own = await edit_acknowledgement(interaction, first, ephemeral=ephemeral)
        for message in rest:
            await interaction.followup.send(**send_arguments(message), ephemeral=ephemeral)
        if differs:
            await interaction.delete_original_response()
        return Sent(own, first, ephemeral=ephemeral) if return_id and own and not rest else None

    async def _deliver_by_dm(self, interaction: discord.Interaction, reply: Reply) -> bool:
        """Send the answer to a completed but expired interaction by direct message; return whether it was sent."""
        pressed = message_to_edit(interaction, reply) if interaction.guild_id is None else None
        edits = str(pressed.id) if pressed else ""
        address = Address(str(interaction.user.id), True, f"late:{interaction.id}", edits=edits)
        try:
            message = await self._sender.send(address, reply)
        except (Unreachable, TryLater, Uncertain) as error:
            structlog.get_logger().error("discord", undelivered=str(error))
            return False
        self._core.screens.deliver(PLATFORM, address, message, self._core.clock.now())
        return True

    async def _apologise(self, interaction: discord.Interaction, error: Exception) -> None:
        """Log a fault of the adapter under a reference, and tell the person that reference."""
        reference = secrets.token_hex(3)
        structlog.get_logger().error("fault", reference=reference, platform="discord", error=type(error).__name__)
        told = self._forms.speech(interaction).say(
            "Something went wrong on our side, so please look before sending again. "
            "The team can find it under {reference}.",
            reference=reference,
        )
        show = interaction.followup.send if interaction.response.is_done() else interaction.response.send_message
        try:
            await show(**send_arguments(render(say(told))[0]), ephemeral=True)
        except discord.HTTPException as refused:
            structlog.get_logger().error("discord", refused=refused.code, status=refused.status)
        except CONNECTION_ERRORS as lost:
            structlog.get_logger().error("discord", lost=type(lost).__name__)

    def _messages(self, interaction: discord.Interaction, reply: Reply) -> list[Outgoing]:
        ask = question_of(reply)
        if ask and ask.choices:
            # Its text has to be typed as a message, so no form is offered.
            return parts(reply, self._commands)
        if ask:
            self._forms.remember(interaction, ask)
        return parts(reply, self._commands, self._forms.speech(interaction).say("Fill in"))

    def _acknowledge_privately(self, interaction: discord.Interaction) -> bool:
        """Whether to acknowledge ephemerally: as registered for the command; always for a button."""
        data: Mapping[str, Any] = interaction.data or {}
        form = form_of(str(data.get("custom_id", "")))
        name = form[0] if form else str(data.get("name", ""))
        command = self._core.registry.find(name) if name else None
        return is_ephemeral(interaction, private=not (command and command.public))
