"""Reads from the store, in one transaction, what is needed to handle an event."""

from collections.abc import Collection
from dataclasses import field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.commands import buttons
from bot.commands.arguments import split
from bot.commands.buttons import Pressed
from bot.commands.registry import Command
from bot.core import Core
from bot.delivery.envelope import account_mark, message_mark, prompt_chat
from bot.dispatch.among_staff import colleague_asked, prompt_of_colleague
from bot.dispatch.community.belonging import Belonging, community_answered, find_belonging, no_community_text
from bot.dispatch.replies import item_replied
from bot.errors import UserError
from bot.locales.speech import Speech
from bot.ports.inbound import Inbound
from storage.answers import questions
from storage.items import feedback
from storage.models import Feedback, Prompt, Question
from storage.people import situation
from storage.people.situation import AnyCommunity, AnyMember, AnyPrompt, Around
from storage.traffic import prompts
from storage.values import frozen


@frozen
class Situation:
    """What the store has about an event."""

    community: AnyCommunity | None
    any_community: AnyCommunity | None
    member: AnyMember | None
    button: Pressed | None
    prompt: AnyPrompt | None
    missed: bool = False
    """Whether there is undelivered news for the person."""
    joins: int | None = None
    """The id of the community that the event shows the person takes part in, if that is new."""
    belonging: Belonging = field(default_factory=Belonging)
    """The community of a private message, which no place tells."""
    seen_in: Collection[int] = ()
    """The ids of the communities in a place of which the person of a private message was seen."""
    made: Question | Feedback | None = None
    """For an edit, what was stored from the original message."""
    colleague: str | None = None
    """The keyed mark of the colleague whom the prompt asked, when another of the team answers it."""
    replied: int | None = None
    """The number of the person's item that the bot's message which they reply to is about."""
    locale: str | None = None
    """The account's language when the platform last told it, else the detected language of the text."""


def read_situation(session: Session, inbound: Inbound, core: Core) -> Situation:
    """Read what the store has about an event."""
    found = _around(session, inbound, core)
    # The prompt answered is the one named, else the one open for this person in this chat.
    named: AnyPrompt | None = _prompt_named(session, inbound, core) if inbound.answers else found.prompt
    colleague = colleague_asked(inbound, core)
    prompt = prompt_of_colleague(session, inbound, core, colleague) if colleague else named
    button = pressed(session, inbound, core)
    made = _made_from(session, inbound, core) if inbound.edited else None
    missed, locale = found.missed is not None, found.locale or _detect_language(inbound, core)
    seen_in = (found.community.id,) if found.community and _is_seen(found) else ()
    known = Situation(
        found.community,
        None,
        found.member,
        button,
        prompt,
        missed,
        found.joins,
        seen_in=seen_in,
        made=made,
        colleague=colleague,
        locale=locale,
    )
    if not (found.community and (not inbound.chat.private or _is_theirs(found))):
        known = _find_community(session, inbound, core, known)
    if not inbound.quoted:
        return known
    return replace(known, replied=item_replied(session, inbound, core, known.community, known.member))


def pressed(session: Session, inbound: Inbound, core: Core) -> Pressed | None:
    """The button that was pressed; None when none was, or when it has expired."""
    if inbound.button is None:
        return None
    oldest = core.clock.now() - timedelta(days=core.settings.retention.buttons)
    return buttons.find(session, core.store.keys, inbound.button, inbound.actor, oldest, core.registry.lasting)


def community_of_call(inbound: Inbound, situation: Situation, speech: Speech) -> AnyCommunity:
    """The community of a call; if not known, one of the person's, else any.

    Raises:
        UserError: there is none at all.
    """
    found = situation.community or next(iter(situation.belonging.theirs), None) or situation.any_community
    if found is None:
        raise UserError(no_community_text(speech, inbound.chat, None))
    return found


def moment_of(core: Core, community: AnyCommunity | None, at: datetime) -> str:
    """An instant in words for those who read a community's feedback: in its language and zone."""
    language, zone = (community.language, community.timezone) if community else (core.settings.language, "UTC")
    return core.languages.speech(language).moment(at, ZoneInfo(zone))


def refuse_stranger(inbound: Inbound, situation: Situation, command: Command, speech: Speech) -> None:
    """Refuse a call in a place that belongs to no community, or by a person who takes part in none.

    Raises:
        UserError: the command does not work there; it says how to take part.
    """
    if not (situation.community or situation.belonging.theirs or command.anywhere):
        raise UserError(no_community_text(speech, inbound.chat, situation.any_community))


def _is_theirs(found: Around) -> bool:
    """Whether a private chat belongs to the only community: its person takes part, or it was named as its place."""
    return _is_seen(found) or found.set_up is not None


def _is_seen(found: Around) -> bool:
    """Whether the person was seen in a place of the community before."""
    return found.member is not None and found.joins is None


def _find_community(session: Session, inbound: Inbound, core: Core, known: Situation) -> Situation:
    """The situation with the community of a private message, which has no place."""
    parts = situation.parts(session, known.member.id if known.member else None)
    some = parts[0].community if parts else None
    if not inbound.chat.private:
        return replace(known, community=None, joins=None, any_community=some)
    told = community_answered(inbound, known.button, known.prompt, known.made)
    theirs = find_belonging(session, core, inbound, known.member, parts, known.button, told)
    joins = theirs.community.id if theirs.community and theirs.joins else None
    seen_in = [part.community.id for part in parts if part.invited is False]
    return replace(
        known, community=theirs.community, any_community=some, joins=joins, belonging=theirs, seen_in=seen_in
    )


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


def _prompt_named(session: Session, inbound: Inbound, core: Core) -> Prompt | None:
    """The prompt that the event names as the one it answers."""
    holder = account_mark(core.store.keys, inbound.actor)
    return prompts.find(session, inbound.answers or "", holder, core.clock.now())


def _made_from(session: Session, inbound: Inbound, core: Core) -> Question | Feedback | None:
    """What was stored from a message: a question, else the item filed from it."""
    source = message_mark(core.store.keys, inbound)
    return questions.of_message(session, source) or feedback.by_source(session, source)


def _detect_language(inbound: Inbound, core: Core) -> str | None:
    """The detected language of the text; None when the platform tells the account's language."""
    if inbound.actor.locale or _is_one_word(inbound.text):
        return None
    return core.detector.detect(inbound.text, "") or None


def _is_one_word(text: str) -> bool:
    """Whether a command has one word: a code or a number may look like a word of any language."""
    typed = split(text)
    return typed is not None and len(typed.rest.split()) < 2
