"""Questions one word away from known ones: none is answered, whatever is offered."""

from pathlib import Path

from bot.core import Core
from bot.knowledge.sources import read
from bot.transfer.knowledge import import_answers
from storage.people import communities
from storage.vocabulary import Decision

CASES = Path(__file__).parents[2] / "transfer" / "cases"


async def test_none_is_answered(core: Core) -> None:
    [plaza] = await core.store.read(communities.every)
    learnt = await import_answers(core, plaza, read(CASES / "opposites.md"), None, lambda _: None)
    assert learnt.added == 11
    for question in (CASES / "opposites.txt").read_text(encoding="utf-8").splitlines():
        found = await core.library.find(plaza.id, question)
        assert found.decision is not Decision.ANSWER, question
        assert not found.answers_unasked, question
