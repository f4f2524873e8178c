"""Handles each `Inbound`: finds the command, checks the policy, runs it; the one place that catches errors."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.commands.arguments import bind, clean, missing, split
from bot.commands.readable import with_moments, with_words
from bot.commands.registry import Command
from bot.context import Context
from bot.core import Core
from bot.debts import FreshAnswer
from bot.delivery.envelope import answer_address, owe_answer
from bot.dispatch.among_staff import mark_answer
from bot.dispatch.authorship import redirect
from bot.dispatch.community.belonging import CHOOSE, MESSAGE, ask_which
from bot.dispatch.community.membership import end_if_gone
from bot.dispatch.faults import report
from bot.dispatch.interpretation import ASK, Call, Interpreter
from bot.dispatch.lacking import TEXT, ask_lacking, without_wordless
from bot.dispatch.missed import add_missed_news
from bot.dispatch.policy import Policy
from bot.dispatch.presses import Presses
from bot.dispatch.questions import continues_prompt, prompt_completed
from bot.dispatch.situation import Situation, community_of_call, moment_of, read_situation, refuse_stranger
from bot.dispatch.urgency import urgent_call, with_help
from bot.dispatch.wishes import answered_alone
from bot.errors import UserError
from bot.feedback.audience.trusted import is_contact
from bot.feedback.display.outdated import Outdated
from bot.feedback.help import help_unread
from bot.language.text.courtesy import courtesy
from bot.locales.speech import Speech
from bot.ports.adapter import NotStored
from bot.ports.inbound import Inbound, Role
from bot.ports.reply import Paragraph, Reply, has_buttons, say
from bot.privacy import traces
from storage.engine.errors import StoreError
from storage.traffic import inbox
from storage.traffic.inbox import AlreadyHandled
from storage.traffic.prompts import Overtaken

START = "start"
ATTEMPTS = 3
"""How often an event is tried when another event changes the question it answers at the same time."""
LEAVING_NO_TRACE = frozenset({"privacy", "mydata", "forgetme"})
"""The commands about a person's stored data, whose use alone stores nothing about the person."""


