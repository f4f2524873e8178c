"""In the team's own place: who answers a question of the bot's there, and what is no question of their own."""

from dataclasses import replace

from sqlmodel import Session

from bot.core import Core
from bot.delivery.envelope import account_mark, prompt_chat
from bot.ports.inbound import Inbound, Role
from storage.people.situation import AnyPrompt
from storage.traffic import prompts


def heed(inbound: Inbound, prompt: AnyPrompt | None) -> Inbound:
    """The event, addressed to the bot where it answers a question that the bot asked this person among the staff."""
    told = inbound.addressed or inbound.aside or inbound.edited or not inbound.text.strip()
    answers = prompt is not None and inbound.means.asks and inbound.chat.staff and not told
    return replace(inbound, addressed=True) if answers else inbound


def is_too_late(inbound: Inbound) -> bool:
    """Whether an event without an open question answers one all the same, so that it is no question of its own."""
    return bool(inbound.answers or (inbound.asked and inbound.chat.staff))


def colleague_asked(inbound: Inbound, core: Core) -> str | None:
    """The keyed mark of another of the team whom the bot's message asked that an event replies to; None for nobody."""
    if not (inbound.chat.staff and inbound.asked) or inbound.asked == inbound.actor.id:
        return None
    return account_mark(core.store.keys, replace(inbound.actor, id=inbound.asked))


def prompt_of_colleague(session: Session, inbound: Inbound, core: Core, colleague: str) -> AnyPrompt | None:
    """The question that is open for a colleague in this chat, if it is one for the team."""
    where, now = prompt_chat(core.store.keys, inbound.chat), core.clock.now()
    found = prompts.pending(session, colleague, where, now)
    command = core.registry.find(found.command) if found else None
    return found if command is not None and command.role >= Role.MODERATOR else None
