"""What the store knows around an event, gathered in one read."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlmodel import Session

from bot.commands import buttons
from bot.commands.buttons import Pressed
from bot.commands.registry import Command
from bot.context import message_mark, prompt_chat
from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.dispatch.belonging import Belonging, answered, belonging, nowhere
from bot.errors import UserError
from bot.locales.speech import Speech
from bot.ports.inbound import Inbound
from storage import communities, feedback, prompts, questions, situation
from storage.models import Feedback, Prompt, Question
from storage.situation import AnyCommunity, AnyMember, AnyPrompt, Around


@dataclass(frozen=True, slots=True)
class Situation:
    """What the store knows around an event, gathered in one read."""

    community: AnyCommunity | None
    any_community: AnyCommunity | None
    member: AnyMember | None
    button: Pressed | None
    prompt: AnyPrompt | None
    missed: bool = False
    """Whether there is news the person could not be sent."""
    joins: int | None = None
    """The community the person is to be known in from now on."""
    alone: Belonging = field(default_factory=Belonging)
    """What is known of a private message that no place tells whose it is."""
    made: Question | Feedback | None = None
    """What was made of the message that was edited."""
    locale: str | None = None
    """The language of the person's account when the platform last told it, as not every event does; else the words'."""


def situate(session: Session, inbound: Inbound, core: Core) -> Situation:
    """Look up what the store knows around an event."""
    found = _around(session, inbound, core)
    # The prompt this answers is the one it names, else the one left open for this person in this chat.
    prompt = _named(session, inbound, core) if inbound.answers else found.prompt
    button = pressed(session, inbound, core)
    made = _made(session, inbound, core) if inbound.edited else None
    missed, locale = found.missed is not None, found.locale or _spoken(inbound, core)
    known = Situation(
        found.community, None, found.member, button, prompt, missed, found.joins, made=made, locale=locale
    )
    return known if found.community else _without_place(session, inbound, core, known)


def pressed(session: Session, inbound: Inbound, core: Core) -> Pressed | None:
    """The button that was pressed, if any; None as well when it is no longer in use."""
    if inbound.button is None:
        return None
    oldest = core.clock.now() - timedelta(days=core.settings.retention.buttons)
    return buttons.find(session, core.store.keys, inbound.button, inbound.actor, oldest)


def meant(inbound: Inbound, situation: Situation, command: Command, speech: Speech) -> AnyCommunity:
    """The community of a call; where nobody can tell, one of the person's, or any for what works anywhere.

    Raises:
        UserError: none is here, and the person is in none.
    """
    found = situation.community or next(iter(situation.alone.theirs), None)
    if found is None and command.anywhere:
        found = situation.any_community
    if found is None:
        raise UserError(nowhere(speech, inbound.chat, situation.any_community))
    return found


def _without_place(session: Session, inbound: Inbound, core: Core, known: Situation) -> Situation:
    """The same where the place does not tell the community; alone with the bot other things may."""
    known = replace(known, any_community=next(iter(communities.every(session)), None))
    if not inbound.chat.private:
        return known
    told = answered(inbound, known.button, known.prompt, known.made)
    alone = belonging(session, core, inbound, known.member, known.button, told)
    return replace(known, community=alone.community, alone=alone)


def _around(session: Session, inbound: Inbound, core: Core) -> Around:
    chat, actor = inbound.chat, inbound.actor
    return situation.around(
        session,
        actor.platform,
        place=chat.id,
        within=chat.within,
        account=actor.id,
        holder=account_mark(core.store.keys, actor),
        chat=prompt_chat(core.store.keys, chat),
        now=core.clock.now(),
    )


def _named(session: Session, inbound: Inbound, core: Core) -> Prompt | None:
    """The question a message names as the one it answers."""
    holder = account_mark(core.store.keys, inbound.actor)
    return prompts.find(session, inbound.answers or "", holder, core.clock.now())


def _made(session: Session, inbound: Inbound, core: Core) -> Question | Feedback | None:
    """What was made of a message: the question asked in it, else what was filed from it."""
    source = message_mark(core.store.keys, inbound)
    return questions.of_message(session, source) or feedback.by_source(session, source)


def _spoken(inbound: Inbound, core: Core) -> str | None:
    """The language of somebody's words, where the platform never told theirs."""
    return None if inbound.actor.locale else core.detector.detect(inbound.text, "") or None