class App:
    """The handler of all adapters' events; without `presses`, accidental second presses are not ignored."""

    def __init__(self, core: Core, policy: Policy, presses: Presses | None = None) -> None:
        self._core = core
        self._presses = presses
        self._policy = policy
        self._interpreter = Interpreter(core.registry, core.understood)

    async def handle(self, inbound: Inbound) -> Reply | None:
        """Handle an event, once per id; return the reply, or None for no reply or one that is in the outbox.

        Raises:
            StoreError: on a durable platform, an event without an answer could not be closed; where the platform keeps
                events, the store refused this one; as `NotStored`, with what must be shown all the same.
        """
        inbound = clean(with_words(inbound, self._core.registry))
        speech = self._core.languages.speech(inbound.actor.locale, self._core.settings.language)
        if inbound.button is not None and self._presses and self._presses.is_second(inbound):
            return await self._finish(inbound, None, speech)
        try:
            situation = await self._read_situation(inbound)
            inbound = with_moments(inbound, self._core.registry, partial(moment_of, self._core, situation.community))
            inbound = mark_answer(inbound, situation.prompt)
            if situation.belonging.role not in (None, inbound.actor.role):
                inbound = replace(inbound, actor=replace(inbound.actor, role=situation.belonging.role))
            speech = self._speech(inbound, situation)
            reply = await self._perform(inbound, situation, speech)
            if self._presses and reply is not None:
                self._presses.note_change(inbound, reply)
            if situation.missed and situation.member is not None and reply is not None:
                with suppress(StoreError):
                    reply = await add_missed_news(self._core, inbound, reply, situation.member, speech)
        except AlreadyHandled:
            return None
        except UserError as refusal:
            reply = self._refusal_reply(inbound, str(refusal)) if _is_for_bot(inbound) else None
        except Exception as error:
            reply = self._fault_reply(error, inbound, speech)
        return await self._finish(inbound, reply, speech)

    def _fault_reply(self, error: Exception, inbound: Inbound, speech: Speech) -> Reply | None:
        """Log an unexpected error, and return what the person is shown; None where the bot was not addressed.

        Raises:
            StoreError: where the platform keeps events, the store refused this one; as `NotStored`, with what must be
                shown all the same.
        """
        for_bot = _is_for_bot(inbound)
        shown = error.shown if isinstance(error, NotStored) else None
        if shown is None and for_bot:
            shown = help_unread(self._core, inbound, speech)
        if inbound.means.kept and isinstance(error, StoreError):
            raise (NotStored(str(error), shown) if shown else error) from error
        told = say(report(error, inbound, speech))
        return (shown or told) if for_bot else None

    async def _read_situation(self, inbound: Inbound) -> Situation:
        """Read what the store has about an event, again if its person turns out to have left a community."""

        def job(session: Session) -> Situation:
            return read_situation(session, inbound, self._core)

        found = await self._core.store.glance(job)
        member = found.member
        if member is None or not inbound.chat.private:
            return found
        gone = [await end_if_gone(self._core, inbound.actor, member.id, one) for one in found.seen_in]
        return await self._core.store.glance(job) if any(gone) else found

    async def _finish(self, inbound: Inbound, reply: Reply | None, speech: Speech) -> Reply | None:
        """Return the answer; on a durable platform close the event and put the answer in the outbox instead."""
        if not inbound.means.durable:
            return reply
        if reply is not None and reply.owed:
            return None
        try:
            fresh = await self._core.store.write(lambda session: self._close(session, inbound, reply, speech.language))
        except AlreadyHandled:
            return None
        except StoreError:
            if reply is None:
                raise
            # The store refuses: the adapter must show the answer now.
            return reply
        if fresh:
            self._core.debts.push(fresh)
        return None

    def _close(self, session: Session, inbound: Inbound, reply: Reply | None, language: str) -> FreshAnswer | None:
        now = self._core.clock.now()
        inbox.close(session, inbound.actor.platform, inbound.id, now, inbound.parts)
        if reply is None:
            return None
        keys, to = self._core.store.keys, answer_address(inbound, reply, language, self._command_to_repeat(inbound))
        return owe_answer(session, keys, self._core.codec, inbound, reply, to, now)

    def _refusal_reply(self, inbound: Inbound, words: str) -> Reply:
        """The reply for a `UserError`: private, except for commands about the place, such as /setup."""
        command = self._command_of(inbound)
        return replace(say(words), private=not (command and command.public and command.anywhere))

    def _command_to_repeat(self, inbound: Inbound) -> str:
        """The name of the command that shows the answer again: the one typed if it needs no arguments, else /start."""
        command = self._command_of(inbound)
        ready = command and command.listed and not any(one.required for one in command.parameters)
        return command.name if command and ready else START

    def _command_of(self, inbound: Inbound) -> Command | None:
        typed = split(inbound.text)
        name = inbound.command or (typed.name if typed else "")
        return self._core.registry.find(name) if name else None

    async def _perform(self, inbound: Inbound, situation: Situation, speech: Speech) -> Reply | None:
        """Run what an event calls; try again if the question it answers was answered or changed meanwhile."""
        for _ in range(ATTEMPTS):
            with suppress(Overtaken):
                return await self._call(inbound, situation, speech)
            situation = await self._read_situation(inbound)
        raise UserError(speech.say("This question is no longer open. /help shows what you can do here."))

    async def _call(self, inbound: Inbound, situation: Situation, speech: Speech) -> Reply | None:
        call = self._interpreter.understand(inbound, situation, speech)
        call = redirect(call, inbound, self._core.registry, speech)
        if call is None:
            return None
        ctx = self._context(inbound, situation, speech, call)
        if urgent := urgent_call(ctx):
            return await self._run_and_store_choice(urgent)
        ctx = answered_alone(await with_help(ctx))
        refuse_stranger(inbound, situation, call.command, speech)
        if ctx.here or ctx.command.anywhere or _is_greeting(call):
            return await self._run_and_store_choice(ctx)
        choose = self._interpreter.call(CHOOSE, {}, speech).command
        await self._policy.count(ctx, choose)
        return await ask_which(replace(ctx, command=choose), situation.belonging.theirs, call.command.name)

    def _context(self, inbound: Inbound, situation: Situation, speech: Speech, call: Call) -> Context:
        community, kept = community_of_call(inbound, situation, speech), situation.belonging.kept
        if kept is not None:
            inbound = replace(inbound, message=kept.args.get(MESSAGE, ""))
            given = {name: value for name, value in kept.args.items() if name != MESSAGE}
            call = self._interpreter.call(kept.command, given, speech)
        return Context(
            self._core,
            inbound,
            community,
            situation.member,
            speech,
            call.command,
            call.given,
            self._core.clock.now(),
            # A private command begun in public continues in the private chat, whose prompt was not looked up.
            asked=situation.prompt is not None or not inbound.chat.private,
            going_on=continues_prompt(situation, call),
            completes=None if kept else prompt_completed(inbound, situation, call),
            colleague=situation.colleague if situation.prompt is not None else None,
            here=situation.community is not None,
            kept=kept.id if kept else None,
            joins=bool(situation.joins) and _is_for_bot(inbound) and call.command.name not in LEAVING_NO_TRACE,
        )

    async def _run_and_store_choice(self, ctx: Context) -> Reply | None:
        """Run a call, and store, in its own transaction if it has one, what it shows about the person's community."""
        news = ctx.joins or ctx.kept is not None
        try:
            reply = await self._run(ctx)
        except UserError:
            if news:
                with suppress(StoreError):
                    await self._core.store.write(ctx.store_choice)
            raise
        if reply is not None and news and not reply.settled:
            with suppress(AlreadyHandled):
                return await _show(ctx, reply)
        return reply

    async def _meet_contact(self, ctx: Context) -> None:
        """Remember the names of a trusted contact, by which complaints about them are recognised and kept from them."""
        actor = ctx.inbound.actor
        self._core.contact_names.meet(actor.platform, actor.id, actor.name, f"@{actor.handle}")
        if ctx.member is None:
            with suppress(StoreError):
                await self._core.store.write(ctx.person)

    async def _run(self, ctx: Context) -> Reply | None:
        command = ctx.command
        self._policy.admit(ctx, command)
        if ctx.here and ctx.inbound.actor.role >= Role.MODERATOR:
            actor = ctx.inbound.actor
            self._core.moderators.meet(ctx.community.id, actor.name, actor.platform, actor.id, actor.handle)
        if is_contact(ctx):
            await self._meet_contact(ctx)
        said, ctx = ctx.given.get(TEXT), without_wordless(ctx)
        values = bind(command, ctx.given, ctx.speech, self._core.understood(ctx.community))
        lacking = missing(command, values)
        if lacking is not None:
            await self._policy.count(ctx, command, "commands")
            return await ask_lacking(ctx, values, lacking, wordless=bool(said) and TEXT not in ctx.given)
        await self._policy.count(ctx, command)
        reply = await _perform_or_explain(ctx, values)
        if reply is None:
            return None
        shown = command.fit(reply, private=ctx.private)
        return await _show(ctx, shown) if has_buttons(shown) or _shows_others(ctx, shown) else shown

    def _speech(self, inbound: Inbound, situation: Situation) -> Speech:
        chosen = situation.member.language if situation.member else None
        return self._core.speech(situation.community, chosen, inbound.actor.locale or situation.locale)


