"""Lays what was found in a chat before the moderators, each once, even when the chat is imported again."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from bot.core import Core
from bot.knowledge.library import made_id
from bot.language.text.normalise import normalise, question_key
from bot.transfer.chats.exchanges import Exchange
from storage.answers import past
from storage.answers.knowledge import Entry
from storage.answers.past import NewPastAnswer
from storage.models import Community


async def unknown(core: Core, community: Community, found: Sequence[Exchange]) -> list[NewPastAnswer]:
    """Those that were never laid before the moderators of a community."""
    new = {one.mark: one for one in _made(core, community, found)}
    known = await core.store.read(lambda session: past.known(session, community.id, list(new)))
    return [one for mark, one in new.items() if mark not in known]


async def lay_before(core: Core, community: Community, new: Sequence[NewPastAnswer]) -> int:
    """Store what moderators have to decide on; return how many there are."""
    at = core.clock.now()

    def job(session: Session) -> int:
        return past.add(session, community.id, new, at)

    return await core.store.write(job)


def entries(new: Sequence[NewPastAnswer]) -> Iterator[Entry]:
    """The same as answers of a file, which can be read, changed and added."""
    for one in new:
        yield Entry(made_id(one.question), (one.question,), one.text, one.language)


def _made(core: Core, community: Community, found: Sequence[Exchange]) -> Iterator[NewPastAnswer]:
    for one in found:
        mark = core.store.keys.fingerprint(f"past answer\n{question_key(one.question)}\n{normalise(one.answer)}")
        language = core.detector.detect(f"{one.question} {one.answer}", community.language)
        yield NewPastAnswer(mark, one.question, one.answer, language, one.weight)
