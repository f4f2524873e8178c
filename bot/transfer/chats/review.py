"""Proposes the exchanges found in a chat to the moderators, each once, even when the chat is imported again."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from bot.core import Core
from bot.knowledge import candidates
from bot.knowledge.candidates import Candidate
from bot.knowledge.library import made_id
from bot.transfer.chats.exchange import Exchange
from storage.answers.knowledge import Entry
from storage.models import Community


async def unknown(core: Core, community: Community, found: Sequence[Exchange], origin: str) -> list[Candidate]:
    """The candidates that were never proposed in a community and are not among its answers.

    Args:
        origin: the name of the chat, for the moderators.
    """
    made = [_made(core, community, one, origin) for one in found]
    keys = core.store.keys
    return await core.store.read(lambda session: candidates.unknown(session, keys, community.id, made))


async def propose(core: Core, community: Community, new: Sequence[Candidate]) -> int:
    """Store candidates as proposals for the moderators; return their number."""
    now = core.clock.now()

    def job(session: Session) -> int:
        return len(candidates.propose(session, core.store.keys, community.id, new, now))

    return await core.store.write(job)


def entries(new: Sequence[Candidate]) -> Iterator[Entry]:
    """The candidates as entries of a knowledge file, which can be edited and imported."""
    for one in new:
        yield Entry(made_id(one.question), (one.question,), one.text, one.language)


def _made(core: Core, community: Community, found: Exchange, origin: str) -> Candidate:
    language = core.detector.detect(f"{found.question} {found.answer}", community.language)
    return Candidate(found.question, found.answer, language, origin, found.weight)
