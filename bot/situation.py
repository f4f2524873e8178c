"""What the store knows around an event, gathered in one read."""

from dataclasses import dataclass, field, replace

from sqlmodel import Session

from bot.belonging import Belonging, belonging
from bot.context import Core, message_mark, prompt_chat
from bot.envelope import account_mark
from bot.events import Inbound
from storage import buttons, communities, prompts, questions, situation
from storage.models import Button, Community, Member, Prompt


@dataclass(frozen=True, slots=True)
class Situation:
    """What the store knows around an event, gathered in one read."""

    community: Community | None
    any_community: Community | None
    member: Member | None
    button: Button | None
    prompt: Prompt | None
    missed: bool = False
    """Whether there is news the person could not be sent."""
    joins: int | None = None
    """The community the person is to be known in from now on."""
    alone: Belonging = field(default_factory=Belonging)
    """What is known of a private message that no place tells whose it is."""
    question: bool = False
    """Whether the message that was edited asked a question."""
    locale: str | None = None
    """The language of the person's account when the platform last told it: not every event of Discord's does."""


def situate(session: Session, inbound: Inbound, core: Core) -> Situation:
    """Look up what the store knows around an event."""
    chat, actor, now = inbound.chat, inbound.actor, core.clock.now()
    holder, where = account_mark(core.store.keys, actor), prompt_chat(core.store.keys, chat)
    found = situation.around(
        session,
        actor.platform,
        place=chat.id,
        within=chat.within,
        account=actor.id,
        holder=holder,
        chat=where,
        now=now,
    )
    # The prompt this answers is the one it names, else the one left open for this person in this chat.
    prompt = prompts.find(session, inbound.answers, holder, now) if inbound.answers else found.prompt
    button = buttons.find(session, inbound.button) if inbound.button else None
    question = inbound.edited and questions.of_message(session, message_mark(core.store.keys, inbound)) is not None
    missed, locale = found.missed is not None, found.locale
    known = Situation(None, None, found.member, button, prompt, missed, question=question, locale=locale)
    if found.community:
        return replace(known, community=found.community, joins=found.joins)
    other = next(iter(communities.every(session)), None)
    alone = belonging(session, core, inbound, found.member, button, prompt) if chat.private else Belonging()
    return replace(known, community=alone.community, any_community=other, alone=alone)
