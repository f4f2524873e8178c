"""Recognises answers to the bot's questions in the team's own place, where several people write."""

from dataclasses import replace

from sqlmodel import Session

from bot.core import Core
from bot.delivery.envelope import account_mark, prompt_chat
from bot.ports.inbound import Inbound, Role
from storage.people.situation import AnyPrompt
from storage.traffic import prompts


def mark_answer(inbound: Inbound, prompt: AnyPrompt | None) -> Inbound:
    """The event, marked as addressed to the bot if it answers a question asked of this person in the team's place."""
    told = inbound.addressed or inbound.aside or inbound.edited or not inbound.text.strip()
    answers = prompt is not None and inbound.means.asks and inbound.chat.staff and not told
    return replace(inbound, addressed=True) if answers else inbound


def is_too_late(inbound: Inbound) -> bool:
    """Whether an event answers a question that is no longer open, so that it must not be taken for a new question."""
    return bool(inbound.answers or (inbound.asked and inbound.chat.staff))


def colleague_asked(inbound: Inbound, core: Core) -> str | None:
    """The keyed mark of the colleague whom the bot asked in the message that an event replies to; None if nobody."""
    if not (inbound.chat.staff and inbound.asked) or inbound.asked == inbound.actor.id:
        return None
    return account_mark(core.store.keys, replace(inbound.actor, id=inbound.asked))


def prompt_of_colleague(session: Session, inbound: Inbound, core: Core, colleague: str) -> AnyPrompt | None:
    """The open question of a colleague in this chat if its command is for moderators; else None."""
    where, now = prompt_chat(core.store.keys, inbound.chat), core.clock.now()
    found = prompts.pending(session, colleague, where, now)
    command = core.registry.find(found.command) if found else None
    return found if command is not None and command.role >= Role.MODERATOR else None
