"""Drafts become knowledge: once, under ids that stay, in the language they are in."""

from collections.abc import Sequence

import pytest

from bot.core import Core
from bot.knowledge.sources import Draft, Problem
from bot.transfer.entries import list_entries
from bot.transfer.knowledge import ImportSummary, import_answers
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Community
from storage.vocabulary import Decision

HOURS = Draft("line 1", ("When are you open?", "Opening hours?"), "Monday to Friday, from nine to five.")
WHERE = Draft("line 5", ("Où vous trouver ?",), "Au premier étage, à côté de la bibliothèque.", id="where")


@pytest.fixture
def taught(core: Core, plaza: Community) -> "Taught":
    return Taught(core, plaza)


class Taught:
    def __init__(self, core: Core, community: Community) -> None:
        self.core = core
        self.community = community
        self.problems: list[str] = []

    async def learns(self, *found: Draft | Problem, language: str | None = None) -> ImportSummary:
        def tell(problem: Problem) -> None:
            self.problems.append(str(problem))

        return await import_answers(self.core, self.community, found, language, tell)

    async def holds(self) -> Sequence[Entry]:
        return await self.core.store.read(lambda session: list(list_entries(session, self.community.id)))

    async def version(self) -> int:
        return await self.core.store.read(lambda session: knowledge.version(session, self.community.id))


async def test_what_was_learnt_answers_questions(taught: Taught) -> None:
    assert await taught.learns(HOURS, WHERE) == ImportSummary(added=2, changed=0, same=0)
    finding = await taught.core.library.find(taught.community.id, "Opening hours?")
    assert finding.decision is Decision.ANSWER


async def test_learning_the_same_again_changes_nothing(taught: Taught) -> None:
    await taught.learns(HOURS, WHERE)
    held, version = await taught.holds(), await taught.version()
    assert await taught.learns(HOURS, WHERE) == ImportSummary(added=0, changed=0, same=2)
    assert await taught.holds() == held
    assert await taught.version() == version


async def test_a_new_answer_to_a_known_question_replaces_the_old_one(taught: Taught) -> None:
    await taught.learns(HOURS)
    later = Draft("line 1", ("when are you OPEN", "Hours?"), "Every day, from ten to six.")
    assert await taught.learns(later) == ImportSummary(added=0, changed=1, same=0)
    [held] = await taught.holds()
    assert (held.phrasings, held.text) == (later.phrasings, later.answer)


async def test_the_id_of_a_file_is_kept(taught: Taught) -> None:
    await taught.learns(WHERE)
    assert [entry.external_id for entry in await taught.holds()] == ["where"]


async def test_the_language_is_the_file_s_else_the_one_given_else_the_one_detected(taught: Taught) -> None:
    said = Draft("line 9", ("Hvor?",), "Her.", language="da")
    await taught.learns(said, WHERE, HOURS)
    assert {entry.language for entry in await taught.holds() if "Hvor?" in entry.phrasings} == {"da"}
    assert {entry.external_id: entry.language for entry in await taught.holds()}["where"] == "fr"
    await taught.learns(said, WHERE, HOURS, language="it")
    assert sorted(entry.language for entry in await taught.holds()) == ["da", "it", "it"]


async def test_of_two_answers_with_one_id_the_first_is_kept_and_the_second_named(taught: Taught) -> None:
    second = Draft("line 9", ("Where else?",), "Nowhere.", id="where")
    third = Draft("line 12", ("Opening hours of the bar?",), "None.")
    fourth = Draft("line 15", ("opening hours of the BAR",), "Some.")
    await taught.learns(WHERE, second, third, fourth)
    assert [entry.text for entry in await taught.holds()] == [WHERE.answer, "None."]
    assert taught.problems == [
        "line 9: has the id where as line 5 does, which is kept",
        "line 15: asks “opening hours of the BAR” as line 12 does, which is kept",
    ]


async def test_a_problem_is_told_and_the_rest_learnt(taught: Taught) -> None:
    assert (await taught.learns(Problem("line 3", "is odd"), WHERE)).added == 1
    assert taught.problems == ["line 3: is odd"]
