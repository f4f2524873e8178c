"""The context of one call of a feature: the event, the community, the language, and access to the store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.commands import buttons
from bot.commands.choices import choices
from bot.commands.registry import Command
from bot.core import Core
from bot.debts import FreshAnswer
from bot.delivery.envelope import account_mark, answer_address, leaves_chat, owe_answer
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.ports.inbound import Chat, Inbound, Role
from bot.ports.reply import Ask, Button, Buttons, Reply, has_buttons
from bot.settings.config import CommunitySettings
from storage.engine.keys import Keys
from storage.people import communities, members
from storage.people.situation import AnyCommunity, AnyMember
from storage.traffic import inbox, outbox, prompts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """One call of one feature.

    Attributes:
        member: the person in the store, or None when they are new.
        speech: the language to answer in.
        given: the arguments as text, stored with a prompt when some are missing.
        now: when the call is made, aware, UTC.
        asked: whether a prompt may be open for this person in this chat.
        going_on: whether a button of the open prompt was pressed, so that the prompt continues.
        here: whether the event belongs to this community; for a command that works anywhere it may be any.
        kept: the id of the draft stored until the community was chosen, which this call completes.
        joins: whether the event shows that the person takes part in the community, which is new.
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
    here: bool = True
    kept: int | None = None
    joins: bool = False

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
        among_staff = chat.staff and command.role >= Role.MODERATOR
        return not (command.public or (chat.overlooked and (command.aloud or among_staff)))

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

    async def settle(self, job: Callable[[Session], Reply]) -> Reply:
        """Run a feature's one write in a transaction with closing the event, the open prompt, and the answer's buttons.

        Args:
            job: makes the changes and returns the answer.

        Raises:
            AlreadyHandled: this event was handled before; nothing is written.
            StoreError: the store cannot be written; nothing is.
        """

        def closed(session: Session) -> Reply:
            if self.asked:
                prompts.drop_open(session, self.holder, self.chat_mark)
            return job(session)

        return await self._close(closed)

    async def show(self, reply: Reply) -> Reply:
        """Store an answer without other changes: closes the event and makes the buttons; an open prompt stays open.

        Raises:
            AlreadyHandled: this event was handled before.
            StoreError: the store cannot be written.
        """
        return await self._close(lambda _: reply)

    def settle_in(self, session: Session) -> bool:
        """Store the community the person chose, or that they take part in this one.

        Returns:
            False when the draft waiting for the choice was completed meanwhile.
        """
        if self.kept is not None:
            if not prompts.take(session, self.kept):
                return False
            communities.choose(session, self.person(session), self.community.id)
        elif self.joins:
            unseen = self.inbound.chat.private and self.inbound.actor.role is Role.MEMBER
            communities.join(session, self.person(session), self.community.id, invited=unseen)
        return True

    async def _close(self, job: Callable[[Session], Reply]) -> Reply:
        def closed(session: Session) -> tuple[Reply, FreshAnswer | None, bool]:
            inbox.close(session, self.inbound.actor.platform, self.inbound.id, self.now, self.inbound.parts)
            if not self.settle_in(session):
                raise inbox.AlreadyHandled(str(self.kept))
            reply = self.register(session, replace(job(session), private=self.private))
            return *self._owe(session, reply), outbox.owes(session)

        reply, fresh, owing = await self.core.store.write(closed)
        if fresh:
            self.core.debts.push(fresh)
        if owing:
            self.core.debts.notify()
        return reply

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
        theirs = reply.private or self.command.aloud or self.command.owned
        holder = self.inbound.actor if theirs else None
        own_id = self.community.id if self.here else None
        return buttons.with_tokens(session, self.core.store.keys, reply, holder, self.now, own_id)

    def person(self, session: Session) -> int:
        """The member id of the person, who is stored now if new."""
        actor = self.inbound.actor
        return members.resolve_id(session, actor.platform, actor.id, actor.name, self.now.date(), actor.locale)

    def mark(self, member_id: int) -> str:
        """The keyed hash that identifies a member on nameless items of this community."""
        return self.core.store.keys.mark(self.community.id, member_id)

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
        kept = dict(self.given)

        def job(session: Session) -> Reply:
            prompt = prompts.ask(
                session,
                self.holder,
                self.chat_mark,
                self.command.name,
                kept,
                fields[0],
                self.now,
                self.community.id,
            )
            values = {**kept, **(filled or {})}
            shown = chosen if stepwise else ()
            question = Ask(self.command.name, fields, words, str(prompt.id), values, offered, shown)
            blocks = (question, Buttons(ready)) if ready else (question,)
            return Reply(blocks, instead=self.going_on and choosing is not None)

        return await self.settle(job)

    def _choices(self, fields: tuple[str, ...]) -> tuple[Button, ...]:
        areas = Areas(self.own.areas, self.core.languages.all().values()).offered
        return choices(self.command, self.given, fields, self.speech, areas)


def message_mark(keys: Keys, inbound: Inbound) -> str:
    """The keyed hash of a message, the same for all its edits."""
    return keys.fingerprint(f"{inbound.actor.platform}:{inbound.message or inbound.id}")


def prompt_chat(keys: Keys, chat: Chat) -> str:
    """The keyed hash of the chat where a prompt was asked."""
    return keys.holder("chat", f"{chat.platform}:{chat.id}")
