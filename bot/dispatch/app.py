"""From an `Inbound` to a `Reply`: understand, admit, run; one error boundary."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlmodel import Session

from bot.commands.arguments import bind, clean, fillable, missing, nearest, split, spread, takes_file
from bot.commands.registry import Command, Shape
from bot.context import Context
from bot.core import Core
from bot.debts import Fresh
from bot.delivery.envelope import back_to, owe_answer
from bot.dispatch.belonging import CHOOSE, MESSAGE, ask_which
from bot.dispatch.faults import report
from bot.dispatch.missed import bring
from bot.dispatch.policy import Policy
from bot.dispatch.situation import Situation, meant, situate
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
    """The core behind every adapter."""

    def __init__(self, core: Core, policy: Policy) -> None:
        self._core = core
        self._policy = policy

    async def handle(self, inbound: Inbound) -> Reply | None:
        """Answer one thing a person did, once per event id; None means to say nothing.

        Raises:
            StoreError: on a durable platform, there was nothing to say and that could not be noted.
        """
        inbound = clean(inbound)
        speech = self._core.languages.speech(inbound.actor.locale, self._core.settings.language)
        try:
            around = await self._core.store.glance(lambda session: situate(session, inbound, self._core))
            if around.alone.role is not None:
                inbound = replace(inbound, actor=replace(inbound.actor, role=around.alone.role))
            speech = self._speech(inbound, around)
            reply = await self._perform(inbound, around, speech)
            if around.missed and around.member is not None and reply is not None:
                with suppress(StoreError):
                    reply = await bring(self._core, inbound, reply, around.member, speech)
        except AlreadyHandled:
            return None
        except UserError as refusal:
            reply = self._refused(inbound, str(refusal)) if _spoken_to(inbound) else None
        except Exception as error:
            told = report(error, inbound, speech)
            reply = say(told) if _spoken_to(inbound) else None
        return await self._conclude(inbound, reply, speech)

    async def _conclude(self, inbound: Inbound, reply: Reply | None, speech: Speech) -> Reply | None:
        """Hand an answer back; where no call waits for it, see that its event is closed and the answer owed."""
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
            # Nothing can be stored: the adapter shows it now or nobody does.
            return reply
        if fresh:
            self._core.debts.hand(fresh)
        return None

    def _close(self, session: Session, inbound: Inbound, reply: Reply | None, language: str) -> Fresh | None:
        now = self._core.clock.now()
        inbox.close(session, inbound.actor.platform, inbound.id, now, inbound.parts)
        if reply is None:
            return None
        keys, to = self._core.store.keys, back_to(inbound, reply, language, self._again(inbound))
        return owe_answer(session, keys, self._core.wire, inbound, reply, to, now)

    def _refused(self, inbound: Inbound, words: str) -> Reply:
        """A refusal, for the person alone; what is done to a place, as /setup does, is refused there."""
        command = self._typed(inbound)
        return replace(say(words), private=not (command and command.public and command.anywhere))

    def _again(self, inbound: Inbound) -> str:
        """The command that gives the answer once more: what was typed, where it needs no words, else the beginning."""
        command = self._typed(inbound)
        ready = command and command.listed and not any(one.required for one in command.parameters)
        return command.name if command and ready else START

    def _typed(self, inbound: Inbound) -> Command | None:
        typed = split(inbound.text)
        name = inbound.command or (typed.name if typed else "")
        return self._core.registry.find(name) if name else None

    async def _perform(self, inbound: Inbound, situation: Situation, speech: Speech) -> Reply | None:
        call = self._understand(inbound, situation, speech)
        if call is None:
            return None
        ctx = self._context(inbound, situation, speech, call)
        if ctx.here or ctx.command.anywhere or _greets(call):
            return await self._settle_in(ctx)
        choose = self._call(CHOOSE, {}, speech).command
        self._policy.count(ctx, choose)
        return await ask_which(replace(ctx, command=choose), situation.alone.theirs, call.command.name)

    def _context(self, inbound: Inbound, situation: Situation, speech: Speech, call: Call) -> Context:
        community, kept = meant(inbound, situation, call.command, speech), situation.alone.kept
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
            # What is begun among others goes on alone, where this prompt was not looked for.
            asked=situation.prompt is not None or not inbound.chat.private,
            going_on=_goes_on(situation, call),
            here=situation.community is not None,
            kept=kept.id if kept else None,
            joins=bool(situation.joins) and _spoken_to(inbound),
        )

    async def _settle_in(self, ctx: Context) -> Reply | None:
        """Run a call; what it tells of the person is kept with its effect, or with the answer that is its only one."""
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
        """Which command this is: a button's, a prompt's, a named one, or plain talk."""
        if inbound.button is not None:
            return self._pressed(inbound, situation, speech)
        if inbound.edited:
            return self._edited(inbound, situation, speech)
        if inbound.command is not None:
            return self._named(inbound.command, inbound, situation, speech)
        typed = split(inbound.text)
        if typed is not None:
            spoken = replace(inbound, text=typed.rest)
            return self._named(typed.name, spoken, situation, speech)
        return self._talked(inbound, situation, speech)

    def _edited(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call | None:
        """New words for a message of before: of a question, or of what was filed from it."""
        if not inbound.text.strip() or (situation.community is None and inbound.chat.private):
            return None
        if isinstance(situation.made, Question):
            return self._call(REASK, {"question": inbound.text}, speech)
        return self._call(AMEND, {"text": inbound.text}, speech)

    def _talked(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call | None:
        """What words without a command are: new ones for old, an answer to a prompt, a question, or talk."""
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
            # What was meant for a form, perhaps without a name, must not be kept as a question of this person.
            raise UserError(speech.say("This question is no longer open. /help shows what you can do here."))
        bare = self._core.registry.find(inbound.text.strip()) if inbound.chat.private else None
        if bare is not None and bare.listed and bare.role <= inbound.actor.role:
            return Call(bare, {})
        return self._call(ASK if inbound.addressed else OVERHEAR, {"question": inbound.text}, speech)

    def _pressed(self, inbound: Inbound, situation: Situation, speech: Speech) -> Call:
        button = situation.button
        if button is None:
            raise UserError(speech.say("This button is no longer in use. /help shows what you can do here."))
        if not button.theirs:
            raise UserError(speech.say("This button is for someone else."))
        return self._call(button.command, button.args, speech)

    def _named(self, name: str, inbound: Inbound, situation: Situation, speech: Speech) -> Call:
        call = self._call(name, inbound.args, speech, inbound.actor.role)
        prompt = situation.prompt if inbound.answers else None
        # What no menu has can still ask for words, and its form names it.
        if not (call.command.typed or (prompt and prompt.command == call.command.name)):
            raise self._unknown(name, speech, inbound.actor.role)
        kept = prompt.args if prompt else {}
        typed = spread(call.command, inbound.text, self._core.languages.all())
        return replace(call, given={**kept, **typed, **fillable(call.command, inbound.args)})

    def _call(self, name: str, given: Mapping[str, str], speech: Speech, role: Role = Role.MEMBER) -> Call:
        command = self._core.registry.find(name)
        if command is None:
            raise self._unknown(name, speech, role)
        return Call(command, given)

    def _unknown(self, name: str, speech: Speech, role: Role) -> UserError:
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


def _greets(call: Call) -> bool:
    """Whether it is for no community: the beginning, a greeting, thanks."""
    return call.command.name == START or (
        call.command.name == ASK and courtesy(call.given.get("question", "")) is not None
    )


def _goes_on(situation: Situation, call: Call) -> bool:
    """Whether a button of the question that is open here was pressed: one that fills it in, or the one that stops."""
    if situation.button is None or situation.prompt is None:
        return False
    # The buttons that begin a command, as the first greeting's, give it nothing.
    return call.command.name == CANCEL or (call.command.name == situation.prompt.command and bool(call.given))


def _chosen_so_far(ctx: Context, values: Mapping[str, object]) -> tuple[str, ...]:
    """What a form would show filled in: who will see it, and what was chosen; shy people read it before they type."""
    kind, shown = KIND_OF.get(ctx.command.name), []
    if kind is not None and "text" not in values:
        visibility = Visibility(str(values.get("visibility") or DEFAULT_VISIBILITY[kind]))
        shown.append(ctx.speech.say("Visible to: {who}.", who=audience(ctx.speech, visibility)))
    area = values.get("area")
    return (*shown, *([ctx.speech.say("Area: {area}.", area=ctx.speech.area(str(area)))] if area else []))


def _spoken_to(inbound: Inbound) -> bool:
    """Whether the person wanted something of the bot: faults are no matter of those who talk among themselves."""
    return bool(inbound.addressed or inbound.command or inbound.button)
