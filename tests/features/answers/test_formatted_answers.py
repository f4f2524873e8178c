"""The team's formatting is meant; what a member writes stays as it was written."""

from bot.core import Core
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.people import communities
from tests.clock import StillClock
from tests.stage import Person

TEXT = "**Never** alone:\n\n1. Ask [the desk](https://example.org/desk)\n2. Read `rules.txt`\n\n[More](more.md)"


async def teach(core: Core, *entries: Entry) -> None:
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, entries))


async def test_an_answer_keeps_its_bold_words_lists_code_and_links(core: Core, camille: Person) -> None:
    await teach(core, Entry("oven", ("May I use the oven?",), TEXT, "en"))
    await camille.says("May I use the oven?")
    heard = camille.hears("Never alone:", "1. Ask the desk", "2. Read rules.txt", "More")
    assert not any(mark in heard for mark in ("**", "`", "](", "more.md"))


async def test_what_the_team_answers_is_formatted_and_the_question_is_not(
    camille: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("Where is the **moon** base?")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses("Answer: Where is the **moon** base?")
    await alex.says("Behind the **harbour**.")
    alex.hears("> Where is the **moon** base?", "Behind the harbour.")
    await camille.stage.deliver()
    camille.hears("> Where is the **moon** base?", "Behind the harbour.")