async def _perform_or_explain(ctx: Context, values: Mapping[str, Any]) -> Reply | None:
    """The feature's answer; if the message of the pressed button is outdated, the reason."""
    try:
        return await ctx.command.run(ctx, **values)
    except Outdated as change:
        if ctx.inbound.button is None or not ctx.command.in_place:
            raise
        return Reply((Paragraph(str(change)), *change.left))


async def _show(ctx: Context, reply: Reply) -> Reply:
    """Store an answer that only shows something; where the store refuses, as on a full disk, it is shown unsaved."""
    try:
        return await ctx.show(reply)
    except StoreError:
        return ctx.unsaved(reply)


def _is_greeting(call: Call) -> bool:
    """Whether a call needs no community: /start, a greeting, or thanks."""
    return call.command.name == START or (
        call.command.name == ASK and courtesy(call.given.get("question", "")) is not None
    )


def _shows_others(ctx: Context, reply: Reply) -> bool:
    """Whether an answer that waits in the outbox shows words that their author may erase meanwhile."""
    return ctx.inbound.means.durable and not reply.settled and bool(traces.shown(reply))


def _is_for_bot(inbound: Inbound) -> bool:
    """Whether the event is addressed to the bot: errors are not shown to members who talk to each other."""
    return bool(inbound.addressed or inbound.command or inbound.button)
