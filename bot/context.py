"""The context of one call of a feature: the event, the community, the language, and access to the store."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import start_of_day
from bot.commands import buttons
from bot.commands.choices import choices
from bot.commands.registry import Command
from bot.core import Core
from bot.debts import FreshAnswer
from bot.delivery.envelope import account_mark, answer_address, leaves_chat, message_mark, owe_answer, prompt_chat
from bot.errors import UserError
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.ports.inbound import Actor, Inbound, Role
from bot.ports.reply import Ask, Button, Buttons, Reply, has_buttons
from bot.privacy import traces
from bot.settings.config import CommunitySettings
from storage.people import communities, marks, members
from storage.people.situation import AnyCommunity, AnyMember
from storage.privacy.blending import blend_beside
from storage.traffic import inbox, outbox, prompts
from storage.values import frozen

T = TypeVar("T")


@frozen
class Context:
    """One call of one feature.

    Attributes:
        member: the person in the store, or None when they are new.
        speech: the language to answer in.
        given: the arguments as text, stored with a prompt when some are missing.
        now: when the call is made, aware, UTC.
        asked: whether a prompt may be open for this person in this chat.
        going_on: whether a button of the open prompt was pressed, so that the prompt continues.
        completes: the id of the open prompt whose arguments this call has; None for none.
        colleague: the keyed mark of the colleague whose open prompt this answers; None for one's own.
        here: whether the event belongs to this community; for a command that works anywhere it may be any.
        kept: the id of the draft stored until the community was chosen, which this call completes.
        joins: whether this event is the first to show that the person takes part in the community.
    """

    core: Core
    inbound: Inbound
    community: AnyCommunity
    member: AnyMember | None
    speech: Speech
    command: Command
    given: Mapping[str, str]
    now: datetime
    asked: bool = True
    going_on: bool = False
    colleague: str | None = None
    here: bool = True
    kept: int | None = None
    joins: bool = False
    completes: int | None = None

    @property
    def event(self) -> str:
        """The event's id, unique across platforms."""
        return f"{self.inbound.actor.platform}:{self.inbound.id}"

    @property
    def source(self) -> str:
        """The keyed hash of the message, by which the item filed from it is found."""
        return message_mark(self.core.store.keys, self.inbound)

    @property
    def holder(self) -> str:
        """The keyed hash of the account a prompt belongs to."""
        return account_mark(self.core.store.keys, self.inbound.actor)

    @property
    def chat_mark(self) -> str:
        """The keyed hash of the chat where a prompt is answered: for private replies the person's private chat."""
        chat = self.inbound.chat
        if self.private and chat.own:
            chat = replace(chat, id=chat.own)
        return prompt_chat(self.core.store.keys, chat)

    @property
    def private(self) -> bool:
        """Whether the reply is for this person only."""
        chat, command = self.inbound.chat, self.command
        among_staff = chat.overlooked and chat.staff and command.role >= Role.MODERATOR
        aloud = command.aloud and (chat.overlooked or self.inbound.aloud)
        return not (command.public or aloud or among_staff)

    @property
    def zone(self) -> ZoneInfo:
        """The community's time zone."""
        return ZoneInfo(self.community.timezone)

    @property
    def own(self) -> CommunitySettings:
        """The community's settings."""
        return self.core.settings_of(self.community)

    async def read(self, job: Callable[[Session], T]) -> T:
        """Run a job that only reads the store.

        Raises:
            StoreError: the store cannot be read.
        """
        return await self.core.store.read(job)

    async def settle(self, job: Callable[[Session], Reply], *, held: bool = True) -> Reply:
        """Run a feature's one write in a transaction with closing the event, the open prompt, and the answer's buttons.

        Args:
            job: makes the changes and returns the answer.
            held: whether the person cannot be erased until it ends; who was since the event was read is stored anew.

        Raises:
            AlreadyHandled: this event was handled before; nothing is written.
            Overtaken: the prompt it completes was answered or changed meanwhile; nothing is written.
            StoreError: the store cannot be written; nothing is.
        """

        def closed(session: Session) -> Reply:
            if self.completes is not None and not prompts.take(session, self.completes):
                raise prompts.Overtaken(str(self.completes))
            if self.asked:
                prompts.drop_open(session, self.colleague or self.holder, self.chat_mark)
            return job(session)

        return await self._close(closed, held=held)

    async def show(self, reply: Reply) -> Reply:
        """Store an answer without other changes: closes the event and makes the buttons; an open prompt stays open.

        Raises:
            AlreadyHandled: this event was handled before.
            StoreError: the store cannot be written.
        """
        return await self._close(lambda _: reply)

    def store_choice(self, session: Session) -> bool:
        """Store the community the person chose, or that they take part in this one.

        Returns:
            False when the draft waiting for the choice was completed meanwhile.
        """
        if self.kept is not None and not prompts.take(session, self.kept):
            return False
        self._belong(session)
        return True

    def _belong(self, session: Session) -> None:
        if self.kept is not None:
            communities.choose(session, self.person(session), self.community.id)
        elif self.joins:
            unseen = self.inbound.chat.private and self.inbound.actor.role is Role.MEMBER
            communities.join(session, self.person(session), self.community.id, invited=unseen)

    async def _close(self, job: Callable[[Session], Reply], *, held: bool = False) -> Reply:
        def closed(session: Session) -> tuple[Reply, FreshAnswer | None, bool]:
            inbox.close(session, self.inbound.actor.platform, self.inbound.id, self.now, self.inbound.parts)
            if held and self.member is not None and not self._hold_person(session):
                self.person(session)
            if not self.store_choice(session):
                raise inbox.AlreadyHandled(str(self.kept))
            made = self.command.fit(job(session), private=self.private)
            blend_beside(session, self.time_of(nameless=True))
            reply, fresh = self._owe(session, self.register(session, made))
            shown = traces.shown(made) if fresh else None
            if fresh and shown and not traces.keep(session, fresh.id, self.community.id, shown) and not held:
                # It was read before the transaction.
                raise UserError(self.speech.say("Words that this would show were erased just now. Ask again."))
            return reply, fresh, outbox.owes(session)

        reply, fresh, owing = await self.core.store.write(closed)
        if fresh:
            self.core.debts.push(fresh)
        if owing:
            self.core.debts.notify()
        return replace(reply, settled=True)

    def _owe(self, session: Session, reply: Reply) -> tuple[Reply, FreshAnswer | None]:
        """On a durable platform, add the answer to the outbox in the same transaction."""
        if not self.inbound.means.durable:
            return reply, None
        to = answer_address(self.inbound, reply, self.speech.language, self._how_to_repeat(session, reply))
        fresh = owe_answer(session, self.core.store.keys, self.core.codec, self.inbound, reply, to, self.now)
        return replace(reply, owed=True), fresh

    def _how_to_repeat(self, session: Session, reply: Reply) -> str:
        """What shows the answer again: the token of its button if it leaves the chat, else the command's name."""
        button = reply.again
        if button is None or not leaves_chat(self.inbound, reply):
            return self.command.name
        if not self.inbound.chat.own:
            # An anonymous administrator has no account to press it with.
            return ""
        # It may stand in a link, where a token that carries its arguments has no place.
        return buttons.refer(session, self.core.store.keys, button, self.inbound.actor, self.now, self.community.id)

    def register(self, session: Session, reply: Reply) -> Reply:
        """Give every button a token; those of a private reply, or of an answer, may be pressed by this person only."""
        if not has_buttons(reply):
            return reply
        return buttons.with_tokens(session, self.core.store.keys, reply, self._presser(reply), self.now, self._own_id)

    def unsaved(self, reply: Reply) -> Reply:
        """The reply for when the store refuses to write: only those of its buttons are left that need no stored row."""
        return buttons.with_signed_tokens(self.core.store.keys, reply, self._presser(reply), self.now, self._own_id)

    def _presser(self, reply: Reply) -> Actor | None:
        """The one person who may press the buttons of a reply; None for everybody."""
        return self.inbound.actor if reply.private or self.command.aloud or self.command.owned else None

    @property
    def _own_id(self) -> int | None:
        return self.community.id if self.here else None

    def _hold_person(self, session: Session) -> bool:
        actor = self.inbound.actor
        return members.hold(session, actor.platform, actor.id) is not None

    def person(self, session: Session) -> int:
        """The member id of the person, who is stored now if new, and is not erased until the transaction ends."""
        actor = self.inbound.actor
        return members.resolve_id(session, actor.platform, actor.id, actor.name, self.now.date(), actor.locale)

    def mark(self, member_id: int) -> str:
        """The keyed mark that stands for a member on what they send to this community now without a name."""
        return marks.mark(self.core.store.keys, self.community.id, member_id, self.now)

    def marks(self, member_id: int) -> list[str]:
        """All keyed marks that have stood for a member in this community, the newest first."""
        return marks.of_person(self.core.store.keys, self.community, member_id, self.member, self.now)

    def time_of(self, *, nameless: bool) -> datetime:
        """The time to store for what the person does: of what they do without a name, the beginning of the day."""
        if not nameless:
            return self.now
        return start_of_day(self.now, self.zone)

    async def meet(self) -> None:
        """Store a new person, a changed name and the community they belong to, in a transaction of its own.

        In that of a nameless item PostgreSQL would store one transaction id (`xmin`) with both, which tells the author.
        """

        def job(session: Session) -> None:
            self.person(session)
            self._belong(session)

        await self.core.store.write(job)

    async def ask(
        self,
        words: str,
        *fields: str,
        ready: tuple[Button, ...] = (),
        filled: Mapping[str, str] | None = None,
        choosing: Mapping[str, object] | None = None,
        chosen: tuple[str, ...] = (),
    ) -> Reply:
        """Ask for missing arguments, and store a prompt with those given, which outlasts a restart.

        Args:
            words: the question.
            fields: the parameters to fill in; only the first is asked for where there are no forms.
            ready: buttons with ready-made answers.
            filled: initial values of the form.
            choosing: the arguments read so far; without forms, the parameters with choices are offered as buttons.
            chosen: these arguments in words, shown where there are no forms.

        Raises:
            AlreadyHandled: this event was handled before.
            StoreError: the store cannot be written.
        """
        stepwise = not self.inbound.means.forms
        offered = self._choices(fields if choosing is not None else ()) if stepwise else ()

        def job(session: Session) -> Reply:
            where = (session, self.holder, self.chat_mark)
            prompt = prompts.ask(*where, self.command.name, dict(self.given), fields[0], self.now, self.community.id)
            values = {**self.given, **(filled or {})}
            told = chosen if stepwise else ()
            question = Ask(self.command.name, fields, words, str(prompt.id), values, offered, told)
            blocks = (question, Buttons(ready)) if ready else (question,)
            return Reply(blocks, edits=self.going_on and choosing is not None)

        return await self.settle(job)

    def _choices(self, fields: tuple[str, ...]) -> tuple[Button, ...]:
        areas = Areas(self.own.areas, self.core.understood(self.community).values()).offered
        return choices(self.command, self.given, fields, self.speech, areas)
