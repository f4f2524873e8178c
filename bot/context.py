"""What a feature is handed: who asks, where, in which language, and the store."""

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
from bot.debts import Fresh
from bot.delivery.envelope import account_mark, back_to, goes_alone, owe_answer
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.ports.inbound import Chat, Inbound, Role
from bot.ports.reply import Ask, Button, Buttons, Reply, has_buttons
from bot.settings.config import CommunitySettings
from storage import communities, inbox, members, outbox, prompts
from storage.engine.keys import Keys
from storage.situation import AnyCommunity, AnyMember

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """One call of one feature.

    Attributes:
        member: the person as the store knows them, or None when met for the first time.
        speech: the language to answer in.
        given: the arguments as text, kept when a prompt must be asked for the rest.
        now: when the call is made, aware, UTC.
        asked: whether a question may be open for this person here.
        going_on: whether a button was pressed that belongs to the question open here, which goes on.
        here: whether the community is known to be meant; a command that works anywhere may be given any.
        kept: the id of what was kept until the community was chosen, and is done with this call.
        joins: whether this call shows that the person is in the community.
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
        """The event's key across platforms."""
        return f"{self.inbound.actor.platform}:{self.inbound.id}"

    @property
    def source(self) -> str:
        """The keyed mark of the message, which finds what was filed from it."""
        return message_mark(self.core.store.keys, self.inbound)

    @property
    def holder(self) -> str:
        """The keyed mark of whose a prompt is."""
        return account_mark(self.core.store.keys, self.inbound.actor)

    @property
    def chat_mark(self) -> str:
        """The keyed mark of where a prompt is answered: what is private and was begun among others goes on alone."""
        chat = self.inbound.chat
        if self.private and chat.own:
            chat = replace(chat, id=chat.own)
        return prompt_chat(self.core.store.keys, chat)

    @property
    def private(self) -> bool:
        """Whether the reply is for this person alone."""
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
        """Run a job that only reads."""
        return await self.core.store.read(job)

    async def settle(self, job: Callable[[Session], Reply]) -> Reply:
        """Do a feature's one write: its effect, the event's mark and its buttons in a single transaction.

        Raises:
            AlreadyHandled: this event had its effect before; nothing is written.
        """

        def closed(session: Session) -> Reply:
            if self.asked:
                prompts.drop_open(session, self.holder, self.chat_mark)
            return job(session)

        return await self._close(closed)

    async def show(self, reply: Reply) -> Reply:
        """Make the buttons of a reply without an effect of its own: a question left open stays open.

        Raises:
            AlreadyHandled: this event was answered before.
        """
        return await self._close(lambda _: reply)

    def settle_in(self, session: Session) -> bool:
        """Keep what this call tells of the person: the community they chose, or one more they are in.

        Returns:
            False when what waited for the choice was taken meanwhile, by another choice.
        """
        if self.kept is not None:
            if not prompts.take(session, self.kept):
                return False
            communities.choose(session, self.person(session), self.community.id)
        elif self.joins:
            communities.join(session, self.person(session), self.community.id)
        return True

    async def _close(self, job: Callable[[Session], Reply]) -> Reply:
        def closed(session: Session) -> tuple[Reply, Fresh | None, bool]:
            inbox.close(session, self.inbound.actor.platform, self.inbound.id, self.now, self.inbound.parts)
            if not self.settle_in(session):
                raise inbox.AlreadyHandled(str(self.kept))
            reply = self.register(session, replace(job(session), private=self.private))
            return *self._owe(session, reply), outbox.owes(session)

        reply, fresh, owing = await self.core.store.write(closed)
        if fresh:
            self.core.debts.hand(fresh)
        if owing:
            self.core.debts.note()
        return reply

    def _owe(self, session: Session, reply: Reply) -> tuple[Reply, Fresh | None]:
        """On a platform where no call waits for it, an answer is owed in the transaction of its cause."""
        if not self.inbound.means.durable:
            return reply, None
        to = back_to(self.inbound, reply, self.speech.language, self._again(session, reply))
        fresh = owe_answer(session, self.core.store.keys, self.core.wire, self.inbound, reply, to, self.now)
        return replace(reply, owed=True), fresh

    def _again(self, session: Session, reply: Reply) -> str:
        """What shows an answer once more: its own button where it may be needed, else the command that led to it."""
        button = reply.again
        if button is None or not goes_alone(self.inbound, reply):
            return self.command.name
        if not self.inbound.chat.own:
            # Whoever speaks for a group has no account to press it with.
            return ""
        # It may stand in a link, where a token that carries its arguments has no place.
        return buttons.refer(session, self.core.store.keys, button, self.inbound.actor, self.now, self.community.id)

    def register(self, session: Session, reply: Reply) -> Reply:
        """Put every button behind a token; a private reply's may be pressed by this person alone."""
        if not has_buttons(reply):
            return reply
        holder = self.inbound.actor if reply.private or self.command.aloud else None
        own_id = self.community.id if self.here else None
        return buttons.pressable(session, self.core.store.keys, reply, holder, self.now, own_id)

    def person(self, session: Session) -> int:
        """The id of the person who asks, met now if need be."""
        actor = self.inbound.actor
        return members.resolve_id(session, actor.platform, actor.id, actor.name, self.now.date(), actor.locale)

    def mark(self, member_id: int) -> str:
        """The keyed mark that stands for a person on nameless items of this community."""
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
        """Ask for what is missing and remember what was given, so that a restart does not lose it.

        Args:
            words: the question.
            fields: the parameters to fill in; the first is asked for where a platform can ask only one.
            ready: buttons with ready-made answers.
            filled: what a form shows filled in, to be changed.
            choosing: the arguments understood so far; where there are no forms, what has choices is offered as buttons.
            chosen: these arguments in words, shown where there are no forms.
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
    """The keyed mark of a message, the same for all its edits."""
    return keys.fingerprint(f"{inbound.actor.platform}:{inbound.message or inbound.id}")


def prompt_chat(keys: Keys, chat: Chat) -> str:
    """The keyed mark of where a prompt was asked: a private chat's id is its person's."""
    return keys.holder("chat", f"{chat.platform}:{chat.id}")
