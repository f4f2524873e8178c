"""Handles each `Inbound`: finds the command, checks the policy, runs it; the one place that catches errors."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlmodel import Session

from bot.commands.arguments import assign_words, bind, clean, fillable, missing, nearest, split, takes_file
from bot.commands.registry import Command, Shape
from bot.context import Context
from bot.core import Core
from bot.debts import FreshAnswer
from bot.delivery.envelope import answer_address, owe_answer
from bot.dispatch.belonging import CHOOSE, MESSAGE, ask_which
from bot.dispatch.faults import report
from bot.dispatch.missed import add_missed_news
from bot.dispatch.policy import Policy
from bot.dispatch.situation import Situation, community_of_call, read_situation
from bot.errors import UserError
from bot.feedback.files import has_no_words, stand_in
from bot.feedback.items import audience
from bot.language.courtesy import courtesy
from bot.locales.speech import Speech
from bot.locales.words import KIND_OF
from bot.ports.inbound import Inbound, Role
from bot.ports.reply import Reply, has_buttons, say
from storage import inbox
from storage.engine.errors import StoreError
from storage.inbox import AlreadyHandled
from storage.models import Question
from storage.vocabulary import DEFAULT_VISIBILITY, Visibility

ASK, OVERHEAR, CANCEL, AMEND, REASK, START = "ask", "overhear", "cancel", "amend", "reask", "start"


@dataclass(frozen=True, slots=True)
class Call:
    """A command and its arguments as text."""

    command: Command
    given: Mapping[str, str]


class App:
    """The handler of all adapters' events."""

    def __init__(self, core: Core, policy: Policy) -> None:
        self._core = core
        self._policy = policy

    async def handle(self, inbound: Inbound) -> Reply | None:
        """Handle an event, once per id; return the reply, or None for no reply or one that is in the outbox.

        Raises:
            StoreError: on a durable platform, an event without an answer could not be closed.
        """
        inbound = clean(inbound)
        speech = self._core.languages.speech(inbound.actor.locale, self._core.settings.language)
        try:
            around = await self._core.store.glance(lambda session: read_situation(session, inbound, self._core))
            if around.alone.role is not None:
                inbound = replace(inbound, actor=replace(inbound.actor, role=around.alone.role))
            speech = self._speech(inbound, around)
            reply = await self._perform(inbound, around, speech)
            if around.missed and around.member is not None and reply is not None:
                with suppress(StoreError):
                    reply = await add_missed_news(self._core, inbound, reply, around.member, speech)
        except AlreadyHandled:
            return None
        except UserError as refusal:
            reply = self._refusal_reply(inbound, str(refusal)) if _is_for_bot(inbound) else None
        except Exception as error:
            told = report(error, inbound, speech)
            reply = say(told) if _is_for_bot(inbound) else None
        return await self._finish(inbound, reply, speech)

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
        call = self._understand(inbound, situation, speech)
        if call is None:
            return None
        ctx = self._context(inbound, situation, speech, call)
        if ctx.here or ctx.command.anywhere or _is_greeting(call):
            return await self._settle_in(ctx)
        choose = self._call(CHOOSE, {}, speech).command
        self._policy.count(ctx, choose)
        return await ask_which(replace(ctx, command=choose), situation.alone.theirs, call.command.name)

    def _context(self, inbound: Inbound, situation: Situation, speech: Speech, call: Call) -> Context:
        community, kept = community_of_call(inbound, situation, call.command, speech), situation.alone.kept
        if kept is not None:
            inbound = replace(inbound, message=kept.args.get(MESSAGE, ""))
            call = self._call(kept.command, {name: kept.args[name] for name in kept.args if name != MESSAGE}, speech)
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
            going_on=_continues_prompt(situation, call),
            here=situation.community is not None,
            kept=kept.id if kept else None,
            joins=bool(situation.joins) and _is_for_bot(inbound),
        )

    async def _settle_in(self, ctx: Context) -> Reply | None:
        """Run a call, and store what it shows of the person's community, with the call's own write where it has one."""
        news = ctx.joins or ctx.kept is not None
        try:
            reply = await self._run(ctx)
        except UserError:
            if news:
                await self._core.store.write(ctx.settle_in)
            raise
        if reply is not None and news:
            with suppress(AlreadyHandled):
                return await ctx.show(reply)
        return reply

    def _understand(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call | None:
        """Find the command and its arguments: from a button, an edit, a named command, or text. None for no command."""
        if inbound.button is not None:
            return self._understand_press(inbound, situation, speech)
        if inbound.edited:
            return self._understand_edit(inbound, situation, speech)
        if inbound.command is not None:
            return self._understand_named(inbound.command, inbound, situation, speech)
        typed = split(inbound.text)
        if typed is not None:
            spoken = replace(inbound, text=typed.rest)
            return self._understand_named(typed.name, spoken, situation, speech)
        return self._understand_words(inbound, situation, speech)

    def _understand_edit(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call | None:
        """The call for an edited message: of a question, or of a message from which an item may have been filed."""
        if not inbound.text.strip() or (situation.community is None and inbound.chat.private):
            return None
        if isinstance(situation.made, Question):
            return self._call(REASK, {"question": inbound.text}, speech)
        return self._call(AMEND, {"text": inbound.text}, speech)

    def _understand_words(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call | None:
        """The call for text without a command: an answer to a prompt, a bare command name, a question, or chat."""
        if inbound.attachments and not inbound.text.strip():
            if situation.prompt is None or not takes_file(situation.prompt.command, situation.prompt.asks):
                raise UserError(
                    speech.say("To send the team a file, write /suggest or /problem first, or as its caption.")
                )
            inbound = replace(inbound, text=stand_in(speech))
        if not inbound.text.strip() and not inbound.args:
            if inbound.chat.private:
                raise UserError(speech.say("I can only read words and files. /help shows what you can do here."))
            return None
        if situation.prompt is not None and (inbound.addressed or inbound.answers):
            prompt = situation.prompt
            if self._core.registry.find(inbound.text) is self._core.registry.find(CANCEL):
                return self._call(CANCEL, {}, speech)
            said = {prompt.asks: inbound.text} if inbound.text.strip() else {}
            call = self._call(prompt.command, prompt.args, speech)
            return replace(call, given={**prompt.args, **said, **fillable(call.command, inbound.args)})
        if inbound.answers and situation.prompt is None:
            # An answer to an expired form, perhaps a nameless one, must not be stored as this person's question.
            raise UserError(speech.say("This question is no longer open. /help shows what you can do here."))
        bare = self._core.registry.find(inbound.text.strip()) if inbound.chat.private else None
        if bare is not None and bare.listed and bare.role <= inbound.actor.role:
            return Call(bare, {})
        return self._call(ASK if inbound.addressed else OVERHEAR, {"question": inbound.text}, speech)

    def _understand_press(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call:
        button = situation.button
        if button is None:
            raise UserError(speech.say("This button is no longer in use. /help shows what you can do here."))
        if not button.theirs:
            raise UserError(speech.say("This button is for someone else."))
        return self._call(button.command, button.args, speech)

    def _understand_named(self, name: str, inbound: Inbound, situation: Situation, speech: Speech) -> Call:
        call = self._call(name, inbound.args, speech, inbound.actor.role)
        prompt = situation.prompt if inbound.answers else None
        # A command for buttons only can still ask for text, and its form names it.
        if not (call.command.typed or (prompt and prompt.command == call.command.name)):
            raise self._unknown_command(name, speech, inbound.actor.role)
        kept = prompt.args if prompt else {}
        typed = assign_words(call.command, inbound.text, self._core.languages.all())
        return replace(call, given={**kept, **typed, **fillable(call.command, inbound.args)})

    def _call(self, name: str, given: Mapping[str, str], speech: Speech, role: Role = Role.MEMBER) -> Call:
        command = self._core.registry.find(name)
        if command is None:
            raise self._unknown_command(name, speech, role)
        return Call(command, given)

    def _unknown_command(self, name: str, speech: Speech, role: Role) -> UserError:
        near = nearest(self._core.registry, name, role)
        if near:
            return UserError(speech.say("I do not know /{name}. Did you mean /{near}?", name=name[:40], near=near))
        return UserError(speech.say("I do not know /{name}. /help shows what you can do here.", name=name[:40]))

    async def _run(self, ctx: Context) -> Reply | None:
        command = ctx.command
        self._policy.admit(ctx, command)
        given = {**ctx.given, "text": stand_in(ctx.speech)} if has_no_words(ctx) else ctx.given
        values = bind(command, given, ctx.speech, self._core.languages.all())
        lacking = missing(command, values)
        if lacking is not None:
            self._policy.count(ctx, command, "commands")
            fields = [p.name for p in command.parameters if p.name not in values and p.shape is not Shape.HIDDEN]
            first = next(parameter for parameter in command.parameters if parameter.required)
            words = ctx.speech.say(command.asks if command.asks and lacking == first else lacking.label)
            fields.sort(key=lambda name: name != lacking.name)
            return await ctx.ask(words, *fields, choosing=values, chosen=_chosen_so_far(ctx, values))
        self._policy.count(ctx, command)
        reply = await command.run(ctx, **values)
        if reply is None:
            return None
        shown = replace(reply, private=ctx.private)
        return await ctx.show(shown) if has_buttons(shown) else shown

    def _speech(self, inbound: Inbound, situation: Situation) -> Speech:
        chosen = situation.member.language if situation.member else None
        own = situation.community.language if situation.community else self._core.settings.language
        return self._core.languages.speech(chosen, inbound.actor.locale or situation.locale, own)


def _is_greeting(call: Call) -> bool:
    """Whether a call needs no community: /start, a greeting, or thanks."""
    return call.command.name == START or (
        call.command.name == ASK and courtesy(call.given.get("question", "")) is not None
    )


def _continues_prompt(situation: Situation, call: Call) -> bool:
    """Whether a button of the open prompt was pressed: one that fills it in, or the one that cancels it."""
    if situation.button is None or situation.prompt is None:
        return False
    # Buttons that start a command, as in the first greeting, have no arguments.
    return call.command.name == CANCEL or (call.command.name == situation.prompt.command and bool(call.given))


def _chosen_so_far(ctx: Context, values: Mapping[str, object]) -> tuple[str, ...]:
    """What a form would show, in words: who will see the item, and the area; shown before the text is typed."""
    kind, shown = KIND_OF.get(ctx.command.name), []
    if kind is not None and "text" not in values:
        visibility = Visibility(str(values.get("visibility") or DEFAULT_VISIBILITY[kind]))
        shown.append(ctx.speech.say("Visible to: {who}.", who=audience(ctx.speech, visibility)))
    area = values.get("area")
    return (*shown, *([ctx.speech.say("Area: {area}.", area=ctx.speech.area(str(area)))] if area else []))


def _is_for_bot(inbound: Inbound) -> bool:
    """Whether the event is addressed to the bot: errors are not shown to members who talk to each other."""
    return bool(inbound.addressed or inbound.command or inbound.button)
